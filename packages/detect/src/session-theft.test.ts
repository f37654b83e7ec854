import { describe, expect, test } from '@jest/globals'
import type { Attempt } from '@sekisho/event'
import { DEFAULT_CONFIG } from './config.ts'
import { limitsOf } from './limits.ts'
import { profileOf } from './testing/annotated.ts'
import {
  at,
  CAFE,
  CARRIER,
  CUSTOMER,
  FRANKFURT,
  HOME,
  HOSTING,
  HOSTING_HERE,
  INTERNAL,
  type Known,
  NEW_YORK,
  OFFICE,
  SATELLITE,
  type TestNetwork,
  WEB_GATEWAY,
} from './testing/fake-user-view.ts'

import { sessionAlertsOf as alertsOf, used } from './testing/session-user.ts'

/** Severity and network of each alert. */
function verdictsOf(known: Known): string[] {
  return alertsOf(known).map(({ severity, discriminator }) => `${severity} ${discriminator}`)
}

/** What becomes of a session that is seen in one network and, twelve hours later, in another. */
function moved(from: TestNetwork, to: TestNetwork, more: Known = {}): string {
  const reach = { limits: limitsOf({ session: { idleMs: 86_400_000 } }) }
  const config = { ...DEFAULT_CONFIG, ...reach }
  const lines = [used('1:00', from), used('13:00', to)]
  return verdictsOf({ config, ...more, lines }).join(' ') || 'none'
}

describe('a session that moves, with time enough to travel', () => {
  const shared = { profile: profileOf({ isSharedEgress: (prefix) => prefix === '192.0.4.0/24' }) }
  test.each<readonly [string, TestNetwork, TestNetwork, string, Known?]>([
    ['home to a rented network abroad', HOME, HOSTING, 'high 100.70.2.0/24'],
    ['home to a rented network here', HOME, HOSTING_HERE, 'high 100.70.12.0/24'],
    ['office to a rented network', OFFICE, HOSTING, 'high 100.70.2.0/24'],
    ['a private address to a rented network', INTERNAL, HOSTING, 'high 100.70.2.0/24'],
    ['a web gateway to a rented network', WEB_GATEWAY, HOSTING, 'high 100.70.2.0/24'],
    ['shared egress to a rented network', CUSTOMER, HOSTING, 'high 100.70.2.0/24', shared],
    ['home to a home line abroad', HOME, NEW_YORK, 'high 100.70.3.0/24'],
    ['a rented network to home', HOSTING, HOME, 'high 100.70.2.0/24'],
    ['one strange network to another', NEW_YORK, FRANKFURT, 'high 100.70.5.0/24'],
    ['home to an office of no list', HOME, CUSTOMER, 'medium 192.0.4.0/24'],
    ['a rented network to an office of no list', HOSTING_HERE, CUSTOMER, 'high 192.0.4.0/24'],
    ['home to a satellite', HOME, SATELLITE, 'medium 100.70.9.0/24'],
    ['a web gateway to a home line abroad', WEB_GATEWAY, NEW_YORK, 'medium 100.70.3.0/24'],
    ['the office to a home line abroad', OFFICE, NEW_YORK, 'high 100.70.3.0/24'],
    ['home to a café of the country', HOME, CAFE, 'none'],
    ['a café to the carrier', CAFE, CARRIER, 'none', { days: [] }],
    ['the office to a café', OFFICE, CAFE, 'none'],
    ['a private address to a café of the home country', INTERNAL, CAFE, 'none'],
    ['a private address to a café elsewhere', INTERNAL, FRANKFURT, 'medium 100.70.5.0/24'],
    ['shared egress to a café', CUSTOMER, CAFE, 'none', shared],
    ['a café abroad to the office', FRANKFURT, OFFICE, 'none'],
    ['a rented network to shared egress', HOSTING, CUSTOMER, 'none', shared],
    ['home to a rented network that vouches', HOME, HOSTING, 'none', { vouched: [HOME, HOSTING] }],
    ['home to a network of two days', HOME, HOSTING, 'none', { days: [[HOSTING, 2]] }],
    ['home to a network of one day', HOME, HOSTING, 'high 100.70.2.0/24', { days: [[HOSTING, 1]] }],
    ['the carrier abroad to a hotel', CARRIER, FRANKFURT, 'medium 100.70.5.0/24'],
    ['a hotel to the carrier', FRANKFURT, CARRIER, 'medium 100.70.5.0/24'],
    ['the carrier, not learnt, to a hotel', CARRIER, FRANKFURT, 'high 100.70.5.0/24', { days: [] }],
    ['the carrier to a rented network', CARRIER, HOSTING, 'high 100.70.2.0/24'],
    ['in the cold start', HOME, HOSTING, 'low 100.70.2.0/24', { isCold: true }],
  ])('%s', (_name, from, to, expected, more = {}) => {
    expect(moved(from, to, more)).toBe(expected)
  })

  test('the office of another country is no ground of this one', () => {
    const place = { ...FRANKFURT.place, networkClass: 'corp_egress' } as const
    expect(moved({ ...FRANKFURT, place }, CAFE)).toBe('high 192.0.3.0/24')
    expect(moved({ ...CAFE, place: { ...place, country: 'JP' } }, HOME, { vouched: [] })).toBe(
      'none',
    )
  })

  test('one device at both ends takes a step off', () => {
    const named = (from: TestNetwork, to: TestNetwork): string[] => {
      const config = { ...DEFAULT_CONFIG, limits: limitsOf({ session: { idleMs: 86_400_000 } }) }
      const device = { deviceId: 'laptop-1' }
      return verdictsOf({ config, lines: [used('1:00', from, device), used('13:00', to, device)] })
    }
    expect(named(HOME, HOSTING)).toEqual(['medium 100.70.2.0/24'])
    expect(named(HOME, CUSTOMER)).toEqual(['low 192.0.4.0/24'])
  })

  test('one operator is no other place', () => {
    const other = { base: '198.51.101.', place: { ...HOSTING.place, asn: HOME.place.asn } }
    expect(moved(HOME, other)).toBe('none')
  })

  test('of a network without a number nobody can say that it is another', () => {
    const nameless = { base: '100.70.20.', place: { ...HOSTING.place, asn: 0 } }
    expect(moved(HOME, nameless)).toBe('none')
    const lines = [used('9:00', HOME), used('9:10', nameless), used('9:20', HOSTING)]
    expect(verdictsOf({ lines })).toEqual(['critical 100.70.2.0/24'])
  })
})

