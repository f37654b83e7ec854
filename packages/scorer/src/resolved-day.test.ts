import { describe, expect, test } from '@jest/globals'
import { byTimeAndId, DEFAULT_CONFIG } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { resolveDay } from './resolved-day.ts'
import { day, HOTEL, login, refused, sessionEnd, TODAY, TOKYO } from './testing/story.ts'

const YESTERDAY = day(9)
const TOMORROW = day(11)

/** A day as the lines of three days make it. */
function resolved(lines: readonly Attempt[], on = TODAY) {
  const sorted = [...lines].sort(byTimeAndId)
  const of = (n: number) =>
    sorted.filter(({ event }) => Math.floor(event.timestampMs / 86_400_000) === n)
  return resolveDay(of(on - 1), of(on), of(on + 1), DEFAULT_CONFIG.limits.common.loginGroupMs)
}

/** FortiGate: the tunnel of a person, then its session; either may be all there is. */
const fortiGateLogin = [
  login('aoki', TOKYO, TODAY, '08:00:02', { code: '0101039424', sessionId: '77' }),
  login('aoki', TOKYO, TODAY, '08:00:04', {
    code: '0101039947',
    sessionId: '77',
    decides: 'unless',
    action: 'vpn.session.start',
  }),
]

/** Pulse: of six lines the factor line and the transport line are no attempts; four reach the scorer. */
const pulseLogin = [
  login('aoki', TOKYO, TODAY, '08:00:01', {
    vendor: 'pulse-secure',
    code: 'AUT24414',
    sessionId: 'ab12',
  }),
  login('aoki', TOKYO, TODAY, '08:00:01', {
    vendor: 'pulse-secure',
    code: 'AUT32033',
    decides: 'unless',
  }),
  login('aoki', TOKYO, TODAY, '08:00:03', {
    vendor: 'pulse-secure',
    code: 'NWC23464',
    attempt: 'session_start',
    decides: 'no',
    sessionId: 'ab12',
  }),
  login('aoki', TOKYO, TODAY, '08:00:05', {
    vendor: 'pulse-secure',
    code: 'AUT32051',
    attempt: 'session_move',
    decides: 'no',
  }),
]

describe('one login from several lines', () => {
  test.each([
    { what: 'FortiGate with all its lines', lines: fortiGateLogin },
    { what: 'FortiGate with the session line alone', lines: fortiGateLogin.slice(1) },
    { what: 'Pulse with all its lines', lines: pulseLogin },
    { what: 'Pulse with the weaker line alone', lines: pulseLogin.slice(1) },
  ])('$what is one by its first line', ({ lines }) => {
    const { logins, signs, failures } = resolved(lines)
    expect(logins).toEqual(lines.slice(0, 1))
    expect(signs).toHaveLength(lines.length)
    expect(failures).toEqual([])
  })

  test('two sessions a minute apart are two logins', () => {
    const of = (sessionId: string, second: string) =>
      login('aoki', TOKYO, TODAY, `08:00:${second}`, { sessionId })
    expect(resolved([of('77', '00'), of('78', '59')]).logins).toHaveLength(2)
    expect(resolved([of('77', '00'), of('77', '59')]).logins).toHaveLength(1)
  })

  test('a Pulse failure of two lines is one failure, by the line that decides', () => {
    const factor = refused('aoki', TOKYO, TODAY, '08:00:00', {
      code: 'AUT24327',
      attempt: 'none',
      decides: 'no',
    })
    const login2 = refused('aoki', TOKYO, TODAY, '08:00:00', { code: 'AUT23457' })
    expect(resolved([factor, login2]).failures.map(({ attempt }) => attempt)).toEqual([login2])
  })

  test('two wrong passwords in two seconds are two failures', () => {
    const lines = ['08:00:00', '08:00:02'].map((time) => refused('aoki', TOKYO, TODAY, time))
    expect(resolved(lines).failures).toHaveLength(2)
  })
})

