import type { Attempt, Consideration, EvidenceLine, ScoreTerm, Severity } from '@sekisho/event'
import { type AlertDraft, RISK_OF_SEVERITY } from './alert-draft.ts'
import {
  alertGatewayOf,
  alertSourceOf,
  durationTextOf,
  evidenceOf,
  type NameMask,
  networkTextOf,
  relatedOf,
  sampleOf,
  shownUserOf,
} from './evidence.ts'
import {
  BRUTE_FORCE_LIMITS,
  COMMON_LIMITS,
  SUCCESS_INSIDE_LIMITS as LIMITS,
  SOURCE_LIMITS,
  UNITS_PER_NAT,
} from './limits.ts'
import { classedAttemptsOf, type FlaggedPane, type SourceAttack } from './source-attack.ts'
import { isOrdinarySuccess, type OutcomeClassName } from './source-tally.ts'
import type { AnnotatedAttempt, SourceView } from './source-view.ts'
import { DAY_MS, dayStartMs, dayTextOf } from './time.ts'

/** A reason why a success counts as the attacker's. */
interface Cause {
  readonly name: 'source_under_attack' | 'user_under_attack' | 'first_success_after_failures'
  readonly value: number
  readonly threshold: number
  readonly why: string
  readonly lines: readonly EvidenceLine[]
}

/** Classes of users who failed at a source without any sign that they belong there. */
const STRANGE_FAILURES = new Set<OutcomeClassName>([
  'factor_denied',
  'unvouched_failure',
  'unknown_user',
  'locked',
])

/**
 * X1, success inside an attack: a login (or a right password stopped at the second factor) that nothing vouches for,
 * from a source under attack or by a user under brute force, up to a day before or after (A.5).
 * Defaults and false positives: docs/rules/X1.md.
 *
 * @param attacks the attacks of this source on `day` and on its neighbours
 */
export function successInsideAttack(
  view: SourceView,
  day: number,
  attacks: readonly SourceAttack[],
  mask: NameMask,
): AlertDraft[] {
  const startMs = dayStartMs(day)
  const suspects = view
    .attempts(startMs, startMs + DAY_MS - 1)
    .filter(isSuspect)
    .sort((a, b) => Number(b.outcome === 'success') - Number(a.outcome === 'success'))
  if (suspects.length === 0) return []
  const drafts = new Map<string, AlertDraft>()
  // Successes stand before refused second factors: where a user has both, the success is the alert.
  for (const suspect of suspects) {
    const { userKey } = suspect.attempt.event
    if (userKey === '' || drafts.has(userKey)) continue
    const causes = causesOf(view, suspect, attacks, mask)
    if (causes.length > 0) drafts.set(userKey, draftOf(view, day, suspect, causes, mask))
  }
  return [...drafts.values()]
}

/** Neither vouched nor a newcomer's first login where the organisation's people live. */
function isSuspect(annotated: AnnotatedAttempt): boolean {
  if (annotated.outcome !== 'success' && annotated.outcome !== 'mfa_denied') return false
  if (annotated.isVouched) return false
  return annotated.isCold || annotated.isKnown || !isOrdinarySuccess(annotated)
}

function causesOf(
  view: SourceView,
  suspect: AnnotatedAttempt,
  attacks: readonly SourceAttack[],
  mask: NameMask,
): Cause[] {
  return [
    sourceUnderAttack(suspect, attacks, mask),
    userUnderAttack(suspect),
    firstSuccessAfterFailures(view, suspect, mask),
  ].filter((cause) => cause !== null)
}

/** Distance of an instant from a pane, 0 inside it. */
function distanceToPaneMs(timestampMs: number, pane: FlaggedPane): number {
  const endMs = pane.paneStartMs + COMMON_LIMITS.paneMs
  return Math.max(0, pane.paneStartMs - timestampMs, timestampMs - endMs)
}

