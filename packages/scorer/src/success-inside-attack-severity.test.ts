import { describe, expect, test } from '@jest/globals'
import {
  at,
  FRANKFURT,
  HOSTING,
  habit,
  login,
  NEW_YORK,
  refusals,
  refused,
  TODAY,
  TOKYO,
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

describe('a refused second factor', () => {
  const denied = (time: string) => refused('aoki', HOSTING, TODAY, time, { attempt: 'mfa_denied' })

  test('shows that the password is known', () => {
    const alert = successOf(...history, ...stuffing(), denied('12:01'))
    expect(alert).toMatchObject({ severity: 'critical', outcome: 'failure' })
    expect(alert.reason).toContain('gave the right password (stopped at the second factor)')
    expect(alert.evidence[0]).toMatchObject({ outcome: 'mfa_denied', role: 'decisive' })
  })

  test('a wrong password does not', () => {
    expect(
      successesOf(...history, ...stuffing(), refused('aoki', HOSTING, TODAY, '12:01')),
    ).toEqual([])
  })

  test('where the user got in as well, the success is the alert', () => {
    const alert = successOf(
      ...history,
      ...stuffing(),
      denied('12:01'),
      login('aoki', HOSTING, TODAY, '12:03'),
    )
    expect(alert).toMatchObject({ outcome: 'success', timestampMs: at(TODAY, '12:03') })
  })

  test('a line that only tells of the factor explains the refused login beside it', () => {
    const factor = refused('aoki', HOSTING, TODAY, '12:01:01', {
      attempt: 'mfa_denied',
      decides: 'no',
      action: 'auth.factor',
    })
    const login2 = refused('aoki', HOSTING, TODAY, '12:01:03')
    const alert = successOf(...history, ...stuffing(), factor, login2)
    expect(alert.evidence[0]).toMatchObject({ eventId: login2.id, outcome: 'mfa_denied' })
  })

  test('it does not count as the first success from a network', () => {
    const failing = refusals(3, (i) => staff[i + 1] as string, NEW_YORK, NOON, 5)
    const factor = refused('aoki', NEW_YORK, TODAY, '13:00', { attempt: 'mfa_denied' })
    expect(successesOf(...history, ...failing, factor)).toEqual([])
  })
})

describe('severity', () => {
  test.each([
    { deviceId: 'laptop', severity: 'high', riskScore: 73 },
    { deviceId: 'another', severity: 'critical', riskScore: 100 },
    { deviceId: '', severity: 'critical', riskScore: 100 },
  ])('device "$deviceId": $severity', ({ deviceId, severity, riskScore }) => {
    const withLaptop = habit('aoki', TOKYO, 0, 9, '07:00', { deviceId: 'laptop' })
    const success = login('aoki', HOSTING, TODAY, '12:01', { deviceId })
    expect(successOf(...history, ...withLaptop, ...stuffing(), success)).toMatchObject({
      severity,
      riskScore,
    })
  })

  test.each([
    { users: 10, alerts: ['medium'] },
    { users: 9, alerts: [] },
  ])('in the first week, $users failing users: $alerts', ({ users, alerts }) => {
    const young = staff.flatMap((user) => habit(user, TOKYO, 4, 9))
    const crowd = refusals(users, guess, HOSTING, NOON, 5)
    const found = successesOf(...young, ...crowd, login('aoki', HOSTING, TODAY, '12:01'))
    expect(found.map(({ severity }) => severity)).toEqual(alerts)
    for (const { considered } of found)
      expect(considered.at(-1)).toMatchObject({ name: 'cold_start', applied: true })
  })

  test('in the first week neither a brute force nor a first success is enough', () => {
    const young = staff.flatMap((user) => habit(user, TOKYO, 4, 9))
    const hammering = refusals(30, () => 'aoki', HOSTING, NOON, 5)
    expect(successesOf(...young, ...hammering, login('aoki', FRANKFURT, TODAY, '15:00'))).toEqual(
      [],
    )
    const failing = refusals(3, (i) => staff[i + 1] as string, NEW_YORK, NOON, 5)
    expect(successesOf(...young, ...failing, login('aoki', NEW_YORK, TODAY, '13:00'))).toEqual([])
  })
})

test('several causes are several terms of one alert', () => {
  const attempts = [
    ...stuffing(),
    ...refusals(30, () => 'aoki', HOSTING, NOON, 5),
    login('aoki', HOSTING, TODAY, '12:04'),
  ]
  const alert = successOf(...history, ...attempts)
  expect(causesOf([alert])).toEqual([['source_under_attack', 'user_under_attack']])
  expect(alert.evidence).toHaveLength(20)
  for (const { evidence: indexes } of alert.terms) expect(indexes[0]).toBe(0)
})
