import { describe, expect, test } from '@jest/globals'
import { ipv4TextOf, ipv6TextOf, type NetworkClass, type Place } from '@sekisho/event'
import fc from 'fast-check'
import { type NetworkRule, openLocator } from './index.ts'
import { networkClasses } from './network-rule.ts'

const locator = openLocator()

describe('well-known addresses', () => {
  test.each<[string, string, number, NetworkClass, string]>([
    ['OCN, Osaka', '60.32.5.5', 4713, 'residential', 'JP'],
    ['SoftBank', '126.33.1.1', 17_676, 'residential', 'JP'],
    ['NTT Docomo', '1.72.5.5', 9605, 'mobile', 'JP'],
    ['Rakuten Mobile', '133.106.32.1', 138_384, 'mobile', 'JP'],
    ['Comcast, Santa Maria', '24.4.3.2', 7922, 'residential', 'US'],
    ['T-Mobile US', '172.56.10.1', 21_928, 'mobile', 'US'],
    ['AT&T Mobility', '107.77.200.1', 20_057, 'mobile', 'US'],
    ['Deutsche Telekom', '84.128.5.5', 3320, 'residential', 'DE'],
    ['Sky, London', '90.216.1.1', 5607, 'residential', 'GB'],
    ['Free Mobile', '37.166.1.1', 51_207, 'mobile', 'FR'],
    ['Jio', '157.32.1.1', 55_836, 'mobile', 'IN'],
    ['Amazon', '54.239.28.85', 16_509, 'hosting', 'US'],
    ['Hetzner', '88.198.50.1', 24_940, 'hosting', 'DE'],
    ['M247', '2.56.16.9', 9009, 'hosting', 'US'],
    ['Starlink', '98.97.20.1', 14_593, 'satellite', 'US'],
    ['Zscaler', '165.225.200.1', 22_616, 'swg', 'AT'],
    ['Netskope', '163.116.128.1', 55_256, 'swg', 'US'],
    ['Prisma Access', '130.41.1.1', 394_089, 'swg', 'US'],
    ['Mullvad', '185.65.135.10', 39_351, 'anon', 'SE'],
    ['a Tor exit', '185.220.101.5', 60_729, 'anon', 'DE'],
    ['OCN over IPv6', '2400:4050:8000::1', 4713, 'residential', 'JP'],
    ['Comcast over IPv6', '2601:640::1', 7922, 'residential', 'US'],
    ['Deutsche Telekom over IPv6', '2003:e0::1', 3320, 'residential', 'DE'],
    ['Hetzner over IPv6', '2a01:4f8:10::1', 24_940, 'hosting', 'DE'],
    ['T-Mobile US over IPv6', '2607:fb90:1::1', 21_928, 'mobile', 'US'],
    ['Starlink over IPv6', '2605:59c0::1', 14_593, 'satellite', 'US'],
  ])('%s', (_name, address, asn, networkClass, country) => {
    const place = locator.locate(address)
    expect([place.asn, place.networkClass]).toEqual([asn, networkClass])
    // Where a gateway or a rented range stands may change with the database; the country of the others does not.
    if (!['hosting', 'swg', 'satellite'].includes(networkClass)) {
      expect(place.country).toBe(country)
    }
    expect(place.asName).not.toBe('')
  })

  test('a town that both databases know', () => {
    expect(locator.locate('24.4.3.2')).toEqual({
      hasLocation: true,
      latitude: 34.95,
      longitude: -120.44,
      radiusKm: 50,
      country: 'US',
      city: 'Santa Maria',
      asn: 7922,
      asName: 'Comcast Cable Communications, LLC',
      networkClass: 'residential',
      why: 'DB-IP and GeoLite agree on Santa Maria, US (1 km apart, error 5 km); residential by the reviewed network list.',
    })
  })
})

const nothing = { hasLocation: false, latitude: 0, longitude: 0, radiusKm: 0, city: '' }

describe('no location', () => {
  test.each<[string, NetworkClass]>([
    ['10.20.30.40', 'internal'],
    ['100.64.1.1', 'internal'],
    ['127.0.0.1', 'internal'],
    ['192.168.1.1', 'internal'],
    ['169.254.1.1', 'internal'],
    ['fd12:3456::1', 'internal'],
    ['fe80::1', 'internal'],
    ['192.0.2.10', 'unknown'],
    ['198.51.100.10', 'unknown'],
    ['203.0.113.10', 'unknown'],
    ['2001:db8::10', 'unknown'],
    ['224.0.0.1', 'unknown'],
    ['255.255.255.255', 'unknown'],
    ['4000::1', 'unknown'],
    ['', 'unknown'],
    ['not an address', 'unknown'],
    ['1.2.3', 'unknown'],
  ])('%p is %s', (address, networkClass) => {
    expect(locator.locate(address)).toMatchObject({ ...nothing, country: '', networkClass })
  })

  test('a void class keeps its country and its network', () => {
    expect(locator.locate('185.220.101.5')).toMatchObject({
      ...nothing,
      country: 'DE',
      asn: 60_729,
      networkClass: 'anon',
    })
  })
})

