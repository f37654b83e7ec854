import { describe, expect, test } from '@jest/globals'
import type { Attempt } from '@sekisho/event'
import fc from 'fast-check'
import { factorFatigue } from './factor-fatigue.ts'
import { profileOf } from './testing/annotated.ts'
import {
  CAFE,
  CARRIER,
  CUSTOMER,
  DAY,
  EVERYBODY,
  fakeUserView,
  HOME,
  HOSTING,
  HOSTING_HERE,
  type Known,
  lineAt,
  NEW_YORK,
  OFFICE,
  SATELLITE,
} from './testing/fake-user-view.ts'

import {
  fatigueAlertOf as alertOf,
  denied,
  deniedTimes,
  login,
  severityOf,
} from './testing/fatigued-user.ts'

const THREE = deniedTimes(3)
const newcomer: Known = {
  isKnown: () => false,
  countries: [],
  vouched: [],
  profile: profileOf({ countryShare: (country) => (country === 'JP' ? 0.02 : 0) }),
}

describe('refusals alone', () => {
  const wrongPassword = lineAt('9:05', HOSTING, { attempt: 'bad_credential', outcome: 'failure' })
  const beforeMidnight = ['-1:45', '-1:50', '-1:55', '-1:59'].map((time) => denied(time))
  const places = [HOSTING, HOSTING, NEW_YORK, CAFE, CARRIER]
  const elsewhere = places.map((from, i) => denied(`9:0${i}`, from))
  const cases: readonly (readonly [string, string, readonly Attempt[]])[] = [
    ['five in four minutes', 'medium', deniedTimes(5)],
    ['four', 'none', deniedTimes(4)],
    ['four and a wrong password', 'none', [...deniedTimes(4), wrongPassword]],
    ['five in exactly half an hour', 'medium', [...deniedTimes(4), denied('9:30')]],
    ['five in a millisecond more', 'none', [...deniedTimes(4), denied('9:30:00.001')]],
    ['the fifth after midnight', 'medium', [...beforeMidnight, denied('0:00')]],
    ['the fifth before midnight', 'none', [...beforeMidnight, denied('-1:59:59.999')]],
    ['five from four networks', 'medium', elsewhere],
    ['five from home', 'low', deniedTimes(5, HOME)],
    ['four from home and one from elsewhere', 'medium', [...deniedTimes(4, HOME), denied('9:05')]],
    ['five from a café in the own country', 'medium', deniedTimes(5, CAFE)],
  ]
  test.each(cases)('%s: %s', (_name, severity, lines) => {
    expect(severityOf({ lines })).toBe(severity)
  })

  test('the fifth of the next day is the next day’s', () => {
    const lines = [...beforeMidnight, denied('0:00')]
    const view = fakeUserView({ lines })
    expect(factorFatigue(view, DAY - 1, EVERYBODY)).toEqual([])
    expect(factorFatigue(view, DAY, EVERYBODY)).toHaveLength(1)
    expect(factorFatigue(view, DAY + 1, EVERYBODY)).toEqual([])
  })

  test.each([
    ['enrols in a country where the organisation’s people live', 'low', deniedTimes(5, CAFE), {}],
    ['fails in a rented network of that country', 'medium', deniedTimes(5, HOSTING_HERE), {}],
    ['fails in another country', 'medium', deniedTimes(5, NEW_YORK), {}],
    ['is known after all', 'medium', deniedTimes(5, CAFE), { isKnown: () => true }],
  ] as const)('a newcomer who %s: %s', (_name, severity, lines, more) => {
    expect(severityOf({ ...newcomer, ...more, lines })).toBe(severity)
  })

  test('in the cold start it is a signal and says so', () => {
    const alert = alertOf({ isCold: true, lines: deniedTimes(5) })
    expect(alert?.severity).toBe('low')
    expect(alert?.considered.find(({ name }) => name === 'cold_start')?.applied).toBe(true)
  })
})

