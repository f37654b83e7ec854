import type { Attempt, Consideration, ScoreTerm } from '@sekisho/event'
import { type AlertDraft, RISK_OF_SEVERITY } from './alert-draft.ts'
import {
  alertGatewayOf,
  durationTextOf,
  evidenceOf,
  type NameMask,
  relatedOf,
  sampleOf,
  shownUserOf,
  timeSpanOf,
} from './evidence.ts'
import { COMMON_LIMITS, BRUTE_FORCE_LIMITS as LIMITS, UNITS_PER_NAT } from './limits.ts'
import { DAY_MS, dayStartMs, dayTextOf } from './time.ts'
import type { UserFinding } from './user-rules.ts'
import type { Failure, UserView } from './user-view.ts'

/** How a failure counts: from the user's own networks, from one whose operator the user knows, or from elsewhere. */
type FailureClass = 'vouched' | 'operatorKnown' | 'unvouched'

/** What one window of a user's failures adds up to, in points of 1/1024. */
interface Tally {
  readonly windowMs: number
  readonly endMs: number
  readonly unvouched: readonly Attempt[]
  readonly prefixes: readonly string[]
  readonly vouched: number
  readonly operatorKnown: number
  readonly isLockedOut: boolean
  readonly points: number
}

/** Failures that mean a wrong guess; a refused policy or second factor is another matter. */
const GUESSES = new Set([
  'bad_credential',
  'unknown_user',
  'expired_password',
  'disabled_or_locked',
])

/**
 * U1, brute force on one user: distinct failures and distinct strange source networks in 10 minutes, an hour and a
 * day (A.6). Formula, defaults and false positives: docs/rules/U1.md.
 *
 * @returns the alert of `day` with its flagged panes, or nothing
 */
export function bruteForce(view: UserView, day: number, mask: NameMask): UserFinding[] {
  if (view.isCold) return []
  const failures = view
    .failures(dayStartMs(day) - DAY_MS, dayStartMs(day) + DAY_MS - 1)
    .filter((failure) => GUESSES.has(failure.outcome))
  if (failures.length <= LIMITS.failuresFree) return []
  const classes = new Map(failures.map((f) => [f.attempt.id, failureClassOf(view, f.attempt)]))
  const flagged: Tally[] = []
  for (const endMs of paneEndsOf(failures, day)) {
    if (!view.isKnown(endMs)) continue
    const best = bestTallyAt(failures, classes, endMs)
    if (best.points >= LIMITS.threshold) flagged.push(best)
  }
  if (flagged.length === 0) return []
  const attackPaneStartsMs = flagged.map((tally) => tally.endMs - COMMON_LIMITS.paneMs)
  return [{ draft: draftOf(view, day, flagged, mask), attackPaneStartsMs }]
}

function failureClassOf(view: UserView, attempt: Attempt): FailureClass {
  const { timestampMs } = attempt.event
  if (view.isVouched(attempt.prefix, timestampMs)) return 'vouched'
  return view.knowsAsn(attempt.place.asn, timestampMs) ? 'operatorKnown' : 'unvouched'
}

/** Ends (exclusive) of the panes of `day` that hold a failure, ascending. */
function paneEndsOf(failures: readonly Failure[], day: number): number[] {
  const ends = new Set<number>()
  for (const { attempt } of failures) {
    const pane = Math.floor(attempt.event.timestampMs / COMMON_LIMITS.paneMs)
    if (pane * COMMON_LIMITS.paneMs >= dayStartMs(day)) ends.add((pane + 1) * COMMON_LIMITS.paneMs)
  }
  return [...ends].sort((a, b) => a - b)
}

function bestTallyAt(
  failures: readonly Failure[],
  classes: ReadonlyMap<string, FailureClass>,
  endMs: number,
): Tally {
  let best: Tally | null = null
  for (const windowMs of LIMITS.windowsMs) {
    const tally = tallyOf(failures, classes, endMs, windowMs)
    if (best === null || tally.points > best.points) best = tally
  }
  return best as Tally
}

