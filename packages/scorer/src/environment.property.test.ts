import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, jest, test } from '@jest/globals'
import { digestOfWorlds } from './testing/property-environment.ts'
import { seedOf } from './testing/property-seed.ts'

// Every case is a process of its own.
jest.setTimeout(120_000)

const WORLDS = 40
const SEED = seedOf('environment')
const PROGRAM = fileURLToPath(new URL('./testing/property-environment.ts', import.meta.url))
const expected = digestOfWorlds(WORLDS, SEED)

/** What the program says with some of the environment and of the options of Node changed. */
function saidWith(environment: Record<string, string>, options: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      '--conditions=@sekisho/source',
      '--experimental-strip-types',
      '--disable-warning=ExperimentalWarning',
      ...options,
      ...[PROGRAM, `${WORLDS}`, `${SEED}`],
    ],
    { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '', ...environment } },
  )
  if (status !== 0) throw new Error(stderr)
  return stdout
}

// I12 of the stream's semantics.
test.each<[string, Record<string, string>, string[]]>([
  ['in the time zone that is furthest ahead', { TZ: 'Pacific/Kiritimati' }, []],
  ['where a clock was put back in the days of the worlds', { TZ: 'America/New_York' }, []],
  ['in Turkish, with its letters i', { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }, []],
  ['in Japanese, half an hour off', { LANG: 'ja_JP.eucJP', TZ: 'Asia/Kolkata' }, []],
  ['with a small heap on one thread', { UV_THREADPOOL_SIZE: '1' }, ['--max-old-space-size=128']],
  ['with code that is never optimised', {}, ['--no-opt']],
])('the same bytes %s', (_name, environment, options) => {
  expect(saidWith(environment, options)).toBe(expected)
})
