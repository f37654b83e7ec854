import { describe, expect, test } from '@jest/globals'
import type { Consideration, Place } from '@sekisho/event'
import { aliceWith, japaneseProfile, presenceOf } from './testing/alice.ts'
import {
  CARRIER,
  DAY,
  HOME,
  HOSTING,
  type Known,
  NEW_YORK,
  OFFICE,
  type TestNetwork,
} from './testing/fake-user-view.ts'
import {
  gapMsOf,
  isRoaming,
  isSameDevice,
  isSuppressed,
  suppressionsOf,
} from './travel-suppression.ts'
import type { Presence } from './user-view.ts'

interface Ends {
  readonly from?: Presence
  readonly to?: Presence
  readonly fromDays?: number
  readonly toDays?: number
}

const HOME_AT_NINE = presenceOf(HOME, '9:00')
const AWAY_AT_TEN = presenceOf(NEW_YORK, '10:00')

function consideredOf(ends: Ends = {}, known: Known = {}): Consideration[] {
  const { from = HOME_AT_NINE, to = AWAY_AT_TEN, fromDays = 60, toDays = 0 } = ends
  const view = aliceWith({ presences: () => [from, to], ...known })
  return suppressionsOf(view, DAY, { from, to, asOfDay: DAY, fromDays, toDays })
}

function appliedOf(ends: Ends, known: Known = {}): string[] {
  return consideredOf(ends, known)
    .filter(({ applied }) => applied)
    .map(({ name }) => name)
}

function withDevice(presence: Presence, deviceId: string): Presence {
  return {
    ...presence,
    first: { ...presence.first, event: { ...presence.first.event, deviceId } },
  }
}

test('of a plain pair all five reasons are weighed and none applies', () => {
  expect(consideredOf()).toEqual([
    {
      name: 'same_network',
      applied: false,
      why: 'AS64500/JP and AS64511/US are different networks',
    },
    { name: 'shared_egress', applied: false, why: 'fewer than 5 users share 100.70.3.0/24' },
    {
      name: 'learnt_pair',
      applied: false,
      why: '0 earlier UTC days in AS64511/US, 60 in AS64500/JP, 2 in each are needed',
    },
    {
      name: 'home_routed_roaming',
      applied: false,
      why: 'no end is the user’s own mobile carrier at home',
    },
    { name: 'same_device', applied: false, why: 'the lines name no device' },
  ])
})

describe('the same network', () => {
  test.each<{ what: string; place: Partial<Place>; is: boolean }>([
    { what: 'same operator, same country', place: {}, is: true },
    { what: 'another operator', place: { asn: 64599 }, is: false },
    { what: 'another country', place: { country: 'KR' }, is: false },
  ])('$what: $is', ({ place, is }) => {
    const to = { ...AWAY_AT_TEN, place: { ...HOME.place, ...place } }
    expect(appliedOf({ to })).toEqual(is ? ['same_network'] : [])
  })

  test('operators that nobody knows are not the same', () => {
    const unknown = { ...HOME.place, asn: 0 }
    const ends = {
      from: { ...HOME_AT_NINE, place: unknown },
      to: { ...AWAY_AT_TEN, place: unknown },
    }
    expect(appliedOf(ends)).toEqual([])
  })
})

describe('a shared egress', () => {
  test('listed, or learnt, at the end that the alert is about', () => {
    const office = presenceOf(OFFICE, '10:00')
    expect(appliedOf({ to: office })).toEqual(['shared_egress'])
    expect(appliedOf({ from: office })).toEqual([])
    const at = (prefix: string) => ({
      profile: japaneseProfile({ isSharedEgress: (other) => other === prefix }),
    })
    expect(appliedOf({}, at(AWAY_AT_TEN.prefix))).toEqual(['shared_egress'])
    expect(appliedOf({}, at(HOME_AT_NINE.prefix))).toEqual([])
    const whyOf = (...asked: Parameters<typeof consideredOf>) => consideredOf(...asked)[1]?.why
    expect(whyOf({ to: office })).toBe('192.0.2.0/24 is listed as the organisation’s own')
    expect(whyOf({}, at(AWAY_AT_TEN.prefix))).toBe('100.70.3.0/24 is used by many of its users')
  })
})

describe('a learnt pair', () => {
  test.each([
    { fromDays: 2, toDays: 2, is: true },
    { fromDays: 60, toDays: 1, is: false },
    { fromDays: 1, toDays: 60, is: false },
  ])('$fromDays and $toDays days: $is', ({ fromDays, toDays, is }) => {
    expect(appliedOf({ fromDays, toDays })).toEqual(is ? ['learnt_pair'] : [])
  })
})

