import type { AttemptOutcome, AuthEvent, Place } from '@sekisho/event'
import type { AnnotatedAttempt } from '../source-view.ts'
import { DAY_MS, MINUTE_MS } from '../time.ts'
import { annotatedOf, attemptOf } from './annotated.ts'

/** The UTC day that stories about a source are of. */
export const DAY = 20_000

/** A minute of the day, epoch ms. */
export function instant(minute: number): number {
  return DAY * DAY_MS + minute * MINUTE_MS
}

/** An attempt at a minute of the day, by a known user unless said. */
export function attemptAt(
  user: string,
  minute: number,
  outcome: AttemptOutcome,
  flags: Partial<AnnotatedAttempt> = { isKnown: true },
  more: Partial<AuthEvent> = {},
  place: Partial<Place> = {},
): AnnotatedAttempt {
  const said = { attempt: outcome, ...more }
  return annotatedOf(attemptOf(user, instant(minute), said, place), outcome, flags)
}
