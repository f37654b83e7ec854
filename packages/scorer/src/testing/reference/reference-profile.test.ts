import { describe, expect, test } from '@jest/globals'
import { DEFAULT_CONFIG } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { day, habit, login, NEW_YORK, OFFICE, SAPPORO, sessionEnd, TOKYO } from '../story.ts'
import { ReferenceState } from './reference-state.ts'

function profileOf(lines: readonly Attempt[], onDay = day(9)) {
  return new ReferenceState(lines, DEFAULT_CONFIG).profile(onDay)
}

test('user-days are distinct days of each user in the window of 28', () => {
  const profile = profileOf([
    ...habit('aoki', TOKYO, 0, 9),
    ...habit('aoki', TOKYO, 9, 10, '20:00'),
    login('aoki', NEW_YORK, day(9), '12:00'),
    login('berg', TOKYO, day(9) - 27, '00:00'),
    login('berg', TOKYO, day(9) - 28, '23:59'),
  ])
  expect(profile.userDays).toBe(11)
  expect(profile.networkUserDays(64500, 'JP')).toBe(11)
  expect(profile.networkUserDays(64511, 'US')).toBe(1)
  expect(profile.networkUserDays(64511, 'JP')).toBe(0)
  expect([profile.countryShare('US'), profile.countryShare('NL')]).toEqual([1 / 11, 0])
})

test('an empty organisation has no shares', () => {
  const profile = profileOf([])
  expect([profile.userDays, profile.countryShare('JP'), profile.concurrentShare]).toEqual([0, 0, 0])
  expect(profile.firstDay).toBeNull()
})

test.each([
  ['five users of two days each', 5, 1, true],
  ['four users', 4, 1, false],
  ['five users of one day each', 5, 0, false],
])('shared egress: %s', (_name, users, lastDay, expected) => {
  const lines = ['a', 'b', 'c', 'd', 'e']
    .slice(0, users)
    .flatMap((user) => habit(user, OFFICE, 0, lastDay))
  expect(profileOf(lines).isSharedEgress('192.0.2.0/24')).toBe(expected)
})

test('somebody succeeded from a network within ninety days', () => {
  const lines = [
    login('aoki', TOKYO, day(9) - 89, '00:00'),
    login('aoki', SAPPORO, day(9) - 90, '23:59'),
    login('aoki', NEW_YORK, day(10), '00:00'),
  ]
  const { hasSucceededFrom } = profileOf(lines)
  expect(['198.51.100.0/24', '203.0.113.0/24', '100.70.3.0/24', ''].map(hasSucceededFrom)).toEqual([
    true,
    false,
    false,
    false,
  ])
})

describe('concurrent sessions', () => {
  const logins = habit('aoki', TOKYO, 0, 9)
  const away = changedEnd('08:30')
  function changedEnd(time: string): Attempt {
    return sessionEnd('aoki', NEW_YORK, day(5), time, 1800)
  }
  test.each([
    ['five minutes of both', [away, sessionEnd('aoki', TOKYO, day(5), '08:05', 3600)], 0.1],
    ['a second less', [away, sessionEnd('aoki', TOKYO, day(5), '08:04:59', 3600)], 0],
    ['one network', [away, sessionEnd('aoki', NEW_YORK, day(5), '08:30', 60, { host: 2 })], 0],
    ['different users', [away, sessionEnd('berg', TOKYO, day(5), '08:05', 3600)], 0],
    [
      'once a day',
      [away, changedEnd('08:31'), sessionEnd('aoki', TOKYO, day(5), '09:00', 3600)],
      0.1,
    ],
    [
      'over midnight',
      [
        sessionEnd('aoki', NEW_YORK, day(5), '23:59', 3600),
        sessionEnd('aoki', TOKYO, day(6), '01:00', 10_800),
      ],
      0.1,
    ],
    [
      'after the window',
      [
        sessionEnd('aoki', NEW_YORK, day(10), '08:30', 1800),
        sessionEnd('aoki', TOKYO, day(10), '08:30', 1800),
      ],
      0,
    ],
  ])('%s', (_name, ends, expected) => {
    expect(profileOf([...logins, ...ends]).concurrentShare).toBe(expected)
  })
})

test.each([
  ['a whole first day', [login('aoki', TOKYO, day(0), '11:59:59.999')], day(0)],
  ['a first day that begins at noon', [login('aoki', TOKYO, day(0), '12:00')], day(1)],
  ['a silence of thirty days', [login('aoki', TOKYO, day(9) - 30, '08:00')], day(9) - 30],
  ['a silence of thirty-one days', [login('aoki', TOKYO, day(9) - 31, '08:00')], null],
  [
    'a stretch after a silence',
    [login('aoki', TOKYO, day(2) - 31, '08:00'), login('aoki', TOKYO, day(2), '08:00')],
    day(2),
  ],
  ['a day that is not over', [login('aoki', TOKYO, day(10), '08:00')], null],
])('history: %s', (_name, lines, expected) => {
  expect(profileOf(lines).firstDay).toBe(expected)
})

test('what a high alert keeps from teaching is in no count', () => {
  const lines = [...habit('aoki', TOKYO, 0, 4), login('aoki', NEW_YORK, day(5), '08:00')]
  const state = new ReferenceState(lines, DEFAULT_CONFIG)
  state.withhold('aoki', day(5), '100.70.3.0/24')
  const profile = state.profile(day(9))
  const without = profileOf(lines.slice(0, -1))
  expect(profile.userDays).toBe(5)
  expect(profile.countryShare('US')).toBe(0)
  expect(profile.hasSucceededFrom('100.70.3.0/24')).toBe(false)
  expect(profile.hash).toBe(without.hash)
  expect(profileOf(lines).hash).not.toBe(without.hash)
})
