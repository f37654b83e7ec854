import { describe, expect, test } from '@jest/globals'
import type { NetworkClass } from '@sekisho/event'
import { distanceKm } from '@sekisho/event'
import { mainTerritoryOf } from './country-circle.ts'
import { decideLocation } from './place-decision.ts'
import type { Witness } from './tables/place-table.ts'

const witness = (
  country: string,
  city: string,
  latitude: number,
  longitude: number,
  radiusKm = 0,
): Witness => ({ country, city, latitude, longitude, radiusKm })

const osaka = witness('JP', 'Osaka', 34.69, 135.5)
const sakai = (radiusKm: number): Witness => witness('JP', 'Sakai', 34.57, 135.48, radiusKm)
const japan = mainTerritoryOf('JP')
const newYork = witness('US', 'New York', 40.71, -74.01)
const america = mainTerritoryOf('US')

describe('two witnesses that agree', () => {
  // Osaka and Sakai are 13 km apart; the margin of the class comes on top of the larger of that and the error.
  test.each<[NetworkClass, number, number]>([
    ['residential', 5, 50],
    ['residential', 100, 150],
    ['hosting', 100, 150],
    ['corp_egress', 100, 150],
    ['unknown', 5, 150],
    ['unknown', 100, 200],
  ])('%s with an error of %i km: radius %i km', (networkClass, errorKm, radiusKm) => {
    const place = decideLocation(networkClass, false, osaka, sakai(errorKm))
    expect(place).toMatchObject({ hasLocation: true, city: 'Osaka', country: 'JP', radiusKm })
    expect([place.latitude, place.longitude]).toEqual([34.69, 135.5])
  })

  test('but with an error as wide as the country: the country', () => {
    const place = decideLocation('residential', false, osaka, sakai(1000))
    expect(place).toMatchObject({ ...japan, city: '', country: 'JP' })
    expect(place.why).toContain('JP is all that is sure')
  })
})

describe('two witnesses that differ', () => {
  const tokyo = witness('JP', 'Tokyo', 35.68, 139.77, 20)
  const seoul = witness('KR', 'Seoul', 37.57, 126.98, 20)

  test.each<[string, NetworkClass, Witness]>([
    ['in the town', 'residential', tokyo],
    ['in the country', 'residential', seoul],
    ['in the country, of an unknown network', 'unknown', seoul],
  ])('%s: the circle reaches both points', (_name, networkClass, old) => {
    const place = decideLocation(networkClass, false, osaka, old)
    const apartKm = distanceKm(osaka.latitude, osaka.longitude, old.latitude, old.longitude)
    expect(place).toMatchObject({ hasLocation: true, country: 'JP', latitude: 34.69 })
    expect(place.radiusKm).toBeGreaterThan(apartKm)
    expect(place.why).toContain('covers both')
  })

  test('in the country on a hosting network: the old one does not count', () => {
    const place = decideLocation('hosting', false, osaka, seoul)
    expect(place).toMatchObject({ ...japan, country: 'JP', city: '' })
    expect(place.why).toContain('does not count')
  })

  test('never wider than the earth', () => {
    const antipode = witness('AR', 'Rosario', -34.69, -44.5, 1000)
    expect(decideLocation('unknown', false, osaka, antipode).radiusKm).toBeLessThanOrEqual(20_016)
  })
})

describe('only the country is sure', () => {
  test.each<[string, Witness | null]>([
    ['one witness', null],
    ['an old one that knows no town', witness('JP', '', 35.69, 139.69, 500)],
  ])('with %s', (_name, old) => {
    expect(decideLocation('residential', false, osaka, old)).toMatchObject({
      hasLocation: true,
      ...japan,
      country: 'JP',
      city: '',
    })
  })

  test('in a country without a box the point stays, with a wide circle', () => {
    const place = decideLocation('residential', false, witness('ZZ', 'Nowhere', 10, 20), null)
    expect(place).toMatchObject({ hasLocation: true, latitude: 10, longitude: 20, radiusKm: 1100 })
  })
})

describe('addresses that may be phones', () => {
  test('mobile: the whole country', () => {
    const place = decideLocation('mobile', false, osaka, sakai(5))
    expect(place).toMatchObject({ ...japan, country: 'JP', city: '' })
  })

  test('mobile in a large country: 1,100 km around the carrier', () => {
    const place = decideLocation('mobile', false, newYork, null)
    expect(america?.radiusKm).toBeGreaterThan(1100)
    expect(place).toMatchObject({ latitude: 40.71, longitude: -74.01, radiusKm: 1100, city: '' })
  })

  test('a number of fixed lines and phones alike counts as mobile', () => {
    const place = decideLocation('residential', true, osaka, sakai(5))
    expect(place).toMatchObject({ ...japan, country: 'JP' })
    expect(place.why).toContain('fixed lines and phones')
  })
})

describe('no location', () => {
  test.each<[NetworkClass, string]>([
    ['swg', 'gateway'],
    ['anon', 'relay'],
    ['satellite', 'ground station'],
    ['own_gateway', 'own gateway'],
    ['internal', 'no place'],
  ])('%s is void, the country stays', (networkClass, word) => {
    const place = decideLocation(networkClass, false, osaka, sakai(5))
    expect(place).toMatchObject({ hasLocation: false, latitude: 0, longitude: 0, radiusKm: 0 })
    expect([place.country, place.city]).toEqual(['JP', ''])
    expect(place.why).toContain(word)
  })

  test('an address that the fresh database does not have', () => {
    const place = decideLocation('residential', false, null, sakai(5))
    expect(place).toMatchObject({ hasLocation: false, country: '' })
  })
})
