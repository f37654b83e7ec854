import { describe, expect, test } from '@jest/globals'
import { byTimeAndId } from '@sekisho/detect'
import type { Alert, Attempt } from '@sekisho/event'
import { digestsOf, lastWords, runBatch, runLive } from './testing/run.ts'
import {
  alertsBy,
  at,
  changed,
  day,
  HOSTING,
  HOTEL,
  habit,
  lineAt,
  login,
  NEW_YORK,
  OFFICE,
  refusals,
  refused,
  TODAY,
  TOKYO,
  tenDaysOf,
} from './testing/story.ts'

const NOON = at(TODAY, '12:00')
const staff = ['aoki', 'berg', 'chiba', 'doi', 'endo', 'fuji', 'goto']
const history = tenDaysOf(...staff)
const guess = (i: number) => `guess${i}`
/** Several stories that differ in their ids only: what a cap keeps is a matter of hashes. */
const TWENTY = Array.from({ length: 20 }, (_, i) => i)

function successes(...attempts: readonly Attempt[]): Alert[] {
  return alertsBy('X1', runBatch(attempts))
}

describe('a flood hides no login', () => {
  test('of failures of the user himself, in the pane of his success', () => {
    const hidden = TWENTY.filter((i) => {
      const failures = refusals(30, () => 'aoki', HOSTING, NOON + i * 1000, 5)
      const success = login('aoki', HOSTING, TODAY, '12:03', { subMillisecondNs: i })
      return successes(...history, ...failures, success).length === 0
    })
    expect(hidden).toEqual([])
  })

  test('of unknown names, in the pane of a refused second factor', () => {
    const hidden = TWENTY.filter((i) => {
      const names = refusals(1000, (n) => `guess${i}x${n}`, HOSTING, NOON, 0.25)
      const factor = refused('aoki', HOSTING, TODAY, '12:02', { attempt: 'mfa_denied' })
      return successes(...history, ...names, factor).length === 0
    })
    expect(hidden).toEqual([])
  })

  test('of failures of the user himself, in the pane of a refused second factor', () => {
    const hidden = TWENTY.filter((i) => {
      const failures = refusals(1000, () => 'aoki', HOSTING, NOON + i, 0.25)
      const factor = refused('aoki', HOSTING, TODAY, '12:02', {
        attempt: 'mfa_denied',
        subMillisecondNs: i,
      })
      return successes(...history, ...failures, factor).length === 0
    })
    expect(hidden).toEqual([])
  })

  test('of colleagues in the rush hour of the office, a stranger in the pane', () => {
    const crowd = Array.from({ length: 200 }, (_, i) => `colleague${i}`)
    const worked = crowd.flatMap((user, i) =>
      habit(user, OFFICE, 0, 9, '08:00', { host: 1 + (i % 9) }),
    )
    const logIn = (user: string, i: number) =>
      login(user, OFFICE, TODAY, '09:02', { host: 1 + (i % 9) })
    const victims = ['aoki', 'berg', 'chiba', 'doi', 'endo']
    const found = (colleagues: readonly string[]) =>
      victims.filter((victim) => {
        const hammering = refusals(30, () => victim, HOSTING, at(TODAY, '08:00'), 60)
        const stranger = login(victim, OFFICE, TODAY, '09:03', { host: 3 })
        const arrivals = colleagues.map(logIn)
        return successes(...history, ...worked, ...hammering, ...arrivals, stranger).length > 0
      })
    expect(found(crowd.slice(0, 20))).toEqual(victims)
    expect(found(crowd)).toEqual(victims)
  })

  test('of failures of the user, a lockout', () => {
    const points = TWENTY.map((i) => {
      const failures = refusals(300, () => 'aoki', HOSTING, NOON, 0.9)
      const lockout = refused('aoki', HOSTING, TODAY, '12:02', {
        attempt: 'disabled_or_locked',
        subMillisecondNs: i,
      })
      const [alert] = alertsBy('U1', runBatch([...history, ...failures, lockout]))
      return alert?.terms.some(({ name }) => name === 'lockout')
    })
    expect(points.filter((hasLockout) => hasLockout !== true)).toEqual([])
  })
})

