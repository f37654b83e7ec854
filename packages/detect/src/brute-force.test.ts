import { describe, expect, test } from '@jest/globals'
import type { Attempt, AttemptOutcome } from '@sekisho/event'
import fc from 'fast-check'
import { bruteForce } from './brute-force.ts'
import { DEFAULT_CONFIG } from './config.ts'
import { limitsOf, PANE_MS } from './limits.ts'
import {
  at,
  DAY,
  EVERYBODY,
  FRANKFURT,
  fakeUserView,
  HOME,
  HOSTING,
  type Known,
  lineAt,
  NEW_YORK,
  type TestNetwork,
} from './testing/fake-user-view.ts'

function refused(
  network: TestNetwork,
  seconds: number,
  attempt: AttemptOutcome = 'bad_credential',
): Attempt {
  const minute = String(Math.floor(seconds / 60)).padStart(2, '0')
  return lineAt(`12:${minute}:${seconds % 60}`, network, { outcome: 'failure', attempt })
}

function guesses(count: number): Attempt[] {
  return Array.from({ length: count }, (_, i) => refused(HOSTING, i))
}

function findingsOf(known: Known, mask = EVERYBODY): ReturnType<typeof bruteForce> {
  return bruteForce(fakeUserView({ vouched: [HOME], ...known }), DAY, mask)
}

describe('a score', () => {
  const failure = fc.record({
    network: fc.constantFrom(HOME, HOSTING, NEW_YORK, FRANKFURT),
    outcome: fc.constantFrom<AttemptOutcome>('bad_credential', 'disabled_or_locked'),
  })

  test('is the sum of its terms, and each term follows from its quantities', () => {
    let alerts = 0
    fc.assert(
      fc.property(fc.array(failure, { minLength: 30, maxLength: 60 }), (failures) => {
        const lines = failures.map(({ network, outcome }, i) => refused(network, i, outcome))
        for (const { draft } of findingsOf({ lines })) {
          alerts++
          const terms = new Map(draft.terms.map(({ name, ...term }) => [name, term]))
          const of = (name: string): Record<string, number> => ({ ...terms.get(name)?.quantities })
          const recomputed: Record<string, (q: Record<string, number>) => number | undefined> = {
            unvouched_failures: ({
              failures: f = 0,
              failures_free: free = 0,
              points_per_failure: p = 0,
            }) => p * (f - free),
            unvouched_networks: ({
              networks: n = 0,
              networks_free: free = 0,
              points_per_network: p = 0,
            }) => p * (n - free),
            vouched_failures: ({ failures: f = 0, points_per_failure: p = 0 }) => f * p,
            lockout: ({ locked_out: locked = 0, points = 0 }) => locked * points,
          }
          for (const [name, { value }] of terms) {
            expect([name, value]).toEqual([name, recomputed[name]?.(of(name))])
          }
          expect(draft.terms.reduce((sum, { value }) => sum + value, 0)).toBe(draft.score)
          expect(draft.posterior).toBeNull()
        }
      }),
      { seed: 20261122 },
    )
    expect(alerts).toBeGreaterThan(50)
  })
})

describe('in the cold start', () => {
  const cold: Known = { lines: guesses(30), isCold: true, isKnown: () => false, vouched: [] }

  test('it is a signal that makes no success suspect', () => {
    const [finding] = findingsOf(cold)
    expect(finding?.draft).toMatchObject({ severity: 'low', riskScore: 21 })
    expect(finding?.draft.considered).toContainEqual({
      name: 'cold_start',
      applied: true,
      why: 'the organisation has less than 7 days of history',
    })
    expect(finding?.attackPaneStartsMs).toEqual([])
  })

  test('a name that nobody has is not even that', () => {
    expect(findingsOf(cold, { hashKey: '', isPerson: () => false })).toEqual([])
  })

  test('later it is an alert', () => {
    const [finding] = findingsOf({ lines: guesses(30) })
    expect(finding?.draft.severity).toBe('medium')
    expect(finding?.attackPaneStartsMs).toHaveLength(1)
  })
})