describe('network rules', () => {
  const rules: NetworkRule[] = [
    { cidr: '24.4.0.0/16', name: 'region', class: 'corp_egress' },
    { cidr: '24.4.3.0/24', name: 'proxy', class: 'swg', country: 'US' },
    { cidr: '24.4.3.2', name: 'branch', class: 'corp_egress', latitude: 36, longitude: 138 },
    { cidr: '24.4.4.0/24', name: 'island', class: 'corp_egress', country: 'NZ' },
    { cidr: '24.4.5.0/24', name: 'gateway', class: 'own_gateway', latitude: 1, longitude: 2 },
    { cidr: '10.7.0.0/16', name: 'plant', class: 'corp_egress', latitude: -90, longitude: 180 },
    {
      cidr: '203.0.113.0/24',
      name: 'sample',
      class: 'residential',
      country: 'JP',
      latitude: 34.69,
      longitude: 135.5,
      radiusKm: 20,
    },
    { cidr: '2001:db8:40::/48', name: 'v6', class: 'mobile', country: 'SG' },
  ]
  const ruled = openLocator({ networks: rules })

  test.each<[string, string, Partial<Place>]>([
    [
      'class alone: the databases place it',
      '24.4.9.9',
      { networkClass: 'corp_egress', country: 'US', hasLocation: true },
    ],
    [
      'a longer prefix beats a shorter',
      '24.4.3.3',
      { ...nothing, networkClass: 'swg', country: 'US' },
    ],
    [
      'coordinates, 50 km by default',
      '24.4.3.2',
      { latitude: 36, longitude: 138, radiusKm: 50, country: 'US' },
    ],
    ['a country', '24.4.4.1', { hasLocation: true, country: 'NZ', city: '' }],
    [
      'a void class has no place, whatever the rule says',
      '24.4.5.1',
      { ...nothing, networkClass: 'own_gateway' },
    ],
    [
      'private space',
      '10.7.0.1',
      { hasLocation: true, latitude: -90, longitude: 180, country: '' },
    ],
    ['private space outside the rule', '10.8.0.1', { ...nothing, networkClass: 'internal' }],
    [
      'documentation space, with a radius',
      '203.0.113.9',
      { latitude: 34.69, radiusKm: 20, country: 'JP', networkClass: 'residential' },
    ],
    ['IPv6', '2001:db8:40:1::1', { hasLocation: true, country: 'SG', networkClass: 'mobile' }],
    ['IPv6 outside the rule', '2001:db8:41::1', { ...nothing, networkClass: 'unknown' }],
  ])('%s', (_name, address, expected) => {
    expect(ruled.locate(address)).toMatchObject(expected)
  })

  test('keep the network number and say that they decided', () => {
    const place = ruled.locate('24.4.3.2')
    expect(place.asn).toBe(7922)
    expect(place.why).toBe(
      'The network rule gives the coordinates; corp_egress by the network rule "branch" (24.4.3.2).',
    )
  })

  test('a wrong one is refused when opening', () => {
    const networks: NetworkRule[] = [{ cidr: '24.4.3.2/8', name: 'typo', class: 'swg' }]
    expect(() => openLocator({ networks })).toThrow('network rule "typo"')
  })
})

describe('any input', () => {
  const isSound = (place: Place): boolean =>
    /^(?:[A-Z]{2})?$/.test(place.country) &&
    networkClasses.includes(place.networkClass) &&
    place.why.endsWith('.') &&
    Math.abs(place.latitude) <= 90 &&
    Math.abs(place.longitude) <= 180 &&
    (place.hasLocation
      ? place.radiusKm >= 50 && place.radiusKm <= 20_016 && place.country !== ''
      : place.radiusKm === 0 && place.latitude === 0 && place.longitude === 0)

  test('an address gives a sound place', () => {
    const v4 = fc.integer({ min: 0, max: 0xffffffff }).map(ipv4TextOf)
    const word = fc.integer({ min: 0, max: 0xffff })
    const v6 = fc
      .tuple(fc.integer({ min: 0x2000, max: 0x2fff }), word, word, word, word)
      .map(([first, ...rest]) => ipv6TextOf([first, ...rest, 0, 0, 0]))
    fc.assert(
      fc.property(fc.oneof(v4, v6), (address) => {
        expect([address, isSound(locator.locate(address))]).toEqual([address, true])
      }),
      { seed: 10, numRuns: 3000 },
    )
  })

  test('a text gives a sound place and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => isSound(locator.locate(text))),
      { seed: 11 },
    )
  })

  test.each([
    ['::ffff:24.4.3.2', '24.4.3.2'],
    ['64:ff9b::1804:302', '24.4.3.2'],
    ['2002:1804:302::1', '24.4.3.2'],
    ['2601:0640:0000::0001', '2601:640::1'],
    ['2601:640::A', '2601:640::a'],
  ])('%s is where %s is', (written, canonical) => {
    expect(locator.locate(written)).toEqual(locator.locate(canonical))
  })

  test('a flood of addresses changes nothing', () => {
    const before = locator.locate('24.4.3.2')
    expect(locator.locate('24.4.3.2')).toBe(before)
    for (let i = 0; i < 70_000; i++) locator.locate(ipv4TextOf(0x18050000 + i))
    expect(locator.locate('24.4.3.2')).toEqual(before)
  })
})

test('the version lists the dates of the databases and of the network list', () => {
  expect(locator.version).toMatch(
    /^dbip-city 20\d\d-\d\d, geoip-lite \S.*, asn 20\d\d-\d\d, networks 20\d\d-\d\d-\d\d$/,
  )
})
