import { describe, expect, test } from '@jest/globals'
import type { AuthEvent, Place } from '@sekisho/event'
import { DEFAULT_CONFIG } from './config.ts'
import { aliceWith, configWith, presenceOf, sessionOf } from './testing/alice.ts'
import {
  at,
  DAY,
  FRANKFURT,
  HOME,
  type Known,
  lineAt,
  NEW_YORK,
  type TestNetwork,
} from './testing/fake-user-view.ts'
import { type TravelPair, travelPairsOf } from './travel-pairs.ts'
import type { Presence } from './user-view.ts'

const several: Known = { isInSeveralNetworks: () => true }

/** Kilometres of one degree of a meridian of the mean earth: 6371.0088 π / 180. */
const KM_PER_DEGREE = 111.19507973

/** Two lines on one meridian, each with a radius of 50 km, so far apart that `lowerKm` are left. */
const HERE: TestNetwork = {
  base: HOME.base,
  place: { ...HOME.place, latitude: 0, longitude: 100 },
}
function there(lowerKm: number, place: Partial<Place> = {}): TestNetwork {
  const latitude = (lowerKm + 100) / KM_PER_DEGREE
  return { base: NEW_YORK.base, place: { ...NEW_YORK.place, latitude, longitude: 100, ...place } }
}

/** The pairs of a login at the first millisecond of a presence. */
function pairsOf(to: Presence, others: readonly Presence[], known: Known = {}): TravelPair[] {
  const view = aliceWith({ ...several, presences: () => [...others, to], ...known })
  return [...travelPairsOf(view, DAY)(to.first)]
}

function saying(presence: Presence, said: Partial<AuthEvent>): Presence {
  const first = { ...presence.first, event: { ...presence.first.event, ...said } }
  return { ...presence, first, last: presence.last === presence.first ? first : presence.last }
}

describe('infeasible', () => {
  test.each([
    // 300 km in 1,078 s and twice the clock's second: 300 / 0.3 h = 1,000 km/h.
    { lowerKm: 300, gap: '9:17:58', elapsedMs: 1_080_000, is: true },
    { lowerKm: 300, gap: '9:17:59', elapsedMs: 1_081_000, is: false },
    { lowerKm: 299.9, gap: '9:01', elapsedMs: 62_000, is: false },
    { lowerKm: 15_000, gap: '23:00', elapsedMs: 50_402_000, is: true },
    { lowerKm: 15_000, gap: '25:00', elapsedMs: 57_602_000, is: false },
  ])('$lowerKm km from 9:00 to $gap: $is', ({ lowerKm, gap, elapsedMs, is }) => {
    const pairs = pairsOf(presenceOf(there(lowerKm), gap), [presenceOf(HERE, '9:00')])
    // A presence after midnight is another day's, but its pair is the same.
    expect(pairs).toHaveLength(is ? 1 : 0)
    if (is) expect(pairs[0]).toMatchObject({ distanceLowerKm: lowerKm, elapsedUpperMs: elapsedMs })
  })

  test.each([
    { what: 'another gateway: 240 s more', said: { gateway: 'gw-2' }, seconds: 838, is: true },
    { what: 'another gateway: 240 s more', said: { gateway: 'gw-2' }, seconds: 839, is: false },
    { what: 'a fine clock', said: { resolutionMs: 1 }, seconds: 1078.999, is: true },
    { what: 'a coarse clock', said: { resolutionMs: 1000 }, seconds: 1078.999, is: false },
  ])('$what, $seconds s: $is', ({ said, seconds, is }) => {
    const to = saying(presenceOf(there(300), `9:00:${seconds}`), said)
    expect(pairsOf(to, [presenceOf(HERE, '9:00')])).toHaveLength(is ? 1 : 0)
  })

  test.each([
    { earlier: ['gw-2', 'gw-1'], later: ['gw-1', 'gw-1'], is: true },
    { earlier: ['gw-1', 'gw-2'], later: ['gw-1', 'gw-1'], is: false },
    { earlier: ['gw-1', 'gw-1'], later: ['gw-1', 'gw-2'], is: true },
    { earlier: ['gw-1', 'gw-1'], later: ['gw-2', 'gw-1'], is: false },
  ])(
    '850 s from the last line of $earlier to the first of $later: $is',
    ({ earlier, later, is }) => {
      const through = (
        presence: Presence,
        [gateway = '', lastGateway = '']: string[],
      ): Presence => {
        const { event } = presence.last
        const last = { ...presence.last, event: { ...event, gateway: lastGateway } }
        return { ...saying(presence, { gateway }), last }
      }
      const to = through(presenceOf(there(300), '9:00:850', '9:30'), later)
      const from = through(presenceOf(HERE, '8:50', '9:00'), earlier)
      expect(pairsOf(to, [from])).toHaveLength(is ? 1 : 0)
    },
  )

  test('no time is shorter than a second, however fine the clocks', () => {
    const fine = { resolutionMs: 1 }
    const to = saying(presenceOf(there(300), '9:00'), fine)
    const [pair] = pairsOf(to, [saying(presenceOf(HERE, '8:59:59.900'), fine)])
    expect(pair).toMatchObject({ gapMs: 100, elapsedUpperMs: 1000, speedLowerKmh: 1_080_000 })
  })

  test.each([
    { gapMsMax: 3_600_000, is: true },
    { gapMsMax: 3_599_999, is: false },
  ])('no further apart in time than $gapMsMax ms', ({ gapMsMax, is }) => {
    const known = { config: configWith({ travel: { gapMsMax } }) }
    const pairs = pairsOf(presenceOf(NEW_YORK, '10:00'), [presenceOf(HOME, '9:00')], known)
    expect(pairs).toHaveLength(is ? 1 : 0)
  })

  test('the same source network, a place that is nowhere and one network a day are not asked', () => {
    const to = presenceOf(NEW_YORK, '9:30')
    const home = presenceOf(HOME, '9:00')
    expect(pairsOf(to, [home])).toHaveLength(1)
    expect(pairsOf(to, [{ ...home, prefix: to.prefix }])).toEqual([])
    expect(pairsOf(to, [{ ...home, place: { ...home.place, hasLocation: false } }])).toEqual([])
    expect(pairsOf(to, [home], { isInSeveralNetworks: () => false })).toEqual([])
    const off = { ...DEFAULT_CONFIG, travel: { mode: 'off' as const } }
    expect(pairsOf(to, [home], { config: off })).toEqual([])
  })
})