describe('limits of the configuration', () => {
  const withLimits = (bruteForceLimits: Record<string, number>): Known => ({
    config: { ...DEFAULT_CONFIG, limits: limitsOf({ bruteForce: bruteForceLimits }) },
  })

  test.each([
    { limits: {}, failures: 23, isAlert: true },
    { limits: {}, failures: 22, isAlert: false },
    { limits: { failuresFree: 6 }, failures: 23, isAlert: false },
    { limits: { failuresFree: 0 }, failures: 18, isAlert: true },
    { limits: { threshold: 8 }, failures: 23, isAlert: false },
    { limits: { failure: 0.8 }, failures: 14, isAlert: true },
    { limits: { failuresFree: 0, threshold: 0.4 }, failures: 1, isAlert: true },
  ])('$limits: $failures failures', ({ limits, failures, isAlert }) => {
    const found = findingsOf({ ...withLimits(limits), lines: guesses(failures) })
    expect(found).toHaveLength(isAlert ? 1 : 0)
  })

  test('a threshold below nothing still needs a failure that nothing vouches for', () => {
    const lines = [refused(HOME, 1), refused(HOME, 2)]
    expect(findingsOf({ ...withLimits({ threshold: -50 }), lines })).toEqual([])
  })
})

describe('what counts', () => {
  const rows = (count: number, time: string, attempt: AttemptOutcome = 'bad_credential') =>
    Array.from({ length: count }, (_, i) =>
      lineAt(`${time}:${i}`, HOSTING, { outcome: 'failure', attempt }),
    )

  test.each<{ what: string; lines: Attempt[]; known?: Known; alerts: number }>([
    { what: 'wrong passwords', lines: rows(23, '12:00'), alerts: 1 },
    { what: 'refused second factors do not', lines: rows(23, '12:00', 'mfa_denied'), alerts: 0 },
    {
      what: 'a name that is not yet known does not',
      lines: rows(23, '12:00'),
      known: { isKnown: () => false },
      alerts: 0,
    },
    {
      what: 'the evening before, with one of the day',
      lines: [...rows(22, '-1:50'), ...rows(1, '0:01')],
      alerts: 1,
    },
    { what: 'the evening before alone is its own day’s', lines: rows(23, '-1:50'), alerts: 0 },
    { what: 'the last minute of the day', lines: rows(23, '23:59'), alerts: 1 },
    { what: 'the first of the next is its own day’s', lines: rows(23, '24:00'), alerts: 0 },
    {
      what: 'operators whom the user knows do not',
      lines: rows(23, '12:00'),
      known: { knowsAsn: (asn) => asn === HOSTING.place.asn },
      alerts: 0,
    },
  ])('$what', ({ lines, known, alerts }) => {
    expect(findingsOf({ lines, ...known })).toHaveLength(alerts)
  })

  test('the first millisecond of the next day is not of this one', () => {
    const midnight = Array.from({ length: 23 }, (_, i) => {
      const line = lineAt('24:00', HOSTING, { outcome: 'failure', attempt: 'bad_credential' })
      return { ...line, id: `${line.id}/${i}` }
    })
    expect(findingsOf({ lines: midnight })).toEqual([])
  })
})

