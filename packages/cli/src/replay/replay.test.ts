import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Stopped } from '../stopped.ts'
import { ran } from '../testing/fake-io.ts'
import { loginFailed, pulseLogin, tunnelStart, tunnelUp } from '../testing/fortigate-lines.ts'

let folder = ''
let out = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
  out = join(folder, 'out', 'alerts.ndjson')
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function written(name: string, lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

/** Forty names from one address within 20 minutes: stuffing, also in the cold start. */
const STUFFING = Array.from({ length: 40 }, (_, i) => loginFailed(i * 30, `name${i}`))

const MIXED = [
  tunnelUp(0, 'alice'),
  tunnelStart(1, 'alice'),
  tunnelUp(0, 'alice'),
  loginFailed(600, 'alice'),
  '',
  '# a comment',
  'not a log line',
  pulseLogin('09:00:00', 'bob'),
]

describe('sekisho replay', () => {
  test('every line is accounted for, a login counts once, a copy not at all', async () => {
    const { code, stdout, stderr } = await ran([
      'replay',
      written('in.log', MIXED),
      '--out',
      out,
      '--output',
      'json',
    ])
    expect(code).toBe(0)
    const result = JSON.parse(stdout)
    expect(result.lines).toStrictEqual({
      total: 8,
      events: 4,
      ignored: 2,
      rejected: 2,
      ignored_by_kind: { blank: 1, comment: 1 },
      rejected_by_reason: { 'no-timezone': 1, 'unknown-format': 1 },
      recovered: 0,
      signs_by_kind: {},
    })
    expect(result.attempts).toStrictEqual({
      scored: 3,
      duplicates: 1,
      without_room: 0,
      lines_without_room: 0,
      too_late: 0,
    })
    expect(result.logins).toStrictEqual({ succeeded: 1, failed: 1 })
    expect(result.period).toStrictEqual({
      first: '2026-03-10T00:00:00.000Z',
      last: '2026-03-10T00:10:00.000Z',
    })
    expect(result.paths).toStrictEqual({ alerts: out })
    expect(readFileSync(out, 'utf8')).toBe('')
    expect(stderr).toContain('2 lines could not be read:')
    expect(stderr).toContain(':8: no-timezone: ')
    expect(stderr).toContain('--timezone')
  })

  test('--timezone reads what has no zone', async () => {
    const path = written('in.log', MIXED)
    const flags = ['--out', out, '--output', 'json', '--timezone', 'Asia/Tokyo']
    const all = JSON.parse((await ran(['replay', path, ...flags])).stdout)
    expect(all.logins).toStrictEqual({ succeeded: 2, failed: 1 })
  })

  test('--from and --to choose alerts by their time, and take nothing from their history', async () => {
    const path = written('in.log', STUFFING)
    const replayed = async (...more: string[]) => {
      const flags = ['--out', out, '--output', 'json', '--fail-on', 'medium']
      const { code, stdout } = await ran(['replay', path, ...flags, ...more])
      return { code, result: JSON.parse(stdout), isWritten: readFileSync(out, 'utf8') !== '' }
    }
    const all = await replayed()
    expect(all).toMatchObject({ code: 1, isWritten: true })
    expect(all.result.alerts).toMatchObject({ total: 1, outside_period: 0 })
    const atMs = Date.parse(all.result.alerts.list[0]['@timestamp'])
    const [at, after] = [atMs, atMs + 1].map((ms) => new Date(ms).toISOString())
    // From is inside, although all of the history lies before it; to is outside.
    expect(await replayed('--from', at ?? '', '--to', after ?? '')).toStrictEqual(all)
    for (const period of [
      ['--from', after ?? ''],
      ['--to', at ?? ''],
    ]) {
      const none = await replayed(...period)
      expect(none).toMatchObject({ code: 0, isWritten: false })
      expect(none.result.alerts).toMatchObject({ total: 0, outside_period: 1, list: [] })
      expect({ ...none.result, alerts: null }).toStrictEqual({ ...all.result, alerts: null })
    }
    const { stdout } = await ran(['replay', path, '--out', out, '--to', at ?? ''])
    expect(stdout).toContain(`  alerts    none, written to ${out}, 1 outside --from and --to\n`)
  })

  test('learning is told of: the date for programs, a sentence for people', async () => {
    const days = Array.from({ length: 12 }, (_, day) => tunnelUp(day * 86_400, 'alice'))
    const replayed = async (lines: readonly string[]) => {
      const args = ['replay', written('in.log', lines), '--out', out]
      const { learning_until: until } = JSON.parse(
        (await ran([...args, '--output', 'json'])).stdout,
      )
      return { until, text: (await ran(args)).stdout }
    }
    const learnt = await replayed(days)
    expect(learnt.until).toMatch(/^2026-03-1\d$/)
    expect(learnt.text).toContain(
      `  learning  until ${learnt.until}: before, only N1, N2 and X1 speak, at most at medium; the rest is signals\n`,
    )
    const unfinished =
      '  learning  not finished: until a week of logins is known only N1, N2 and X1 speak, at most at medium; the rest is signals\n'
    const early = await replayed(days.slice(0, 3))
    expect(early.text).toContain(unfinished)
    const never = await replayed([loginFailed(0, 'alice')])
    expect(never.until).toBeNull()
    expect(never.text).toContain(unfinished)
  })

  test('the text says what, who, from where, when, how sure and why, and adds up', async () => {
    const path = written('in.log', [...STUFFING, 'broken'])
    const { code, stdout } = await ran(['replay', path, '--out', out])
    expect(code).toBe(0)
    const [alert, summary] = stdout.split('\n\n')
    expect(alert?.split('\n')[0]).toBe('MEDIUM    Credential stuffing from a source (N1)')
    for (const name of ['who', 'from', 'when', 'how sure', 'why', 'lines']) {
      expect(alert).toMatch(new RegExp(`^${name} +[^ ]`, 'm'))
    }
    expect(summary?.split('\n')).toStrictEqual([
      'Summary',
      '  period    2026-03-10 00:00 UTC to 2026-03-10 00:19 UTC',
      '  inputs    1 read',
      '  lines     41 = 40 events + 0 ignored + 1 rejected',
      '  rejected  unknown-format 1',
      '  scored    40 attempts',
      '  logins    0 succeeded, 40 failed',
      '  learning  not finished: until a week of logins is known only N1, N2 and X1 speak, at most at medium; the rest is signals',
      `  alerts    1 medium, written to ${out}`,
      '  signals   none',
      '',
    ])
  })

  test('the alerts file is what D.1 says, and --out - puts it on standard output', async () => {
    const path = written('in.log', STUFFING)
    await ran(['replay', path, '--out', out])
    const document = JSON.parse(readFileSync(out, 'utf8'))
    expect(document).toMatchObject({
      event: { kind: 'alert', action: 'credential-stuffing', created: '2026-11-22T00:00:00.000Z' },
      rule: { id: 'N1' },
      sekisho: { run: { mode: 'batch', emitted_at: '2026-11-22T00:00:00.000Z' }, state: 'final' },
    })
    const { stdout, stderr } = await ran(['replay', path, '--out', '-'])
    expect(JSON.parse(stdout).event.id).toBe(document.event.id)
    expect(stderr).toContain('written to standard output')
  })

  test('--fail-on gives code 1 from its severity on; unread input gives 3 all the same', async () => {
    const path = written('in.log', STUFFING)
    const codeOf = async (...more: string[]): Promise<number> =>
      (await ran(['replay', path, '--out', out, ...more])).code
    expect(await codeOf('--fail-on', 'medium')).toBe(1)
    expect(await codeOf('--fail-on', 'critical')).toBe(0)
    expect(await codeOf('--fail-on', 'medium', join(folder, 'missing.log'))).toBe(3)
  })

  test('what cannot be read is named, and the rest is processed', async () => {
    const path = written('in.log', [tunnelUp(0, 'alice')])
    const cut = join(folder, 'cut.log.gz')
    writeFileSync(cut, gzipSync(MIXED.join('\n').repeat(50)).subarray(0, 300))
    const missing = join(folder, 'missing.log')
    const { code, stdout, stderr } = await ran([
      'replay',
      path,
      cut,
      missing,
      '--out',
      out,
      '--output',
      'json',
    ])
    expect(code).toBe(3)
    const { inputs, logins } = JSON.parse(stdout)
    expect(inputs.read).toBe(1)
    expect(inputs.problems.map((problem: { path: string }) => problem.path)).toStrictEqual([
      missing,
      cut,
    ])
    expect(logins.succeeded).toBe(1)
    expect(stderr).toContain(`sekisho: ${missing}: no such file or folder\n`)
    expect(stderr).toContain(`sekisho: ${cut}: ends inside a gzip block`)
  })

  test('with nothing to read, what an earlier run wrote stays', async () => {
    const earlier = written('alerts', ['earlier'])
    const { code, stderr } = await ran(['replay', join(folder, 'no*.log'), '--out', earlier])
    expect(code).toBe(3)
    expect(stderr).toContain('no file matches it')
    expect(readFileSync(earlier, 'utf8')).toBe('earlier\n')
  })

  test('--rejected keeps every rejected line with its reason', async () => {
    const path = written('in.log', [...MIXED, 'x'.repeat(70_000)])
    const rejected = join(folder, 'rejected.ndjson')
    await ran(['replay', path, '--out', out, '--rejected', rejected])
    const kept = readFileSync(rejected, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(kept.map(({ number, reason, length }) => [number, reason, length])).toStrictEqual([
      [7, 'unknown-format', 14],
      [8, 'no-timezone', (MIXED[7] ?? '').length],
      [9, 'too-long', 70_000],
    ])
    expect(kept[2].raw).toHaveLength(4096)
  })

  test('a user name cannot write to the terminal', async () => {
    const name = '\u001b]0;owned\u0007\u202etxt'
    const lines = STUFFING.map((line) => line.replace('user="name', `user="${name}`))
    const success = tunnelUp(1_300, name)
    const { stdout, stderr } = await ran([
      'replay',
      written('in.log', [...lines, success]),
      '--out',
      out,
    ])
    expect(stdout).toContain('Credential stuffing')
    for (const character of ['\u001b', '\u0007', '\u202e']) {
      expect(stdout + stderr).not.toContain(character)
    }
  })

  test('stopped while reading, it leaves nothing behind', async () => {
    const controller = new AbortController()
    const stdin = Readable.from(
      (function* () {
        yield Buffer.from(`${tunnelUp(0, 'alice')}\n`)
        controller.abort(new Stopped('SIGTERM'))
        yield Buffer.from(`${tunnelUp(1, 'bob')}\n`)
      })(),
    )
    const outcome = await ran(['replay', '-', '--out', out], { stdin, signal: controller.signal })
    expect(outcome).toStrictEqual({
      code: 143,
      stdout: '',
      stderr: 'sekisho: stopped by SIGTERM\n',
    })
    expect(readdirSync(join(folder, 'out'))).toStrictEqual([])
    expect(existsSync(out)).toBe(false)
  })

  test('the configuration is heard: its zone, its networks, its mistakes', async () => {
    const path = written('in.log', [pulseLogin('09:00:00', 'bob')])
    const config = written('sekisho.yaml', [
      'timezone: Asia/Tokyo',
      'networks: [{cidr: 198.51.100.0/24, name: Osaka, class: corp_egress, country: JP}]',
    ])
    const args = ['replay', path, '--out', out, '--output', 'json']
    const plain = JSON.parse((await ran([...args, '--timezone', '+09:00'])).stdout)
    const environment = { SEKISHO_CONFIG: config }
    const configured = JSON.parse((await ran(args, { environment })).stdout)
    expect(configured.period.first).toBe('2026-03-10T00:00:00.000Z')
    expect(configured.period).toStrictEqual(plain.period)
    expect(configured.config.path).toBe(config)
    expect(plain.config.path).toBeNull()
    expect(configured.config.hash).not.toBe(plain.config.hash)
    const wrong = written('wrong.yaml', ['timezon: UTC'])
    expect(await ran([...args, '--config', wrong])).toMatchObject({
      code: 2,
      stderr: `sekisho: ${wrong}: line 1: unknown key "timezon"; did you mean timezone?\n`,
    })
  })
})
