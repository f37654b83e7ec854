import type { Attempt, EvidenceLine } from '@sekisho/event'
import { classedAttemptsOf, isShown } from './classed-attempts.ts'
import { durationTextOf, evidenceOf, type NameMask, sampleOf, timeSpanOf } from './evidence.ts'
import { distanceToPaneMs, type Limits, UNITS_PER_NAT } from './limits.ts'
import { type AttackWindow, attackWindowOf, usersOf } from './loudest-window.ts'
import type { FlaggedPane, SourceAttack } from './source-attack.ts'
import {
  classValuesOf,
  FAILING_CLASSES,
  isOrdinarySuccess,
  OUTCOME_CLASSES,
  type OutcomeClassName,
} from './source-tally.ts'
import type { AnnotatedAttempt, SourceView } from './source-view.ts'
import { countTextOf, spanTextOf } from './time.ts'

/** A reason why a success counts as the attacker's. */
export interface Cause {
  readonly name: 'source_under_attack' | 'user_under_attack' | 'first_success_after_failures'
  readonly value: number
  readonly threshold: number
  readonly why: string
  /** What the value is made of (`ScoreTerm`). */
  readonly quantities: Readonly<Record<string, number>>
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
  const { limits } = view.config
  const source =
    sourceUnderAttack(suspect, attacks, limits, mask) ??
    firstSuccessAfterFailures(view, suspect, mask)
  return [source, userUnderAttack(suspect, limits)].filter((cause) => cause !== null)
}

function sourceUnderAttack(
  suspect: AnnotatedAttempt,
  attacks: readonly SourceAttack[],
  limits: Limits,
  mask: NameMask,
): Cause | null {
  const { timestampMs, userKey } = suspect.attempt.event
  const nearest = strongestPaneNear(suspect, attacks, limits)
  if (nearest === null) return null
  const { attack, pane } = nearest
  const window = attackWindowOf(attack, pane, limits)
  const strange = window.attempts
    .filter(isShown)
    .filter((other) => other.userKey !== userKey && STRANGE_FAILURES.has(other.outcomeClass))
  const lines = strange.map(({ annotated }) => annotated.attempt)
  const users = new Set(strange.map((other) => other.userKey)).size
  return {
    name: 'source_under_attack',
    value: pane.llr,
    threshold: limits.source.threshold,
    why: `${countTextOf(users, 'other user')} failed there within ${durationTextOf(lines)}, ${relationOf(timestampMs, lines)}`,
    quantities: quantitiesOf(window, limits),
    total: lines.length,
    lines: sampleOf(lines, limits.common.evidenceLines - 1).map((attempt) =>
      evidenceOf(attempt, 'context', mask),
    ),
  }
}

/** The strongest flagged pane within reach of a success from the same address, or from anywhere in a flagged network. */
function strongestPaneNear(
  suspect: AnnotatedAttempt,
  attacks: readonly SourceAttack[],
  { successInside: { reachMs, coldFailingUsersMin } }: Limits,
): { attack: SourceAttack; pane: FlaggedPane } | null {
  const { timestampMs, sourceAddress } = suspect.attempt.event
  let strongest: { attack: SourceAttack; pane: FlaggedPane } | null = null
  for (const attack of attacks) {
    for (const pane of attack.panes) {
      if (!pane.isPrefixFlagged && !pane.addresses.includes(sourceAddress)) continue
      if (suspect.isCold && pane.failingUsers < coldFailingUsersMin) continue
      if (distanceToPaneMs(timestampMs, pane.paneStartMs) > reachMs) continue
      if (strongest === null || pane.llr > strongest.pane.llr) strongest = { attack, pane }
    }
  }
  return strongest
}

/** Users of each class in the window and what each of them counts, by which anyone can add up the pane again. */
function quantitiesOf(window: AttackWindow, limits: Limits): Record<string, number> {
  const values = classValuesOf(limits)
  const entries = OUTCOME_CLASSES.flatMap(({ name }, index): [string, number][] => {
    const users = usersOf(window, name)
    if (users === 0) return []
    return [
      [`${name}_users`, users],
      [`${name}_nats_per_user`, (values[index] as number) / UNITS_PER_NAT],
    ]
  })
  return Object.fromEntries(entries)
}

/** When a success was, seen from the failures: before, after or among them. */
function relationOf(timestampMs: number, failures: readonly Attempt[]): string {
  const { startMs, endMs } = timeSpanOf(failures)
  if (timestampMs > endMs) return `the last ${spanTextOf(timestampMs - endMs)} before`
  if (timestampMs < startMs) return `the first ${spanTextOf(startMs - timestampMs)} after`
  return 'before and after it'
}

/** A brute force alone does not make an ordinary login of the user's own suspect. */
function userUnderAttack(suspect: AnnotatedAttempt, limits: Limits): Cause | null {
  const { bruteForce } = suspect
  if (bruteForce === null || isOrdinarySuccess(suspect)) return null
  return {
    name: 'user_under_attack',
    value: bruteForce.score,
    threshold: limits.bruteForce.threshold,
    why: `${bruteForce.failures} failed logins as this user from ${countTextOf(bruteForce.networks, 'strange network')} within a day of it`,
    quantities: {
      points: bruteForce.score / UNITS_PER_NAT,
      failures: bruteForce.failures,
      networks: bruteForce.networks,
    },
    total: bruteForce.failures,
    lines: bruteForce.evidence,
  }
}

function firstSuccessAfterFailures(
  view: SourceView,
  suspect: AnnotatedAttempt,
  mask: NameMask,
): Cause | null {
  const { source, successInside, common } = view.config.limits
  const { timestampMs, userKey } = suspect.attempt.event
  if (suspect.isCold || suspect.outcome !== 'success' || !isFirstSuccess(view, timestampMs))
    return null
  // An ordinary network of the user's is one where colleagues, too, may mistype and then get in.
  if (isOrdinarySuccess(suspect)) return null
  const { reachMs } = successInside
  const around = classedAttemptsOf(view, timestampMs - reachMs, timestampMs + reachMs)
  const gotIn = new Set(
    around
      .filter(({ outcomeClass }) => !FAILING_CLASSES.has(outcomeClass))
      .map((classed) => classed.userKey),
  )
  const failed = new Map<string, Attempt>()
  for (const { annotated, userKey: user, outcomeClass } of around.filter(isShown)) {
    if (gotIn.has(user) || user === userKey || failed.has(user)) continue
    if (STRANGE_FAILURES.has(outcomeClass)) failed.set(user, annotated.attempt)
  }
  const users = failed.size
  if (users < successInside.failingUsersBeforeFirstSuccess) return null
  return {
    name: 'first_success_after_failures',
    value: users * source.unvouchedFailure,
    threshold: successInside.failingUsersBeforeFirstSuccess * source.unvouchedFailure,
    why: `the first success ever from this network, and ${users} other users failed there within a day of it`,
    quantities: { users, nats_per_user: source.unvouchedFailure / UNITS_PER_NAT },
    total: users,
    lines: sampleOf([...failed.values()], common.evidenceLines - 1).map((attempt) =>
      evidenceOf(attempt, 'context', mask),
    ),
  }
}

/** Nobody succeeded from this network before, neither in the days that are open nor in those that are folded. */
function isFirstSuccess({ firstSuccessMs, profile, prefix }: SourceView, timestampMs: number) {
  return firstSuccessMs === timestampMs && !profile.hasSucceededFrom(prefix)
}
