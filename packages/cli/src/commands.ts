import type { Command } from './command.ts'
import { EXPLAIN } from './commands/explain.ts'
import { PARSE } from './commands/parse.ts'
import { REPLAY } from './commands/replay.ts'

/** Every command of the program, in the order of the help text. */
export const COMMANDS: readonly Command[] = [REPLAY, PARSE, EXPLAIN]
