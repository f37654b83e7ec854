import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { tunnelUp } from './testing/fortigate-lines.ts'
import { sekisho } from './testing/sekisho.ts'

const PROGRAM = ['--conditions=@sekisho/source', join(import.meta.dirname, 'main.ts')]

let folder = ''
let log = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
  log = join(folder, 'in.log')
  const lines = Array.from({ length: 5_000 }, (_, i) => tunnelUp(i, `user${i % 50}`))
  writeFileSync(log, `${lines.join('\n')}\n`)
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** The environment without the options of the test runner, which are not the program's. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, ...environment } = process.env
  return environment
}

function started(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [...PROGRAM, ...args], { env: ownEnvironment(), cwd: folder })
}

/** What a shell prints (both streams) and ends with, for `> /dev/full` and `< FILE`. */
function shell(command: string): string {
  const program = [process.execPath, ...PROGRAM].map((word) => `'${word}'`).join(' ')
  const script = `${program} ${command}; echo "code $?" >&2`
  return String(execFileSync('sh', ['-c', `(${script}) 2>&1`], { env: ownEnvironment() }))
}

/** Resolves when a file whose name holds `part` is in the folder. */
async function fileIn(directory: string, part: string): Promise<void> {
  const has = (): boolean => readdirSync(directory).some((name) => name.includes(part))
  await new Promise<void>((resolve) => {
    const watcher = watch(directory, () => {
      if (!has()) return
      watcher.close()
      resolve()
    })
    if (has()) {
      watcher.close()
      resolve()
    }
  })
}

describe('the process', () => {
  test('ends with the code and keeps data and talk apart', () => {
    const outcome = sekisho(['parse', log, '--no-locate'])
    expect(outcome.code).toBe(0)
    expect(outcome.stdout.trimEnd().split('\n')).toHaveLength(5_000)
    expect(outcome.stderr).toBe('lines     5,000 = 5,000 events + 0 ignored + 0 rejected\n')
    expect(sekisho(['replay', '--nope', log])).toMatchObject({ code: 2, stdout: '' })
  })

  test('needs no terminal and no home', () => {
    const environment = {
      HOME: '/nonexistent',
      TERM: 'dumb',
      LANG: 'tr_TR.UTF-8',
      TZ: 'Asia/Tokyo',
    }
    const out = join(folder, 'alerts.ndjson')
    const outcome = sekisho(['replay', log, '--out', out], { environment })
    expect(outcome).toMatchObject({ code: 0, stderr: '' })
    expect(outcome.stdout).toContain('period    2026-03-10 00:00 UTC to 2026-03-10 01:23 UTC')
    expect(existsSync(out)).toBe(true)
  })

  test('a reader that has seen enough ends it quietly', async () => {
    const child = started(['parse', log, '--no-locate'])
    let stderr = ''
    child.stderr?.on('data', (data) => {
      stderr += String(data)
    })
    child.stdout?.once('data', () => child.stdout?.destroy())
    expect(await once(child, 'close')).toStrictEqual([0, null])
    expect(stderr).toBe('lines     5,000 = 5,000 events + 0 ignored + 0 rejected\n')
  })

  test('alerts are written even when nobody reads the result', async () => {
    const child = started(['replay', log])
    child.stdout?.destroy()
    expect(await once(child, 'close')).toStrictEqual([0, null])
    expect(existsSync(join(folder, 'alerts.ndjson'))).toBe(true)
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s while it waits for input: code %i, nothing left behind', async (signal, code) => {
    const child = started(['replay', '-', '--out', 'alerts.ndjson'])
    child.stdin?.write(`${tunnelUp(0, 'alice')}\n`)
    await fileIn(folder, '.tmp')
    child.kill(signal)
    expect(await once(child, 'close')).toStrictEqual([code, null])
    expect(readdirSync(folder)).toStrictEqual(['in.log'])
  })

  test('one request that comes twice, from the terminal and the launcher, leaves nothing behind', async () => {
    const child = started(['replay', '-', '--out', 'alerts.ndjson'])
    child.stdin?.write(`${tunnelUp(0, 'alice')}\n`)
    await fileIn(folder, '.tmp')
    // Two signals of one kind could melt into one.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) child.kill(signal)
    const [code] = await once(child, 'close')
    expect([130, 143]).toContain(code)
    expect(readdirSync(folder)).toStrictEqual(['in.log'])
  })

  const hasFull = existsSync('/dev/full') ? test : test.skip
  hasFull('a full disk is a sentence, not a trace', () => {
    expect(shell(`parse '${log}' --no-locate > /dev/full`)).toBe(
      'sekisho: standard output cannot be written: the disk is full\ncode 2\n',
    )
  })

  test('standard input that comes from the output file is refused', () => {
    expect(shell(`replay - --out '${log}' < '${log}'`)).toBe(
      `sekisho: --out ${log} would overwrite the file that standard input comes from; name another file with --out\ncode 2\n`,
    )
  })
})
