import { byTimeAndId, HOUR_MS } from '@sekisho/detect'
import type { Alert, Attempt } from '@sekisho/event'
import fc from 'fast-check'
import type { Scorer, ScorerOptions } from '../scorer.ts'
import { arrivalsOf, deliveryArbitrary } from './property-arrivals.ts'
import { EVERY_RULE, type Property, propertyOf } from './property-definition.ts'
import { expectSameAlerts } from './property-difference.ts'
import { lastWords, newScorer, runBatch, watermarkOf } from './run.ts'
import { worldArbitrary } from './world.ts'

/** Where a run stops, and how its snapshot is cut into chunks. */
const stopArbitrary = fc.record({
  /** Share of the lines that come before, percent. */
  cutPercent: fc.integer({ min: 0, max: 100 }),
  chunkBytes: fc.constantFrom(1, 7, 1000, 65_536),
  partitions: fc.constantFrom(1, 1, 2, 7),
})

/** The state of a scorer, carried to a fresh one as a file would carry it. */
function reopened(scorer: Scorer, fresh: Scorer, chunkBytes: number): Scorer {
  const bytes = Buffer.concat([...scorer.save()])
  const chunks: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    chunks.push(bytes.subarray(at, at + chunkBytes))
  }
  fresh.restore(chunks)
  return fresh
}

/** A snapshot taken in the middle is as good as going on. */
export const SNAPSHOT_PROPERTIES: readonly Property[] = [
  propertyOf({
    name: 'two-batches',
    invariants: ['I4'],
    statement:
      'a batch and another that goes on from its snapshot, with what they have in common and lines that had not come yet, is one batch of both',
    cases: 400,
    rules: EVERY_RULE,
    arbitrary: fc.tuple(
      worldArbitrary,
      stopArbitrary,
      fc.integer({ min: 0, max: 47 }),
      fc.integer({ min: 2, max: 9 }),
    ),
    holds: ([attempts, { cutPercent, chunkBytes, partitions }, overlapH, lateEvery], seen) => {
      const whole = runBatch(attempts)
      seen.add(whole)
      const { first, second } = halves(attempts, cutPercent, overlapH, lateEvery)
      const said: Alert[] = []
      const options: Partial<ScorerOptions> = { partitions, keepsOpen: true }
      const newBatch = () => newScorer('batch', (alert) => said.push(alert), options)
      let scorer = newBatch()
      for (const attempt of first) scorer.offer(attempt)
      scorer = reopened(scorer, newBatch(), chunkBytes)
      for (const attempt of second) scorer.offer(attempt)
      scorer.finish()
      expectSameAlerts('two batches, against one', said, whole)
    },
  }),
  propertyOf({
    name: 'live-restarts',
    invariants: ['I4', 'I7', 'I8'],
    statement: 'a live run that goes on from snapshots ends with the alerts of the batch',
    cases: 150,
    rules: EVERY_RULE,
    arbitrary: fc.tuple(
      worldArbitrary,
      deliveryArbitrary,
      fc.array(stopArbitrary, { minLength: 1, maxLength: 3 }),
    ),
    holds: ([attempts, delivery, stops], seen) => {
      const whole = runBatch(attempts)
      seen.add(whole)
      const arrivals = arrivalsOf(attempts, delivery)
      const { partitions } = stops[0] as (typeof stops)[number]
      const said: Alert[] = []
      const newLive = () => newScorer('live', (alert) => said.push(alert), { partitions })
      let scorer = newLive()
      let advance = watermarkOf(scorer)
      arrivals.forEach((attempt, i) => {
        for (const { cutPercent, chunkBytes } of stops) {
          if (i !== Math.floor((cutPercent * (arrivals.length - 1)) / 100)) continue
          scorer = reopened(scorer, newLive(), chunkBytes)
          advance = watermarkOf(scorer)
        }
        scorer.offer(attempt)
        advance(attempt)
      })
      scorer.finish()
      expectSameAlerts('live with restarts, against the batch', lastWords(said), whole)
    },
  }),
]

/**
 * The lines before a cut, and those after it. Of the last hours before the cut the second half has every line again, and
 * those that the first missed: one in so many.
 */
function halves(
  attempts: readonly Attempt[],
  cutPercent: number,
  overlapH: number,
  lateEvery: number,
): { first: Attempt[]; second: Attempt[] } {
  const sorted = [...attempts].sort(byTimeAndId)
  const cut = Math.floor((cutPercent * sorted.length) / 100)
  const latestMs = sorted[cut - 1]?.event.timestampMs ?? 0
  const isOpen = ({ event }: Attempt) => event.timestampMs > latestMs - overlapH * HOUR_MS
  const first = sorted.slice(0, cut).filter((each, i) => i % lateEvery > 0 || !isOpen(each))
  const second = sorted.filter((each, i) => i >= cut || isOpen(each))
  return { first, second }
}
