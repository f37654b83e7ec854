import type { ConfigurationChange } from '../lines/administrator.ts'
import type { FailureOutcome } from '../lines/events.ts'
import type { Gateway } from '../organisation/gateway.ts'

/** A login that failed. */
export interface FailureAct {
  readonly kind: 'failure'
  readonly timeMs: number
  readonly gateway: Gateway
  readonly user: string
  readonly address: string
  readonly outcome: FailureOutcome
}

/** A login that worked, and its session. */
export interface SessionAct {
  readonly kind: 'session'
  readonly timeMs: number
  readonly endMs: number
  readonly gateway: Gateway
  readonly user: string
  readonly address: string
}

/** The use of somebody's running session from elsewhere. */
export interface TheftAct {
  readonly kind: 'theft'
  readonly timeMs: number
  readonly gateway: Gateway
  readonly user: string
  readonly address: string
  readonly homeAddress: string
  readonly sessionKey: string
}

/** An administrator's session. */
export interface AdministratorAct {
  readonly kind: 'administrator'
  readonly timeMs: number
  readonly endMs: number
  readonly gateway: Gateway
  readonly user: string
  readonly address: string
  readonly changes: readonly ConfigurationChange[]
}

/** A step of an attack that leaves lines. */
export type Act = FailureAct | SessionAct | TheftAct | AdministratorAct
