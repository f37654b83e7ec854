import { describe, expect, test } from '@jest/globals'
import { DEFAULT_CONFIG, type DetectConfig } from '@sekisho/detect'
import type { Attempt, Place } from '@sekisho/event'
import { runBatch, whyNot } from './testing/run.ts'
import {
  at,
  changed,
  day,
  FRANKFURT,
  habit,
  lineAt,
  login,
  NEW_YORK,
  type Network,
  refused,
  SAPPORO,
  TODAY,
  TOKYO,
  tenDaysOf,
} from './testing/story.ts'
import { travelOf, travelsOf } from './testing/travels.ts'

/** Kilometres of one degree of a meridian of the mean earth: 6371.0088 π / 180. */
const KM_PER_DEGREE = 111.19507973

/** Two lines on one meridian, each with a radius of 50 km, so far apart that `lowerKm` are left. */
const HERE = changed(TOKYO, '198.18.1.', { latitude: 0, longitude: 100, radiusKm: 50 })
function there(lowerKm: number, place: Partial<Place> = {}): Network {
  const latitude = (lowerKm + 100) / KM_PER_DEGREE
  return changed(NEW_YORK, '198.18.2.', { latitude, longitude: 100, radiusKm: 50, ...place })
}

/** Aoki at home for ten days and this morning at 08:00:00. */
const atHome = habit('aoki', HERE, 0, 10)

/** An instant so many seconds after 08:00 today, epoch ms. */
function afterEight(seconds: number): number {
  return at(TODAY, '08:00') + seconds * 1000
}

const SUCCESS = { attempt: 'success', outcome: 'success', action: 'vpn.login' } as const

describe('thresholds', () => {
  test.each([
    // 300 km in 1,078 s and twice the clock's second: 300 / 0.3 h = 1,000 km/h.
    { lowerKm: 300, gapS: 1078, elapsedMs: 1_080_000, speed: 1000, isAlert: true },
    { lowerKm: 300, gapS: 1079, elapsedMs: 1_081_000, speed: 999.1, isAlert: false },
    { lowerKm: 299.9, gapS: 60, elapsedMs: 62_000, speed: 17_414, isAlert: false },
    { lowerKm: 300, gapS: 60, elapsedMs: 62_000, speed: 17_419.4, isAlert: true },
    // 1,000 km in an hour; and as far as anyone can be in one night.
    { lowerKm: 1000, gapS: 3598, elapsedMs: 3_600_000, speed: 1000, isAlert: true },
    { lowerKm: 1000, gapS: 3599, elapsedMs: 3_601_000, speed: 999.7, isAlert: false },
    { lowerKm: 15_000, gapS: 14 * 3600, elapsedMs: 50_402_000, speed: 1071.4, isAlert: true },
    { lowerKm: 15_000, gapS: 16 * 3600, elapsedMs: 57_602_000, speed: 937.5, isAlert: false },
  ])('$lowerKm km in $gapS s: $isAlert', ({ lowerKm, gapS, elapsedMs, speed, isAlert }) => {
    const travels = travelsOf(...atHome, lineAt('aoki', there(lowerKm), afterEight(gapS), SUCCESS))
    expect(travels).toHaveLength(isAlert ? 1 : 0)
    if (!isAlert) return
    expect(travels[0]?.travel).toMatchObject({
      distanceKm: lowerKm + 100,
      distanceLowerKm: lowerKm,
      gapMs: gapS * 1000,
      elapsedUpperMs: elapsedMs,
      speedLowerKmh: speed,
    })
  })

  test.each([
    { gateway: 'gw-2', gapS: 838, isAlert: true },
    { gateway: 'gw-2', gapS: 839, isAlert: false },
    { gateway: 'gw-1', gapS: 839, isAlert: true },
  ])(
    'two gateways may differ by 240 s: $gateway after $gapS s: $isAlert',
    ({ gateway, gapS, isAlert }) => {
      const second = lineAt('aoki', there(300), afterEight(gapS), { ...SUCCESS, gateway })
      expect(travelsOf(...atHome, second)).toHaveLength(isAlert ? 1 : 0)
    },
  )

  test.each([
    { resolutionMs: 1, gapS: 1078.999, isAlert: true },
    { resolutionMs: 1000, gapS: 1078.999, isAlert: false },
  ])('a clock of $resolutionMs ms', ({ resolutionMs, gapS, isAlert }) => {
    const second = lineAt('aoki', there(300), afterEight(gapS), { ...SUCCESS, resolutionMs })
    expect(travelsOf(...atHome, second)).toHaveLength(isAlert ? 1 : 0)
  })
})

