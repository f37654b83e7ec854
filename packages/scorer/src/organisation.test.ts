import { describe, expect, test } from '@jest/globals'
import { Organisation, type OrganisationFact } from './organisation.ts'

const DAY = 20_520
const OFFICE = '192.0.2.0/24'

function fact(userKey: string, day: number, country = 'JP', prefix = OFFICE): OrganisationFact {
  return { userKey, prefix, country, timestampMs: day * 86_400_000 + 8 * 3_600_000 }
}

function organisationOf(facts: readonly OrganisationFact[]): Organisation {
  const organisation = new Organisation()
  for (const each of facts) organisation.join(each)
  return organisation
}

/** So many users on each of these days. */
function users(count: number, ...days: number[]): OrganisationFact[] {
  return Array.from({ length: count }, (_, i) => days.map((day) => fact(`user${i}`, day))).flat()
}

describe('shared egress', () => {
  test.each([
    { what: 'five users on two days', facts: users(5, DAY - 1, DAY), isShared: true },
    {
      what: 'four users on many days',
      facts: users(4, DAY - 3, DAY - 2, DAY - 1, DAY),
      isShared: false,
    },
    { what: 'many users on one day', facts: users(40, DAY), isShared: false },
    {
      what: 'one of the five on one day',
      facts: [...users(4, DAY - 1, DAY), fact('new', DAY)],
      isShared: false,
    },
    { what: 'a day after the profile', facts: users(5, DAY, DAY + 1), isShared: false },
    { what: 'the first day of the 28', facts: users(5, DAY - 27, DAY), isShared: true },
    { what: 'the day before the 28', facts: users(5, DAY - 28, DAY), isShared: false },
  ])('$what: $isShared', ({ facts, isShared }) => {
    const profile = organisationOf(facts).profile(DAY)
    expect(profile.isSharedEgress(OFFICE)).toBe(isShared)
    expect(profile.isSharedEgress('198.51.100.0/24')).toBe(false)
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
    expect(organisationOf(days.map((day) => fact('aoki', day))).profile(DAY).firstDay).toBe(first)
  })
})

describe('where the users live', () => {
  test('a country’s share is one of user-days', () => {
    const profile = organisationOf([
      ...users(3, DAY - 1, DAY),
      fact('user0', DAY, 'JP', '198.51.100.0/24'),
      fact('guest', DAY, 'US'),
      fact('roamer', DAY, 'JP'),
      fact('nowhere', DAY, ''),
    ]).profile(DAY)
    // Three users on two days and one on one are 7 of 8 user-days; a second network on one day is none.
    expect(profile.countryShare('JP')).toBe(7 / 8)
    expect(profile.countryShare('US')).toBe(1 / 8)
    expect(profile.countryShare('DE')).toBe(0)
    expect(profile.countryShare('')).toBe(0)
  })

  test('without history nobody lives anywhere', () => {
    expect(new Organisation().profile(DAY).countryShare('JP')).toBe(0)
  })

  test('a month later only the last 28 days count', () => {
    const organisation = organisationOf([
      fact('a', DAY - 28, 'US'),
      fact('b', DAY - 27, 'DE'),
      fact('c', DAY),
    ])
    const profile = organisation.profile(DAY)
    expect([profile.countryShare('US'), profile.countryShare('DE')]).toEqual([0, 1 / 2])
  })
})

describe('a profile', () => {
  const facts = [...users(6, DAY - 2, DAY - 1, DAY), fact('guest', DAY, 'US', '198.51.100.0/24')]

  test('has one hash whatever the order and the copies of the facts', () => {
    const one = organisationOf(facts).profile(DAY)
    const other = organisationOf([...facts].reverse().concat(facts)).profile(DAY)
    expect(other.hash).toBe(one.hash)
    expect(one.hash).toMatch(/^[0-9a-f]{16}$/)
  })

  test('does not change with what happens after its day', () => {
    const organisation = organisationOf(facts)
    const { hash } = organisation.profile(DAY)
    organisation.join(fact('late', DAY + 1, 'DE'))
    expect(organisation.profile(DAY).hash).toBe(hash)
  })

  test('changes with a late fact of its day', () => {
    const organisation = organisationOf(facts)
    const { hash } = organisation.profile(DAY)
    organisation.join(fact('late', DAY, 'DE'))
    expect(organisation.profile(DAY).hash).not.toBe(hash)
    expect(organisation.profile(DAY).countryShare('DE')).toBeGreaterThan(0)
  })

  test('is the same after everything older was forgotten', () => {
    const old = [fact('a', DAY - 28), fact('b', DAY - 100), ...facts]
    const forgetful = organisationOf(old)
    forgetful.forgetBefore(DAY)
    expect(forgetful.profile(DAY).hash).toBe(organisationOf(old).profile(DAY).hash)
    expect(forgetful.profile(DAY + 1).hash).toBe(organisationOf(old).profile(DAY + 1).hash)
  })
})
