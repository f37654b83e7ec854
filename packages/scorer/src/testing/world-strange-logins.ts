import { HOUR_MS, MINUTE_MS } from '@sekisho/detect'
import fc from 'fast-check'
import { DORMANT, equipmentArbitrary, NEWCOMER, PEOPLE, timeArbitrary } from './world-basics.ts'
import { NETWORKS, type Sketch } from './world-sketch.ts'

const userArbitrary = fc.constantFrom(...PEOPLE)

/** A login from somewhere else, now and then guessed first: what a thief and a traveller both look like. */
export const strangeLoginArbitrary: fc.Arbitrary<Sketch[]> = fc
  .constantFrom(...PEOPLE, DORMANT, DORMANT, NEWCOMER, NEWCOMER)
  .chain((user) =>
    fc.record({
      user: fc.constant(user),
      network: fc.constantFrom(1, 3, 4, 5, 6, 7),
      timestampMs: timeArbitrary,
      gateway: fc.integer({ min: 1, max: 2 }),
      equipment: equipmentArbitrary(user),
      guesses: fc.constantFrom(0, 0, 1, 2, 5),
      outcome: fc.constantFrom('bad_credential' as const, 'mfa_denied' as const),
    }),
  )
  .map(({ user, network, timestampMs, gateway, equipment, guesses, outcome }) => {
    const line = { user, network, host: 1, gateway, session: 0, ...equipment }
    const failures: Sketch[] = Array.from({ length: guesses }, (_, i) => ({
      ...line,
      timestampMs: timestampMs - (guesses - i) * 90_000,
      outcome,
      isDecidingFactor: true,
    }))
    return [...failures, { ...line, timestampMs, outcome: 'success' }]
  })

/** Several accounts that get in from one network, which is none of theirs. */
export const reuseArbitrary: fc.Arbitrary<Sketch[]> = fc
  .record({
    startMs: timeArbitrary,
    users: fc.subarray([...PEOPLE], { minLength: 2 }),
    network: fc.constantFrom(3, 4, 5, 6, 7),
    stepMs: fc.constantFrom(0, 1000, HOUR_MS, 7 * HOUR_MS, 12 * HOUR_MS),
    hosts: fc.integer({ min: 1, max: 2 }),
  })
  .map(({ startMs, users, network, stepMs, hosts }) =>
    users.map((user, i) => ({
      user,
      network,
      host: 1 + (i % hosts),
      timestampMs: startMs + i * stepMs,
      outcome: 'success' as const,
      gateway: 1,
      session: 0,
    })),
  )

/** One session that goes on somewhere else, and perhaps comes back. */
export const movedSessionArbitrary: fc.Arbitrary<Sketch[]> = fc
  .record({
    startMs: timeArbitrary,
    user: userArbitrary,
    networks: fc.array(fc.integer({ min: 0, max: NETWORKS - 1 }), { minLength: 2, maxLength: 4 }),
    stepMs: fc.constantFrom(0, MINUTE_MS, 20 * MINUTE_MS, 3 * HOUR_MS, 9 * HOUR_MS),
    gateway: fc.integer({ min: 1, max: 2 }),
    middle: fc.constantFrom('session_move' as const, 'session_start' as const, 'success' as const),
    isEnded: fc.boolean(),
  })
  .map(({ startMs, user, networks, stepMs, gateway, middle, isEnded }) =>
    networks.map((network, i) => {
      const isLast = i === networks.length - 1
      return {
        user,
        network,
        host: 1,
        timestampMs: startMs + i * stepMs,
        outcome: i === 0 ? 'success' : isLast && isEnded ? 'session_end' : middle,
        gateway,
        session: 0,
        sessionId: 'moved',
        durationS: (i * stepMs) / 1000,
      }
    }),
  )

/** Sessions from two networks at one time, on one day or on several: a habit or a thief. */
export const concurrentArbitrary: fc.Arbitrary<Sketch[]> = fc
  .record({
    startMs: timeArbitrary,
    user: userArbitrary,
    networks: fc.tuple(
      fc.integer({ min: 0, max: NETWORKS - 1 }),
      fc.integer({ min: 0, max: NETWORKS - 1 }),
    ),
    delayMs: fc.constantFrom(0, 4 * MINUTE_MS, 30 * MINUTE_MS, 54 * MINUTE_MS, 56 * MINUTE_MS),
    days: fc.constantFrom(1, 1, 3),
    hasEnd: fc.constantFrom(true, true, false),
  })
  .map(({ startMs, user, networks, delayMs, days, hasEnd }) =>
    Array.from({ length: days }, (_, day) =>
      networks.flatMap((network, i): Sketch[] => {
        const timestampMs = startMs + day * 24 * HOUR_MS + i * delayMs
        const sessionId = `concurrent-${day}-${i}`
        const line = { user, network, host: 1 + i, gateway: 1 + i, session: 0, sessionId }
        const login: Sketch = { ...line, timestampMs, outcome: 'success' }
        if (!hasEnd && i === 1) return [login]
        const endMs = timestampMs + HOUR_MS
        return [login, { ...line, timestampMs: endMs, outcome: 'session_end', durationS: 3600 }]
      }),
    ).flat(),
  )