describe('a phone that is routed home', () => {
  const phone = presenceOf(CARRIER, '9:00')
  const days = (carrierDays: number, homeDays = 60): Known => ({
    days: [
      [CARRIER, carrierDays],
      [HOME, homeDays],
    ],
  })

  test.each<{ what: string; ends: Ends; known: Known; is: boolean }>([
    { what: 'the carrier at home, the user abroad', ends: {}, known: days(2), is: true },
    { what: 'a carrier used once', ends: {}, known: days(1), is: false },
    {
      what: 'the other way round',
      ends: { from: AWAY_AT_TEN, to: phone },
      known: days(2),
      is: true,
    },
    {
      what: 'the user at home',
      ends: { to: presenceOf(HOME, '10:00') },
      known: { ...days(2), presences: () => [] },
      is: false,
    },
    {
      what: 'a carrier of another country',
      ends: {},
      known: { ...days(2), homeCountry: () => 'KR' },
      is: false,
    },
    {
      what: 'a fixed line',
      ends: { from: HOME_AT_NINE },
      known: { ...days(2), presences: () => [] },
      is: false,
    },
  ])('$what: $is', ({ ends, known, is }) => {
    const applied = appliedOf({ from: phone, ...ends }, known)
    expect(applied).toEqual(is ? ['home_routed_roaming'] : [])
  })

  test.each<{ what: string; line: Presence; known?: Known; is: boolean }>([
    { what: '12 h before', line: presenceOf(HOME, '-2:00'), is: false },
    { what: 'more than 12 h before', line: presenceOf(HOME, '-3:59:59.999'), is: true },
    { what: '12 h after', line: presenceOf(HOME, '22:00'), is: false },
    { what: 'more than 12 h after', line: presenceOf(HOME, '22:00:00.001'), is: true },
    { what: 'not learnt', line: presenceOf(HOME, '9:00'), known: days(2, 1), is: true },
    {
      what: 'abroad',
      line: presenceOf(HOSTING, '9:00'),
      known: {
        days: [
          [CARRIER, 2],
          [HOSTING, 9],
        ],
      },
      is: true,
    },
    { what: 'of a carrier', line: presenceOf(CARRIER, '9:30'), is: true },
  ])('unless a fixed line was alive: $what: $is', ({ line, known = days(2), is }) => {
    const presences = () => [phone, AWAY_AT_TEN, line]
    const applied = appliedOf({ from: phone }, { ...known, presences })
    expect(applied).toEqual(is ? ['home_routed_roaming'] : [])
  })

  test('the fixed line is named', () => {
    const presences = () => [phone, AWAY_AT_TEN, HOME_AT_NINE]
    const roaming = consideredOf({ from: phone }, { ...days(2), presences })[3]
    expect(roaming?.why).toBe(
      'a fixed line of the user at home (198.51.100.0/24) was alive 60 min away',
    )
  })
})

describe('the device', () => {
  test.each([
    { here: 'laptop', away: 'laptop', is: true },
    { here: 'laptop', away: 'phone', is: false },
    { here: 'laptop', away: '', is: false },
    { here: '', away: '', is: false },
  ])('$here and $away: $is', ({ here, away, is }) => {
    const ends = { from: withDevice(HOME_AT_NINE, here), to: withDevice(AWAY_AT_TEN, away) }
    expect(appliedOf(ends)).toEqual(is ? ['same_device'] : [])
    expect(isSameDevice(consideredOf(ends))).toBe(is)
  })
})

test.each([
  { name: 'same_network', suppressed: true, roaming: false },
  { name: 'learnt_pair', suppressed: true, roaming: false },
  { name: 'home_routed_roaming', suppressed: false, roaming: true },
])('$name suppresses: $suppressed', ({ name, suppressed, roaming }) => {
  const considered = [{ name, applied: true, why: '' }]
  expect(isSuppressed(considered)).toBe(suppressed)
  expect(isRoaming(considered)).toBe(roaming)
  const not = [{ name, applied: false, why: '' }]
  expect([isSuppressed(not), isRoaming(not), isSameDevice(not)]).toEqual([false, false, false])
})

test.each<{ a: [TestNetwork, string, string]; b: [TestNetwork, string, string]; gapMs: number }>([
  { a: [HOME, '8:00', '9:00'], b: [NEW_YORK, '9:30', '9:40'], gapMs: 1_800_000 },
  { a: [HOME, '8:00', '9:30'], b: [NEW_YORK, '9:30', '9:40'], gapMs: 0 },
  { a: [HOME, '8:00', '12:00'], b: [NEW_YORK, '9:30', '9:40'], gapMs: 0 },
])('time between presences: $gapMs ms', ({ a, b, gapMs }) => {
  expect(gapMsOf(presenceOf(...a), presenceOf(...b))).toBe(gapMs)
  expect(gapMsOf(presenceOf(...b), presenceOf(...a))).toBe(gapMs)
})