describe('the alert', () => {
  const alert = () =>
    travelOf(
      ...tenDaysOf('aoki'),
      ...habit('aoki', TOKYO, 10, 10),
      login('aoki', NEW_YORK, TODAY, '09:00'),
    )

  test('is about the new end, under the family of logins', () => {
    expect(alert()).toMatchObject({
      family: 'U2',
      ruleId: 'T1',
      severity: 'high',
      // New for the user 1,835, rare here 4,529, travel 2,355, country 717, at a usual hour -717, in 1/1024 nat.
      score: 8719 / 1024,
      riskScore: 65,
      outcome: 'success',
      entity: 'user:aoki',
      day: '2026-03-12',
      discriminator: '100.70.3.0/24',
      timestampMs: at(TODAY, '09:00'),
      startMs: at(TODAY, '08:00'),
      endMs: at(TODAY, '09:00'),
      threshold: 6246 / 1024,
      relatedAddresses: ['100.70.3.1', '198.51.100.1'],
      state: 'final',
    })
  })

  test('shows both ends, the new one as new', () => {
    const { travel } = alert()
    expect(travel?.from).toMatchObject({
      prefix: '198.51.100.0/24',
      country: 'JP',
      newForUser: false,
    })
    expect(travel?.to).toMatchObject({ prefix: '100.70.3.0/24', country: 'US', newForUser: true })
    // Tokyo to New York is 10,850 km or so; each end gives up its 50 km.
    expect(travel?.distanceKm).toBeGreaterThan(10_800)
    expect(travel?.distanceKm).toBeLessThan(10_900)
    expect(travel?.distanceLowerKm).toBeCloseTo((travel?.distanceKm ?? 0) - 100, 3)
  })

  test('shows the lines that the geometry was computed from, the login first', () => {
    const { evidence, terms, evidenceTotal } = alert()
    expect(evidence.map(({ address, role, user }) => [address, role, user])).toEqual([
      ['100.70.3.1', 'decisive', 'aoki'],
      ['198.51.100.1', 'decisive', 'aoki'],
    ])
    expect(evidenceTotal).toBe(2)
    expect(terms.find(({ name }) => name === 'impossible_travel')).toMatchObject({
      value: 2355 / 1024,
      evidence: [0, 1],
    })
  })

  test('weighs all five reasons against itself, none of which applied', () => {
    const names = [
      'same_network',
      'shared_egress',
      'learnt_pair',
      'home_routed_roaming',
      'same_device',
    ]
    const { considered } = alert()
    expect(considered.map(({ name }) => name)).toEqual([...names, 'other_pairs'])
    expect(considered.filter(({ applied }) => applied)).toEqual([])
    expect(whyNot(alert(), 'learnt_pair')?.why).toBe(
      '0 earlier UTC days in AS64511/US, 10 in AS64500/JP, 2 in each are needed',
    )
  })
})

