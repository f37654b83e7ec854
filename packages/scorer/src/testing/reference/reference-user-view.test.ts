import { describe, expect, test } from '@jest/globals'
import { DEFAULT_CONFIG, limitsOf, MINUTE_MS } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import {
  at,
  changed,
  day,
  habit,
  login,
  NEW_YORK,
  OFFICE,
  refused,
  SAPPORO,
  type Said,
  sessionEnd,
  TODAY,
  TOKYO,
  TOKYO_TOO,
} from '../story.ts'
import { ReferenceState } from './reference-state.ts'
import { ReferenceUserView } from './reference-user-view.ts'

/** Ten days of a colleague, so that the organisation has a history. */
const colleague = habit('host', OFFICE, 0, 9)
const AWAY = '100.70.3.0/24'

/** What is known of aoki on a day. */
function viewOf(lines: readonly Attempt[], onDay = TODAY): ReferenceUserView {
  const state = new ReferenceState([...colleague, ...lines], DEFAULT_CONFIG)
  return new ReferenceUserView(state, 'aoki', onDay)
}

describe('a success vouches', () => {
  test.each([
    ['a day later to the millisecond', day(9), '08:00', '08:00', true],
    ['not a millisecond sooner', day(9), '08:00', '07:59:59.999', false],
    ['not later on its own day', TODAY, '00:00', '23:59:59.999', false],
    ['at midnight for the last moment of two days before', day(8), '23:59:59.999', '00:00', true],
    ['still after ninety days', TODAY - 90, '00:00', '23:59', true],
    ['no longer after ninety-one', TODAY - 91, '23:59:59', '00:00', false],
  ])('%s', (_name, onDay, time, asked, expected) => {
    const view = viewOf([login('aoki', NEW_YORK, onDay, time)])
    expect(view.isVouched(AWAY, at(TODAY, asked))).toBe(expected)
  })

  test('on the next day at the earliest, however short the delay', () => {
    const limits = limitsOf({ common: { vouchDelayMs: MINUTE_MS } })
    const lines = [...colleague, login('aoki', NEW_YORK, day(9), '08:00')]
    const state = new ReferenceState(lines, { ...DEFAULT_CONFIG, limits })
    const isVouchedOn = (onDay: number, time: string) =>
      new ReferenceUserView(state, 'aoki', onDay).isVouched(AWAY, at(onDay, time))
    expect(isVouchedOn(day(9), '23:59')).toBe(false)
    expect(isVouchedOn(TODAY, '00:00')).toBe(true)
  })

  test('by the first use of the day before, not by the last', () => {
    const twice = [
      login('aoki', NEW_YORK, day(9), '08:00'),
      login('aoki', NEW_YORK, day(9), '20:00'),
    ]
    expect(viewOf(twice).isVouched(AWAY, at(TODAY, '09:00'))).toBe(true)
    expect(viewOf(twice.slice(1)).isVouched(AWAY, at(TODAY, '09:00'))).toBe(false)
  })

  test('although another line of its login decides', () => {
    const lines = [
      login('aoki', NEW_YORK, day(5), '08:00'),
      login('aoki', NEW_YORK, day(5), '08:01', { decides: 'unless', realm: 'Staff' }),
    ]
    expect(viewOf(lines).logins(day(5))).toHaveLength(1)
    expect(viewOf(lines).knowsRealm('Staff', at(TODAY, '08:00'))).toBe(true)
  })

  test('for its own user and network only, and a failure for nobody', () => {
    const now = at(TODAY, '12:00')
    expect(viewOf([login('berg', NEW_YORK, day(5), '08:00')]).isVouched(AWAY, now)).toBe(false)
    expect(viewOf([refused('aoki', NEW_YORK, day(5), '08:00')]).isVouched(AWAY, now)).toBe(false)
    expect(viewOf([login('aoki', SAPPORO, day(5), '08:00')]).isVouched(AWAY, now)).toBe(false)
  })

  test('never in the cold start, which ends when a week is complete', () => {
    const lines = [login('aoki', NEW_YORK, day(1), '08:00')]
    const [cold, warm] = [viewOf(lines, day(6)), viewOf(lines, day(7))]
    expect([cold.isCold, warm.isCold]).toEqual([true, false])
    expect(cold.isVouched(AWAY, at(day(6), '12:00'))).toBe(false)
    expect(cold.isKnown(at(day(6), '12:00'))).toBe(false)
    expect(cold.vouchedPrefixes(day(6))).toEqual([])
    expect(warm.isVouched(AWAY, at(day(7), '12:00'))).toBe(true)
    expect(warm.vouchedPrefixes(day(7))).toEqual([AWAY])
  })
})