function tallyOf(
  failures: readonly Failure[],
  classes: ReadonlyMap<string, FailureClass>,
  endMs: number,
  windowMs: number,
): Tally {
  const unvouched: Attempt[] = []
  const prefixes = new Set<string>()
  let vouched = 0
  let operatorKnown = 0
  let isLockedOut = false
  for (const { attempt, outcome } of failures) {
    const { timestampMs } = attempt.event
    if (timestampMs < endMs - windowMs || timestampMs >= endMs) continue
    if (outcome === 'disabled_or_locked') isLockedOut = true
    const failureClass = classes.get(attempt.id)
    if (failureClass === 'vouched') vouched++
    if (failureClass === 'operatorKnown') operatorKnown++
    if (failureClass !== 'unvouched') continue
    unvouched.push(attempt)
    if (attempt.prefix !== '') prefixes.add(attempt.prefix)
  }
  const points =
    LIMITS.pointsPerFailure * Math.max(0, unvouched.length - LIMITS.failuresFree) +
    LIMITS.pointsPerPrefix * Math.max(0, prefixes.size - 1) +
    LIMITS.pointsPerVouchedFailure * vouched +
    (isLockedOut ? LIMITS.lockoutPoints : 0)
  return {
    windowMs,
    endMs,
    unvouched,
    prefixes: [...prefixes],
    vouched,
    operatorKnown,
    isLockedOut,
    points,
  }
}

function termsOf(tally: Tally, evidence: readonly number[]): ScoreTerm[] {
  const { unvouched, prefixes, vouched, isLockedOut } = tally
  const term = (name: string, points: number, why: string): ScoreTerm[] =>
    points === 0 ? [] : [{ name, value: points / UNITS_PER_NAT, why, evidence }]
  return [
    ...term(
      'unvouched_failures',
      LIMITS.pointsPerFailure * Math.max(0, unvouched.length - LIMITS.failuresFree),
      `${unvouched.length} failures from networks this user never used, ${LIMITS.failuresFree} are free`,
    ),
    ...term(
      'unvouched_networks',
      LIMITS.pointsPerPrefix * Math.max(0, prefixes.length - 1),
      `${prefixes.length} different source networks, one is free`,
    ),
    ...term(
      'vouched_failures',
      LIMITS.pointsPerVouchedFailure * vouched,
      `${vouched} failures from the user's own networks at the same time`,
    ),
    ...term('lockout', isLockedOut ? LIMITS.lockoutPoints : 0, 'the account was locked out'),
  ]
}

function consideredOf({ vouched, operatorKnown }: Tally): Consideration[] {
  return [
    {
      name: 'own_networks',
      applied: vouched > 0,
      why: `${vouched} failures came from networks that vouch for the user`,
    },
    {
      name: 'known_operator',
      applied: operatorKnown > 0,
      why: `${operatorKnown} failures from networks whose operator the user knows were left out`,
    },
  ]
}

/** The day's strongest window tells the story; the earliest of equals. */
function strongestOf(flagged: readonly Tally[]): Tally {
  return flagged.reduce((best, tally) => (tally.points > best.points ? tally : best))
}

function draftOf(
  view: UserView,
  day: number,
  flagged: readonly Tally[],
  mask: NameMask,
): AlertDraft {
  const strongest = strongestOf(flagged)
  const first = flagged[0] as Tally
  const lines = sampleOf(strongest.unvouched)
  const evidence = lines.map((attempt) => evidenceOf(attempt, 'decisive', mask))
  const example = lines[0] as Attempt
  const who = shownUserOf(example.event.userRaw, view.userKey, mask)
  const { unvouched, prefixes } = strongest
  return {
    family: 'U1',
    ruleId: 'U1',
    entity: `user:${view.userKey}`,
    day: dayTextOf(day),
    discriminator: '',
    timestampMs: first.endMs - COMMON_LIMITS.paneMs,
    ...timeSpanOf(unvouched),
    severity: 'medium',
    riskScore: RISK_OF_SEVERITY.medium,
    outcome: 'failure',
    reason: `${unvouched.length} failed logins as ${who} from ${prefixes.length} networks this user never used, within ${durationTextOf(unvouched)}`,
    userName: example.event.userName,
    userDomain: example.event.userDomain,
    userKey: view.userKey,
    source: null,
    gateway: alertGatewayOf(example),
    relatedAddresses: relatedOf(unvouched.map((attempt) => attempt.event.sourceAddress)),
    relatedUsers: relatedOf([view.userKey]),
    relatedGateways: relatedOf(unvouched.map((attempt) => attempt.event.gateway)),
    score: strongest.points / UNITS_PER_NAT,
    threshold: LIMITS.threshold / UNITS_PER_NAT,
    terms: termsOf(
      strongest,
      evidence.map((_line, index) => index),
    ),
    considered: consideredOf(strongest),
    travel: null,
    evidence,
    evidenceTotal: unvouched.length,
    counts: {
      failures: unvouched.length + strongest.vouched,
      failures_unvouched: unvouched.length,
      failures_vouched: strongest.vouched,
      networks_unvouched: prefixes.length,
      flagged_panes: flagged.length,
    },
  }
}
