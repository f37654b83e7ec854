import type {
  AttemptOutcome,
  AuthFactor,
  DecidesRank,
  EventAction,
  EventOutcome,
  EventReason,
  Indicator,
} from '@sekisho/event'

/** What a Pulse Secure message says: one row of the outcome tables. */
export interface PulseRow {
  /** Message codes, as WELF carries them. */
  readonly codes?: readonly string[]
  /** First words of the message, by which forms without a code are told apart. */
  readonly starts?: readonly string[]
  /** Words the message must also have, or must have when it begins with a name (`starts` is absent). */
  readonly contains?: string
  readonly action: EventAction
  /** Unknown when left out. */
  readonly outcome?: EventOutcome
  /** `no` when left out. */
  readonly decides?: DecidesRank
  readonly factor?: AuthFactor
  readonly reason?: EventReason
  /** Where the general rule of `attempt-of.ts` does not hold. */
  readonly attempt?: AttemptOutcome
  /** True when the words are an administrator's whatever the code. */
  readonly isAdmin?: boolean
  /** The sign of compromise that the line is by itself. */
  readonly indicator?: Indicator
}
