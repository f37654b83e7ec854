import type { Attempt } from '@sekisho/event'
import { type Limits, PANE_MS } from './limits.ts'
import { dayStartMs } from './time.ts'

/** A wrong guess: from the user's own networks, from one whose operator the user knows, or from elsewhere. */
export interface ClassedFailure {
  readonly attempt: Attempt
  readonly failureClass: 'vouched' | 'operatorKnown' | 'unvouched'
  readonly isLockout: boolean
}

/** The strongest window that ends with a pane. */
export interface FlaggedWindow {
  readonly windowMs: number
  /** End of the pane, exclusive. */
  readonly endMs: number
  /** Points in 1/1024. */
  readonly points: number
  /** Failures from networks that the user never used. */
  readonly unvouched: number
}

/** Counts over a set of failures, kept up to date as failures enter and leave: the terms of A.6. */
export class FailureCounts {
  unvouched = 0
  vouched = 0
  operatorKnown = 0
  #lockouts = 0
  readonly #perPrefix = new Map<string, number>()
  readonly #limits: Limits['bruteForce']

  constructor(limits: Limits['bruteForce']) {
    this.#limits = limits
  }

  /** Distinct source networks of the unvouched failures. */
  get prefixes(): number {
    return this.#perPrefix.size
  }

  get isLockedOut(): boolean {
    return this.#lockouts > 0
  }

  /** Score in 1/1024 of a point. */
  get points(): number {
    const { failuresFree, failure, network, vouchedFailure, lockout } = this.#limits
    return (
      failure * Math.max(0, this.unvouched - failuresFree) +
      network * Math.max(0, this.prefixes - 1) +
      vouchedFailure * this.vouched +
      (this.isLockedOut ? lockout : 0)
    )
  }

  change({ attempt, failureClass, isLockout }: ClassedFailure, by: 1 | -1): void {
    if (isLockout) this.#lockouts += by
    this[failureClass] += by
    if (failureClass !== 'unvouched') return
    const count = (this.#perPrefix.get(attempt.prefix) ?? 0) + by
    if (count === 0) this.#perPrefix.delete(attempt.prefix)
    else this.#perPrefix.set(attempt.prefix, count)
  }
}

/**
 * The strongest of the windows that end with each pane of `day` that holds a failure, by time; the shorter of equals.
 * @param failures by time, from a day before the day to its end
 */
export function strongestWindows(
  failures: readonly ClassedFailure[],
  day: number,
  limits: Limits['bruteForce'],
): FlaggedWindow[] {
  const { shortWindowMs, middleWindowMs, longWindowMs } = limits
  const best = new Map<number, FlaggedWindow>()
  for (const windowMs of [shortWindowMs, middleWindowMs, longWindowMs]) {
    const counts = new FailureCounts(limits)
    let entering = 0
    let leaving = 0
    while (entering < failures.length) {
      const endMs = paneEndOf(timeOf(failures, entering))
      for (; entering < failures.length && timeOf(failures, entering) < endMs; entering++) {
        counts.change(failures[entering] as ClassedFailure, 1)
      }
      for (; timeOf(failures, leaving) < endMs - windowMs; leaving++) {
        counts.change(failures[leaving] as ClassedFailure, -1)
      }
      const isOfDay = endMs > dayStartMs(day)
      const { points, unvouched } = counts
      if (isOfDay && points > (best.get(endMs)?.points ?? Number.NEGATIVE_INFINITY)) {
        best.set(endMs, { windowMs, endMs, points, unvouched })
      }
    }
  }
  // The first window meets every pane, in the order of time.
  return [...best.values()]
}

function paneEndOf(timestampMs: number): number {
  return (Math.floor(timestampMs / PANE_MS) + 1) * PANE_MS
}

function timeOf(failures: readonly ClassedFailure[], index: number): number {
  return (failures[index] as ClassedFailure).attempt.event.timestampMs
}
