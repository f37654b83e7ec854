import type { Command } from '../command.ts'
import { READING_OPTIONS } from '../reading/reading-options.ts'

const { timezone, format, config } = READING_OPTIONS

export const EXPLAIN: Command = {
  name: 'explain',
  describe: 'Explains how lines are read: their form, each field and its place, the event.',
  options: {
    output: {
      kind: 'value',
      describe: 'text, or json: one object for each line (default: text)',
    },
    timezone,
    format,
    config,
  },
  operands: {
    usage: '[LINE | -]',
    describe:
      'LINE is one line in quotes; - or nothing is standard input, of which 100 lines are explained.',
  },
  examples: [
    ['tail -1 vpn.log | sekisho explain', 'the last line of a log'],
    ["sekisho explain 'date=2026-03-10 time=…' --output json", 'for programs'],
  ],
  load: async () => (await import('../explain/explain.ts')).explain,
}
