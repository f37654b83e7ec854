import { describe, expect, test } from '@jest/globals'
import type { Place } from '@sekisho/event'
import { DEFAULT_LIMITS } from './limits.ts'
import { HOME_LINE } from './testing/annotated.ts'
import { distanceBetween, isInfeasible, speedLowerKmhOf } from './travel.ts'

function place(latitude: number, longitude: number, more: Partial<Place> = {}): Place {
  return { ...HOME_LINE, latitude, longitude, ...more }
}

const EQUATOR = place(0, 0)
/** A quarter of the girth of the mean earth: 6371.0088 π / 2. */
const QUARTER_KM = 10_007.557

describe('the lower bound of a distance', () => {
  test.each([
    { what: 'a quarter of the earth', to: place(90, 0), km: QUARTER_KM, lowerKm: QUARTER_KM - 100 },
    { what: 'half of it', to: place(0, 180), km: 2 * QUARTER_KM, lowerKm: 2 * QUARTER_KM - 100 },
    { what: 'over the date line', to: place(0, -1, {}), km: 111.195, lowerKm: 11.195 },
    { what: 'radii that overlap', to: place(0, 0.5), km: 55.598, lowerKm: 0 },
    { what: 'the same place', to: EQUATOR, km: 0, lowerKm: 0 },
  ])('$what', ({ to, km, lowerKm }) => {
    const distance = distanceBetween(EQUATOR, to)
    expect(distance?.km).toBeCloseTo(km, 2)
    expect(distance?.lowerKm).toBeCloseTo(lowerKm, 2)
    expect(distanceBetween(to, EQUATOR)).toEqual(distance)
  })

  test('does not exist where a place has no location', () => {
    expect(distanceBetween(EQUATOR, place(0, 0, { hasLocation: false }))).toBeNull()
    expect(distanceBetween(place(0, 0, { hasLocation: false }), EQUATOR)).toBeNull()
  })

  test.each([
    { a: 'mobile', b: 'residential', from: 'JP', to: 'JP', isNone: true },
    { a: 'mobile', b: 'mobile', from: 'DE', to: 'FR', isNone: true },
    { a: 'residential', b: 'mobile', from: 'DE', to: 'FR', isNone: true },
    { a: 'residential', b: 'residential', from: 'DE', to: 'FR', isNone: false },
    { a: 'residential', b: 'residential', from: 'JP', to: 'JP', isNone: false },
    { a: 'mobile', b: 'mobile', from: 'JP', to: 'KR', isNone: false },
    { a: 'mobile', b: 'hosting', from: 'DE', to: 'ES', isNone: false },
  ] as const)('$a in $from and $b in $to: none is $isNone', ({ a, b, from, to, isNone }) => {
    const one = place(0, 0, { networkClass: a, country: from })
    const other = place(0, 40, { networkClass: b, country: to })
    expect(distanceBetween(one, other)?.lowerKm === 0).toBe(isNone)
    expect(distanceBetween(other, one)).toEqual(distanceBetween(one, other))
  })
})

test.each([
  { lowerKm: 300, speed: 1000, is: true },
  { lowerKm: 299.999, speed: 5000, is: false },
  { lowerKm: 9000, speed: 999.9, is: false },
])('$lowerKm km at $speed km/h is infeasible: $is', ({ lowerKm, speed, is }) => {
  expect(isInfeasible(lowerKm, speed, DEFAULT_LIMITS.travel)).toBe(is)
})

test('a speed is kilometres an hour', () => {
  expect(speedLowerKmhOf(300, 1_080_000)).toBe(1000)
  expect(speedLowerKmhOf(9180, 2_700_000)).toBe(12_240)
})
