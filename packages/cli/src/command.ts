import type { Io } from './io.ts'
import type { OptionValues } from './option-values.ts'

/** An option of a command: `--name VALUE`, or a switch `--name` / `--no-name`. */
export interface Option {
  readonly kind: 'value' | 'switch'
  /** Begins with what the value is, says the default; shown by `--help`. */
  readonly describe: string
}

export type Options = Readonly<Record<string, Option>>

/** What a command takes beside its options, as its help says it. */
export interface Operands {
  /** `PATH...` */
  readonly usage: string
  /** A sentence. */
  readonly describe: string
}

/** A command of the program. A new one is a file in `commands/`, a line in `commands.ts`, and what it does. */
export interface Command {
  readonly name: string
  readonly describe: string
  readonly options: Options
  readonly operands: Operands
  /** Command lines and what they do. */
  readonly examples: readonly (readonly [string, string])[]
  /** Loads the command only when it is used, so that `--help` is quick. */
  readonly load: () => Promise<CommandRun>
}

/** Runs a command. Returns the exit code. @throws UsageError, OutputError */
export type CommandRun = (
  operands: readonly string[],
  values: OptionValues,
  io: Io,
) => Promise<number>