describe('which end the alert is about', () => {
  const home = presenceOf(HOME, '9:00')
  const away = presenceOf(NEW_YORK, '9:30')
  const learnt = (...networks: TestNetwork[]): Known => ({
    days: networks.map((network) => [network, 2] as const),
  })
  const isAbout = (to: Presence, from: Presence, known: Known): boolean =>
    pairsOf(to, [from], known).length === 1

  test.each([
    { what: 'the new end', known: learnt(HOME), about: 'away' },
    { what: 'the new end, also when it came first', known: learnt(NEW_YORK), about: 'home' },
    { what: 'of two new ends the later one', known: learnt(), about: 'away' },
    { what: 'of two learnt ends the later one', known: learnt(HOME, NEW_YORK), about: 'away' },
    {
      what: 'an end used once is new',
      known: { days: [[HOME, 2] as const, [NEW_YORK, 1] as const] },
      about: 'away',
    },
  ])('$what', ({ known, about }) => {
    expect(isAbout(away, home, known)).toBe(about === 'away')
    expect(isAbout(home, away, known)).toBe(about === 'home')
  })

  test('simultaneous ends: the one whose id is larger', () => {
    const frankfurt = presenceOf(FRANKFURT, '9:30')
    expect(away.first.id < frankfurt.first.id).toBe(true)
    expect(isAbout(frankfurt, away, learnt())).toBe(true)
    expect(isAbout(away, frankfurt, learnt())).toBe(false)
  })

  test('a session without its login is never what an alert is about', () => {
    const session = { ...away, isLogin: false }
    expect(isAbout(session, home, learnt(HOME))).toBe(false)
    expect(isAbout(home, session, learnt())).toBe(true)
    expect(isAbout(home, session, learnt(HOME))).toBe(false)
  })

  test('both networks are judged as of the earlier end’s day, whichever day asks', () => {
    const asked: number[] = []
    const networkDaysBefore = (_asn: number, _country: string, day: number) => {
      asked.push(day)
      return 0
    }
    pairsOf(presenceOf(NEW_YORK, '0:10'), [presenceOf(HOME, '-1:50')], { networkDaysBefore })
    expect(new Set(asked)).toEqual(new Set([DAY - 1]))
  })
})

