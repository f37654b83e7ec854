import { describe, expect, test } from '@jest/globals'
import { distanceKm } from '@sekisho/event'
import { countryBoxes } from './country-boxes.ts'
import { countryCircle, mainTerritoryOf } from './country-circle.ts'

describe('country circles', () => {
  test.each([
    ['Singapore', 'SG', 50, 50],
    ['Netherlands', 'NL', 150, 250],
    ['Germany', 'DE', 400, 600],
    ['Japan without Okinawa', 'JP', 800, 1100],
    ['Spain without the Canaries', 'ES', 500, 800],
    ['contiguous United States', 'US', 2200, 3000],
    ['Russia', 'RU', 3500, 4600],
  ])('%s', (_name, country, least, most) => {
    const radiusKm = mainTerritoryOf(country)?.radiusKm ?? 0
    expect([country, radiusKm >= least && radiusKm <= most]).toEqual([country, true])
  })

  test.each([
    ['Berlin', 'DE', 52.52, 13.4],
    ['Fukuoka', 'JP', 33.59, 130.4],
    ['Miami', 'US', 25.77, -80.19],
    ['Suva, near the date line', 'FJ', -18.14, 178.44],
  ])('%s lies inside its country without growth', (_name, country, latitude, longitude) => {
    expect(countryCircle(country, latitude, longitude)).toEqual(mainTerritoryOf(country))
  })

  test.each([
    ['Honolulu', 'US', 21.31, -157.86],
    ['Tenerife', 'ES', 28.47, -16.25],
    ['Naha', 'JP', 26.21, 127.68],
  ])('%s lies outside the main territory: the circle grows to it', (_name, country, lat, lon) => {
    const circle = countryCircle(country, lat, lon)
    const main = mainTerritoryOf(country)
    if (circle === null || main === null) throw new Error(`${country} has no box`)
    expect(circle.radiusKm).toBeGreaterThan(main.radiusKm)
    expect(distanceKm(circle.latitude, circle.longitude, lat, lon)).toBeLessThanOrEqual(
      circle.radiusKm,
    )
  })

  test('every box is a box, and no country is unknown half way', () => {
    expect(Object.keys(countryBoxes).length).toBeGreaterThan(240)
    for (const [country, [south, west, north, east]] of Object.entries(countryBoxes)) {
      expect([country, south <= north && west <= east && west >= -180 && east <= 540]).toEqual([
        country,
        true,
      ])
      expect(mainTerritoryOf(country)?.radiusKm).toBeGreaterThanOrEqual(50)
    }
    expect(mainTerritoryOf('ZZ')).toBeNull()
    expect(countryCircle('toString', 0, 0)).toBeNull()
  })
})
