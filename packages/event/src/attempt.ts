import type { AuthEvent, LineRef } from './auth-event.ts'
import type { Place } from './place.ts'

/** What the rules read of an event; everything else of it serves its identity or the reader of a document. */
export type AttemptEvent = Pick<
  AuthEvent,
  | 'timestampMs'
  | 'resolutionMs'
  | 'vendor'
  | 'outcome'
  | 'attempt'
  | 'userRaw'
  | 'userName'
  | 'userDomain'
  | 'userKey'
  | 'realm'
  | 'sourceAddress'
  | 'gateway'
  | 'gatewaySerial'
  | 'sessionId'
  | 'userAgent'
  | 'deviceId'
  | 'decides'
  | 'durationS'
>

/** A located attempt, what stage U reads: one event, where its client was, and where its line stands. */
export interface Attempt {
  /** `eventIdOf(event)`. */
  readonly id: string
  readonly event: AttemptEvent
  /** Source network: /24 or /48 of the client's address, `''` without one. */
  readonly prefix: string
  readonly place: Place
  readonly line: LineRef
  /** SHA-256 of the raw line, 64 hex digits, so that an analyst can prove it in the archive. */
  readonly rawSha256: string
}