describe('three refusals, then a login', () => {
  const office = { profile: profileOf({ isSharedEgress: (prefix) => prefix === '192.0.4.0/24' }) }
  const device = { deviceId: 'laptop-1' }
  const cases: readonly (readonly [string, string, Known])[] = [
    ['in a rented network', 'critical', { lines: [...THREE, login('9:10', HOSTING)] }],
    ['after two', 'none', { lines: [...deniedTimes(2), login('9:10', HOSTING)] }],
    ['from home', 'none', { lines: [...THREE, login('9:10', HOME)] }],
    ['half an hour after the last', 'critical', { lines: [...THREE, login('9:32', HOSTING)] }],
    ['a millisecond later', 'none', { lines: [...THREE, login('9:32:00.001', HOSTING)] }],
    ['in the millisecond of the third', 'critical', { lines: [...THREE, login('9:02', HOSTING)] }],
    [
      'after a fourth that leaves the window of the three',
      'critical',
      { lines: [...THREE, denied('9:31:30'), login('9:32', HOSTING)] },
    ],
    ['before the third', 'none', { lines: [...THREE, login('9:01:59.999', HOSTING)] }],
    [
      'where the three took half an hour',
      'critical',
      { lines: [denied('9:00'), denied('9:10'), denied('9:30'), login('9:40', HOSTING)] },
    ],
    [
      'as long after them as they took',
      'critical',
      { lines: [denied('9:00'), denied('9:10'), denied('9:30'), login('10:00', HOSTING)] },
    ],
    [
      'where they took a millisecond more',
      'none',
      { lines: [denied('9:00'), denied('9:10'), denied('9:30:00.001'), login('9:40', HOSTING)] },
    ],
    [
      'where all were refused at home',
      'none',
      { lines: [...deniedTimes(3, HOME), login('9:10', HOSTING)] },
    ],
    [
      'where one was refused at home',
      'none',
      { lines: [...deniedTimes(2), denied('9:02', HOME), login('9:10', HOSTING)] },
    ],
    ['in a café of the own country', 'low', { lines: [...THREE, login('9:10', CAFE)] }],
    ['through a carrier of the own country', 'low', { lines: [...THREE, login('9:10', CARRIER)] }],
    ['through a satellite', 'critical', { lines: [...THREE, login('9:10', SATELLITE)] }],
    ['on a home line of a new country', 'critical', { lines: [...THREE, login('9:10', NEW_YORK)] }],
    [
      'in a rented network of the own country',
      'critical',
      { lines: [...THREE, login('9:10', HOSTING_HERE)] },
    ],
    ['in an office that no list knows', 'critical', { lines: [...THREE, login('9:10', CUSTOMER)] }],
    [
      'in an office that many share',
      'low',
      { ...office, lines: [...THREE, login('9:10', CUSTOMER)] },
    ],
    [
      'in the organisation’s own office',
      'low',
      { countries: [], lines: [...THREE, login('9:10', OFFICE)] },
    ],
    [
      'in a network of two earlier days',
      'low',
      { days: [[HOSTING, 2]], lines: [...THREE, login('9:10', HOSTING)] },
    ],
    [
      'in a network of one earlier day',
      'critical',
      { days: [[HOSTING, 1]], lines: [...THREE, login('9:10', HOSTING)] },
    ],
    [
      'with the user’s own device',
      'high',
      { devices: ['laptop-1'], lines: [...THREE, login('9:10', HOSTING, device)] },
    ],
    [
      'with another device',
      'critical',
      { devices: ['laptop-2'], lines: [...THREE, login('9:10', HOSTING, device)] },
    ],
    ['in the cold start', 'low', { isCold: true, lines: [...THREE, login('9:10', HOSTING)] }],
    [
      'by a newcomer in a café, refused there',
      'none',
      { ...newcomer, lines: [...deniedTimes(3, CAFE), login('9:10', CAFE)] },
    ],
    [
      'by a newcomer in a café, refused abroad',
      'low',
      { ...newcomer, lines: [...THREE, login('9:10', CAFE)] },
    ],
    [
      'by a newcomer abroad',
      'critical',
      { ...newcomer, lines: [...THREE, login('9:10', NEW_YORK)] },
    ],
    [
      'on a home line, and five refusals',
      'medium',
      { lines: [...deniedTimes(5), login('9:10', CAFE)] },
    ],
    ['before all refusals', 'none', { lines: [login('8:50', HOSTING), ...THREE] }],
    [
      'after midnight, the refusals before it',
      'critical',
      { lines: [denied('-1:20'), denied('-1:25'), denied('-1:40'), login('0:10', HOSTING)] },
    ],
    [
      'on the day before',
      'none',
      { lines: [denied('-1:20'), denied('-1:25'), denied('-1:40'), login('-1:41', HOSTING)] },
    ],
  ]
  test.each(cases)('%s: %s', (_name, severity, known) => {
    expect(severityOf(known)).toBe(severity)
  })
})

test('is the same whatever order the lines come in', () => {
  const lines = [
    ...deniedTimes(5),
    denied('9:03', NEW_YORK),
    login('9:04', HOSTING),
    login('9:04', NEW_YORK),
  ]
  const expected = alertOf({ lines })
  expect(expected?.severity).toBe('critical')
  fc.assert(
    fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
      expect(alertOf({ lines: shuffled })).toEqual(expected)
    }),
    { seed: 1, numRuns: 50 },
  )
})

test('another refusal never makes it less', () => {
  const order = ['none', 'low', 'medium', 'high', 'critical']
  const minute = fc.integer({ min: 0, max: 59 }).map((m) => `9:${String(m).padStart(2, '0')}`)
  const refusal = fc
    .tuple(minute, fc.constantFrom(HOME, HOSTING, CAFE))
    .map(([time, from]) => denied(time, from))
  fc.assert(
    fc.property(fc.array(refusal, { maxLength: 9 }), minute, refusal, (some, loginTime, one) => {
      const lines = [...some, login(loginTime, HOSTING)]
      const before = order.indexOf(severityOf({ lines }))
      expect(order.indexOf(severityOf({ lines: [...lines, one] }))).toBeGreaterThanOrEqual(before)
    }),
    { seed: 2, numRuns: 500 },
  )
})
