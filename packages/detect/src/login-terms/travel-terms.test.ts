import { describe, expect, test } from '@jest/globals'
import { contextOf, japaneseProfile, presenceOf, sessionOf, valuesOf } from '../testing/alice.ts'
import {
  CARRIER,
  DAY,
  FRANKFURT,
  HOME,
  type Known,
  lineAt,
  NEW_YORK,
} from '../testing/fake-user-view.ts'
import { travelPairsOf } from '../travel-pairs.ts'
import type { Presence } from '../user-view.ts'
import { NO_TRAVEL, travelOf } from './travel-terms.ts'

/** Travel of a login from New York at 09:30, by a device if one is said. */
function newYorkAfter(others: readonly Presence[], known: Known = {}, deviceId = '') {
  const login = lineAt('9:30', NEW_YORK, { deviceId })
  const to = { ...presenceOf(NEW_YORK, '9:30'), first: login, last: login }
  const context = contextOf(login, {
    isInSeveralNetworks: () => true,
    presences: () => [...others, to],
    ...known,
  })
  return travelOf(context, travelPairsOf(context.view, DAY)(login))
}

function byDevice(presence: Presence, deviceId: string): Presence {
  const first = { ...presence.first, event: { ...presence.first.event, deviceId } }
  return { ...presence, first, last: first }
}

const home = presenceOf(HOME, '9:00')

test('nothing without a pair', () => {
  expect(newYorkAfter([])).toBe(NO_TRAVEL)
})

describe('the term', () => {
  test('of a journey', () => {
    const { terms, pair } = newYorkAfter([home])
    expect(terms).toHaveLength(1)
    expect(terms[0]).toMatchObject({ family: 'travel', name: 'impossible_travel', units: 2355 })
    expect(terms[0]?.why).toMatch(
      /^30 min after being active in JP \(198\.51\.100\.1, AS64500 Network 64500 \(residential\)\), at least 10,\d{3} km in at most 30 min, 2\d,\d{3} km\/h or more$/,
    )
    expect(terms[0]?.lines.map(({ id }) => id)).toEqual([
      '9:30/success/100.70.3.1/',
      '9:00/success/198.51.100.1/',
      '9:30/success/100.70.3.1/',
      '9:00/success/198.51.100.1/',
    ])
    expect(terms[0]?.quantities).toEqual({
      distance_km: pair?.distanceKm,
      distance_lower_km: pair?.distanceLowerKm,
      distance_limit_km: 300,
      gap_s: 1_800,
      elapsed_upper_s: 1_802,
      speed_lower_kmh: pair?.speedLowerKmh,
      speed_limit_kmh: 1000,
      is_roaming: 0,
    })
  })

  test('of a journey from where the user went afterwards', () => {
    const known: Known = { days: [[HOME, 60]] }
    const [term] = newYorkAfter([presenceOf(HOME, '10:00')], known).terms
    expect(term?.why).toContain('30 min before being active in JP')
  })

  test('of two places at one time', () => {
    const { terms } = newYorkAfter([presenceOf(HOME, '9:00', '10:00')])
    expect(valuesOf(terms)).toEqual({ overlapping_presence: 3072 })
    expect(terms[0]?.why).toMatch(/^while active in JP \(.*\), at least 10,\d{3} km apart at one/)
  })

  test('of two sessions at one time', () => {
    const sessions = [sessionOf(HOME, '9:00', '10:00'), sessionOf(NEW_YORK, '9:30', '9:40')]
    const { terms } = newYorkAfter([presenceOf(HOME, '9:00', '10:00')], {
      sessions: () => sessions,
      profile: japaneseProfile({ concurrentShare: 0.01 }),
    })
    expect(valuesOf(terms)).toEqual({ concurrent_sessions: 3072 })
    expect(terms[0]?.why).toMatch(/^10 min of sessions open at one time in JP \(.*\), at least 10,/)
    expect(terms[0]?.quantities).toMatchObject({
      concurrent_s: 600,
      concurrent_limit_s: 300,
      organisation_concurrent_share: 0.01,
      organisation_concurrent_limit: 0.02,
    })
  })

  test('is the one that counts most: travel and concurrency do not add up', () => {
    const frankfurt = presenceOf(FRANKFURT, '9:00', '10:00')
    const known: Known = {
      days: [
        [HOME, 60],
        [FRANKFURT, 60],
      ],
    }
    const { terms, pair, considered } = newYorkAfter([home, frankfurt], known)
    expect(valuesOf(terms)).toEqual({ overlapping_presence: 3072 })
    expect(pair?.from).toBe(frankfurt)
    expect(considered.at(-1)?.why).toMatch(/^0 other infeasible pairs/)
  })

  test.each([
    { city: 'Tokyo', country: 'JP', where: 'Tokyo, JP' },
    { city: '', country: 'JP', where: 'JP' },
    { city: 'Tokyo', country: '', where: 'Tokyo' },
    { city: '', country: '', where: 'an unknown country' },
  ])('tells where the other end was: $where', ({ city, country, where }) => {
    const { terms } = newYorkAfter([{ ...home, place: { ...home.place, city, country } }])
    expect(terms[0]?.why).toContain(
      `after being active in ${where} (198.51.100.1, AS64500 Network 64500 (residential)), `,
    )
  })

  test('is capped where the phone may be routed home', () => {
    const known: Known = { days: [[CARRIER, 9]] }
    const { terms, pair, considered } = newYorkAfter([presenceOf(CARRIER, '9:00')], known)
    expect(valuesOf(terms)).toEqual({ impossible_travel: 512 })
    expect(terms[0]?.quantities).toMatchObject({ is_roaming: 1 })
    expect(pair?.isRoaming).toBe(true)
    expect(considered.find(({ name }) => name === 'home_routed_roaming')?.applied).toBe(true)
  })
})

