import { describe, expect, test } from '@jest/globals'
import { runBatch } from './testing/run.ts'
import {
  alertsBy,
  at,
  changed,
  day,
  FRANKFURT,
  HOSTING,
  HOTEL,
  habit,
  login,
  NEW_YORK,
  OFFICE,
  refusals,
  TODAY,
} from './testing/story.ts'
import {
  causesOf,
  guess,
  history,
  NOON,
  staff,
  stuffing,
  successesOf,
  successOf,
} from './testing/successes.ts'

describe('a source under attack', () => {
  test('a login there is the attacker’s', () => {
    const alert = successOf(...history, ...stuffing(), login('aoki', HOSTING, TODAY, '12:01'))
    expect(alert).toMatchObject({
      family: 'X1',
      entity: 'user:aoki',
      discriminator: '100.70.2.0/24',
      day: '2026-03-12',
      timestampMs: at(TODAY, '12:01'),
      severity: 'critical',
      riskScore: 100,
      outcome: 'success',
      userKey: 'aoki',
      relatedUsers: ['aoki'],
      score: (6 * 3666) / 1024,
      threshold: 10546 / 1024,
    })
    expect(alert.terms[0]).toMatchObject({ name: 'source_under_attack', value: (6 * 3666) / 1024 })
    expect(alert.source).toMatchObject({
      address: '100.70.2.1',
      country: 'NL',
      networkClass: 'hosting',
    })
  })

  test('the login stands first in the evidence, then the failures with their names masked', () => {
    const { evidence, startMs, endMs } = successOf(
      ...history,
      ...stuffing(),
      login('aoki', HOSTING, TODAY, '12:01'),
    )
    expect(evidence[0]).toMatchObject({ user: 'aoki', role: 'decisive', outcome: 'success' })
    expect(evidence.slice(1)).toHaveLength(6)
    expect(
      evidence.slice(1).every(({ role, user }) => role === 'context' && user.startsWith('gu…#')),
    ).toBe(true)
    expect([startMs, endMs]).toEqual([NOON, at(TODAY, '12:01')])
  })

  test('everything that spoke for the user is weighed, and did not apply', () => {
    const { considered } = successOf(
      ...history,
      ...stuffing(),
      login('aoki', HOSTING, TODAY, '12:01'),
    )
    expect(considered.map(({ name, applied }) => [name, applied])).toEqual([
      ['vouched', false],
      ['ordinary_network', false],
      ['known_device', false],
      ['cold_start', false],
    ])
  })

  test.each([
    // The flagged pane is 12:00 to 12:05; a day on either side of it.
    { onDay: 11, time: '12:05:00', isAlert: true },
    { onDay: 11, time: '12:05:01', isAlert: false },
    { onDay: 9, time: '12:00:00', isAlert: true },
    { onDay: 9, time: '11:59:59', isAlert: false },
  ])('within a day of the attack: day $onDay, $time', ({ onDay, time, isAlert }) => {
    const alerts = successesOf(...history, ...stuffing(), login('aoki', HOSTING, day(onDay), time))
    expect(causesOf(alerts)).toEqual(isAlert ? [['source_under_attack']] : [])
  })

  test('a success before the failures is the attacker’s as well', () => {
    expect(
      successesOf(...history, ...stuffing(), login('aoki', HOSTING, TODAY, '09:00')),
    ).toHaveLength(1)
  })

  test('one alert a user and network, and one for each user', () => {
    const logins = ['aoki', 'berg'].flatMap((user) => [
      login(user, HOSTING, TODAY, '12:01'),
      login(user, HOSTING, TODAY, '12:30'),
    ])
    const alerts = successesOf(...history, ...stuffing(), ...logins)
    // Of one time, so their order is that of their ids.
    expect(alerts.map(({ userKey, timestampMs }) => [userKey, timestampMs]).sort()).toEqual([
      ['aoki', at(TODAY, '12:01')],
      ['berg', at(TODAY, '12:01')],
    ])
  })

  test('an ordinary network does not save a login from a source under attack', () => {
    const alert = successOf(...history, ...stuffing(HOTEL), login('aoki', HOTEL, TODAY, '12:01'))
    expect(alert.considered[1]?.why).toContain('not enough against an attack on the source itself')
  })

  test('no attack, no alert', () => {
    expect(
      successesOf(
        ...history,
        ...refusals(2, guess, HOSTING, NOON, 5),
        login('aoki', HOSTING, TODAY, '12:01'),
      ),
    ).toEqual([])
  })
})

