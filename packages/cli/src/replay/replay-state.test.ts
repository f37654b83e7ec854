import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Stopped } from '../stopped.ts'
import { alertDocumentsOf } from '../testing/alert-documents.ts'
import { ran } from '../testing/fake-io.ts'
import { loginFailed, tunnelUp } from '../testing/fortigate-lines.ts'
import { PROJECT } from '../testing/sekisho.ts'

const DAY_S = 86_400
const HOUR_S = 3_600

let folder = ''
let state = ''
let runs = 0
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
  state = join(folder, 'vpn.state')
  runs = 0
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function written(name: string, lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''))
  return path
}

/** Replays with a state and takes the documents. */
async function replayed(paths: readonly string[], file = state, ...more: readonly string[]) {
  const out = join(folder, `out-${runs++}.ndjson`)
  const signals = `${out}.signals`
  const flags = ['--state', file, '--out', out, '--signals', signals, '--output', 'json']
  const { code, stdout, stderr } = await ran(['replay', ...paths, ...flags, ...more])
  if (code !== 0) return { code, stderr, result: null, said: [] }
  const said = [...alertDocumentsOf(out), ...alertDocumentsOf(signals)]
  return { code, stderr, result: JSON.parse(stdout), said }
}

type Said = Awaited<ReturnType<typeof replayed>>['said']

/** The last word on each id, without what names a delivery or the file of a line. */
function lastWords(...runs: readonly Said[]): string[] {
  const last = new Map<string, string>()
  for (const { event, sekisho, ...document } of runs.flat()) {
    const { created: _created, ingested: _ingested, ...facts } = event
    const { run: _run, evidence, ...own } = sekisho
    const lines = evidence.map(({ raw_ref: _ref, ...line }) => line)
    last.set(sekisho.alert.id, JSON.stringify([document, facts, own, lines]))
  }
  return [...last.values()].sort()
}

/** Ten users who log in daily for twelve days, and attacks on some days, in the order of time. */
const WORLD: readonly (readonly [seconds: number, line: string])[] = [
  ...Array.from({ length: 120 }, (_, i) => {
    const seconds = Math.floor(i / 10) * DAY_S + 8 * HOUR_S + (i % 10) * 600
    return [seconds, tunnelUp(seconds, `user${i % 10}`, `198.51.100.${i % 10}`)] as const
  }),
  ...[3, 8, 9, 10, 11].flatMap((day) =>
    Array.from({ length: 14 }, (_, i) => {
      const seconds = day * DAY_S + 20 * HOUR_S + i * 40
      const name = i % 3 === 0 ? `user${i % 10}` : `name${i}`
      return [seconds, loginFailed(seconds, name, `203.0.113.${day}`)] as const
    }),
  ),
  ...[9, 11].map((day) => {
    const seconds = day * DAY_S + 20 * HOUR_S + 300
    return [seconds, tunnelUp(seconds, 'user4', `203.0.113.${day}`)] as const
  }),
].sort(([a], [b]) => a - b)

