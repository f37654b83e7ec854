import type { Attempt, AttemptOutcome, EvidenceLine } from '@sekisho/event'
import type { DetectConfig } from './config.ts'
import type { OrganisationProfile } from './user-view.ts'

/** What stage U found about a brute force around a success, carried along for X1. */
export interface BruteForceContext {
  readonly score: number
  readonly failures: number
  readonly networks: number
  readonly evidence: readonly EvidenceLine[]
}

/**
 * An attempt with what stage U knows of its user at that time: the record between the stages. The flags say that
 * the user succeeded there before, long enough ago, so a late line can only turn them on.
 */
export interface AnnotatedAttempt {
  readonly attempt: Attempt
  /** Settled by the lines around it, e.g. a refused second factor. */
  readonly outcome: AttemptOutcome
  readonly isVouched: boolean
  readonly knowsAsn: boolean
  readonly knowsCountry: boolean
  readonly knowsDevice: boolean
  /** The user succeeded anywhere before. */
  readonly isKnown: boolean
  /** The user has succeeded at all, before or since: the name belongs to a person. */
  readonly isPerson: boolean
  /** The organisation's users live in the country of the source. */
  readonly isHomeCountry: boolean
  /** The organisation has too little history for anybody to be known. */
  readonly isCold: boolean
  readonly bruteForce: BruteForceContext | null
  /** Distinct days of the user's activity before the day of the attempt, within `vouchDays`. */
  readonly activeDays: number
  /** Of a success that nothing vouches for: the user's own source networks (`UserView.vouchedPrefixes`). Empty otherwise. */
  readonly vouchedPrefixes: readonly string[]
}

/** A success where its user is vouched: it speaks for the source, and is counted rather than shown. */
export interface VouchedLogin {
  readonly userKey: string
  readonly address: string
  readonly timestampMs: number
}

/** The attempts from one source network, as stage N holds them. Rules of stage N read nothing else. */
export interface SourceView {
  readonly config: DetectConfig
  /** Profile of the day's third day before. */
  readonly profile: OrganisationProfile
  /** `203.0.113.0/24` or a /48. */
  readonly prefix: string
  /** Every login and failure but vouched logins, from `fromMs` to `toMs`, inclusive, by (time, id). */
  attempts(fromMs: number, toMs: number): readonly AnnotatedAttempt[]
  /** Vouched logins, by time; how often one user succeeded in one pane from one address is not kept. */
  vouchedLogins(fromMs: number, toMs: number): readonly VouchedLogin[]
  /** Some attempts of the span were over a cap and are not kept: counts are lower bounds. */
  isCapped(fromMs: number, toMs: number): boolean
  /** Time of the first success from this network in the days that are still open, or null. */
  readonly firstSuccessMs: number | null
}