describe('an alert', () => {
  // An early guess in a pane of its own, own and known operators' failures, then the attack, then its quiet end.
  const early = lineAt('9:00', HOSTING, { outcome: 'failure', attempt: 'bad_credential' })
  const attack = Array.from({ length: 30 }, (_, i) => refused(HOSTING, 300 + i))
  const own = [refused(HOME, 310.5), refused(HOME, 311.5)]
  const operators = refused(FRANKFURT, 312.5, 'disabled_or_locked')
  const knowsAsn = (asn: number): boolean => asn === FRANKFURT.place.asn

  test('says what it rests on', () => {
    const lines = [early, ...attack, ...own, operators]
    const [finding] = findingsOf({ lines, knowsAsn })
    expect(finding?.attackPaneStartsMs).toEqual([at('12:05')])
    expect(finding?.draft).toMatchObject({
      ruleId: 'U1',
      entity: 'user:alice',
      timestampMs: at('12:05'),
      startMs: at('9:00'),
      endMs: at('12:05:29'),
      severity: 'medium',
      threshold: 7,
      evidenceTotal: 31,
      reason: '31 failed logins as alice from 1 network this user never used, within 3 h 6 min',
      counts: {
        failures: 33,
        failures_unvouched: 31,
        failures_vouched: 2,
        networks_unvouched: 1,
        flagged_panes: 1,
      },
    })
    expect(finding?.draft.terms.map(({ name }) => name)).toEqual([
      'unvouched_failures',
      'vouched_failures',
      'lockout',
    ])
    expect(finding?.draft.considered).toMatchObject([
      { name: 'own_networks', applied: true },
      { name: 'known_operator', applied: true },
      { name: 'cold_start', applied: false },
    ])
    expect(finding?.draft.evidence).toHaveLength(20)
    expect(new Set(finding?.draft.evidence.map(({ address }) => address))).toEqual(
      new Set([`${HOSTING.base}1`]),
    )
  })

  test('does not say what did not happen', () => {
    const [finding] = findingsOf({ lines: attack })
    expect(finding?.draft.terms.map(({ name }) => name)).toEqual(['unvouched_failures'])
    expect(finding?.draft.considered.filter(({ applied }) => applied)).toEqual([])
    expect(finding?.draft.counts).toMatchObject({ failures: 30, failures_vouched: 0 })
  })

  test('is about the strongest window: what follows a day later is outside of it', () => {
    // The evening before lies in the long window of the morning, not of the night.
    const evening = Array.from({ length: 30 }, (_, i) =>
      lineAt(`-1:50:${i}`, HOSTING, { outcome: 'failure', attempt: 'bad_credential' }),
    )
    const morning = lineAt('9:00', HOSTING, { outcome: 'failure', attempt: 'bad_credential' })
    const night = lineAt('23:57', HOSTING, { outcome: 'failure', attempt: 'bad_credential' })
    const [finding] = findingsOf({ lines: [...evening, morning, night] })
    expect(finding?.draft).toMatchObject({
      timestampMs: at('9:00'),
      endMs: at('9:00'),
      evidenceTotal: 31,
      counts: { flagged_panes: 1 },
    })
    expect(finding?.attackPaneStartsMs).toEqual([at('9:00')])
  })

  test('is about the earliest of windows that are equally strong', () => {
    const windows = [0, 1].flatMap((hour) =>
      Array.from({ length: 30 }, (_, i) =>
        lineAt(`${12 + 2 * hour}:00:${i}`, HOSTING, {
          outcome: 'failure',
          attempt: 'bad_credential',
        }),
      ),
    )
    // Only windows of ten minutes: no window holds both.
    const tenMinutes = 10 * 60_000
    const limits = limitsOf({
      bruteForce: { middleWindowMs: tenMinutes, longWindowMs: tenMinutes },
    })
    const [finding] = findingsOf({ lines: windows, config: { ...DEFAULT_CONFIG, limits } })
    expect(finding?.draft).toMatchObject({ startMs: at('12:00'), endMs: at('12:00:29') })
    expect(finding?.attackPaneStartsMs).toEqual([at('12:00'), at('14:00')])
  })

  test.each([
    { what: 'a window’s first millisecond', before: 10 * 60_000, total: 31 },
    { what: 'the one before it', before: 10 * 60_000 + 1, total: 30 },
  ])('holds $what: $total failures', ({ before, total }) => {
    const tenMinutes = 10 * 60_000
    const limits = limitsOf({
      bruteForce: { middleWindowMs: tenMinutes, longWindowMs: tenMinutes },
    })
    const edge = lineAt('12:05', HOSTING, {
      outcome: 'failure',
      attempt: 'bad_credential',
      timestampMs: at('12:05') + PANE_MS - before,
    })
    const after = lineAt('12:10', HOSTING, { outcome: 'failure', attempt: 'bad_credential' })
    const lines = [{ ...edge, id: 'edge' }, ...attack]
    const [finding] = findingsOf({ lines, config: { ...DEFAULT_CONFIG, limits } })
    expect(finding?.draft.evidenceTotal).toBe(total)
    expect(finding?.draft.startMs).toBe(total === 31 ? edge.event.timestampMs : at('12:05'))
    // A failure in the first millisecond after the pane belongs to the next one.
    const weak = limitsOf({
      bruteForce: { shortWindowMs: PANE_MS, middleWindowMs: PANE_MS, longWindowMs: PANE_MS },
    })
    const [next] = findingsOf({
      lines: [...attack, after],
      config: { ...DEFAULT_CONFIG, limits: weak },
    })
    expect(next?.draft).toMatchObject({ evidenceTotal: 30, endMs: at('12:05:29') })
  })
})
