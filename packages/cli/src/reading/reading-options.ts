import type { Operands, Options } from '../command.ts'
import { FORMATS } from '../products.ts'
import { oneOf } from '../words.ts'

/** What every command that reads logs takes. */
export const PATHS: Operands = {
  usage: 'PATH...',
  describe: 'PATH is a file, a folder, a glob or - for standard input; .gz and .zst are unpacked.',
}

/** Options of every command that reads logs. */
export const READING_OPTIONS = {
  timezone: {
    kind: 'value',
    describe:
      'zone of lines that carry none: Asia/Tokyo, +09:00 (default: such lines are rejected)',
  },
  format: {
    kind: 'value',
    describe: `${oneOf(FORMATS)} (default: auto, found out line by line)`,
  },
  rejected: {
    kind: 'value',
    describe: 'file for the lines that could not be read, with the reason (NDJSON)',
  },
  config: {
    kind: 'value',
    describe: 'configuration file (default: ./sekisho.yaml if there is one)',
  },
  'memory-budget': {
    kind: 'value',
    describe: 'memory for sorting, such as 2G; beyond it a temporary file is used (default: 128M)',
  },
  progress: {
    kind: 'value',
    describe: 'auto, always or never (default: auto, on a terminal)',
  },
} satisfies Options
