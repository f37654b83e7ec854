import fc from 'fast-check'
import { PEOPLE, timeArbitrary } from './world-basics.ts'
import type { Sketch } from './world-sketch.ts'

/** Many names from one source, and a success among them now and then. */
export const burstArbitrary: fc.Arbitrary<Sketch[]> = fc
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
export const hammeringArbitrary: fc.Arbitrary<Sketch[]> = fc
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
export const sprayArbitrary: fc.Arbitrary<Sketch[]> = fc
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

/** One user asked for the second factor again and again, and giving in now and then. */
export const fatigueArbitrary: fc.Arbitrary<Sketch[]> = fc
  .record({
    startMs: timeArbitrary,
    user: fc.constantFrom(...PEOPLE),
    network: fc.constantFrom(0, 4, 5, 6),
    denials: fc.integer({ min: 2, max: 8 }),
    stepMs: fc.constantFrom(61_000, 150_000, 299_000, 440_000),
    isDecidingFactor: fc.boolean(),
    success: fc.constantFrom<number | null>(null, 0, 4, 5),
  })
  .map(({ startMs, user, network, denials, stepMs, isDecidingFactor, success }) => {
    const line = { user, host: 1, gateway: 1, session: 0 }
    const sketches: Sketch[] = Array.from({ length: denials }, (_, i) => ({
      ...line,
      network,
      timestampMs: startMs + i * stepMs,
      outcome: 'mfa_denied',
      isDecidingFactor,
    }))
    if (success === null) return sketches
    const timestampMs = startMs + denials * stepMs
    return [...sketches, { ...line, network: success, timestampMs, outcome: 'success' }]
  })
