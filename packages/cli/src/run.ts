import { OutputError } from '@sekisho/alert-sink'
import { BrokerError } from '@sekisho/bus'
import { commandLineOf } from './command-line.ts'
import { COMMANDS } from './commands.ts'
import { EXIT, EXIT_OF_SIGNAL } from './exit-code.ts'
import { InputError } from './input-error.ts'
import type { Io } from './io.ts'
import { OptionValues } from './option-values.ts'
import { Stopped } from './stopped.ts'
import { shownText } from './terminal/shown-text.ts'
import { UsageError } from './usage-error.ts'
import { versionOf } from './version.ts'

/** Runs one command line and returns its exit code. Says what is wrong itself; never throws. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  try {
    const line = await commandLineOf(args, COMMANDS, versionOf())
    if (line.kind === 'print') {
      await io.stdout.write(`${line.text}\n`)
      return EXIT.done
    }
    if (line.kind === 'none') {
      await io.stdout.write(`${line.help}\n`)
      return EXIT.usage
    }
    const execute = await line.command.load()
    return await execute(line.operands, new OptionValues(line.flags, io.environment), io)
  } catch (error) {
    return failed(error, io)
  }
}

async function failed(error: unknown, io: Io): Promise<number> {
  if (error instanceof Stopped) {
    await io.stderr.write(`sekisho: stopped by ${error.signal}\n`)
    return EXIT_OF_SIGNAL[error.signal]
  }
  if (isForTheUser(error)) {
    const hint = isTemporaryFileError(error) ? ' (TMPDIR names the folder)' : ''
    for (const sentence of `${error.message}${hint}`.split('\n')) {
      await io.stderr.write(`sekisho: ${shownText(sentence)}\n`)
    }
    if (error instanceof BrokerError) return EXIT.unreachable
    return error instanceof InputError ? EXIT.inputUnread : EXIT.usage
  }
  await io.stderr.write(bugText(error, io))
  return EXIT.bug
}

/** Mistakes of the user, brokers that do not answer, and disks and folders that do not give or take what is to be read or written. */
function isForTheUser(error: unknown): error is Error {
  return (
    error instanceof UsageError ||
    error instanceof InputError ||
    error instanceof OutputError ||
    error instanceof BrokerError ||
    isTemporaryFileError(error)
  )
}

/** The sorting of `bus` tells of its temporary files in a sentence, with the system's error as the cause. */
function isTemporaryFileError(error: unknown): error is Error {
  const { cause } = error as { cause?: { syscall?: unknown } }
  return error instanceof Error && typeof cause?.syscall === 'string'
}

/** One sentence and where to report it; the stack only when asked for. */
export function bugText(error: unknown, { environment }: Pick<Io, 'environment'>): string {
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  const isDetailed = (environment.SEKISHO_DEBUG ?? '') !== ''
  const hint = isDetailed ? shownStack(stack) : 'SEKISHO_DEBUG=1 shows where it happened.'
  return (
    `sekisho: this is a bug in sekisho ${versionOf()}: ${shownText(message)}\n` +
    `Please report it with the command line in the issues of the project. ${hint}\n`
  )
}

function shownStack(stack = ''): string {
  return `\n${stack.split('\n').map(shownText).join('\n')}`
}