describe('what a success makes known', () => {
  const said: Said = { deviceId: 'laptop', userAgent: 'FortiClient/7.0 (x)', realm: 'Staff' }
  const view = viewOf([login('aoki', NEW_YORK, day(8), '08:00', { ...said, gatewaySerial: 'FG1' })])
  const t = at(TODAY, '08:00')
  test.each([
    ['its operator', view.knowsAsn(64511, t), view.knowsAsn(64510, t)],
    ['its country', view.knowsCountry('US', t), view.knowsCountry('NL', t)],
    ['its device', view.knowsDevice('laptop', t), view.knowsDevice('phone', t)],
    ['its client program', view.knowsClient('forticlient', t), view.knowsClient('curl', t)],
    ['its gateway', view.knowsGateway('FG1', t), view.knowsGateway('gw-1', t)],
    ['its realm', view.knowsRealm('Staff', t), view.knowsRealm('Admins', t)],
    [
      'its user',
      view.isKnown(t),
      viewOf([login('aoki', NEW_YORK, day(9), '08:00')]).isKnown(at(TODAY, '07:59')),
    ],
  ])('%s and no other', (_name, own, other) => {
    expect([own, other]).toEqual([true, false])
  })

  test('what is not said is never known', () => {
    const nowhere = changed(NEW_YORK, '100.71.9.', { asn: 0, country: '' })
    const silent = viewOf([login('aoki', nowhere, day(8), '08:00', { gateway: '' })])
    const answers = [
      silent.isVouched('', t),
      silent.knowsAsn(0, t),
      silent.knowsCountry('', t),
      silent.knowsDevice('', t),
      silent.knowsClient('', t),
      silent.knowsGateway('', t),
      silent.knowsRealm('', t),
    ]
    expect(answers).toEqual(answers.map(() => false))
    expect(silent.isKnown(t)).toBe(true)
  })

  test('a user stays known for 400 days', () => {
    expect(viewOf([login('aoki', TOKYO, TODAY - 400, '08:00')]).isKnown(t)).toBe(true)
    expect(viewOf([login('aoki', TOKYO, TODAY - 401, '08:00')]).isKnown(t)).toBe(false)
  })
})

describe('a login in a high alert does not teach', () => {
  const lines = [
    login('aoki', NEW_YORK, day(8), '08:00', { deviceId: 'phone' }),
    login('aoki', TOKYO, day(8), '09:00', { deviceId: 'laptop' }),
  ]
  const state = new ReferenceState([...colleague, ...lines], DEFAULT_CONFIG)
  state.withhold('aoki', day(8), AWAY)
  const view = new ReferenceUserView(state, 'aoki', TODAY)
  const t = at(TODAY, '12:00')

  test('neither its network nor its device, but the other login of the day does', () => {
    expect([view.isVouched(AWAY, t), view.isVouched('198.51.100.0/24', t)]).toEqual([false, true])
    expect([view.knowsDevice('phone', t), view.knowsDevice('laptop', t)]).toEqual([false, true])
    expect(view.networkDaysBefore(64511, 'US', TODAY)).toBe(0)
    expect(view.loginHours(TODAY)[8]).toBe(0)
    expect(view.activeDaysBefore(TODAY)).toBe(1)
  })

  test('from the next day on: a day does not know its own alerts', () => {
    const own = new ReferenceUserView(state, 'aoki', day(8))
    const next = new ReferenceUserView(state, 'aoki', day(9))
    expect(own.networkDaysBefore(64511, 'US', day(9))).toBe(1)
    expect(next.networkDaysBefore(64511, 'US', day(9))).toBe(0)
  })
})

