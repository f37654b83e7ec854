import { hash } from 'node:crypto'
import {
  type Attempt,
  type AttemptOutcome,
  type AuthEvent,
  eventIdOf,
  type NetworkClass,
  newLoggedEvent,
  type Place,
  prefixOf,
} from '@sekisho/event'
import fc from 'fast-check'

/** Places of the test world; the numbers are made up, the distances are not. */
const PLACES: readonly (readonly [string, NetworkClass, string, number, number, number, number])[] =
  [
    ['198.51.100.', 'residential', 'JP', 35.68, 139.76, 50, 64500],
    ['203.0.113.', 'residential', 'JP', 43.06, 141.35, 50, 64500],
    ['192.0.2.', 'corp_egress', 'JP', 34.69, 135.5, 50, 64501],
    ['100.70.1.', 'mobile', 'JP', 35.0, 137.0, 1100, 64502],
    ['100.70.2.', 'hosting', 'NL', 52.37, 4.9, 50, 64510],
    ['100.70.3.', 'residential', 'US', 40.71, -74.0, 50, 64511],
    ['100.70.4.', 'anon', 'SE', 0, 0, 0, 64512],
    ['100.70.5.', 'residential', 'DE', 50.11, 8.68, 50, 64513],
  ]

/** The place of a test network. */
export function placeOf(network: number): Place {
  const [, networkClass, country, latitude, longitude, radiusKm, asn] = PLACES[
    network
  ] as (typeof PLACES)[number]
  const hasLocation = networkClass !== 'anon'
  const where = { hasLocation, latitude, longitude, radiusKm, country, city: '' }
  return { ...where, asn, asName: `Network ${asn}`, networkClass, why: 'test world' }
}

export interface Sketch {
  readonly user: string
  readonly network: number
  readonly host: number
  readonly timestampMs: number
  readonly outcome: AttemptOutcome
  readonly gateway: number
  readonly session: number
}

/** An event with nothing in it; what a line says is laid over it. */
export const EMPTY_EVENT: AuthEvent = {
  ...newLoggedEvent('fortigate'),
  action: 'vpn.login',
  outcome: 'failure',
  attempt: 'bad_credential',
  decides: 'yes',
}

/** Turns a sketch into an attempt as ingest and locate would make it. */
export function attemptOf(sketch: Sketch): Attempt {
  const address = `${(PLACES[sketch.network] as (typeof PLACES)[number])[0]}${sketch.host}`
  const isSuccess = sketch.outcome === 'success' || sketch.outcome.startsWith('session')
  const isFactor = sketch.outcome === 'mfa_denied'
  const event: AuthEvent = {
    ...EMPTY_EVENT,
    timestampMs: sketch.timestampMs,
    attempt: sketch.outcome,
    outcome: isSuccess ? 'success' : 'failure',
    action: sketch.outcome === 'session_end' ? 'vpn.session.end' : 'vpn.login',
    userRaw: sketch.user,
    userName: sketch.user,
    userKey: sketch.user,
    sourceAddress: address,
    gateway: `gw-${sketch.gateway}`,
    sessionId: sketch.session === 0 ? '' : `${sketch.session}`,
    decides:
      isFactor || sketch.outcome.startsWith('session')
        ? 'no'
        : sketch.session === 2
          ? 'unless'
          : 'yes',
    durationS: sketch.outcome === 'session_end' ? 7200 : -1,
  }
  const id = eventIdOf(event)
  return {
    id,
    event,
    prefix: prefixOf(address),
    place: placeOf(sketch.network),
    line: { path: 'world', number: 1 },
    rawSha256: hash('sha256', id, 'hex'),
  }
}

/** First day of the test world: 2026-03-02. */
export const WORLD_DAY = 20514
const DAY_MS = 86_400_000
const WORLD_DAYS = 14

/** Everybody who works in the test world. */
const PEOPLE = ['aoki', 'berg', 'chiba', 'doi', 'endo', 'fuji'] as const

/** Times that crowd around midnight, whole hours and each other. */
const timeArbitrary = fc
  .tuple(
    fc.integer({ min: 0, max: WORLD_DAYS - 1 }),
    fc.oneof(
      fc.constantFrom(
        0,
        1,
        60_000,
        119_000,
        121_000,
        DAY_MS - 1,
        DAY_MS - 60_000,
        DAY_MS - 120_000,
      ),
      fc.integer({ min: 0, max: 23 }).map((hour) => hour * 3_600_000),
      fc.integer({ min: 0, max: DAY_MS / 1000 - 1 }).map((second) => second * 1000),
    ),
  )
  .map(([day, ms]) => (WORLD_DAY + day) * DAY_MS + ms)

const outcomeArbitrary = fc.oneof(
  { weight: 6, arbitrary: fc.constant<AttemptOutcome>('success') },
  { weight: 5, arbitrary: fc.constant<AttemptOutcome>('bad_credential') },
  { weight: 1, arbitrary: fc.constant<AttemptOutcome>('mfa_denied') },
  { weight: 1, arbitrary: fc.constant<AttemptOutcome>('disabled_or_locked') },
  { weight: 1, arbitrary: fc.constant<AttemptOutcome>('session_end') },
)

