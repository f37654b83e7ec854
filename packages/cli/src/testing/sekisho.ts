import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SOURCE = dirname(dirname(fileURLToPath(import.meta.url)))

/** The top folder of the project. */
export const PROJECT = join(SOURCE, '..', '..', '..')

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Surroundings {
  readonly environment?: Readonly<Record<string, string>>
  readonly stdin?: string | Buffer
  readonly folder?: string
}

const FLAGS = [
  '--conditions=@sekisho/source',
  '--experimental-strip-types',
  '--disable-warning=ExperimentalWarning',
]

/**
 * Runs the command line as a process of its own, from the sources (Node strips the types), and waits for it.
 * @param args as a user would type them
 */
export function sekisho(args: readonly string[], surroundings: Surroundings = {}): Outcome {
  const { environment = {}, stdin = '', folder = PROJECT } = surroundings
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...FLAGS, join(SOURCE, 'main.ts'), ...args],
    {
      cwd: folder,
      env: environmentOf(environment),
      input: stdin,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      timeout: 120_000,
    },
  )
  return { code: status, stdout, stderr }
}

/** A process that goes on by itself. */
export interface Started {
  readonly child: ChildProcess
  /** Settles when it has ended; of a killed one the code is null. */
  readonly ended: Promise<Outcome>
}

/** The same without waiting; whoever starts it must see to its end. */
export function startedSekisho(
  args: readonly string[],
  { environment = {}, folder = PROJECT }: Omit<Surroundings, 'stdin'> = {},
): Started {
  const child = spawn(process.execPath, [...FLAGS, join(SOURCE, 'main.ts'), ...args], {
    cwd: folder,
    env: environmentOf(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr]: [string[], string[]] = [[], []]
  child.stdout.setEncoding('utf8').on('data', (text: string) => stdout.push(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text))
  const ended = once(child, 'close').then(() => ({
    code: child.exitCode,
    stdout: stdout.join(''),
    stderr: stderr.join(''),
  }))
  return { child, ended }
}

/** The options of the test runner are not the program's. */
function environmentOf(given: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, ...inherited } = process.env
  return { ...inherited, ...given }
}