describe('suppressed pairs', () => {
  const learnt: Known = {
    days: [
      [HOME, 60],
      [NEW_YORK, 2],
    ],
  }

  test('count nothing, and say why', () => {
    const { terms, pair, considered } = newYorkAfter([home], learnt)
    expect(terms).toEqual([])
    expect(pair).toBeNull()
    expect(considered.map(({ name, applied }) => [name, applied])).toEqual([
      ['same_network', false],
      ['shared_egress', false],
      ['learnt_pair', true],
      ['home_routed_roaming', false],
      ['same_device', false],
      ['other_pairs', false],
    ])
  })

  test('do not hide another pair, and are told', () => {
    const sameProvider = presenceOf(
      { base: '198.18.9.', place: { ...NEW_YORK.place, latitude: 34, longitude: -118 } },
      '9:00',
    )
    const { terms, pair, considered } = newYorkAfter([sameProvider, home])
    expect(valuesOf(terms)).toEqual({ impossible_travel: 2355 })
    expect(pair?.from).toBe(home)
    expect(considered.at(-1)).toEqual({
      name: 'other_pairs',
      applied: false,
      why: '1 other infeasible pairs of this day were suppressed by the reasons above',
    })
  })
})

describe('the same device at both ends', () => {
  const atHome = byDevice(home, 'laptop')
  const unknownDevice: Known = { devices: [] }

  test('speaks for the login where the other end is learnt', () => {
    const { terms, pair } = newYorkAfter([atHome], unknownDevice, 'laptop')
    expect(valuesOf(terms)).toEqual({ same_device: -3072 })
    expect(terms[0]).toMatchObject({ family: 'travel', quantities: { from_network_days: 60 } })
    expect(pair).toBeNull()
  })

  test.each<{ what: string; known: Known; terms: Record<string, number> }>([
    { what: 'learnt enough', known: { days: [[HOME, 2]] }, terms: { same_device: -3072 } },
    { what: 'a thief’s other exit', known: { days: [[HOME, 1]] }, terms: {} },
    { what: 'a device that has counted as known', known: { devices: ['laptop'] }, terms: {} },
  ])('$what', ({ known, terms }) => {
    const travel = newYorkAfter([atHome], { ...unknownDevice, ...known }, 'laptop')
    expect(valuesOf(travel.terms)).toEqual(terms)
    expect(travel.pair).toBeNull()
  })

  test('does not hide a journey from where it was not', () => {
    const known: Known = {
      ...unknownDevice,
      days: [
        [HOME, 60],
        [FRANKFURT, 60],
      ],
    }
    const { terms } = newYorkAfter([atHome, presenceOf(FRANKFURT, '9:10')], known, 'laptop')
    expect(valuesOf(terms)).toEqual({ impossible_travel: 2355, same_device: -3072 })
  })
})
