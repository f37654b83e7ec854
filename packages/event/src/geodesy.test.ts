import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { distanceKm, FARTHEST_KM } from './geodesy.ts'

describe('distanceKm', () => {
  // Published great-circle distances; the points are rounded, so a kilometre or so is left over.
  test.each([
    ['one place', 35.68, 139.77, 35.68, 139.77, 0],
    ['Tokyo and Osaka', 35.68, 139.77, 34.69, 135.5, 403],
    ['London and New York', 51.5, -0.12, 40.71, -74.01, 5570],
    ['across the date line', 0, 179.5, 0, -179.5, 111],
    ['pole to pole', 90, 0, -90, 0, 20_015],
  ])('%s', (_name, latitudeA, longitudeA, latitudeB, longitudeB, km) => {
    const found = distanceKm(latitudeA, longitudeA, latitudeB, longitudeB)
    expect(Math.abs(found - km)).toBeLessThan(1.5)
  })

  test('is symmetric and never more than half way round', () => {
    const latitude = fc.double({ min: -90, max: 90, noNaN: true })
    const longitude = fc.double({ min: -180, max: 180, noNaN: true })
    fc.assert(
      fc.property(latitude, longitude, latitude, longitude, (a, b, c, d) => {
        const km = distanceKm(a, b, c, d)
        expect(km).toBeCloseTo(distanceKm(c, d, a, b), 6)
        expect(km >= 0 && km <= FARTHEST_KM + 1e-6).toBe(true)
      }),
      { seed: 1 },
    )
  })
})
