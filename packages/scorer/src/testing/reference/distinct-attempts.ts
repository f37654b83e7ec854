import { byTimeAndId, dayOf } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'

/** Of copies of one event the one with the smallest raw hash; by (time, id). */
export function distinctAttempts(attempts: readonly Attempt[]): Attempt[] {
  const distinct = new Map<string, Attempt>()
  for (const attempt of attempts) {
    const known = distinct.get(attempt.id)
    if (known === undefined || attempt.rawSha256 < known.rawSha256) {
      distinct.set(attempt.id, attempt)
    }
  }
  return [...distinct.values()].sort(byTimeAndId)
}

/** UTC day number of an attempt. */
export function dayOfAttempt({ event }: Attempt): number {
  return dayOf(event.timestampMs)
}