describe('around midnight', () => {
  const before = login('aoki', TOKYO, YESTERDAY, '23:59:10', { decides: 'unless' })
  const after = login('aoki', TOKYO, TODAY, '00:00:10')

  test('the better line decides, on whichever day it stands', () => {
    expect(resolved([before, after], TODAY).logins).toEqual([after])
    expect(resolved([before, after], YESTERDAY).logins).toEqual([])
    expect(resolved([before], YESTERDAY).logins).toEqual([before])
  })

  test.each([
    { time: '00:01:10', logins: 0 },
    { time: '00:01:11', logins: 1 },
  ])('two minutes and no more: the better line at $time', ({ time, logins }) => {
    const better = login('aoki', TOKYO, TODAY, time)
    expect(resolved([before, better], YESTERDAY).logins).toHaveLength(logins)
  })
})

describe('a refused second factor', () => {
  const factorAt = (time: string, from = TOKYO) =>
    refused('aoki', from, TODAY, time, {
      attempt: 'mfa_denied',
      decides: 'no',
      action: 'auth.factor',
    })
  const refusedAt = (time: string) => refused('aoki', TOKYO, TODAY, time)
  const outcomes = (...lines: Attempt[]) => resolved(lines).failures.map(({ outcome }) => outcome)

  test.each([
    { what: 'alone is a failure itself', lines: [factorAt('08:00:00')], expected: ['mfa_denied'] },
    {
      what: 'explains the refused login beside it',
      lines: [factorAt('08:00:00'), refusedAt('08:00:02')],
      expected: ['mfa_denied'],
    },
    {
      what: 'explains it after it, too',
      lines: [refusedAt('08:00:00'), factorAt('08:02:00')],
      expected: ['mfa_denied'],
    },
    {
      what: 'explains nothing more than two minutes away',
      lines: [refusedAt('08:00:00'), factorAt('08:02:01')],
      expected: ['bad_credential', 'mfa_denied'],
    },
    {
      what: 'explains nothing at another address',
      lines: [refusedAt('08:00:00'), factorAt('08:00:01', HOTEL)],
      expected: ['bad_credential', 'mfa_denied'],
    },
    {
      what: 'explains the nearest of two',
      lines: [refusedAt('08:00:00'), factorAt('08:00:50'), refusedAt('08:01:00')],
      expected: ['bad_credential', 'mfa_denied'],
    },
  ])('$what', ({ lines, expected }) => {
    expect(outcomes(...lines)).toEqual(expected)
  })

  test('across midnight it explains the login of the other day', () => {
    const login2 = refused('aoki', TOKYO, TODAY, '23:59:59')
    const factor = refused('aoki', TOKYO, TOMORROW, '00:00:01', {
      attempt: 'mfa_denied',
      decides: 'no',
    })
    expect(resolved([login2, factor], TODAY).failures.map(({ outcome }) => outcome)).toEqual([
      'mfa_denied',
    ])
    expect(resolved([login2, factor], TOMORROW).failures).toEqual([])
  })
})

describe('what a day shows', () => {
  test('every line of a success, whether it decides a login or not', () => {
    const { successes, logins } = resolved([
      ...fortiGateLogin,
      refused('aoki', TOKYO, TODAY, '07:59'),
    ])
    expect(successes.map(({ id }) => id)).toEqual(fortiGateLogin.map(({ id }) => id))
    expect(logins).toHaveLength(1)
  })

  test('a session shows its user there, but is no success', () => {
    const { sessions, successes, logins, signs } = resolved([
      sessionEnd('aoki', TOKYO, TODAY, '12:00', 3600),
    ])
    expect(sessions.map(({ startMs, endMs }) => endMs - startMs)).toEqual([3_600_000])
    expect([successes.length, logins.length, signs.length]).toEqual([0, 0, 0])
  })

  test('a session that the gateway took down shows nobody', () => {
    const { sessions } = resolved([
      sessionEnd('aoki', TOKYO, TODAY, '12:00', 3600, { outcome: 'unknown' }),
    ])
    expect(sessions).toEqual([])
  })

  test('a session of unknown length is an instant', () => {
    const { sessions } = resolved([sessionEnd('aoki', TOKYO, TODAY, '12:00', -1)])
    expect(sessions.map(({ startMs, endMs }) => endMs - startMs)).toEqual([0])
  })
})
