import { describe, expect, test } from '@jest/globals'
import { DAY_MS, DEFAULT_CONFIG, HOUR_MS } from '@sekisho/detect'
import { Organisation, regularsOfAccounts } from './organisation.ts'
import { AccountTable } from './store/account-table.ts'
import { keyHashOfConfig } from './store/key-slots.ts'
import { networkKeyOf } from './store/long-term-record.ts'
import { NumberMap } from './store/number-map.ts'
import { prefixKeyOf } from './store/prefix-key.ts'

const DAY = 20_520
const OFFICE = '192.0.2.0/24'

/** A user's success: where, and at what hour of the day. */
interface Success {
  readonly user: string
  readonly day: number
  readonly country?: string
  readonly asn?: number
  readonly prefix?: string
  readonly hour?: number
}

/** The organisation after its days were completed in turn, as stage U completes them; users are spread over two tables. */
function organisationOf(successes: readonly Success[]): Organisation {
  const hashOf = keyHashOfConfig('key')
  const tables = [new AccountTable(hashOf), new AccountTable(hashOf)]
  const organisation = new Organisation(DEFAULT_CONFIG, (day) =>
    regularsOfAccounts(DEFAULT_CONFIG, tables, day),
  )
  const days = [...new Set(successes.map(({ day }) => day))].sort((a, b) => a - b)
  for (const day of days) {
    const ofDay = Map.groupBy(
      successes.filter((success) => success.day === day),
      ({ user }) => user,
    )
    for (const [user, lines] of ofDay) {
      const networks = lines.map(({ asn = 64500, country = 'JP' }) => networkKeyOf(asn, country))
      const prefixes = lines.map(({ prefix = OFFICE }) => prefixKeyOf(prefix))
      const hour = Math.min(...lines.map((line) => line.hour ?? 8))
      const accounts = tables[hashOf(user) % 2] as AccountTable
      const keys = [[...new Set(networks)], [...new Set(prefixes)], [], [], [], []]
      const id = accounts.require(user)
      accounts.fold(id, day, { keys, hours: 1 << hour, namesDevice: false }, DEFAULT_CONFIG)
      const firstMs = day * DAY_MS + hour * HOUR_MS
      organisation.count(day, [...new Set(networks)], firstMs)
    }
    organisation.complete(day)
  }
  return organisation
}

/** So many users on each of these days. */
function users(count: number, ...days: number[]): Success[] {
  return Array.from({ length: count }, (_, i) =>
    days.map((day) => ({ user: `user${i}`, day })),
  ).flat()
}

describe('shared egress', () => {
  test.each([
    { what: 'five users on two days', successes: users(5, DAY - 1, DAY), isShared: true },
    {
      what: 'four users on many days',
      successes: users(4, DAY - 3, DAY - 2, DAY - 1, DAY),
      isShared: false,
    },
    { what: 'many users on one day', successes: users(40, DAY), isShared: false },
    {
      what: 'one of the five on one day',
      successes: [...users(4, DAY - 1, DAY), { user: 'new', day: DAY }],
      isShared: false,
    },
    { what: 'a day after the profile', successes: users(5, DAY, DAY + 1), isShared: false },
    { what: 'the first day of the 28', successes: users(5, DAY - 27, DAY), isShared: true },
    { what: 'the day before the 28', successes: users(5, DAY - 28, DAY), isShared: false },
  ])('$what: $isShared', ({ successes, isShared }) => {
    const profile = organisationOf(successes).profile(DAY)
    expect(profile.isSharedEgress(OFFICE)).toBe(isShared)
    expect(profile.isSharedEgress('198.51.100.0/24')).toBe(false)
    expect(profile.isSharedEgress('')).toBe(false)
  })

  test.each([
    { what: 'in the last 90 days', day: DAY - 89, isKnown: true },
    { what: 'before', day: DAY - 90, isKnown: false },
    { what: 'after the profile', day: DAY + 1, isKnown: false },
  ])('somebody was there $what', ({ day, isKnown }) => {
    const successes = [
      { user: 'aoki', day },
      { user: 'berg', day: DAY, prefix: '203.0.113.0/24' },
    ]
    expect(organisationOf(successes).profile(DAY).hasSucceededFrom(OFFICE)).toBe(isKnown)
  })
})

