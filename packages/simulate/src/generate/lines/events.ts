import type { Device } from '../organisation/person.ts'

/** Why a login failed. */
export type FailureOutcome =
  | 'wrong-password'
  | 'unknown-user'
  | 'expired-password'
  | 'locked'
  | 'second-factor'

/** A failed login. */
export interface FailureEvent {
  readonly timeMs: number
  /** As typed. */
  readonly user: string
  readonly address: string
  readonly outcome: FailureOutcome
  readonly device: Device
}

/** A session moved to another address. */
export interface SessionMoveEvent {
  readonly timeMs: number
  readonly address: string
}

/** A login and its session. */
export interface SessionEvent {
  readonly startMs: number
  readonly endMs: number
  readonly user: string
  readonly address: string
  readonly device: Device
  /** Version of the client, `22.7.4.30859`. */
  readonly clientVersion: string
  /** Names the session; two sessions of one gateway differ. */
  readonly sessionKey: string
  readonly moves: readonly SessionMoveEvent[]
}
