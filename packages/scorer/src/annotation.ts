import {
  type AlertDraft,
  type AnnotatedAttempt,
  type BruteForceContext,
  distanceToPaneMs,
  type Failure,
  isOrdinaryCountry,
  type Limits,
  PANE_MS,
  type UserFinding,
  type UserView,
  units,
  type VouchedLogin,
} from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'

/** Most source networks of its own that a user's strange login carries to stage N; nobody honest has more. */
export const VOUCHED_PREFIXES_MAX = 16

/** The logins and failures of one user's UTC day. */
export interface DayAttempts {
  readonly logins: readonly Attempt[]
  readonly failures: readonly Failure[]
}

/** A vouched login and the source network that it speaks for. */
export interface VouchedLoginAt {
  readonly prefix: string
  readonly login: VouchedLogin
}

/** What stage U tells stage N of one user's day. */
export interface DayAnnotations {
  /** Every login that nothing vouches for, then every failure, each by (time, id). */
  readonly annotated: readonly AnnotatedAttempt[]
  /** By (time, id) of their lines. */
  readonly vouchedLogins: readonly VouchedLoginAt[]
}

/**
 * Says of every login and failure of `day` what is known of the user at its time.
 *
 * @param findingsAround brute force on the user found on `day` and its two neighbours; asked for at most once, and
 *   only where a login or a refused second factor is one that X1 could be about
 * @param isPerson the name has succeeded at some time up to the end of the day after `day`
 */
export function annotationsOf(
  view: UserView,
  { logins, failures }: DayAttempts,
  day: number,
  findingsAround: () => readonly UserFinding[],
  isPerson: boolean,
): DayAnnotations {
  const activeDays = view.activeDaysBefore(day)
  let around: readonly UserFinding[] | null = null
  let ownPrefixes: readonly string[] | null = null
  const bruteForceAt = (timestampMs: number): BruteForceContext | null => {
    around ??= findingsAround()
    return bruteForceWithin(around, timestampMs, view.config.limits)
  }
  const annotate = (attempt: Attempt, outcome: AnnotatedAttempt['outcome']): AnnotatedAttempt => {
    const { event, place, prefix } = attempt
    const t = event.timestampMs
    const isVouched = view.isVouched(prefix, t)
    const isStrangeSuccess = !isVouched && outcome === 'success'
    const isSuspect = isStrangeSuccess || (!isVouched && outcome === 'mfa_denied')
    if (isStrangeSuccess) ownPrefixes ??= view.vouchedPrefixes(day)
    return {
      attempt,
      outcome,
      isVouched,
      knowsAsn: view.knowsAsn(place.asn, t),
      knowsCountry: view.knowsCountry(place.country, t),
      knowsDevice: view.knowsDevice(event.deviceId, t),
      isKnown: view.isKnown(t),
      isPerson,
      isHomeCountry: isOrdinaryCountry(view.config, view.profile, place.country),
      isCold: view.isCold,
      bruteForce: isSuspect ? bruteForceAt(t) : null,
      activeDays,
      vouchedPrefixes: isStrangeSuccess ? (ownPrefixes ?? []) : [],
    }
  }
  const isVouchedLogin = ({ prefix, event }: Attempt): boolean =>
    view.isVouched(prefix, event.timestampMs)
  return {
    annotated: [
      ...logins
        .filter((attempt) => !isVouchedLogin(attempt))
        .map((attempt) => annotate(attempt, 'success')),
      ...failures.map(({ attempt, outcome }) => annotate(attempt, outcome)),
    ],
    vouchedLogins: firstOfEachPane(
      logins.filter(isVouchedLogin).map(({ prefix, event }) => ({
        prefix,
        login: {
          userKey: view.userKey,
          address: event.sourceAddress,
          timestampMs: event.timestampMs,
        },
      })),
    ),
  }
}

/** How often a user succeeds in one pane from one address says nothing more: the first time stands for all. */
function firstOfEachPane(logins: readonly VouchedLoginAt[]): VouchedLoginAt[] {
  const seen = new Set<string>()
  return logins.filter(({ login: { address, timestampMs } }) => {
    const key = `${Math.floor(timestampMs / PANE_MS)} ${address}`
    const isFirst = !seen.has(key)
    seen.add(key)
    return isFirst
  })
}

/** The strongest brute force on the user within reach of a login, before or after it; the earliest of equals. */
function bruteForceWithin(
  findings: readonly UserFinding[],
  timestampMs: number,
  { common, successInside }: Limits,
): BruteForceContext | null {
  let strongest: AlertDraft | null = null
  for (const { draft, attackPaneStartsMs } of findings) {
    const isNear = attackPaneStartsMs.some(
      (startMs) => distanceToPaneMs(timestampMs, startMs) <= successInside.reachMs,
    )
    if (!isNear) continue
    const isStronger =
      strongest === null ||
      draft.score > strongest.score ||
      (draft.score === strongest.score && draft.timestampMs < strongest.timestampMs)
    if (isStronger) strongest = draft
  }
  if (strongest === null) return null
  return {
    score: units(strongest.score),
    failures: strongest.counts.failures_unvouched ?? 0,
    networks: strongest.counts.networks_unvouched ?? 0,
    evidence: strongest.evidence
      .slice(0, common.evidenceLines - 1)
      .map((line) => ({ ...line, role: 'context' })),
  }
}