function sourceUnderAttack(
  suspect: AnnotatedAttempt,
  attacks: readonly SourceAttack[],
  mask: NameMask,
): Cause | null {
  const { timestampMs, sourceAddress, userKey } = suspect.attempt.event
  let nearest: { attack: SourceAttack; pane: FlaggedPane } | null = null
  for (const attack of attacks) {
    for (const pane of attack.panes) {
      if (!pane.isPrefixFlagged && !pane.addresses.includes(sourceAddress)) continue
      if (suspect.isCold && pane.failingUsers < LIMITS.coldFailingUsersMin) continue
      const distanceMs = distanceToPaneMs(timestampMs, pane)
      if (distanceMs > LIMITS.reachMs) continue
      if (nearest === null || pane.llr > nearest.pane.llr) nearest = { attack, pane }
    }
  }
  if (nearest === null) return null
  const { attack, pane } = nearest
  const endMs = pane.paneStartMs + COMMON_LIMITS.paneMs
  const inWindow = attack.attempts
    .filter(({ annotated: { attempt }, userKey: user, outcomeClass }) => {
      const t = attempt.event.timestampMs
      return (
        t >= endMs - pane.windowMs &&
        t < endMs &&
        (pane.address === '' || pane.address === attempt.event.sourceAddress) &&
        user !== userKey &&
        STRANGE_FAILURES.has(outcomeClass)
      )
    })
    .map(({ annotated }) => annotated.attempt)
  return {
    name: 'source_under_attack',
    value: pane.llr,
    threshold: SOURCE_LIMITS.threshold,
    why: `${pane.failingUsers} different users failed there within ${durationTextOf(inWindow)}`,
    lines: sampleOf(inWindow, COMMON_LIMITS.evidenceLines - 1).map((attempt) =>
      evidenceOf(attempt, 'context', mask),
    ),
  }
}

/** A brute force alone does not make an ordinary login of the user's own suspect. */
function userUnderAttack(suspect: AnnotatedAttempt): Cause | null {
  const { bruteForce } = suspect
  if (bruteForce === null || isOrdinarySuccess(suspect)) return null
  return {
    name: 'user_under_attack',
    value: bruteForce.score,
    threshold: BRUTE_FORCE_LIMITS.threshold,
    why: `${bruteForce.failures} failed logins as this user from ${bruteForce.networks} strange networks around it`,
    lines: bruteForce.evidence,
  }
}

function firstSuccessAfterFailures(
  view: SourceView,
  suspect: AnnotatedAttempt,
  mask: NameMask,
): Cause | null {
  const { timestampMs, userKey } = suspect.attempt.event
  if (suspect.isCold || suspect.outcome !== 'success' || view.firstSuccessMs !== timestampMs)
    return null
  const around = classedAttemptsOf(view, timestampMs - LIMITS.reachMs, timestampMs + LIMITS.reachMs)
  const failed = new Map<string, Attempt>()
  let value = 0
  for (const { annotated, userKey: user, outcomeClass } of around) {
    if (user === userKey || !STRANGE_FAILURES.has(outcomeClass) || failed.has(user)) continue
    failed.set(user, annotated.attempt)
    value += SOURCE_LIMITS.unvouchedFailure
  }
  if (failed.size < LIMITS.failingUsersBeforeFirstSuccess) return null
  return {
    name: 'first_success_after_failures',
    value,
    threshold: LIMITS.failingUsersBeforeFirstSuccess * SOURCE_LIMITS.unvouchedFailure,
    why: `the first success ever from this network, and ${failed.size} other users failed there within a day`,
    lines: sampleOf([...failed.values()], COMMON_LIMITS.evidenceLines - 1).map((attempt) =>
      evidenceOf(attempt, 'context', mask),
    ),
  }
}

/** Critical; high when the device is the user's own; medium while nothing is known of anybody. */
function severityOf(suspect: AnnotatedAttempt): Severity {
  if (suspect.isCold) return 'medium'
  return suspect.knowsDevice ? 'high' : 'critical'
}

