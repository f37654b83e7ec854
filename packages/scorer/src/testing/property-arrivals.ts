import { compareText, HOUR_MS } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import fc from 'fast-check'

/** How the lines of a world arrive: each list is gone through again and again. */
export interface Delivery {
  /** How late a line is, hours; less than a day, as far as the horizon reaches. */
  readonly delaysH: readonly number[]
  /** After how many hours more a line comes a second time; null for not at all. */
  readonly copiesH: readonly (number | null)[]
  /** Who comes first of what arrives at one time. */
  readonly ranks: readonly number[]
}

/** Who comes first of what comes at one time. */
export const ranksArbitrary = fc.array(fc.nat(9), { minLength: 1, maxLength: 11 })

const delaysArbitrary = fc.array(fc.constantFrom(0, 0, 0, 0.01, 1, 5, 12, 23.9), {
  minLength: 1,
  maxLength: 7,
})

function copiesArbitrary(...hours: readonly number[]): fc.Arbitrary<(number | null)[]> {
  return fc.array(fc.constantFrom(null, null, null, ...hours), { maxLength: 7 })
}

/** Lines up to a day late, and copies while their day is open: two days after its end. */
export const deliveryArbitrary: fc.Arbitrary<Delivery> = fc.record({
  delaysH: delaysArbitrary,
  copiesH: copiesArbitrary(0, 1, 24),
  ranks: ranksArbitrary,
})

/** Lines up to a day late, and copies that come when their day has long been final. */
export const staleDeliveryArbitrary: fc.Arbitrary<Delivery> = fc.record({
  delaysH: delaysArbitrary,
  copiesH: copiesArbitrary(60, 100, 240),
  ranks: ranksArbitrary,
})

/** The attempts of a world in the order in which they arrive. */
export function arrivalsOf(
  attempts: readonly Attempt[],
  { delaysH, copiesH, ranks }: Delivery,
): Attempt[] {
  const arrivals = attempts.flatMap((attempt, i) => {
    const atMs = attempt.event.timestampMs + (nth(delaysH, i) ?? 0) * HOUR_MS
    const arrival = { attempt, atMs, rank: nth(ranks, i) ?? 0 }
    const copyH = nth(copiesH, i) ?? null
    return copyH === null ? [arrival] : [arrival, { ...arrival, atMs: atMs + copyH * HOUR_MS }]
  })
  return arrivals
    .sort((a, b) => a.atMs - b.atMs || a.rank - b.rank || compareText(b.attempt.id, a.attempt.id))
    .map(({ attempt }) => attempt)
}

/** An order of the attempts that keeps what `groupOf` gives ascending, and is otherwise what the ranks make of it. */
export function shuffledWithin(
  attempts: readonly Attempt[],
  ranks: readonly number[],
  groupOf: (attempt: Attempt) => number,
): Attempt[] {
  return attempts
    .map((attempt, i) => ({ attempt, group: groupOf(attempt), rank: nth(ranks, i) ?? 0 }))
    .sort((a, b) => a.group - b.group || a.rank - b.rank || compareText(b.attempt.id, a.attempt.id))
    .map(({ attempt }) => attempt)
}

function nth<T>(list: readonly T[], i: number): T | undefined {
  return list[i % list.length]
}
