import { describe, expect, test } from '@jest/globals'
import { DAY_MS } from '@sekisho/detect'
import type { Alert, Attempt, AttemptOutcome } from '@sekisho/event'
import { runBatch, whyNot } from './testing/run.ts'
import {
  alertsBy,
  at,
  changed,
  day,
  HOSTING,
  habit,
  login,
  type Network,
  refusals,
  refused,
  TODAY,
  TOKYO,
  TOKYO_TOO,
  tenDaysOf,
} from './testing/story.ts'

function bruteForcesOf(...attempts: readonly Attempt[]): Alert[] {
  return alertsBy('U1', runBatch(attempts))
}

/** The n-th network of a provider that nobody uses. */
function strange(n: number): Network {
  return changed(HOSTING, `198.19.${n}.`, {})
}

const NOON = at(TODAY, '12:00')
const ofAoki = () => 'aoki'
const home = tenDaysOf('aoki')

/** So many failures as Aoki, one a second from noon, over so many strange networks. */
function guesses(failures: number, networks = 1): Attempt[] {
  return refusals(failures, ofAoki, (i) => strange(i % networks), NOON, 1)
}

/** In points of 1/1024: 0.4 a failure is 410, 1.2 a network 1229, -0.2 a vouched failure -205, the limit 7168. */
describe('points', () => {
  test.each([
    { failures: 22, networks: 1, score: null },
    { failures: 23, networks: 1, score: 18 * 410 },
    { failures: 10, networks: 5, score: null },
    { failures: 11, networks: 5, score: 6 * 410 + 4 * 1229 },
    { failures: 11, networks: 4, score: null },
    { failures: 14, networks: 4, score: 9 * 410 + 3 * 1229 },
    { failures: 7, networks: 6, score: null },
    { failures: 7, networks: 7, score: 2 * 410 + 6 * 1229 },
    { failures: 5, networks: 5, score: null },
  ])(
    '$failures failures over $networks strange networks: $score',
    ({ failures, networks, score }) => {
      const alerts = bruteForcesOf(...home, ...guesses(failures, networks))
      expect(alerts.map((alert) => alert.score * 1024)).toEqual(score === null ? [] : [score])
      if (score === null) return
      expect(alerts[0]?.counts).toMatchObject({
        failures,
        failures_unvouched: failures,
        failures_vouched: 0,
        networks_unvouched: networks,
      })
    },
  )

  test.each([
    { vouched: 1, isAlert: true },
    { vouched: 2, isAlert: false },
  ])(
    '$vouched failures at home at the same time speak for the user: $isAlert',
    ({ vouched, isAlert }) => {
      const typos = refusals(vouched, ofAoki, TOKYO, NOON, 1)
      const alerts = bruteForcesOf(...home, ...guesses(23), ...typos)
      expect(alerts.map(({ score }) => score * 1024)).toEqual(isAlert ? [18 * 410 - 205] : [])
      if (!isAlert) return
      expect(alerts[0]?.terms.map(({ name, value }) => [name, value * 1024])).toEqual([
        ['unvouched_failures', 7380],
        ['vouched_failures', -205],
      ])
      expect(alerts[0]?.considered).toEqual([
        {
          name: 'own_networks',
          applied: true,
          why: '1 failures came from networks that vouch for the user',
        },
        { name: 'known_operator', applied: false, why: expect.stringContaining('0 failures') },
        { name: 'cold_start', applied: false, why: expect.stringContaining('at least 7 days') },
      ])
    },
  )

  test.each([
    { failures: 19, outcome: 'disabled_or_locked', score: null },
    { failures: 20, outcome: 'disabled_or_locked', score: 15 * 410 + 1024 },
    { failures: 20, outcome: 'bad_credential', score: null },
  ] as const)('$failures failures, the last one $outcome', ({ failures, outcome, score }) => {
    const last = refused('aoki', strange(0), TODAY, '12:01', { attempt: outcome })
    const alerts = bruteForcesOf(...home, ...guesses(failures - 1), last)
    expect(alerts.map((alert) => alert.score * 1024)).toEqual(score === null ? [] : [score])
    if (score !== null) expect(alerts[0]?.terms.at(-1)).toMatchObject({ name: 'lockout', value: 1 })
  })

  test.each<{ outcome: AttemptOutcome; isGuess: boolean }>([
    { outcome: 'bad_credential', isGuess: true },
    { outcome: 'unknown_user', isGuess: true },
    { outcome: 'expired_password', isGuess: true },
    { outcome: 'mfa_denied', isGuess: false },
    { outcome: 'policy_denied', isGuess: false },
  ])('$outcome is a guess: $isGuess', ({ outcome, isGuess }) => {
    const failures = refusals(30, ofAoki, strange(0), NOON, 1, () => ({ attempt: outcome }))
    expect(bruteForcesOf(...home, ...failures)).toHaveLength(isGuess ? 1 : 0)
  })
})