function consideredOf(suspect: AnnotatedAttempt): Consideration[] {
  const { place } = suspect.attempt
  return [
    {
      name: 'vouched',
      applied: false,
      why: 'the user never used this network before, or not long enough ago to vouch for it',
    },
    {
      name: 'ordinary_network',
      applied: false,
      why: isOrdinarySuccess(suspect)
        ? 'an ordinary network in a country the user knows: not enough against an attack on the source itself'
        : `${place.networkClass} in ${place.country === '' ? 'an unknown country' : place.country} is not ordinary for this user`,
    },
    {
      name: 'known_device',
      applied: suspect.knowsDevice,
      why:
        suspect.attempt.event.deviceId === ''
          ? 'the line names no device'
          : `device ${suspect.attempt.event.deviceId} is ${suspect.knowsDevice ? '' : 'not '}known for the user`,
    },
    {
      name: 'cold_start',
      applied: suspect.isCold,
      why: suspect.isCold
        ? 'the organisation has less than a week of history: medium at most'
        : 'the organisation has a week of history',
    },
  ]
}

function reasonOf(suspect: AnnotatedAttempt, causes: readonly Cause[], who: string): string {
  const { attempt } = suspect
  const did =
    suspect.outcome === 'success'
      ? 'logged in'
      : 'gave the right password (stopped at the second factor)'
  const network = networkTextOf(attempt.place)
  return `${who} ${did} from ${attempt.event.sourceAddress}, ${network}: ${causes.map(({ why }) => why).join('; ')}`
}

function draftOf(
  view: SourceView,
  day: number,
  suspect: AnnotatedAttempt,
  causes: readonly Cause[],
  mask: NameMask,
): AlertDraft {
  const { attempt } = suspect
  const { event } = attempt
  const decisive = evidenceOf(attempt, 'decisive', mask, suspect.outcome)
  const evidence = mergedEvidence(decisive, causes)
  const main = causes[0] as Cause
  const severity = severityOf(suspect)
  const times = evidence.map((line) => line.timestampMs)
  return {
    family: 'X1',
    ruleId: 'X1',
    entity: `user:${event.userKey}`,
    day: dayTextOf(day),
    discriminator: view.prefix,
    timestampMs: event.timestampMs,
    startMs: Math.min(...times),
    endMs: Math.max(...times),
    severity,
    riskScore: severity === 'critical' ? 100 : RISK_OF_SEVERITY[severity],
    outcome: suspect.outcome === 'success' ? 'success' : 'failure',
    reason: reasonOf(suspect, causes, shownUserOf(event.userRaw, event.userKey, mask)),
    userName: event.userName,
    userDomain: event.userDomain,
    userKey: event.userKey,
    source: alertSourceOf(attempt),
    gateway: alertGatewayOf(attempt),
    relatedAddresses: relatedOf(evidence.map((line) => line.address)),
    relatedUsers: relatedOf([event.userKey]),
    relatedGateways: relatedOf(evidence.map((line) => line.gateway)),
    score: main.value / UNITS_PER_NAT,
    threshold: main.threshold / UNITS_PER_NAT,
    terms: causes.map((cause) => termOf(cause, evidence)),
    considered: consideredOf(suspect),
    travel: null,
    evidence,
    evidenceTotal: evidence.length,
    counts: { failing_lines_shown: evidence.length - 1 },
  }
}

function termOf(cause: Cause, evidence: readonly EvidenceLine[]): ScoreTerm {
  const ids = new Set(cause.lines.map((line) => line.eventId))
  const indexes = evidence.flatMap((line, index) =>
    index === 0 || ids.has(line.eventId) ? [index] : [],
  )
  return { name: cause.name, value: cause.value / UNITS_PER_NAT, why: cause.why, evidence: indexes }
}

/** The success first, then the lines of every cause, each once, at most as many as an alert shows. */
function mergedEvidence(decisive: EvidenceLine, causes: readonly Cause[]): EvidenceLine[] {
  const lines = new Map<string, EvidenceLine>([[decisive.eventId, decisive]])
  for (const { lines: more } of causes) {
    for (const line of more) if (!lines.has(line.eventId)) lines.set(line.eventId, line)
  }
  return [...lines.values()].slice(0, COMMON_LIMITS.evidenceLines)
}
