import { expect, test } from '@jest/globals'
import type { Attempt } from '@sekisho/event'
import fc from 'fast-check'
import { digestsOf, lastWords, runBatch, runLive } from './testing/run.ts'
import { worldArbitrary } from './testing/world.ts'

const RUNS = Number(process.env.SEKISHO_PROPERTY_RUNS ?? 300)
const HOUR_MS = 3_600_000

/** Orders attempts by when they would arrive: up to 24 h late, some twice. */
function arrivalsOf(attempts: readonly Attempt[], delaysH: readonly number[]): Attempt[] {
  const arrivals = attempts.map((attempt, i) => {
    const delayMs = (delaysH[i % delaysH.length] ?? 0) * HOUR_MS
    return { attempt, atMs: attempt.event.timestampMs + delayMs }
  })
  const again = arrivals.filter((_, i) => i % 3 === 0)
  return [...arrivals, ...again].sort((a, b) => a.atMs - b.atMs).map(({ attempt }) => attempt)
}

const delaysArbitrary = fc.array(fc.constantFrom(0, 0, 0, 0.01, 1, 5, 12, 23.9), {
  minLength: 1,
  maxLength: 7,
})

test('live, late, doubled and out of order: the last words are the alerts of the ordered batch', () => {
  let alerts = 0
  fc.assert(
    fc.property(worldArbitrary, delaysArbitrary, (attempts, delaysH) => {
      const batch = runBatch(attempts)
      alerts += batch.length
      const live = lastWords(runLive(arrivalsOf(attempts, delaysH)))
      expect(digestsOf(live)).toEqual(digestsOf(batch))
    }),
    { numRuns: RUNS },
  )
  expect(alerts).toBeGreaterThan(RUNS / 10)
})