describe('which end, and when', () => {
  test('the new end is named also when it came first', () => {
    const home = habit('aoki', TOKYO, 0, 9)
    const alert = travelOf(
      ...home,
      login('aoki', NEW_YORK, TODAY, '08:00'),
      login('aoki', TOKYO, TODAY, '09:00'),
    )
    expect(alert).toMatchObject({ discriminator: '100.70.3.0/24', timestampMs: at(TODAY, '08:00') })
    expect(alert.reason).toContain('before being active in')
  })

  test('of two new ends the later one is named, once', () => {
    const ends = [login('aoki', FRANKFURT, TODAY, '20:00'), login('aoki', NEW_YORK, TODAY, '21:00')]
    const alert = travelOf(...tenDaysOf('aoki'), ...ends)
    expect(alert.discriminator).toBe('100.70.3.0/24')
    expect(alert.travel).toMatchObject({ from: { newForUser: true }, to: { newForUser: true } })
  })

  test('two logins in one millisecond are one alert, whichever line comes first', () => {
    const ends = [login('aoki', FRANKFURT, TODAY, '20:00'), login('aoki', NEW_YORK, TODAY, '20:00')]
    const alert = travelOf(...tenDaysOf('aoki'), ...ends)
    const larger = [...ends].sort((a, b) => (a.id < b.id ? 1 : -1))[0] as Attempt
    expect(alert.discriminator).toBe(larger.prefix)
    expect(alert.travel).toMatchObject({ gapMs: 0, elapsedUpperMs: 2000 })
    expect(alert.terms).toContainEqual(
      expect.objectContaining({ name: 'overlapping_presence', value: 3 }),
    )
  })

  test('no time is shorter than a second, however fine the clocks', () => {
    const ms = { resolutionMs: 1 }
    const ends = [
      login('aoki', TOKYO, TODAY, '20:00', ms),
      login('aoki', NEW_YORK, TODAY, '20:00', ms),
    ]
    expect(travelOf(...tenDaysOf('aoki'), ...ends).travel?.elapsedUpperMs).toBe(1000)
  })

  test('there and back is one alert about the strange place', () => {
    const visits = [
      login('aoki', TOKYO, TODAY, '08:00'),
      login('aoki', NEW_YORK, TODAY, '09:00'),
      login('aoki', TOKYO, TODAY, '10:00'),
    ]
    const alert = travelOf(...tenDaysOf('aoki'), ...visits)
    expect(alert.discriminator).toBe('100.70.3.0/24')
  })

  test('two strange places are two alerts', () => {
    const visits = [
      login('aoki', TOKYO, TODAY, '08:00'),
      login('aoki', NEW_YORK, TODAY, '09:00'),
      login('aoki', FRANKFURT, TODAY, '08:30'),
    ]
    const prefixes = travelsOf(...tenDaysOf('aoki'), ...visits).map(
      ({ discriminator }) => discriminator,
    )
    expect(prefixes.sort()).toEqual(['100.70.3.0/24', '100.70.5.0/24'])
  })

  test('partners across midnight count for the day of the new end', () => {
    const visits = [login('aoki', TOKYO, day(9), '23:50'), login('aoki', NEW_YORK, TODAY, '00:10')]
    expect(travelOf(...tenDaysOf('aoki'), ...visits)).toMatchObject({ day: '2026-03-12' })
  })

  test('a refused login is no presence', () => {
    const home = habit('aoki', TOKYO, 0, 10)
    expect(travelsOf(...home, refused('aoki', NEW_YORK, TODAY, '09:00'))).toEqual([])
    expect(travelsOf(...home, login('aoki', NEW_YORK, TODAY, '09:00'))).toHaveLength(1)
  })

  test.each([
    { first: 3, isAlert: true },
    { first: 4, isAlert: false },
  ])('history from day $first: seven complete days are needed', ({ first, isAlert }) => {
    const travels = travelsOf(
      ...habit('aoki', TOKYO, first, 10),
      login('aoki', NEW_YORK, TODAY, '09:00'),
    )
    expect(travels).toHaveLength(isAlert ? 1 : 0)
  })
})

describe('modes', () => {
  const named = (mode: DetectConfig['travel']['mode'], ...attempts: readonly Attempt[]) =>
    runBatch(attempts, { ...DEFAULT_CONFIG, travel: { mode } }).map(({ ruleId, severity }) => [
      ruleId,
      severity,
    ])
  const fromNewYork = [...habit('aoki', TOKYO, 0, 10), login('aoki', NEW_YORK, TODAY, '09:00')]

  test('switched off, travel counts for nothing: what is left is a strange login', () => {
    expect(named('score', ...fromNewYork)).toEqual([['T1', 'high']])
    expect(named('off', ...fromNewYork)).toEqual([['U2', 'medium']])
  })

  test('a place that is otherwise ordinary is a signal, and an alert in the mode strict only', () => {
    const fromSapporo = [...habit('aoki', TOKYO, 0, 10), login('aoki', SAPPORO, TODAY, '08:20')]
    expect(named('score', ...fromSapporo)).toEqual([['T1', 'low']])
    expect(named('strict', ...fromSapporo)).toEqual([['T1', 'medium']])
    expect(named('off', ...fromSapporo)).toEqual([['U2', 'low']])
  })
})