describe('length of history', () => {
  test.each([
    { what: 'nothing', days: [], first: null },
    { what: 'nothing yet', days: [DAY + 1], first: null },
    { what: 'three days', days: [DAY - 2, DAY - 1, DAY], first: DAY - 2 },
    { what: 'a stray line of the year 2000', days: [10_957, DAY - 2, DAY], first: DAY - 2 },
    { what: 'a stray line of the future', days: [DAY - 2, DAY, DAY + 9000], first: DAY - 2 },
    { what: 'a silence of thirty days', days: [DAY - 32, DAY - 2, DAY], first: DAY - 32 },
    { what: 'a silence of thirty-one days', days: [DAY - 33, DAY - 2, DAY], first: DAY - 2 },
    { what: 'silent since thirty days', days: [DAY - 30], first: DAY - 30 },
    { what: 'silent since thirty-one days', days: [DAY - 31], first: null },
  ])('$what', ({ days, first }) => {
    const successes = days.map((day) => ({ user: 'aoki', day }))
    expect(organisationOf(successes).profile(DAY).firstDay).toBe(first)
  })

  test.each([
    { hours: [12, 23], first: DAY - 1 },
    { hours: [13, 11], first: DAY - 2 },
  ])('a first day that begins at one of $hours o’clock', ({ hours, first }) => {
    const opening = hours.map((hour, i) => ({ user: `user${i}`, day: DAY - 2, hour }))
    const profile = organisationOf([...opening, { user: 'aoki', day: DAY }]).profile(DAY)
    expect(profile.firstDay).toBe(first)
  })
})

describe('where the users live', () => {
  test('shares are of user-days', () => {
    const profile = organisationOf([
      ...users(3, DAY - 1, DAY),
      { user: 'user0', day: DAY, prefix: '198.51.100.0/24' },
      { user: 'user1', day: DAY, asn: 64599 },
      { user: 'guest', day: DAY, country: 'US' },
      { user: 'nowhere', day: DAY, asn: 0, country: '' },
    ]).profile(DAY)
    // Three users on two days and two on one; a second network on one day makes no second day of it.
    expect(profile.userDays).toBe(8)
    expect(profile.countryShare('JP')).toBe(6 / 8)
    expect(profile.countryShare('US')).toBe(1 / 8)
    expect(profile.countryShare('DE')).toBe(0)
    expect(profile.countryShare('')).toBe(0)
    expect(profile.networkUserDays(64500, 'JP')).toBe(6)
    expect(profile.networkUserDays(64599, 'JP')).toBe(1)
    expect(profile.networkUserDays(64500, 'US')).toBe(1)
    expect(profile.networkUserDays(64599, 'US')).toBe(0)
    expect(profile.networkUserDays(0, '')).toBe(1)
  })

  test('without history nobody lives anywhere', () => {
    const profile = organisationOf([]).profile(DAY)
    expect([profile.countryShare('JP'), profile.concurrentShare, profile.userDays]).toEqual([
      0, 0, 0,
    ])
  })

  test('a month later only the last 28 days count', () => {
    const profile = organisationOf([
      { user: 'a', day: DAY - 28, country: 'US' },
      { user: 'b', day: DAY - 27, country: 'DE' },
      { user: 'c', day: DAY },
    ]).profile(DAY)
    expect([profile.countryShare('US'), profile.countryShare('DE')]).toEqual([0, 1 / 2])
  })

  test('concurrent sessions are a share of user-days', () => {
    const organisation = organisationOf(users(4, DAY - 1, DAY))
    organisation.countConcurrent(DAY)
    organisation.countConcurrent(DAY + 1)
    expect(organisation.profile(DAY).concurrentShare).toBe(1 / 8)
  })
})

describe('a profile', () => {
  const guest: Success = { user: 'guest', day: DAY, country: 'US', prefix: '198.51.100.0/24' }
  const successes = [...users(6, DAY - 2, DAY - 1, DAY), guest]
  const hashOf = (of: readonly Success[], day = DAY) => organisationOf(of).profile(day).hash

  test('has one hash whatever the order of the users', () => {
    expect(hashOf([...successes].reverse())).toBe(hashOf(successes))
    expect(hashOf(successes)).toMatch(/^[0-9a-f]{16}$/)
  })

  test('does not change with what happens after its day', () => {
    const later = { user: 'late', day: DAY + 1, country: 'DE' }
    expect(hashOf([...successes, later])).toBe(hashOf(successes))
  })

  test.each<[string, Success]>([
    ['another country', { user: 'late', day: DAY, country: 'DE' }],
    ['another network', { user: 'late', day: DAY, asn: 64599 }],
    ['another user-day', { user: 'late', day: DAY }],
  ])('changes with %s on its day', (_what, late) => {
    expect(hashOf([...successes, late])).not.toBe(hashOf(successes))
  })

  test('goes on from a saved one', () => {
    const organisation = organisationOf(successes)
    const copy = new Organisation(DEFAULT_CONFIG, () => new NumberMap())
    expect(copy.isEmpty).toBe(true)
    copy.restore(JSON.parse(JSON.stringify(organisation.save())))
    expect(copy.isEmpty).toBe(false)
    expect(copy.profile(DAY)).toMatchObject({
      firstDay: DAY - 2,
      userDays: 19,
      concurrentShare: 0,
    })
    expect(copy.profile(DAY).countryShare('US')).toBe(1 / 19)
  })
})
