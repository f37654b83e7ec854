import type { Attempt, EvidenceLine } from '@sekisho/event'
import { durationTextOf, evidenceOf, type NameMask, sampleOf, timeSpanOf } from './evidence.ts'
import {
  BRUTE_FORCE_LIMITS,
  COMMON_LIMITS,
  distanceToPaneMs,
  SUCCESS_INSIDE_LIMITS as LIMITS,
  SOURCE_LIMITS,
} from './limits.ts'
import { classedAttemptsOf, type FlaggedPane, type SourceAttack } from './source-attack.ts'
import { isOrdinarySuccess, type OutcomeClassName } from './source-tally.ts'
import type { AnnotatedAttempt, SourceView } from './source-view.ts'
import { countTextOf, spanTextOf } from './time.ts'

/** A reason why a success counts as the attacker's. */
export interface Cause {
  readonly name: 'source_under_attack' | 'user_under_attack' | 'first_success_after_failures'
  readonly value: number
  readonly threshold: number
  readonly why: string
  /** Lines there are; `lines` may be a sample. */
  readonly total: number
  readonly lines: readonly EvidenceLine[]
}

/** Classes of users who failed at a source without any sign that they belong there. */
const STRANGE_FAILURES = new Set<OutcomeClassName>([
  'factor_denied',
  'unvouched_failure',
  'unknown_user',
  'locked',
])

/** Every reason why a success that nothing vouches for counts as the attacker's (A.5); empty when there is none. */
export function causesOf(
  view: SourceView,
  suspect: AnnotatedAttempt,
  attacks: readonly SourceAttack[],
  mask: NameMask,
): Cause[] {
  const source =
    sourceUnderAttack(suspect, attacks, mask) ?? firstSuccessAfterFailures(view, suspect, mask)
  return [source, userUnderAttack(suspect)].filter((cause) => cause !== null)
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
      const distanceMs = distanceToPaneMs(timestampMs, pane.paneStartMs)
      if (distanceMs > LIMITS.reachMs) continue
      if (nearest === null || pane.llr > nearest.pane.llr) nearest = { attack, pane }
    }
  }
  if (nearest === null) return null
  const { attack, pane } = nearest
  const endMs = pane.paneStartMs + COMMON_LIMITS.paneMs
  const inWindow = attack.attempts.filter(
    ({ annotated: { attempt }, userKey: user, outcomeClass }) => {
      const t = attempt.event.timestampMs
      return (
        t >= endMs - pane.windowMs &&
        t < endMs &&
        (pane.address === '' || pane.address === attempt.event.sourceAddress) &&
        user !== userKey &&
        STRANGE_FAILURES.has(outcomeClass)
      )
    },
  )
  const lines = inWindow.map(({ annotated }) => annotated.attempt)
  const users = new Set(inWindow.map(({ userKey: user }) => user)).size
  return {
    name: 'source_under_attack',
    value: pane.llr,
    threshold: SOURCE_LIMITS.threshold,
    why: `${countTextOf(users, 'other user')} failed there within ${durationTextOf(lines)}, ${relationOf(timestampMs, lines)}`,
    total: lines.length,
    lines: sampleOf(lines, COMMON_LIMITS.evidenceLines - 1).map((attempt) =>
      evidenceOf(attempt, 'context', mask),
    ),
  }
}

/** When a success was, seen from the failures: before, after or among them. */
function relationOf(timestampMs: number, failures: readonly Attempt[]): string {
  const { startMs, endMs } = timeSpanOf(failures)
  if (timestampMs > endMs) return `the last ${spanTextOf(timestampMs - endMs)} before`
  if (timestampMs < startMs) return `the first ${spanTextOf(startMs - timestampMs)} after`
  return 'before and after it'
}

/** A brute force alone does not make an ordinary login of the user's own suspect. */
function userUnderAttack(suspect: AnnotatedAttempt): Cause | null {
  const { bruteForce } = suspect
  if (bruteForce === null || isOrdinarySuccess(suspect)) return null
  return {
    name: 'user_under_attack',
    value: bruteForce.score,
    threshold: BRUTE_FORCE_LIMITS.threshold,
    why: `${bruteForce.failures} failed logins as this user from ${countTextOf(bruteForce.networks, 'strange network')} within a day of it`,
    total: bruteForce.failures,
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
  // An ordinary network of the user's is one where colleagues, too, may mistype and then get in.
  if (isOrdinarySuccess(suspect)) return null
  const around = classedAttemptsOf(view, timestampMs - LIMITS.reachMs, timestampMs + LIMITS.reachMs)
  const gotIn = new Set(
    around
      .filter(({ annotated }) => annotated.outcome === 'success')
      .map((classed) => classed.userKey),
  )
  const failed = new Map<string, Attempt>()
  let value = 0
  for (const { annotated, userKey: user, outcomeClass } of around) {
    if (gotIn.has(user) || user === userKey || failed.has(user)) continue
    if (!STRANGE_FAILURES.has(outcomeClass)) continue
    failed.set(user, annotated.attempt)
    value += SOURCE_LIMITS.unvouchedFailure
  }
  if (failed.size < LIMITS.failingUsersBeforeFirstSuccess) return null
  return {
    name: 'first_success_after_failures',
    value,
    threshold: LIMITS.failingUsersBeforeFirstSuccess * SOURCE_LIMITS.unvouchedFailure,
    why: `the first success ever from this network, and ${failed.size} other users failed there within a day of it`,
    total: failed.size,
    lines: sampleOf([...failed.values()], COMMON_LIMITS.evidenceLines - 1).map((attempt) =>
      evidenceOf(attempt, 'context', mask),
    ),
  }
}
