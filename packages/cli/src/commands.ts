import type { Command } from './command.ts'
import { CONFIG } from './commands/config.ts'
import { EVALUATE } from './commands/evaluate.ts'
import { EXPLAIN } from './commands/explain.ts'
import { PARSE } from './commands/parse.ts'
import { REPLAY } from './commands/replay.ts'
import { DEAD_LETTERS, INGEST, RUN, SCORE, SETUP, SINK } from './commands/services.ts'
import { SIMULATE } from './commands/simulate.ts'

/** Every command of the program, in the order of the help text. */
export const COMMANDS: readonly Command[] = [
  REPLAY,
  PARSE,
  EXPLAIN,
  RUN,
  INGEST,
  SCORE,
  SINK,
  DEAD_LETTERS,
  CONFIG,
  SETUP,
  SIMULATE,
  EVALUATE,
]
