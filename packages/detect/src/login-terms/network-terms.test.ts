import { describe, expect, test } from '@jest/globals'
import type { NetworkClass, Place } from '@sekisho/event'
import type { LimitOverrides } from '../limits.ts'
import { aliceWith, configWith, japaneseProfile } from '../testing/alice.ts'
import { DAY, FRANKFURT, HOME, HOSTING, type Known } from '../testing/fake-user-view.ts'
import { networkOddsOf, networkTerms } from './network-terms.ts'

/** The two values in 1/1024 nat. */
function valuesOf(place: Place, known: Known = {}, activeDays = 60): [number, number] {
  const { newForUserUnits, rareUnits } = networkOddsOf(aliceWith(known), DAY, place, activeDays)
  return [newForUserUnits, rareUnits]
}

function placeOf(networkClass: NetworkClass, country: string): Place {
  return { ...FRANKFURT.place, networkClass, country }
}

describe('new for the user: ln P_org − ln P(x | user)', () => {
  test.each([
    // ln((N + 2) / 2) of a network never used.
    { what: 'after 60 days', activeDays: 60, networkDays: 0, nats: Math.log(31) },
    { what: 'after 8 days', activeDays: 8, networkDays: 0, nats: Math.log(5) },
    { what: 'after one day', activeDays: 1, networkDays: 0, nats: Math.log(1.5) },
    { what: 'without history', activeDays: 0, networkDays: 0, nats: 0 },
    { what: 'at most 4', activeDays: 89, networkDays: 0, nats: Math.log(45.5) },
    // P_org is 2e-4 · 0.1 here.
    {
      what: 'used once of 60 days',
      activeDays: 60,
      networkDays: 1,
      nats: Math.log(2e-5 / ((1 + 4e-5) / 62)),
    },
    { what: 'used always: at least −8', activeDays: 60, networkDays: 60, nats: -8 },
  ])('$what', ({ activeDays, networkDays, nats }) => {
    const days = [[FRANKFURT, networkDays]] as const
    const [value] = valuesOf(FRANKFURT.place, { days }, activeDays)
    expect(value).toBe(Math.round(nats * 1024))
  })

  test.each([
    { newForUserMax: 3, most: 3072 },
    { newForUserMax: 3.5, most: 3516 },
  ])('clipped at $newForUserMax', ({ newForUserMax, most }) => {
    const config = configWith({ login: { newForUserMax } })
    expect(valuesOf(FRANKFURT.place, { config })[0]).toBe(most)
  })

  test('more pseudo-days make a strange network less strange', () => {
    const config = configWith({ login: { smoothingDays: 20 } })
    expect(valuesOf(FRANKFURT.place, { config })[0]).toBe(Math.round(Math.log(4) * 1024))
  })
})

describe('rare for the organisation: ln P(x | attack) − ln P_org(x)', () => {
  test.each([
    { networkClass: 'hosting', country: 'JP', nats: Math.log(0.45 / 30 / 4 / 3e-6) },
    { networkClass: 'hosting', country: 'DE', nats: 7.5 },
    { networkClass: 'anon', country: 'JP', nats: Math.log(0.15 / 30 / 4 / 3e-6) },
    { networkClass: 'mobile', country: 'JP', nats: Math.log(0.08 / 30 / 3 / 1e-4) },
    { networkClass: 'mobile', country: 'DE', nats: Math.log(0.08 / 30 / 3 / 1e-5) },
    { networkClass: 'residential', country: 'JP', nats: Math.log(0.3 / 30 / 6 / 2e-4) },
    { networkClass: 'residential', country: 'DE', nats: Math.log(0.3 / 30 / 6 / 2e-5) },
    { networkClass: 'satellite', country: 'JP', nats: Math.log(0.02 / 30 / 6 / 1e-5) },
    { networkClass: 'swg', country: 'JP', nats: Math.log(0.02 / 30 / 6 / 1e-5) },
    { networkClass: 'unknown', country: 'JP', nats: Math.log(0.02 / 30 / 6 / 2e-4) },
    { networkClass: 'corp_egress', country: 'DE', nats: 0 },
    { networkClass: 'internal', country: '', nats: 0 },
    { networkClass: 'own_gateway', country: 'DE', nats: 0 },
  ] as const)('$networkClass in $country', ({ networkClass, country, nats }) => {
    expect(valuesOf(placeOf(networkClass, country))[1]).toBe(Math.round(nats * 1024))
  })

  test.each([
    // Familiarity: the share over 0.02, 0.1 … 1.
    { share: 0.02, floor: 2e-4 },
    { share: 0.5, floor: 2e-4 },
    { share: 0.01, floor: 1e-4 },
    { share: 0.002, floor: 2e-5 },
    { share: 0.001, floor: 2e-5 },
  ])('where $share of the user-days are spent', ({ share, floor }) => {
    const profile = japaneseProfile({ countryShare: () => share })
    const nats = Math.log(0.3 / 30 / 6 / floor)
    expect(valuesOf(FRANKFURT.place, { profile })[1]).toBe(Math.round(nats * 1024))
  })

  test.each([
    { userDaysThere: 1, share: 1e-3 },
    { userDaysThere: 50, share: 0.05 },
    { userDaysThere: 0, share: 2e-5 },
  ])('$userDaysThere of 1,000 user-days there', ({ userDaysThere, share }) => {
    const profile = japaneseProfile({ networkUserDays: () => userDaysThere })
    const { organisationShare, rareUnits } = networkOddsOf(
      aliceWith({ profile }),
      DAY,
      FRANKFURT.place,
      60,
    )
    expect(organisationShare).toBeCloseTo(share, 12)
    expect(rareUnits).toBe(Math.round(Math.log(0.3 / 30 / 6 / share) * 1024))
  })

  test('everybody’s network is no excuse beyond −4', () => {
    expect(valuesOf(HOME.place, { days: [[HOME, 30]] })[1]).toBe(-4096)
  })

  test('an organisation without user-days has no foreign countries', () => {
    const profile = japaneseProfile({
      userDays: 0,
      countryShare: () => 0,
      networkUserDays: () => 0,
    })
    expect(valuesOf(FRANKFURT.place, { profile })[1]).toBe(2171)
  })
})

