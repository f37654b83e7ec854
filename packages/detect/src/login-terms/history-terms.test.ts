import { describe, expect, test } from '@jest/globals'
import type { AuthEvent } from '@sekisho/event'
import { ALICE, configWith, contextOf, valuesOf } from '../testing/alice.ts'
import {
  FRANKFURT,
  HOME,
  INTERNAL,
  type Known,
  lineAt,
  type TestNetwork,
} from '../testing/fake-user-view.ts'
import { historyTerms } from './history-terms.ts'

function termsOf(said: Partial<AuthEvent>, known: Known = {}, from: TestNetwork = HOME) {
  return historyTerms(contextOf(lineAt('9:00', from, said), known))
}

/** At home alice's login has one term, of which nothing more is said here. */
function othersOf(said: Partial<AuthEvent>, known: Known = {}): Record<string, number> {
  const { known_prefix: _home, ...others } = valuesOf(termsOf(said, known))
  return others
}

describe('the source network', () => {
  test('speaks for a login where it vouches for the user', () => {
    expect(valuesOf(termsOf({}))).toEqual({ known_prefix: -1536 })
    expect(valuesOf(termsOf({}, { vouched: [] }))).toEqual({})
  })
})

describe('the device', () => {
  test.each([
    { what: 'her own', said: { deviceId: 'laptop' }, terms: { known_device: -3072 } },
    { what: 'another', said: { deviceId: 'phone' }, terms: { new_device: 1229 } },
    { what: 'not named', said: {}, terms: {} },
    {
      what: 'another, of a user whose lines do not always name one',
      said: { deviceId: 'phone' },
      known: { alwaysNamesDevice: () => false },
      terms: {},
    },
  ])('$what', ({ said, known, terms }) => {
    expect(othersOf(said, known)).toEqual(terms)
  })

  test('speaks for a user without other history as well', () => {
    const known = { isKnown: () => false }
    expect(othersOf({ deviceId: 'laptop' }, known)).toEqual({ known_device: -3072 })
  })
})

describe('new to the user', () => {
  test.each([
    { what: 'program', said: { userAgent: 'openconnect/8.1' }, term: 'new_client', units: 717 },
    { what: 'gateway', said: { gateway: 'gw-2' }, term: 'new_gateway', units: 717 },
    { what: 'realm', said: { realm: 'guests' }, term: 'new_realm', units: 717 },
    { what: 'administrators’ realm', said: { realm: 'admins' }, term: 'new_realm', units: 1536 },
  ])('a $what', ({ said, term, units }) => {
    const config = configWith({}, { identity: identityWith(['admins']) })
    expect(othersOf(said, { config })).toEqual({ [term]: units })
    expect(othersOf(said, { config, activeDaysBefore: () => 1 })).toEqual({ [term]: units })
    expect(othersOf(said, { config, activeDaysBefore: () => 0 })).toEqual({})
    expect(othersOf(said, { config, isKnown: () => false })).toEqual({})
  })

  test.each([
    { what: 'the program’s version', said: { userAgent: 'FortiClient/9.9 (Windows)' } },
    { what: 'nothing about the program', said: { userAgent: '' } },
    { what: 'her gateway', said: { gateway: 'gw-1' } },
    { what: 'no gateway', said: { gateway: '' } },
    { what: 'her realm', said: { realm: 'staff' } },
    { what: 'no realm', said: { realm: '' } },
  ])('not $what', ({ said }) => {
    expect(othersOf(said)).toEqual({})
  })

  test('a gateway of a group that she uses is not new', () => {
    const knowsGateway = (group: string) => group === 'tokyo'
    const config = configWith({}, { gatewayGroups: { tokyo: ['gw-1', 'gw-2'] } })
    expect(othersOf({ gateway: 'gw-2' }, { config, knowsGateway })).toEqual({})
    expect(othersOf({ gateway: 'gw-3' }, { config, knowsGateway })).toEqual({ new_gateway: 717 })
  })

  test.each([
    { what: 'never seen', from: FRANKFURT, countries: ['JP'], terms: { new_country: 717 } },
    { what: 'known', from: FRANKFURT, countries: ['JP', 'DE'], terms: {} },
    { what: 'without name', from: INTERNAL, countries: [], terms: {} },
  ])('a country $what', ({ from, countries, terms }) => {
    expect(valuesOf(termsOf({}, { countries }, from))).toEqual(terms)
  })

  test('says what, in how many active days', () => {
    const [term] = termsOf({}, {}, FRANKFURT)
    expect(term).toMatchObject({
      family: 'new_for_user',
      why: 'the first login from DE',
      quantities: { active_days: 60 },
      lines: [],
    })
  })

  test.each([
    { realm: 'guests', why: 'the first login to the realm guests' },
    { realm: 'admins', why: 'the first login to the administrators’ realm admins' },
  ])('$why', ({ realm, why }) => {
    const config = configWith({}, { identity: identityWith(['admins']) })
    expect(termsOf({ realm }, { config }).at(-1)?.why).toBe(why)
  })

  test('weighs what the configuration says', () => {
    const config = configWith({ login: { newGateway: 2, knownPrefix: -1 } })
    expect(valuesOf(termsOf({ gateway: 'gw-2' }, { config }))).toEqual({
      known_prefix: -1024,
      new_gateway: 2048,
    })
  })
})

