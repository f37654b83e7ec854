import { describe, expect, test } from '@jest/globals'
import { MINUTE_MS } from '@sekisho/detect'
import type { Alert } from '@sekisho/event'
import {
  at,
  CARRIER,
  changed,
  FRANKFURT,
  habit,
  login,
  NEW_YORK,
  RELAY,
  sessionEnd,
  TODAY,
  TOKYO,
  tenDaysOf,
} from './testing/story.ts'
import { travelOf, travelsOf } from './testing/travels.ts'

describe('sessions', () => {
  const home = [...tenDaysOf('aoki'), login('aoki', TOKYO, TODAY, '06:00')]
  const abroad = login('aoki', NEW_YORK, TODAY, '18:00')

  test.each([
    { what: 'no session line', ended: [], travel: null },
    // Ten hours and a half after a login at 06:00: still there at 16:30, an hour and a half before.
    {
      what: 'a session of 10.5 h',
      ended: [sessionEnd('aoki', TOKYO, TODAY, '16:30', 37_800)],
      travel: { gapMs: 90 * MINUTE_MS },
    },
    {
      what: 'a session until 18:30',
      ended: [sessionEnd('aoki', TOKYO, TODAY, '18:30', 45_000)],
      travel: { gapMs: 0 },
    },
    {
      what: 'a session that timed out',
      ended: [sessionEnd('aoki', TOKYO, TODAY, '18:30', 45_000, { outcome: 'unknown' })],
      travel: null,
    },
  ])('$what', ({ ended, travel }) => {
    const travels = travelsOf(...home, ...ended, abroad)
    expect(travels).toHaveLength(travel === null ? 0 : 1)
    if (travel !== null) expect(travels[0]?.travel).toMatchObject(travel)
  })

  test('places in use at one time weigh more', () => {
    const travelTermsOf = ({ terms }: Alert) =>
      terms
        .filter(({ name }) => name === 'overlapping_presence' || name === 'impossible_travel')
        .map(({ name, value }) => [name, value * 1024])
    const during = travelOf(...home, sessionEnd('aoki', TOKYO, TODAY, '18:30', 45_000), abroad)
    expect(travelTermsOf(during)).toEqual([['overlapping_presence', 3072]])
    expect(during.endMs).toBe(at(TODAY, '18:30'))
    const before = travelOf(...home, sessionEnd('aoki', TOKYO, TODAY, '16:30', 37_800), abroad)
    expect(travelTermsOf(before)).toEqual([['impossible_travel', 2355]])
  })

  test('a session without its login shows the user, but is never the strange login itself', () => {
    const strangeSession = sessionEnd('aoki', NEW_YORK, TODAY, '07:00', 600)
    expect(travelsOf(...home, strangeSession)).toEqual([])
    const strangeLogin = login('aoki', NEW_YORK, TODAY, '06:50')
    expect(travelsOf(...home, strangeLogin, strangeSession)).toHaveLength(1)
  })
})

describe('places', () => {
  const home = habit('aoki', TOKYO, 0, 10)

  test('a relay is no place at all', () => {
    expect(travelsOf(...home, login('aoki', RELAY, TODAY, '08:10'))).toEqual([])
    const located = changed(RELAY, '100.70.4.', { hasLocation: true })
    expect(travelsOf(...home, login('aoki', located, TODAY, '08:10'))).toHaveLength(1)
  })

  test.each([
    {
      what: 'a carrier of the same country',
      networkClass: 'mobile',
      country: 'JP',
      isAlert: false,
    },
    {
      what: 'a home line of the same country',
      networkClass: 'residential',
      country: 'JP',
      isAlert: true,
    },
    { what: 'a carrier overseas', networkClass: 'mobile', country: 'PH', isAlert: true },
  ] as const)('$what: $isAlert', ({ networkClass, country, isAlert }) => {
    const place = {
      networkClass,
      country,
      latitude: 14.6,
      longitude: 121,
      radiusKm: 50,
      asn: 64590,
    }
    const second = login('aoki', changed(CARRIER, '100.70.8.', place), TODAY, '08:30')
    expect(travelsOf(...home, second)).toHaveLength(isAlert ? 1 : 0)
  })

  test.each([
    {
      what: 'a carrier in the next country',
      networkClass: 'mobile',
      country: 'FR',
      isAlert: false,
    },
    {
      what: 'a home line in the next country',
      networkClass: 'residential',
      country: 'FR',
      isAlert: true,
    },
    { what: 'a carrier two countries on', networkClass: 'mobile', country: 'ES', isAlert: true },
  ] as const)('from Germany, $what: $isAlert', ({ networkClass, country, isAlert }) => {
    const place = {
      networkClass,
      country,
      latitude: 43.3,
      longitude: -1.5,
      radiusKm: 50,
      asn: 64590,
    }
    const second = login('aoki', changed(CARRIER, '100.70.8.', place), TODAY, '08:30')
    expect(travelsOf(...habit('aoki', FRANKFURT, 0, 10), second)).toHaveLength(isAlert ? 1 : 0)
  })
})
