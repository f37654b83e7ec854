import { dayOf } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import fc from 'fast-check'
import {
  arrivalsOf,
  deliveryArbitrary,
  ranksArbitrary,
  shuffledWithin,
  staleDeliveryArbitrary,
} from './property-arrivals.ts'
import { EVERY_RULE, type Property, propertyOf } from './property-definition.ts'
import { expectSameAlerts } from './property-difference.ts'
import { runReference } from './reference/reference.ts'
import { lastWords, runBatch, runInOrder, runLive, runLiveInBlocks } from './run.ts'
import { worldArbitrary } from './world.ts'

const blockSizesArbitrary = fc.array(fc.integer({ min: 1, max: 60 }), {
  minLength: 1,
  maxLength: 9,
})

const copyEveryArbitrary = fc.integer({ min: 1, max: 5 })

/**
 * Second lines of one event in so many, as another route would have written them, and what is kept of each event: the line
 * with the smaller hash.
 */
function inOtherWords(attempts: readonly Attempt[], copyEvery: number) {
  const copyOf = new Map(
    attempts
      .filter((_, i) => i % copyEvery === 0)
      .map((attempt) => {
        const rawSha256 = [...attempt.rawSha256].reverse().join('')
        return [attempt, { ...attempt, rawSha256 }]
      }),
  )
  const kept = attempts.map((attempt) => {
    const copy = copyOf.get(attempt)
    return copy !== undefined && copy.rawSha256 < attempt.rawSha256 ? copy : attempt
  })
  return { copies: [...copyOf.values()], kept }
}

/** Any order, any copies, any partitions, any pace: the same alerts. */
export const ORDER_PROPERTIES: readonly Property[] = [
  propertyOf({
    name: 'late-and-doubled',
    invariants: ['I1', 'I2', 'I7', 'I8'],
    statement:
      'live, late, doubled and out of order, the last words are the alerts of the ordered batch',
    cases: 400,
    rules: EVERY_RULE,
    arbitrary: fc.tuple(worldArbitrary, deliveryArbitrary),
    holds: ([attempts, delivery], seen) => {
      const batch = runBatch(attempts)
      seen.add(batch)
      const live = lastWords(runLive(arrivalsOf(attempts, delivery)))
      expectSameAlerts('live, against the batch', live, batch)
    },
  }),
  propertyOf({
    name: 'stale-copies',
    invariants: ['I2'],
    statement: 'copies of lines whose day has long been final change nothing',
    cases: 200,
    rules: EVERY_RULE,
    arbitrary: fc.tuple(worldArbitrary, staleDeliveryArbitrary, blockSizesArbitrary),
    holds: ([attempts, delivery, blockSizes], seen) => {
      const batch = runBatch(attempts)
      seen.add(batch)
      const live = lastWords(runLiveInBlocks(arrivalsOf(attempts, delivery), blockSizes))
      expectSameAlerts('live with stale copies, against the batch', live, batch)
    },
  }),
  propertyOf({
    name: 'simultaneous',
    invariants: ['I1'],
    statement: 'a batch does not depend on the order of equal times, nor on which user comes first',
    cases: 800,
    rules: EVERY_RULE,
    arbitrary: fc.tuple(worldArbitrary, ranksArbitrary),
    holds: ([attempts, ranks], seen) => {
      const batch = runBatch(attempts)
      seen.add(batch)
      const other = shuffledWithin(attempts, ranks, ({ event }) => event.timestampMs)
      expectSameAlerts('equal times otherwise', runInOrder(other), batch)
    },
  }),
  propertyOf({
    name: 'within-a-day',
    invariants: ['I1', 'I2'],
    statement:
      'within one day a batch may come in any order at all, with copies of lines that were logged in other words',
    cases: 900,
    rules: EVERY_RULE,
    arbitrary: fc.tuple(worldArbitrary, ranksArbitrary, copyEveryArbitrary),
    holds: ([attempts, ranks, copyEvery], seen) => {
      const { copies, kept } = inOtherWords(attempts, copyEvery)
      const batch = runBatch(kept)
      seen.add(batch)
      const other = shuffledWithin([...attempts, ...copies], ranks, ({ event }) =>
        dayOf(event.timestampMs),
      )
      expectSameAlerts('days shuffled', runInOrder(other), batch)
    },
  }),
  propertyOf({
    name: 'partitions-batch',
    invariants: ['I3'],
    statement: '2, 7 and 48 partitions give the alerts of one, in batch',
    cases: 700,
    rules: EVERY_RULE,
    arbitrary: fc.tuple(worldArbitrary, fc.constantFrom(2, 7, 48)),
    holds: ([attempts, partitions], seen) => {
      const batch = runBatch(attempts)
      seen.add(batch)
      const divided = runBatch(attempts, undefined, partitions)
      expectSameAlerts(`${partitions} partitions`, divided, batch)
    },
  }),
  propertyOf({
    name: 'partitions-live',
    invariants: ['I3', 'I7'],
    statement: '1, 2, 7 and 48 partitions give the alerts of the batch, live and one at a time',
    cases: 200,
    rules: EVERY_RULE,
    arbitrary: fc.tuple(worldArbitrary, fc.constantFrom(1, 2, 7, 48), deliveryArbitrary),
    holds: ([attempts, partitions, delivery], seen) => {
      const batch = runBatch(attempts)
      seen.add(batch)
      const arrivals = arrivalsOf(attempts, delivery)
      const live = lastWords(runLive(arrivals, undefined, partitions))
      expectSameAlerts(`${partitions} partitions, live`, live, batch)
    },
  }),
  propertyOf({
    name: 'blocks',
    invariants: ['I1', 'I2', 'I3', 'I7', 'I8'],
    statement:
      'live in blocks of any size, in 1, 2, 7 or 48 partitions, gives the alerts of the batch',
    cases: 500,
    rules: EVERY_RULE,
    arbitrary: fc.tuple(
      worldArbitrary,
      fc.constantFrom(1, 2, 7, 48),
      blockSizesArbitrary,
      deliveryArbitrary,
      copyEveryArbitrary,
    ),
    holds: ([attempts, partitions, blockSizes, delivery, copyEvery], seen) => {
      const { copies, kept } = inOtherWords(attempts, copyEvery)
      const batch = runBatch(kept)
      seen.add(batch)
      const arrivals = arrivalsOf([...attempts, ...copies], delivery)
      const live = lastWords(runLiveInBlocks(arrivals, blockSizes, undefined, partitions))
      expectSameAlerts(`${partitions} partitions, in blocks`, live, batch)
    },
  }),
  propertyOf({
    name: 'reference',
    invariants: ['I1'],
    statement: 'the engine says what the slow reference says, signals included',
    cases: 1000,
    rules: EVERY_RULE,
    arbitrary: worldArbitrary,
    holds: (attempts, seen) => {
      const { alerts, signals } = runReference(attempts)
      const expected = [...alerts, ...signals]
      seen.add(expected)
      // The reference keeps every line and counts none: what orders deliveries is no part of what an alert says.
      const engine = runBatch(attempts).map((alert) => ({ ...alert, joinedEvents: 0 }))
      expectSameAlerts('the engine, against the reference', engine, expected)
    },
  }),
]