describe('days', () => {
  test('are distinct ones before the day, within ninety', () => {
    const lines = [
      login('aoki', TOKYO, TODAY - 91, '23:59'),
      login('aoki', TOKYO, TODAY - 90, '00:00'),
      login('aoki', TOKYO, day(9), '08:00'),
      login('aoki', TOKYO_TOO, day(9), '23:59:59.999'),
      login('aoki', NEW_YORK, day(9), '12:00'),
      login('aoki', TOKYO, TODAY, '00:00'),
    ]
    const view = viewOf(lines)
    expect(view.activeDaysBefore(TODAY)).toBe(2)
    expect(view.networkDaysBefore(64500, 'JP', TODAY)).toBe(2)
    expect(view.networkDaysBefore(64500, 'US', TODAY)).toBe(0)
    expect(view.firstActiveDayBefore(TODAY)).toBe(TODAY - 91)
    expect(view.lastActiveDayBefore(TODAY)).toBe(day(9))
  })

  test('with a success are looked for 400 days back, the first one ever', () => {
    const within = viewOf([login('aoki', TOKYO, TODAY - 400, '08:00')])
    expect(within.lastActiveDayBefore(TODAY)).toBe(TODAY - 400)
    const beyond = viewOf([login('aoki', TOKYO, TODAY - 401, '08:00')])
    expect(beyond.lastActiveDayBefore(TODAY)).toBeNull()
    expect(beyond.firstActiveDayBefore(TODAY)).toBe(TODAY - 401)
    expect(viewOf([login('aoki', TOKYO, TODAY, '08:00')]).firstActiveDayBefore(TODAY)).toBeNull()
  })

  test.each([
    ['each with a device', [{ deviceId: 'a' }], [{ deviceId: 'b' }], true],
    ['a day with one line that names one', [{ deviceId: 'a' }, {}], [{ deviceId: 'a' }], true],
    ['a day without', [{ deviceId: 'a' }], [{}], false],
    ['no device at all', [{}], [{}], false],
  ])('%s', (_name, first, second, expected) => {
    const lines = [first, second].flatMap((lines, i) =>
      lines.map((said, j) => login('aoki', TOKYO, day(5 + i), `08:${j}0`, said)),
    )
    expect(viewOf(lines).alwaysNamesDevice(TODAY)).toBe(expected)
    expect(viewOf([]).alwaysNamesDevice(TODAY)).toBe(false)
  })

  test('count once in each hour in which a login began, and are halved at 255', () => {
    const lines = [
      ...habit('aoki', TOKYO, -245, 8, '08:00'),
      ...habit('aoki', TOKYO, -245, 8, '08:59'),
      login('aoki', TOKYO, day(8), '23:59:59.999'),
    ]
    const before = viewOf(lines).loginHours(TODAY)
    expect([before[8], before[23], before[0]]).toEqual([254, 1, 0])
    const after = viewOf([...lines, login('aoki', TOKYO, day(9), '08:00')]).loginHours(TODAY)
    expect([after[8], after[23]]).toEqual([127, 0])
  })
})

describe('own places', () => {
  test('most active first, ties by text, without what everybody shares', () => {
    const crowd = ['a', 'b', 'c', 'd'].flatMap((user) => habit(user, OFFICE, 0, 2))
    const lines = [
      ...crowd,
      ...habit('aoki', OFFICE, 0, 6),
      ...habit('aoki', TOKYO_TOO, 0, 2),
      ...habit('aoki', SAPPORO, 3, 4),
      ...habit('aoki', TOKYO, 3, 4),
    ]
    expect(viewOf(lines).vouchedPrefixes(TODAY)).toEqual([
      '198.51.101.0/24',
      '198.51.100.0/24',
      '203.0.113.0/24',
    ])
  })

  test('the home country is that of most days, whatever the number of networks', () => {
    const lines = [
      ...habit('aoki', TOKYO, 0, 1),
      ...habit('aoki', SAPPORO, 0, 1),
      ...habit('aoki', NEW_YORK, 2, 4),
    ]
    expect(viewOf(lines).homeCountry(TODAY)).toBe('US')
    expect(viewOf([]).homeCountry(TODAY)).toBe('')
  })
})

describe('lines around a day', () => {
  const lines = [
    sessionEnd('aoki', SAPPORO, day(8), '23:59:59', 60, { sessionId: 's' }),
    sessionEnd('aoki', TOKYO, day(9), '00:00', 60, { sessionId: 's' }),
    login('aoki', TOKYO, TODAY, '08:00', { sessionId: 's' }),
    login('aoki', TOKYO, TODAY, '09:00'),
    sessionEnd('aoki', TOKYO, day(11), '23:59:59', 60, { sessionId: 's' }),
    login('aoki', SAPPORO, day(12), '00:00', { sessionId: 's' }),
  ]
  const view = viewOf(lines)
  const daysOf = (attempts: readonly Attempt[]) =>
    attempts.map(({ event }) => Math.floor(event.timestampMs / 86_400_000) - day(0))

  test('are those of the day and its two neighbours', () => {
    expect(view.sessions(TODAY).map(({ endMs }) => endMs)).toEqual([
      at(day(9), '00:00'),
      at(day(11), '23:59:59'),
    ])
    expect(daysOf(view.sessionLines(TODAY))).toEqual([9, 10, 11])
    expect(new Set(view.presences(TODAY).map(({ prefix }) => prefix))).toEqual(
      new Set(['198.51.100.0/24']),
    )
    expect(view.isInSeveralNetworks(TODAY)).toBe(false)
    expect(view.isInSeveralNetworks(day(11))).toBe(true)
    expect(daysOf(view.logins(TODAY))).toEqual([10, 10])
  })

  test('failures are those of the span, both ends included', () => {
    const failures = viewOf(
      ['00:00', '00:01', '00:02', '00:03'].map((time) => refused('aoki', TOKYO, TODAY, time)),
    ).failures(at(TODAY, '00:01'), at(TODAY, '00:02'))
    expect(failures.map(({ attempt }) => attempt.event.timestampMs)).toEqual([
      at(TODAY, '00:01'),
      at(TODAY, '00:02'),
    ])
  })
})
