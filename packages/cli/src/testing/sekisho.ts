import { spawnSync } from 'node:child_process'
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

/**
 * Runs the command line as a process of its own, from the sources (Node strips the types), and waits for it.
 * @param args as a user would type them
 */
export function sekisho(args: readonly string[], surroundings: Surroundings = {}): Outcome {
  const { environment = {}, stdin = '', folder = PROJECT } = surroundings
  const flags = [
    '--conditions=@sekisho/source',
    '--experimental-strip-types',
    '--disable-warning=ExperimentalWarning',
  ]
  // The options of the test runner are not the program's.
  const { NODE_OPTIONS: _options, ...inherited } = process.env
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, join(SOURCE, 'main.ts'), ...args],
    {
      cwd: folder,
      env: { ...inherited, ...environment },
      input: stdin,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      timeout: 120_000,
    },
  )
  return { code: status, stdout, stderr }
}