describe('a session that nobody can have carried there', () => {
  const minutes = [used('9:00', HOME), used('9:10', HOSTING)]
  const roaming = [used('9:00', CARRIER), used('9:10', FRANKFURT)]
  /** Alice's fixed line at home, alive until a time. */
  const homeLine = (until: string, from: TestNetwork = HOME): Known => {
    const line = used('-1:00', from)
    const span = { firstMs: at('-1:00'), lastMs: at(until), first: line, last: line }
    return { presences: () => [{ prefix: line.prefix, place: line.place, ...span, isLogin: true }] }
  }
  const off = { config: { ...DEFAULT_CONFIG, travel: { mode: 'off' as const } } }
  const named = (deviceId: string): Attempt[] => [
    used('9:00', HOME, { deviceId: 'laptop-1' }),
    used('9:10', HOSTING, { deviceId }),
  ]
  test.each<readonly [string, string, Known]>([
    ['Tokyo to Amsterdam in ten minutes', 'critical 100.70.2.0/24', { lines: minutes }],
    ['where travel counts for nothing', 'high 100.70.2.0/24', { ...off, lines: minutes }],
    ['in the cold start', 'low 100.70.2.0/24', { isCold: true, lines: minutes }],
    ['with one device at both ends', 'high 100.70.2.0/24', { lines: named('laptop-1') }],
    ['with two devices', 'critical 100.70.2.0/24', { lines: named('laptop-2') }],
    ['with no device at either end', 'critical 100.70.2.0/24', { lines: named('') }],
    ['carrier at home, hotel abroad', 'medium 100.70.5.0/24', { lines: roaming }],
    [
      'with the line at home in use 12 h before',
      'critical 100.70.5.0/24',
      { ...homeLine('-3:10'), lines: roaming },
    ],
    [
      'with that line silent a millisecond longer',
      'medium 100.70.5.0/24',
      { ...homeLine('-3:09:59.999'), lines: roaming },
    ],
    [
      'with a line abroad in use',
      'medium 100.70.5.0/24',
      {
        ...homeLine('9:00', NEW_YORK),
        days: [
          [CARRIER, 2],
          [NEW_YORK, 2],
        ],
        lines: roaming,
      },
    ],
    [
      'with a café’s line at home in use',
      'medium 100.70.5.0/24',
      { ...homeLine('9:00', CAFE), lines: roaming },
    ],
    [
      'with the carrier itself in use',
      'medium 100.70.5.0/24',
      { ...homeLine('9:00', CARRIER), lines: roaming },
    ],
    [
      'carrier at home, rented network abroad',
      'critical 100.70.2.0/24',
      { lines: [used('9:00', CARRIER), used('9:10', HOSTING)] },
    ],
    [
      'a home that nobody knows',
      'critical 100.70.5.0/24',
      { homeCountry: () => '', lines: roaming },
    ],
    [
      'the office to a home line abroad',
      'critical 100.70.3.0/24',
      { lines: [used('9:00', OFFICE), used('9:10', NEW_YORK)] },
    ],
    [
      'an office of no list 400 km away',
      'critical 192.0.4.0/24',
      { lines: [used('9:00', HOME), used('9:10', CUSTOMER)] },
    ],
    [
      'the same after half an hour',
      'medium 192.0.4.0/24',
      { lines: [used('9:00', HOME), used('9:30', CUSTOMER)] },
    ],
    [
      'over a web gateway',
      'high 100.70.2.0/24',
      { lines: [used('9:00', WEB_GATEWAY), used('9:10', HOSTING)] },
    ],
    [
      'to and fro: about the thief’s end only',
      'critical 100.70.2.0/24',
      { lines: [...minutes, used('9:20', HOME), used('9:30', HOSTING)] },
    ],
    [
      'after an end',
      'none',
      {
        lines: [
          used('9:00', HOME),
          used('9:05', HOME, { attempt: 'session_end' }),
          used('9:10', HOSTING),
        ],
      },
    ],
    [
      'seen by the line that ends it',
      'critical 100.70.2.0/24',
      { lines: [used('9:00', HOME), used('9:10', HOSTING, { attempt: 'session_end' })] },
    ],
    [
      'seen by a timeout only',
      'none',
      {
        lines: [
          used('9:00', HOME),
          used('9:10', HOSTING, { attempt: 'session_end', outcome: 'unknown' }),
        ],
      },
    ],
    [
      'another session',
      'none',
      { lines: [used('9:00', HOME), used('9:10', HOSTING, { sessionId: '8' })] },
    ],
    [
      'another gateway',
      'none',
      { lines: [used('9:00', HOME), used('9:10', HOSTING, { gateway: 'gw-2' })] },
    ],
    [
      'as the gateway’s own line of a move',
      'critical 100.70.2.0/24',
      { lines: [used('9:00', HOME), used('9:10', HOSTING, { attempt: 'session_move' })] },
    ],
  ])('%s: %s', (_name, expected, known) => {
    expect(verdictsOf(known).join(' ') || 'none').toBe(expected)
  })

  test('the commuter: home, train, office and back, with roaming', () => {
    const way = [HOME, CARRIER, OFFICE, CARRIER, CAFE, HOME]
    const lines = way.map((from, i) => used(`${9 + i}:00`, from, { attempt: 'session_move' }))
    expect(verdictsOf({ lines })).toEqual([])
    expect(verdictsOf({ days: [], vouched: [], lines })).toEqual([])
  })

  test('no clock error is allowed: one gateway wrote both lines', () => {
    // 399.0 km less two radii of 50 km at 1000 km/h take 1076 s.
    const seconds = (s: number): Attempt[] => [
      used('9:00', HOME, { resolutionMs: 1 }),
      used(
        `9:00:${s}`,
        { ...CUSTOMER, place: { ...CUSTOMER.place, radiusKm: 0 } },
        { resolutionMs: 1 },
      ),
    ]
    const limitS = (alertsOf({ lines: seconds(60) })[0]?.travel?.distanceLowerKm ?? 0) * 3.6
    expect(limitS).toBeGreaterThan(1000)
    expect(alertsOf({ lines: seconds(limitS - 0.01) })[0]?.severity).toBe('critical')
    expect(alertsOf({ lines: seconds(limitS + 0.01) })[0]?.severity).toBe('medium')
  })
})
