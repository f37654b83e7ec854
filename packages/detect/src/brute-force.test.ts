import { describe, expect, test } from '@jest/globals'
import type { Attempt, AttemptOutcome } from '@sekisho/event'
import fc from 'fast-check'
import { bruteForce } from './brute-force.ts'
import { DEFAULT_CONFIG } from './config.ts'
import { limitsOf } from './limits.ts'
import {
  DAY,
  EVERYBODY,
  FRANKFURT,
  fakeUserView,
  HOME,
  HOSTING,
  type Known,
  lineAt,
  NEW_YORK,
  type TestNetwork,
} from './testing/fake-user-view.ts'

function refused(
  network: TestNetwork,
  seconds: number,
  attempt: AttemptOutcome = 'bad_credential',
): Attempt {
  const minute = String(Math.floor(seconds / 60)).padStart(2, '0')
  return lineAt(`12:${minute}:${seconds % 60}`, network, { outcome: 'failure', attempt })
}

function guesses(count: number): Attempt[] {
  return Array.from({ length: count }, (_, i) => refused(HOSTING, i))
}

function findingsOf(known: Known, mask = EVERYBODY): ReturnType<typeof bruteForce> {
  return bruteForce(fakeUserView({ vouched: [HOME], ...known }), DAY, mask)
}

describe('a score', () => {
  const failure = fc.record({
    network: fc.constantFrom(HOME, HOSTING, NEW_YORK, FRANKFURT),
    outcome: fc.constantFrom<AttemptOutcome>('bad_credential', 'disabled_or_locked'),
  })

  test('is the sum of its terms, and each term follows from its quantities', () => {
    let alerts = 0
    fc.assert(
      fc.property(fc.array(failure, { minLength: 30, maxLength: 60 }), (failures) => {
        const lines = failures.map(({ network, outcome }, i) => refused(network, i, outcome))
        for (const { draft } of findingsOf({ lines })) {
          alerts++
          const terms = new Map(draft.terms.map(({ name, ...term }) => [name, term]))
          const of = (name: string): Record<string, number> => ({ ...terms.get(name)?.quantities })
          const recomputed: Record<string, (q: Record<string, number>) => number | undefined> = {
            unvouched_failures: ({
              failures: f = 0,
              failures_free: free = 0,
              points_per_failure: p = 0,
            }) => p * (f - free),
            unvouched_networks: ({
              networks: n = 0,
              networks_free: free = 0,
              points_per_network: p = 0,
            }) => p * (n - free),
            vouched_failures: ({ failures: f = 0, points_per_failure: p = 0 }) => f * p,
            lockout: ({ locked_out: locked = 0, points = 0 }) => locked * points,
          }
          for (const [name, { value }] of terms) {
            expect([name, value]).toEqual([name, recomputed[name]?.(of(name))])
          }
          expect(draft.terms.reduce((sum, { value }) => sum + value, 0)).toBe(draft.score)
          expect(draft.posterior).toBeNull()
        }
      }),
      { seed: 20261122 },
    )
    expect(alerts).toBeGreaterThan(50)
  })
})

describe('in the cold start', () => {
  const cold: Known = { lines: guesses(30), isCold: true, isKnown: () => false, vouched: [] }

  test('it is a signal that makes no success suspect', () => {
    const [finding] = findingsOf(cold)
    expect(finding?.draft).toMatchObject({ severity: 'low', riskScore: 21 })
    expect(finding?.draft.considered).toContainEqual({
      name: 'cold_start',
      applied: true,
      why: 'the organisation has less than 7 days of history',
    })
    expect(finding?.attackPaneStartsMs).toEqual([])
  })

  test('a name that nobody has is not even that', () => {
    expect(findingsOf(cold, { hashKey: '', isPerson: () => false })).toEqual([])
  })

  test('later it is an alert', () => {
    const [finding] = findingsOf({ lines: guesses(30) })
    expect(finding?.draft.severity).toBe('medium')
    expect(finding?.attackPaneStartsMs).toHaveLength(1)
  })
})

describe('limits of the configuration', () => {
  const withLimits = (bruteForceLimits: Record<string, number>): Known => ({
    config: { ...DEFAULT_CONFIG, limits: limitsOf({ bruteForce: bruteForceLimits }) },
  })

  test.each([
    { limits: {}, failures: 23, isAlert: true },
    { limits: {}, failures: 22, isAlert: false },
    { limits: { failuresFree: 6 }, failures: 23, isAlert: false },
    { limits: { failuresFree: 0 }, failures: 18, isAlert: true },
    { limits: { threshold: 8 }, failures: 23, isAlert: false },
    { limits: { failure: 0.8 }, failures: 14, isAlert: true },
    { limits: { failuresFree: 0, threshold: 0.4 }, failures: 1, isAlert: true },
  ])('$limits: $failures failures', ({ limits, failures, isAlert }) => {
    const found = findingsOf({ ...withLimits(limits), lines: guesses(failures) })
    expect(found).toHaveLength(isAlert ? 1 : 0)
  })

  test('a threshold below nothing still needs a failure that nothing vouches for', () => {
    const lines = [refused(HOME, 1), refused(HOME, 2)]
    expect(findingsOf({ ...withLimits({ threshold: -50 }), lines })).toEqual([])
  })
})
