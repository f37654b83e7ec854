import yargs, { type Argv } from 'yargs'
import type { Command, Options } from './command.ts'
import { didYouMean } from './nearest.ts'
import { PRODUCTS } from './products.ts'
import { shownStart } from './terminal/shown-text.ts'
import { UsageError } from './usage-error.ts'
import { oneOf } from './words.ts'

/** What the arguments ask for. */
export type CommandLine =
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'none'; readonly help: string }
  | {
      readonly kind: 'run'
      readonly command: Command
      readonly operands: readonly string[]
      readonly flags: Readonly<Record<string, unknown>>
    }

/** Options that every command has. */
const COMMON: Options = {
  help: { kind: 'switch', describe: 'shows this text' },
  version: { kind: 'switch', describe: 'shows the version' },
}

/** Columns of the help text: its lines are written for it. */
const HELP_COLUMNS = 100

/**
 * Reads the arguments.
 * @throws UsageError on an unknown command or option
 */
export async function commandLineOf(
  args: readonly string[],
  commands: readonly Command[],
  version: string,
): Promise<CommandLine> {
  const parser = topParser()
  for (const command of commands) {
    parser.command(command.name, command.describe, (builder) => withOptions(builder, command))
  }
  const argv = await parser.parseAsync(
    args[0] === 'help' ? [...args.slice(1), '--help'] : [...args],
  )
  const { _: words, $0: _name, ...flags } = argv
  const [name, ...operands] = words.map(String)
  const command = commands.find((candidate) => candidate.name === name)
  refuseUnknown(flags, command === undefined ? commands : [command])
  if (flags.version === true) return { kind: 'print', text: version }
  if (command !== undefined) {
    if (flags.help !== true) return { kind: 'run', command, operands, flags }
    return { kind: 'print', text: await withOptions(baseParser(), command).getHelp() }
  }
  if (name !== undefined) throw unknownCommand(name, commands)
  const help = await parser.getHelp()
  return flags.help === true ? { kind: 'print', text: help } : { kind: 'none', help }
}

function baseParser(): Argv {
  return (
    yargs()
      .scriptName('sekisho')
      // Otherwise the words of messages would follow the locale of the machine.
      .locale('en')
      .exitProcess(false)
      .wrap(HELP_COLUMNS)
      .parserConfiguration({
        'camel-case-expansion': false,
        'dot-notation': false,
        'parse-numbers': false,
        'parse-positional-numbers': false,
        'short-option-groups': false,
        'strip-aliased': true,
      })
      .help(false)
      .version(false)
      .fail((message, error) => {
        throw new UsageError(sentenceOf(message ?? error.message))
      })
  )
}

function topParser(): Argv {
  const parser = baseParser()
    .usage(`Finds stolen VPN logins in logs of ${oneOf(PRODUCTS)}.\n`)
    .usage('Usage: sekisho COMMAND [OPTIONS] ...')
    .epilogue('sekisho COMMAND --help shows the options of a command, with examples.')
  return withSome(parser, COMMON)
}

function withOptions(
  builder: Argv,
  { name, describe, options, operands, examples }: Command,
): Argv {
  builder.usage(`${describe}\n\nUsage: sekisho ${name} [OPTIONS] ${operands.usage}`)
  for (const [line, what] of examples) builder.example(line, what)
  return withSome(builder, { ...options, ...COMMON }).epilogue(
    `${operands.describe}\n` +
      'An option may also be set in the environment: SEKISHO_TIMEZONE for --timezone, and so on.',
  )
}

function withSome(parser: Argv, options: Options): Argv {
  for (const [name, { kind, describe }] of Object.entries(options)) {
    // Without `requiresArg` the `-` of `--out -` would be taken for a path.
    const form = kind === 'switch' ? 'boolean' : 'string'
    parser.option(name, { describe, type: form, requiresArg: kind === 'value' })
  }
  return parser.alias('help', 'h')
}

function sentenceOf(message: string): string {
  const unfinished = /^Not enough arguments following: (.*)$/.exec(message)
  return unfinished === null ? message : `--${unfinished[1]} needs a value`
}

function refuseUnknown(
  flags: Readonly<Record<string, unknown>>,
  commands: readonly Command[],
): void {
  const known = [...commands.flatMap(({ options }) => Object.keys(options)), ...Object.keys(COMMON)]
  for (const flag of Object.keys(flags)) {
    if (known.includes(flag)) continue
    if (flag.length === 1) throw new UsageError(`unknown option -${shownStart(flag, 1)}`)
    throw new UsageError(
      `unknown option --${shownStart(flag, 100)}${didYouMean(flag, known, '--')}`,
    )
  }
}

function unknownCommand(name: string, commands: readonly Command[]): UsageError {
  const names = commands.map((command) => command.name)
  const guess = didYouMean(name, names)
  const hint = guess === '' ? '; sekisho --help lists the commands' : guess
  return new UsageError(`unknown command ${shownStart(name, 100)}${hint}`)
}
