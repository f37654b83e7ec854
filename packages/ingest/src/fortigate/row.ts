import type { AttemptOutcome, AuthFactor, DecidesRank, EventAction } from '@sekisho/event'

/** What a FortiGate message id says: one row of the outcome tables. */
export interface FortigateRow {
  /** Last five digits of `logid`. */
  readonly ids: readonly number[]
  readonly action: EventAction
  /** As the line's `status` or `result`, or its `action`, says. Unknown when left out. */
  readonly outcome?: 'success' | 'failure' | 'by-status' | 'by-action'
  /** `no` when left out. */
  readonly decides?: DecidesRank
  readonly factor?: AuthFactor
  /** Where the general rule of `attempt-of.ts` does not hold. */
  readonly attempt?: AttemptOutcome
  /** True when the line names its user in `msg` alone. */
  readonly isUserInMessage?: boolean
  /** What tells the line apart, in the vendor's words. */
  readonly example: string
}

/** Rows of one kind of line. */
export interface FortigateTable {
  /** The field that holds the client; `admin` is `srcip`, else the address inside `ui`. */
  readonly client: 'remip' | 'srcip' | 'ip' | 'admin'
  /** `ike`: `user` names the IKE peer, so that the person stands elsewhere or nowhere. */
  readonly person: 'user' | 'ike'
  readonly rows: readonly FortigateRow[]
}