const sketchArbitrary: fc.Arbitrary<Sketch> = fc.record({
  user: fc.constantFrom(...PEOPLE),
  network: fc.integer({ min: 0, max: PLACES.length - 1 }),
  host: fc.integer({ min: 1, max: 3 }),
  timestampMs: timeArbitrary,
  outcome: outcomeArbitrary,
  gateway: fc.integer({ min: 1, max: 2 }),
  session: fc.integer({ min: 0, max: 2 }),
})

/** A day's work of an honest user: the history that makes attacks stand out. */
function habitOf(user: string, network: number): Sketch[] {
  const days = Array.from({ length: WORLD_DAYS }, (_, day) => day)
  return days.map((day) => ({
    user,
    network,
    host: 1,
    timestampMs: (WORLD_DAY + day) * DAY_MS + 8 * 3_600_000 + network * 1000,
    outcome: 'success',
    gateway: 1,
    session: 0,
  }))
}

/** Many names from one source, and a success among them now and then. */
const burstArbitrary: fc.Arbitrary<Sketch[]> = fc
  .record({
    startMs: timeArbitrary,
    network: fc.constantFrom(3, 4, 5),
    names: fc.integer({ min: 3, max: 14 }),
    isKnown: fc.boolean(),
    success: fc.option(fc.constantFrom('aoki', 'berg'), { nil: undefined }),
    stepMs: fc.constantFrom(0, 1000, 60_000, 400_000),
  })
  .map(({ startMs, network, names, isKnown, success, stepMs }) => {
    const sketches: Sketch[] = Array.from({ length: names }, (_, i) => ({
      user: isKnown && i < 4 ? (PEOPLE[i] as string) : `guess${i}`,
      network,
      host: 1 + (i % 2),
      timestampMs: startMs + i * stepMs,
      outcome: 'bad_credential',
      gateway: 1,
      session: 0,
    }))
    if (success !== undefined) {
      const last = sketches.at(-1) as Sketch
      sketches.push({
        ...last,
        user: success,
        outcome: 'success',
        timestampMs: last.timestampMs + 1000,
      })
    }
    return sketches
  })

/** Many failures of one user from many networks. */
const hammeringArbitrary: fc.Arbitrary<Sketch[]> = fc
  .record({
    startMs: timeArbitrary,
    user: fc.constantFrom('aoki', 'berg'),
    failures: fc.integer({ min: 5, max: 40 }),
  })
  .map(({ startMs, user, failures }) =>
    Array.from({ length: failures }, (_, i) => ({
      user,
      network: 3 + (i % 5),
      host: 1 + i,
      timestampMs: startMs + i * 30_000,
      outcome: 'bad_credential' as const,
      gateway: 1,
      session: 0,
    })),
  )

/** The same people tried again and again from one source, in rounds. */
const sprayArbitrary: fc.Arbitrary<Sketch[]> = fc
  .record({
    startMs: timeArbitrary,
    network: fc.constantFrom(4, 5, 7),
    rounds: fc.constantFrom(1, 2, 2, 3, 4),
    gapMs: fc.constantFrom(1_200_000, 1_799_000, 1_800_000, 10_800_000),
    strangers: fc.constantFrom(0, 0, 1, 2),
  })
  .map(({ startMs, network, rounds, gapMs, strangers }) => {
    const names = [...PEOPLE, ...Array.from({ length: strangers }, (_, i) => `stranger${i}`)]
    return Array.from({ length: rounds }, (_, round) =>
      names.map((user, i) => ({
        user,
        network,
        host: 1,
        timestampMs: startMs + round * gapMs + i * 2000,
        outcome: 'bad_credential' as const,
        gateway: 1,
        session: 0,
      })),
    ).flat()
  })

/** Two weeks of a small organisation with whatever fast-check thinks of. */
export const worldArbitrary: fc.Arbitrary<Attempt[]> = fc
  .tuple(
    fc.array(sketchArbitrary, { maxLength: 40 }),
    fc.array(burstArbitrary, { maxLength: 2 }),
    fc.array(hammeringArbitrary, { maxLength: 1 }),
    fc.array(sprayArbitrary, { maxLength: 2 }),
    fc.oneof(fc.constant([0, 1, 2, 3, 4, 5]), fc.subarray([0, 1, 2, 3, 4, 5])),
  )
  .map(([sketches, bursts, hammerings, sprays, habits]) => {
    const all = [
      ...habits.flatMap((i) => habitOf(PEOPLE[i] as string, i % 3)),
      ...sketches,
      ...bursts.flat(),
      ...hammerings.flat(),
      ...sprays.flat(),
    ]
    const attempts = new Map(all.map(attemptOf).map((attempt) => [attempt.id, attempt]))
    return [...attempts.values()]
  })
