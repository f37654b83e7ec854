import type { AuthEvent, LineRef } from '@sekisho/event'

/** An attempt before it is located: what batch sorts by time before the stages see it. */
export interface SortableAttempt {
  /** `eventIdOf(event)`. An id stands for one instant: equal ids have equal `timestampMs`. */
  readonly id: string
  readonly event: AuthEvent
  readonly line: LineRef
  /** SHA-256 of the raw line, hex digits. */
  readonly rawSha256: string
}