describe('a login', () => {
  const home = presenceOf(HOME, '9:00')
  const to = presenceOf(NEW_YORK, '9:30', '9:40')
  const of = (time: string, network: TestNetwork = NEW_YORK, presences = [home, to]) =>
    travelPairsOf(aliceWith({ ...several, presences: () => presences }), DAY)(lineAt(time, network))

  test.each([
    { time: '9:30', is: true },
    { time: '9:29:59.999', is: false },
    { time: '9:40', is: true },
    { time: '9:40:00.001', is: false },
  ])('at $time lies in the presence from 9:30 to 9:40: $is', ({ time, is }) => {
    expect(of(time)).toHaveLength(is ? 1 : 0)
  })

  test('elsewhere does not', () => {
    expect(of('9:30', FRANKFURT)).toEqual([])
  })

  test('may lie in several presences, and its pairs come strongest first', () => {
    const later = presenceOf(NEW_YORK, '9:35', '9:50')
    const frankfurt = presenceOf(FRANKFURT, '8:00')
    const pairs = of('9:36', NEW_YORK, [frankfurt, home, to, later])
    expect(pairs.map(({ from, to: end }) => [from.prefix, end.firstMs])).toEqual(
      [
        [HOME.base, at('9:30')],
        [HOME.base, at('9:35')],
        [FRANKFURT.base, at('9:30')],
        [FRANKFURT.base, at('9:35')],
      ].map(([base, ms]) => [`${base}0/24`, ms]),
    )
  })
})

describe('pairs that count the same', () => {
  const named = (presence: Presence, id: string): Presence => {
    const first = { ...presence.first, id }
    return { ...presence, first }
  }
  const from = named(presenceOf(HOME, '9:00', '12:00'), 'f')
  const to = named(presenceOf(NEW_YORK, '10:00', '11:00'), 't')

  // All overlap: none counts more than another and none is faster.
  test.each([
    {
      what: 'time of the end',
      more: named(presenceOf(NEW_YORK, '10:10', '11:00'), 's'),
      is: 'ft fs',
    },
    { what: 'id of the end', more: named(to, 'u'), is: 'ft fu' },
    { what: 'time of the other', more: named(presenceOf(HOME, '9:10', '12:00'), 'e'), is: 'ft et' },
    { what: 'id of the other', more: named(from, 'g'), is: 'ft gt' },
    { what: 'end before the other', more: [named(from, 'a'), named(to, 'z')], is: 'at ft az fz' },
    {
      what: 'time of the other before ids',
      more: [named(presenceOf(HOME, '9:10', '12:00'), 'e'), named(to, 'u')],
      is: 'ft fu et eu',
    },
  ])('come by $what, in whatever order the presences do', ({ more, is }) => {
    const presences = [from, to, ...[more].flat()]
    for (const given of [presences, [...presences].reverse()]) {
      const view = aliceWith({ ...several, presences: () => given })
      const pairs = travelPairsOf(view, DAY)(lineAt('10:30', NEW_YORK))
      expect(pairs.map((pair) => pair.from.first.id + pair.to.first.id).join(' ')).toBe(is)
    }
  })
})

describe('what a pair counts', () => {
  const home = presenceOf(HOME, '8:00', '12:00')
  const sessions = [sessionOf(HOME, '8:00', '12:00'), sessionOf(NEW_YORK, '11:00', '13:00')]
  const unitsOf = (to: Presence, known: Known = {}) => pairsOf(to, [home], known)[0]?.units
  const during = presenceOf(NEW_YORK, '11:00', '13:00')

  test.each([
    { what: 'after the other', to: presenceOf(NEW_YORK, '12:01'), units: 2355 },
    { what: 'as the other ends', to: presenceOf(NEW_YORK, '12:00'), units: 3072 },
    { what: 'during the other', to: during, units: 3072 },
  ])('$what: $units', ({ to, units }) => {
    expect(unitsOf(to)).toBe(units)
  })

  test.each([
    { share: 0.0199, concurrentMs: 3_600_000 },
    { share: 0.02, concurrentMs: 0 },
  ])('concurrent sessions where $share of the users hold such', ({ share, concurrentMs }) => {
    const { profile } = aliceWith()
    const known = { profile: { ...profile, concurrentShare: share }, sessions: () => sessions }
    // Where it is a habit, what is said is that the presences overlap.
    const [pair] = pairsOf(during, [home], known)
    expect(pair).toMatchObject({ units: 3072, concurrentMs })
    expect(unitsOf(during, { ...known, sessions: () => [] })).toBe(3072)
  })

  test.each([
    { end: '11:05', concurrentMs: 300_000 },
    { end: '11:04:59.999', concurrentMs: 0 },
  ])('sessions that overlap until $end', ({ end, concurrentMs }) => {
    const short = [sessionOf(HOME, '8:00', end), sessionOf(NEW_YORK, '11:00', '13:00')]
    const [pair] = pairsOf(during, [home], { sessions: () => short })
    expect(pair?.concurrentMs).toBe(concurrentMs)
  })
})