describe('the terms', () => {
  test('carry every number that they are made of', () => {
    const view = aliceWith()
    const odds = networkOddsOf(view, DAY, HOSTING.place, 60)
    const [newForUser, rare] = networkTerms(view, HOSTING.place, odds)
    expect(newForUser).toMatchObject({
      name: 'new_for_user',
      family: 'new_for_user',
      units: 3516,
      why: 'a network that this user never used on 60 earlier UTC days',
      quantities: { active_days: 60, network_days: 0, organisation_share: 3e-6 * 0.1 },
    })
    expect(newForUser?.quantities).toMatchObject({
      smoothing_days: 2,
      least_nats: -8,
      most_nats: 4,
    })
    expect(rare).toMatchObject({
      name: 'rare_for_organisation',
      family: 'rare_for_organisation',
      units: 7680,
      why: 'nobody in the organisation uses this hosting network, and attackers use its like',
      quantities: {
        attack_class_share: 0.45,
        attack_country_share: 1 / 30,
        attack_networks: 4,
        organisation_share: 3e-6 * 0.1,
        organisation_share_floor: 3e-6,
        country_share: 0,
        home_country_share: 0.02,
        familiarity_floor: 0.1,
        network_user_days: 0,
        user_days: 1000,
        least_nats: -4,
        most_nats: 7.5,
      },
    })
  })

  test.each([
    { what: 'few use it', userDaysThere: 1, days: 0, text: 'few in the organisation use' },
    { what: 'many use it', userDaysThere: 900, days: 0, text: 'users share' },
    { what: 'the user knows it', userDaysThere: 0, days: 7, text: 'was used on 7 of 60' },
  ])('say that $what', ({ userDaysThere, days, text }) => {
    const profile = japaneseProfile({ networkUserDays: () => userDaysThere })
    const view = aliceWith({ profile, days: [[FRANKFURT, days]] })
    const terms = networkTerms(view, FRANKFURT.place, networkOddsOf(view, DAY, FRANKFURT.place, 60))
    expect(terms.map(({ why }) => why).join('; ')).toContain(text)
  })

  test('that count nothing are left out', () => {
    const view = aliceWith()
    const office = placeOf('corp_egress', 'JP')
    expect(networkTerms(view, office, networkOddsOf(view, DAY, office, 0))).toEqual([])
  })

  test.each<{ login: LimitOverrides['login']; value: number }>([
    { login: { attackResidential: 0.6 }, value: Math.log(0.6 / 30 / 6 / 2e-5) },
    { login: { attackCountry: 0.1 }, value: Math.log((0.3 * 0.1) / 6 / 2e-5) },
    { login: { networksOther: 3 }, value: Math.log(0.3 / 30 / 3 / 2e-5) },
    { login: { floorOther: 1e-3 }, value: Math.log(0.3 / 30 / 6 / 1e-4) },
    { login: { familiarityMin: 0.5 }, value: Math.log(0.3 / 30 / 6 / 1e-4) },
    { login: { rareMax: 3 }, value: 3 },
  ])('follow the configuration: $login', ({ login, value }) => {
    const config = configWith({ login })
    expect(valuesOf(FRANKFURT.place, { config })[1]).toBe(Math.round(value * 1024))
  })
})