describe('replay --state', () => {
  test('two parts, overlapping and out of order within two days, are one replay', async () => {
    const whole = await replayed([
      written(
        'whole.log',
        WORLD.map(([, line]) => line),
      ),
    ])
    expect(whole.result.alerts.total).toBeGreaterThan(3)
    expect(whole.result.alerts.provisional).toBeGreaterThan(0)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: DAY_S, max: 12 * DAY_S }),
        fc.array(fc.nat(2), { minLength: WORLD.length, maxLength: WORLD.length }),
        fc.array(fc.nat(), { minLength: WORLD.length, maxLength: WORLD.length }),
        async (cutS, choices, order) => {
          const parts: [string[], string[]] = [[], []]
          WORLD.forEach(([seconds, line], i) => {
            // Around the cut a line may be in the first part, the second or both.
            const isNear = seconds > cutS - DAY_S && seconds <= cutS
            const choice = isNear ? choices[i] : seconds <= cutS ? 0 : 1
            if (choice !== 1) parts[0].push(line)
            if (choice !== 0) parts[1].push(line)
          })
          const shuffled = parts.map((lines) =>
            lines.map((line, i) => [order[i] ?? 0, line] as const).sort(([a], [b]) => a - b),
          )
          const file = join(folder, `state-${runs}`)
          const said: Said[] = []
          for (const [i, lines] of shuffled.entries()) {
            const path = written(
              `part-${i}.log`,
              lines.map(([, line]) => line),
            )
            said.push((await replayed([path], file)).said)
          }
          expect(lastWords(...said)).toEqual(lastWords(whole.said))
        },
      ),
      { seed: 5, numRuns: 8 },
    )
  }, 60_000)

  test('two weeks of the samples one after the other are both at once', async () => {
    const weeks = ['2026-03-01', '2026-03-08'].map((week) => join(PROJECT, `samples/*/${week}*`))
    const whole = await replayed(weeks, join(folder, 'whole.state'))
    const first = await replayed(weeks.slice(0, 1))
    expect(first.stderr).toContain(`${state} is not there yet: a fresh start\n`)
    const second = await replayed(weeks.slice(1))
    expect(second.stderr).toContain(
      `Goes on from ${state}, 2026-03-01 00:00 UTC to 2026-03-07 22:34 UTC\n`,
    )
    expect(second.result.attempts.too_late).toBe(0)
    expect(whole.result.alerts.total).toBeGreaterThan(4)
    expect(lastWords(first.said, second.said)).toEqual(lastWords(whole.said))
    // What one knows, the other knows, too: nothing differs but the counts of attempts and the size of the pieces.
    expect(second.result.learning_until).toBe(whole.result.learning_until)
  }, 60_000)

  test('open days are provisional until a later run completes them, and the text says so', async () => {
    const lines = WORLD.filter(([seconds]) => seconds < 9 * DAY_S).map(([, line]) => line)
    const out = join(folder, 'alerts.ndjson')
    const { stdout } = await ran([
      'replay',
      written('a.log', lines),
      '--state',
      state,
      '--out',
      out,
    ])
    expect(stdout).toMatch(/^HIGH .*\(N1, provisional: its day is still open\)$/m)
    expect(stdout).toMatch(/^ {2}alerts {4}1 high, 1 medium, 1 of them provisional, written to /m)
    expect(stdout).toContain(`  state     ${state}, begun; the last days stay open\n`)
    const states = alertDocumentsOf(out).map(({ sekisho }) => sekisho.state)
    expect(states).toEqual(['final', 'provisional'])
    const later = await replayed([written('b.log', [tunnelUp(12 * DAY_S, 'user1')])])
    expect(later.said.map(({ sekisho }) => sekisho.state)).toEqual(['final'])
    expect(later.result.state).toEqual({
      path: state,
      is_new: false,
      from: { first: '2026-03-10T08:00:00.000Z', last: '2026-03-18T20:08:40.000Z' },
      known_or_without_room: 0,
    })
  })

  test('what a run before has said is not new: neither in the text nor to --fail-on', async () => {
    const first = WORLD.filter(([seconds]) => seconds < 10 * DAY_S).map(([, line]) => line)
    const out = join(folder, 'alerts.ndjson')
    const flags = ['--state', state, '--out', out, '--fail-on', 'medium']
    const replayOf = (name: string, lines: readonly string[], ...more: string[]) =>
      ran(['replay', written(name, lines), ...flags, ...more])
    const begun = await replayOf('a.log', first)
    expect(begun).toMatchObject({ code: 1, stdout: expect.not.stringContaining('said before') })
    expect(begun.stdout).toContain('provisional: its day is still open')
    // Nothing but a login at home: the open days' alerts are said again.
    const again = await replayOf('b.log', [tunnelUp(10 * DAY_S, 'user1')])
    expect(again.stdout).toMatch(/^HIGH .*\(N1, .*still open, said by a run before\)$/m)
    expect(again.stdout).toMatch(
      /^ {2}alerts .* of them provisional; 0 new, \d said before, written/m,
    )
    expect(again.code).toBe(0)
    // Out of the period it is not said, and not forgotten either.
    const without = await replayOf('b.log', [tunnelUp(10 * DAY_S, 'user1')], '--from', '2026-03-25')
    expect(without).toMatchObject({ code: 0, stdout: expect.not.stringContaining('said before') })
    const later = WORLD.filter(([seconds]) => seconds >= 10 * DAY_S).map(([, line]) => line)
    const json = await replayOf('c.log', later, '--output', 'json')
    expect(json.code).toBe(1)
    const { alerts } = JSON.parse(json.stdout)
    const before = alerts.list.filter((alert: { said_before: boolean }) => alert.said_before)
    expect(before.length).toBeGreaterThan(0)
    expect(alerts.said_before).toBe(before.length)
    expect(alerts.total).toBeGreaterThan(before.length)
    const isEarly = (alert: { '@timestamp': string }) => alert['@timestamp'] < '2026-03-20'
    expect(before.every(isEarly)).toBe(true)
  })

  test('lines of complete days are counted, with what to do about them', async () => {
    await replayed([
      written(
        'a.log',
        WORLD.map(([, line]) => line),
      ),
    ])
    const old = written('old.log', [tunnelUp(0, 'user1'), tunnelUp(12 * DAY_S - 60, 'user1')])
    const out = join(folder, 'alerts.ndjson')
    const { stdout } = await ran(['replay', old, '--state', state, '--out', out])
    expect(stdout).toMatch(
      /^ {2}late {6}1 attempt of days that were complete: .* replay all logs without --state/m,
    )
  })

  test('the state of before stays as .old, and no other file is left', async () => {
    const path = written('a.log', [tunnelUp(0, 'alice')])
    await replayed([path])
    const first = readFileSync(state)
    await replayed([path])
    expect(readFileSync(`${state}.old`)).toEqual(first)
    writeFileSync(join(folder, '.vpn.state.0123456789ab.tmp'), 'left by a run that was killed')
    await replayed([path])
    expect(readdirSync(folder).filter((name) => name.includes('state'))).toEqual([
      'vpn.state',
      'vpn.state.old',
    ])
  })

  test('stopped before the end, it leaves the state as it was', async () => {
    await replayed([written('a.log', [tunnelUp(0, 'alice')])])
    const before = readFileSync(state)
    const controller = new AbortController()
    const stdin = Readable.from(
      (function* () {
        yield Buffer.from(`${tunnelUp(10, 'bob')}\n`)
        controller.abort(new Stopped('SIGINT'))
        yield Buffer.from(`${tunnelUp(20, 'carol')}\n`)
      })(),
    )
    const args = ['replay', '-', '--state', state, '--out', join(folder, 'alerts.ndjson')]
    const { code } = await ran(args, { stdin, signal: controller.signal })
    expect(code).toBe(130)
    expect(readFileSync(state)).toEqual(before)
    expect(readdirSync(folder).sort()).toEqual(
      ['a.log', 'out-0.ndjson', 'out-0.ndjson.signals', 'vpn.state'].sort(),
    )
  })
})
