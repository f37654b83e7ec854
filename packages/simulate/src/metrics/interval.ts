import { quantileSorted } from 'simple-statistics'
import { Random } from '../generate/random.ts'

/** A figure and the bounds between which 95 of 100 resamplings of the seeds put it. */
export interface Estimate {
  /** Null where there is nothing to count, a kind of attack that did not happen. */
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
}

/** Resamplings; their 2.5 % tails hold 25 each. */
const RESAMPLINGS = 1000

/**
 * A figure with its 95 % interval, bootstrapped by seed (Efron 1979, percentile method): the seeds are drawn with
 * replacement, each with all its runs, for runs of one seed are not independent. The draws themselves are seeded.
 *
 * @param clusters what each seed contributes
 * @param figureOf the figure of some seeds together, null when they have nothing to count
 */
export function estimateOf<T>(
  clusters: readonly T[],
  figureOf: (clusters: readonly T[]) => number | null,
): Estimate {
  const value = clusters.length === 0 ? null : figureOf(clusters)
  if (value === null) return { value: null, low: null, high: null }
  const random = new Random('bootstrap', clusters.length)
  const figures: number[] = []
  for (let i = 0; i < RESAMPLINGS; i++) {
    const figure = figureOf(clusters.map(() => random.pick(clusters)))
    if (figure !== null) figures.push(figure)
  }
  figures.sort((a, b) => a - b)
  return { value, low: quantileSorted(figures, 0.025), high: quantileSorted(figures, 0.975) }
}