describe('order', () => {
  test('over the cap of a source’s pane live and batch say the same', () => {
    const story = [
      // In the order of time: what is late for its day teaches the user, and no longer the organisation.
      ...[...history].sort(byTimeAndId),
      refused('aoki', HOSTING, TODAY, '12:00'),
      ...refusals(200, guess, HOSTING, NOON + 10_000, 1),
      login('aoki', HOSTING, TODAY, '12:04:30'),
    ]
    expect(digestsOf(lastWords(runLive(story)))).toEqual(digestsOf(runBatch(story)))
  })
})

describe('logins around midnight', () => {
  const loginsOf = (midnightMs: number) =>
    [-150, -60, 50].map((second) =>
      lineAt('aoki', HOTEL, midnightMs + second * 1000, { attempt: 'success', outcome: 'success' }),
    )

  test('a chain of three lines is the same logins at midnight as at one o’clock', () => {
    const found = (hour: string) => {
      const attack = refusals(6, guess, HOTEL, at(day(11), '03:00'), 10)
      const alerts = runBatch([...history, ...attack, ...loginsOf(at(day(11), hour))])
      // By day: at midnight the second login is alone on its day, and is the day's alert.
      return alertsBy('X1', alerts).map(({ timestampMs }) => timestampMs - at(day(11), hour))
    }
    expect(found('00:00')).toEqual([-150_000, 50_000])
    expect(found('01:00')).toEqual([-150_000])
  })
})

describe('edges', () => {
  test('A.3: a name that the gateway does not know is an unknown user, also where it was known once', () => {
    const leavers = refusals(
      4,
      (i) => staff[i] as string,
      HOSTING,
      NOON,
      10,
      () => ({ attempt: 'unknown_user' }),
    )
    const [alert] = runBatch([...history, ...leavers]).filter(({ family }) => family === 'N')
    expect(alert?.counts).toMatchObject({ users_failed: 4, users_unknown: 4 })
  })

  test('A.3: where one address owns the attack, its network does not fire, and a neighbour is no attacker', () => {
    const attack = refusals(6, guess, NEW_YORK, NOON, 10, () => ({ host: 1 }))
    const loginFrom = (host: number) => login('aoki', NEW_YORK, TODAY, '14:00', { host })
    const earlier = login('guest', NEW_YORK, day(2), '08:00')
    const causes = (host: number) =>
      successes(...history, earlier, ...attack, loginFrom(host)).flatMap(({ terms }) =>
        terms.map(({ name }) => name),
      )
    expect(causes(1)).toEqual(['source_under_attack'])
    expect(causes(77)).toEqual([])
  })

  test('A.3: the address that explains most owns the alert, whoever else was last to fail in the network', () => {
    const attack = refusals(6, guess, NEW_YORK, NOON, 10, () => ({ host: 1 }))
    const typo = refused('aoki', NEW_YORK, TODAY, '14:00', { host: 77 })
    const attacks = (...attempts: Attempt[]) =>
      runBatch(attempts).filter(({ family }) => family === 'N')
    expect(attacks(...history, ...attack)[0]?.source?.address).toBe('100.70.3.1')
    expect(attacks(...history, ...attack, typo)[0]?.source?.address).toBe('100.70.3.1')
  })

  test('A.2: 15,000 km in 54,002 s are 999.96 km/h and feasible', () => {
    const here = changed(TOKYO, '198.18.1.', { latitude: 0, longitude: 100 })
    const there = changed(NEW_YORK, '198.18.2.', {
      latitude: 15_100 / 111.19507973,
      longitude: 100,
    })
    const visit = lineAt('aoki', there, at(TODAY, '23:00'), {
      attempt: 'success',
      outcome: 'success',
    })
    expect(alertsBy('T1', runBatch([...habit('aoki', here, 0, 10), visit]))).toEqual([])
  })
})