describe('who is spared', () => {
  test('a user who was there more than a day before', () => {
    const vouched = login('aoki', HOTEL, TODAY, '12:01')
    const attacked = [...history, ...stuffing(HOTEL), vouched]
    expect(successesOf(...attacked, login('aoki', HOTEL, day(8), '09:00'))).toEqual([])
    // The day before at 12:02 is too young to vouch at 12:01, and is a success inside the attack itself.
    const young = successesOf(...attacked, login('aoki', HOTEL, day(9), '12:02'))
    expect(young.map((alert) => alert.day)).toEqual(['2026-03-11', '2026-03-12'])
  })

  test('but not one whose earlier login there was an alert of high severity', () => {
    const attacked = [...history, ...stuffing(), login('aoki', HOSTING, TODAY, '12:01')]
    const alerts = runBatch([...attacked, login('aoki', HOSTING, day(8), '09:00')])
    expect(alerts.find(({ family }) => family === 'U2')).toMatchObject({
      day: '2026-03-10',
      severity: 'high',
    })
    expect(alertsBy('X1', alerts).map(({ timestampMs }) => timestampMs)).toEqual([
      at(TODAY, '12:01'),
    ])
  })

  test('a newcomer at an ordinary line where the others live, but not at a hosting company', () => {
    expect(
      successesOf(...history, ...stuffing(HOTEL), login('neko', HOTEL, TODAY, '12:01')),
    ).toEqual([])
    expect(
      successesOf(...history, ...stuffing(HOSTING), login('neko', HOSTING, TODAY, '12:01')),
    ).toHaveLength(1)
  })

  test('a newcomer abroad is not spared', () => {
    expect(
      successesOf(...history, ...stuffing(NEW_YORK), login('neko', NEW_YORK, TODAY, '12:01')),
    ).toHaveLength(1)
  })
})

describe('a user under brute force', () => {
  const hammering = refusals(30, () => 'aoki', HOSTING, NOON, 5)

  test('a login from a third, strange place is the attacker’s', () => {
    const alert = successOf(...history, ...hammering, login('aoki', FRANKFURT, TODAY, '15:00'))
    expect(causesOf([alert])).toEqual([['user_under_attack']])
    expect(alert).toMatchObject({ severity: 'critical', score: (25 * 410) / 1024, threshold: 7 })
    expect(alert.terms[0]?.why).toBe(
      '30 failed logins as this user from 1 strange network within a day of it',
    )
    expect(alert.evidence).toHaveLength(20)
    expect(alert.evidence.slice(1).every(({ role }) => role === 'context')).toBe(true)
  })

  test('an ordinary line in a country that the user knows is the user’s own', () => {
    expect(successesOf(...history, ...hammering, login('aoki', HOTEL, TODAY, '15:00'))).toEqual([])
    expect(
      successesOf(...history, ...hammering, login('aoki', OFFICE, TODAY, '15:00')),
    ).toHaveLength(1)
  })

  test('it is no matter of other users', () => {
    expect(successesOf(...history, ...hammering, login('berg', FRANKFURT, TODAY, '15:00'))).toEqual(
      [],
    )
  })

  test.each([
    // Of the panes only 12:00 holds 30 failures in its window; it ends at 12:05.
    { onDay: 11, time: '12:05:00', isAlert: true },
    { onDay: 11, time: '12:05:01', isAlert: false },
    { onDay: 9, time: '12:00:00', isAlert: true },
    { onDay: 9, time: '11:59:59', isAlert: false },
  ])('within a day: day $onDay, $time', ({ onDay, time, isAlert }) => {
    const alerts = successesOf(...history, ...hammering, login('aoki', FRANKFURT, day(onDay), time))
    expect(causesOf(alerts)).toEqual(isAlert ? [['user_under_attack']] : [])
  })
})

describe('the first success from a network', () => {
  const failing = (count: number) =>
    refusals(count, (i) => staff[i + 1] as string, NEW_YORK, NOON, 5)
  const success = login('aoki', NEW_YORK, TODAY, '13:00')

  test.each([
    { users: 3, isAlert: true },
    { users: 2, isAlert: false },
  ])('after $users users who do not belong there failed', ({ users, isAlert }) => {
    const alerts = successesOf(...history, ...failing(users), success)
    expect(causesOf(alerts)).toEqual(isAlert ? [['first_success_after_failures']] : [])
    if (isAlert)
      expect(alerts[0]).toMatchObject({ score: (3 * 1710) / 1024, threshold: (3 * 1710) / 1024 })
  })

  test('three failures of one user are one user', () => {
    const one = refusals(3, () => 'berg', NEW_YORK, NOON, 5)
    expect(successesOf(...history, ...one, success)).toEqual([])
  })

  test('not after an earlier success there, by whomever', () => {
    const earlier = login('guest', NEW_YORK, day(2), '13:00')
    expect(successesOf(...history, ...failing(3), earlier, success)).toEqual([])
  })

  test('only the first one of the day', () => {
    const second = login('fuji', NEW_YORK, TODAY, '13:30')
    expect(
      successesOf(...history, ...failing(3), success, second).map(({ userKey }) => userKey),
    ).toEqual(['aoki'])
  })

  test('users who know the operator do not count', () => {
    const sameOperator = changed(NEW_YORK, '198.19.3.', {})
    const knowing = habit('berg', sameOperator, 2, 4, '20:00')
    expect(successesOf(...history, ...knowing, ...failing(3), success)).toEqual([])
    expect(successesOf(...history, ...knowing, ...failing(4), success)).toHaveLength(1)
  })

  test.each([
    { time: '12:00:10', isAlert: true },
    { time: '12:00:11', isAlert: false },
  ])('all three within a day: a login the next day at $time', ({ time, isAlert }) => {
    // Failures at 12:00:10, :15 and :20; more than a day after the first of them only two are near.
    const late = login('aoki', NEW_YORK, day(11), time)
    const near = refusals(3, (i) => staff[i + 1] as string, NEW_YORK, NOON + 10_000, 5)
    expect(successesOf(...history, ...near, late)).toHaveLength(isAlert ? 1 : 0)
  })
})