describe('whose failures count', () => {
  test('an old password in a phone at home is no attack', () => {
    expect(bruteForcesOf(...home, ...refusals(60, ofAoki, TOKYO, NOON, 1))).toEqual([])
    expect(bruteForcesOf(...home, ...refusals(60, ofAoki, strange(0), NOON, 1))).toHaveLength(1)
  })

  test('failures by way of an operator that the user knows are left out', () => {
    expect(bruteForcesOf(...home, ...refusals(60, ofAoki, TOKYO_TOO, NOON, 1))).toEqual([])
    const [alert] = bruteForcesOf(
      ...home,
      ...refusals(9, ofAoki, TOKYO_TOO, NOON, 1),
      ...guesses(23),
    )
    expect(alert?.counts).toMatchObject({
      failures: 23,
      failures_unvouched: 23,
      networks_unvouched: 1,
    })
    expect(alert?.considered[1]).toEqual({
      name: 'known_operator',
      applied: true,
      why: '9 failures from networks whose operator the user knows were left out',
    })
  })

  test('a name that never got in has no brute force', () => {
    expect(bruteForcesOf(...home, ...refusals(60, () => 'nobody', strange(0), NOON, 1))).toEqual([])
  })

  test.each([
    { time: '11:55:00', isAlert: true },
    { time: '11:55:01', isAlert: false },
  ])('somebody who got in for the first time yesterday at $time', ({ time, isAlert }) => {
    const first = login('berg', TOKYO, day(9), time)
    const failures = refusals(30, () => 'berg', strange(0), at(TODAY, '11:50'), 1)
    expect(bruteForcesOf(...home, first, ...failures)).toHaveLength(isAlert ? 1 : 0)
  })

  test.each([
    { first: 3, severity: 'medium', isCold: false },
    { first: 4, severity: 'low', isCold: true },
  ])(
    'history from day $first: before seven complete days a signal',
    ({ first, severity, isCold }) => {
      const alerts = bruteForcesOf(...habit('aoki', TOKYO, first, 9), ...guesses(30))
      expect(alerts.map((alert) => alert.severity)).toEqual([severity])
      expect(whyNot(alerts[0] as Alert, 'cold_start')?.applied).toBe(isCold)
    },
  )
})

describe('windows', () => {
  test.each([
    { stepS: 10, within: '4 min' },
    { stepS: 120, within: '44 min' },
    { stepS: 3600, within: '22 h' },
  ])('23 failures, one every $stepS s, fit one of the windows: $within', ({ stepS, within }) => {
    const failures = refusals(23, ofAoki, strange(0), at(TODAY, '00:00'), stepS)
    const [alert] = bruteForcesOf(...home, ...failures)
    expect(alert?.reason).toBe(
      `23 failed logins as aoki from 1 network this user never used, within ${within}`,
    )
  })

  test.each([
    // The last failure stands in the pane that ends at 12:05; a day's window begins at 12:05 the day before.
    { time: '12:05:00', isAlert: true },
    { time: '12:04:59.999', isAlert: false },
  ])(
    'a day back from the end of the pane: the first failure yesterday at $time',
    ({ time, isAlert }) => {
      const first = refused('aoki', strange(0), day(9), time)
      expect(bruteForcesOf(...home, first, ...guesses(22))).toHaveLength(isAlert ? 1 : 0)
    },
  )

  test('a night of guesses is an alert on each day that has a flagged pane of its own', () => {
    const failures = refusals(60, ofAoki, strange(0), at(TODAY, '23:50'), 20)
    const alerts = bruteForcesOf(...home, ...failures)
    expect(alerts.map(({ day: text, timestampMs }) => [text, timestampMs])).toEqual([
      ['2026-03-12', at(TODAY, '23:55')],
      ['2026-03-13', at(TODAY + 1, '00:00')],
    ])
  })

  test('the alert stands at the first flagged pane and shows the strongest', () => {
    const alert = bruteForcesOf(...home, ...refusals(100, ofAoki, strange(0), NOON, 30))[0] as Alert
    // The 23rd failure is at 12:11.
    expect(alert.timestampMs).toBe(at(TODAY, '12:10'))
    expect(alert.counts).toMatchObject({ failures: 100, flagged_panes: 8 })
    expect(alert).toMatchObject({ startMs: NOON, endMs: NOON + 99 * 30_000, evidenceTotal: 100 })
    expect(alert.evidence).toHaveLength(20)
    expect(alert.terms[0]?.evidence).toHaveLength(20)
  })
})

test('the alert is a medium one about the user, whose name is no secret', () => {
  const [alert] = bruteForcesOf(...home, ...guesses(23))
  expect(alert).toMatchObject({
    family: 'U1',
    entity: 'user:aoki',
    day: '2026-03-12',
    discriminator: '',
    severity: 'medium',
    riskScore: 47,
    outcome: 'failure',
    source: null,
    userKey: 'aoki',
    threshold: 7,
    relatedAddresses: ['198.19.0.1'],
    travel: null,
  })
  expect(new Set(alert?.evidence.map(({ user }) => user))).toEqual(new Set(['aoki']))
})

test('two days apart the same guesses do not add up', () => {
  const half = (startMs: number) => refusals(12, ofAoki, strange(0), startMs, 1)
  expect(bruteForcesOf(...home, ...half(NOON - DAY_MS - 600_000), ...half(NOON))).toEqual([])
  expect(bruteForcesOf(...home, ...half(NOON - DAY_MS / 2), ...half(NOON))).toHaveLength(1)
})
