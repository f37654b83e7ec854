import type { Command } from '../command.ts'
import { READING_OPTIONS } from '../reading/reading-options.ts'

const { timezone, format, config, progress } = READING_OPTIONS
const memoryBudget = READING_OPTIONS['memory-budget']

export const EXPLAIN: Command = {
  name: 'explain',
  describe: 'Explains lines: how they are read, and with a history what the rules make of them.',
  options: {
    output: {
      kind: 'value',
      describe: 'text, or json: one object for each line (default: text)',
    },
    history: {
      kind: 'value',
      describe:
        'file, folder or glob of the logs around the line: the rules are asked, too, and say why they speak or not; may be given several times',
    },
    state: {
      kind: 'value',
      describe: 'state of sekisho replay --state, for the same; it is read and stays as it is',
    },
    timezone,
    format,
    config,
    'memory-budget': memoryBudget,
    progress,
  },
  operands: {
    usage: '[LINE | -]',
    describe:
      'LINE is one line in quotes; - or nothing is standard input, of which 100 lines are explained.',
  },
  examples: [
    ['tail -1 vpn.log | sekisho explain', 'the last line of a log'],
    ["sekisho explain --history logs 'date=2026-03-10 time=…'", 'why it did or did not alert'],
    ["sekisho explain 'date=2026-03-10 time=…' --output json", 'for programs'],
  ],
  load: async () => (await import('../explain/explain.ts')).explain,
}