describe('the hour: −ln of the share within two hours over 5/24', () => {
  const hoursWith = (counts: Readonly<Record<number, number>>) => () =>
    Array.from({ length: 24 }, (_, hour) => counts[hour] ?? 0)
  const near = (logins: number, all: number) =>
    Math.round(Math.log(5 / 24 / ((logins + (2 * 5) / 24) / (all + 2))) * 1024)

  test.each([
    { what: 'always at that time', time: '9:00', counts: { 9: 40 }, units: -717 },
    { what: 'never at that time', time: '9:00', counts: { 20: 40 }, units: 717 },
    { what: 'one other login', time: '9:00', counts: { 20: 1 }, units: near(0, 1) },
    { what: 'a quarter of them', time: '9:00', counts: { 9: 10, 20: 30 }, units: near(10, 40) },
    { what: 'two hours before', time: '9:00', counts: { 7: 3, 20: 9 }, units: near(3, 12) },
    { what: 'two hours after', time: '9:59', counts: { 11: 3, 20: 9 }, units: near(3, 12) },
    { what: 'three hours before', time: '9:00', counts: { 6: 3, 20: 9 }, units: 717 },
    { what: 'three hours after', time: '9:59', counts: { 12: 3, 20: 9 }, units: 717 },
    { what: 'over midnight', time: '23:30', counts: { 1: 3, 12: 9 }, units: near(3, 12) },
    { what: 'before midnight', time: '0:30', counts: { 22: 3, 12: 9 }, units: near(3, 12) },
  ])('$what', ({ time, counts, units }) => {
    const context = contextOf(lineAt(time, HOME), { loginHours: hoursWith(counts), vouched: [] })
    expect(valuesOf(historyTerms(context))).toEqual({ unusual_hour: units })
  })

  test('says nothing without a login to compare with, nor of a stranger', () => {
    expect(othersOf({})).toEqual({})
    const known = { loginHours: hoursWith({ 20: 40 }) }
    expect(othersOf({}, { ...known, isKnown: () => false })).toEqual({})
    expect(othersOf({}, known)).toEqual({ unusual_hour: 717 })
  })

  test.each([
    { what: 'unusual, at home', counts: { 20: 40 }, from: HOME, hour: 717 },
    { what: 'unusual, in a new country', counts: { 20: 40 }, from: FRANKFURT },
    { what: 'unusual, in no country', counts: { 20: 40 }, from: INTERNAL, hour: 717 },
    { what: 'usual, in a new country', counts: { 9: 40 }, from: FRANKFURT, hour: -717 },
  ])('$what', ({ counts, from, hour }) => {
    const terms = valuesOf(termsOf({}, { loginHours: hoursWith(counts) }, from))
    expect(terms.unusual_hour).toBe(hour)
  })

  test('carries its numbers', () => {
    const term = termsOf({}, { loginHours: hoursWith({ 9: 10, 20: 30 }) }).at(-1)
    expect(term?.quantities).toEqual({
      hour_utc: 9,
      hour_reach: 2,
      logins_near: 10,
      logins: 40,
      pseudo_logins: 2,
      most_nats: 717 / 1024,
    })
    expect(term?.why).toBe(
      'a usual time of day: 10 of 40 remembered logins were within 2 hours of it',
    )
    const [unusual] = termsOf({}, { loginHours: hoursWith({ 9: 1, 20: 39 }), vouched: [] })
    expect(unusual?.why).toBe(
      'an unusual time of day: 1 of 40 remembered logins were within 2 hours of it',
    )
  })

  test('other reaches and pseudo-logins', () => {
    const login = { hourReach: 0, hourPseudoLogins: 24, hourMax: 5 }
    const known = { config: configWith({ login }), loginHours: hoursWith({ 9: 11, 20: 1 }) }
    const units = Math.round(Math.log(1 / 24 / (12 / 36)) * 1024)
    expect(othersOf({}, known)).toEqual({ unusual_hour: units })
  })
})

function identityWith(administratorRealms: readonly string[]) {
  return { stripSuffixes: [], separateRealms: [], administratorRealms }
}

test('alice at home with everything she has is nothing but known', () => {
  const said = {
    deviceId: 'laptop',
    userAgent: 'FortiClient/7',
    realm: 'staff',
  }
  expect(valuesOf(termsOf(said, ALICE))).toEqual({ known_prefix: -1536, known_device: -3072 })
})
