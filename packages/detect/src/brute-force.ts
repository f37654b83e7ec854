import { type Attempt, type Consideration, type ScoreTerm, SEVERITY_SCORE } from '@sekisho/event'
import type { AlertDraft } from './alert-draft.ts'
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
import {
  type ClassedFailure,
  FailureCounts,
  type FlaggedWindow,
  strongestWindows,
} from './failure-window.ts'
import { COMMON_LIMITS, BRUTE_FORCE_LIMITS as LIMITS, UNITS_PER_NAT } from './limits.ts'
import { countTextOf, DAY_MS, dayStartMs, dayTextOf } from './time.ts'
import type { UserFinding } from './user-rules.ts'
import type { Failure, UserView } from './user-view.ts'

/** What the strongest window of a day's failures adds up to. */
interface Story {
  readonly unvouched: readonly Attempt[]
  readonly counts: FailureCounts
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
  const classed = failures.map((failure) => classedFailureOf(view, failure))
  const flagged = strongestWindows(classed, day).filter(
    ({ points, endMs }) => points >= LIMITS.threshold && view.isKnown(endMs),
  )
  if (flagged.length === 0) return []
  const attackPaneStartsMs = flagged.map(({ endMs }) => endMs - COMMON_LIMITS.paneMs)
  return [{ draft: draftOf(view, day, flagged, classed, mask), attackPaneStartsMs }]
}

function classedFailureOf(view: UserView, { attempt, outcome }: Failure): ClassedFailure {
  const { timestampMs } = attempt.event
  const isLockout = outcome === 'disabled_or_locked'
  if (view.isVouched(attempt.prefix, timestampMs)) {
    return { attempt, failureClass: 'vouched', isLockout }
  }
  const isKnown = view.knowsAsn(attempt.place.asn, timestampMs)
  return { attempt, failureClass: isKnown ? 'operatorKnown' : 'unvouched', isLockout }
}

/** Time of the first failure in a flagged pane. */
function firstTimeIn(classed: readonly ClassedFailure[], { endMs }: FlaggedWindow): number {
  const startMs = endMs - COMMON_LIMITS.paneMs
  const first = classed.find(({ attempt }) => attempt.event.timestampMs >= startMs)
  return first?.attempt.event.timestampMs ?? startMs
}

/** The lines of the day's strongest window; the earliest of equals. */
function storyOf(flagged: readonly FlaggedWindow[], classed: readonly ClassedFailure[]): Story {
  const { endMs, windowMs } = flagged.reduce((best, w) => (w.points > best.points ? w : best))
  const inside = classed.filter(({ attempt }) => {
    const { timestampMs } = attempt.event
    return timestampMs >= endMs - windowMs && timestampMs < endMs
  })
  const counts = new FailureCounts()
  for (const failure of inside) counts.change(failure, 1)
  const unvouched = inside.filter(({ failureClass }) => failureClass === 'unvouched')
  return { counts, unvouched: unvouched.map(({ attempt }) => attempt) }
}

function termsOf({ counts }: Story, evidence: readonly number[]): ScoreTerm[] {
  const { unvouched, prefixes, vouched, isLockedOut } = counts
  const term = (name: string, points: number, why: string): ScoreTerm[] =>
    points === 0 ? [] : [{ name, value: points / UNITS_PER_NAT, why, evidence }]
  return [
    ...term(
      'unvouched_failures',
      LIMITS.pointsPerFailure * Math.max(0, unvouched - LIMITS.failuresFree),
      `${unvouched} failures from networks this user never used, ${LIMITS.failuresFree} are free`,
    ),
    ...term(
      'unvouched_networks',
      LIMITS.pointsPerPrefix * Math.max(0, prefixes - 1),
      `${prefixes} different source networks, one is free`,
    ),
    ...term(
      'vouched_failures',
      LIMITS.pointsPerVouchedFailure * vouched,
      `${vouched} failures from the user's own networks at the same time`,
    ),
    ...term('lockout', isLockedOut ? LIMITS.lockoutPoints : 0, 'the account was locked out'),
  ]
}

function consideredOf({ counts: { vouched, operatorKnown } }: Story): Consideration[] {
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

function draftOf(
  view: UserView,
  day: number,
  flagged: readonly FlaggedWindow[],
  classed: readonly ClassedFailure[],
  mask: NameMask,
): AlertDraft {
  const story = storyOf(flagged, classed)
  const { unvouched, counts } = story
  const first = flagged[0] as FlaggedWindow
  const lines = sampleOf(unvouched)
  const evidence = lines.map((attempt) => evidenceOf(attempt, 'decisive', mask))
  const example = lines[0] as Attempt
  const who = shownUserOf(example.event.userRaw, view.userKey, mask)
  return {
    family: 'U1',
    ruleId: 'U1',
    entity: `user:${view.userKey}`,
    day: dayTextOf(day),
    discriminator: '',
    timestampMs: firstTimeIn(classed, first),
    ...timeSpanOf(unvouched),
    severity: 'medium',
    riskScore: SEVERITY_SCORE.medium,
    outcome: 'failure',
    reason: `${countTextOf(unvouched.length, 'failed login')} as ${who} from ${countTextOf(counts.prefixes, 'network')} this user never used, within ${durationTextOf(unvouched)}`,
    userName: example.event.userName,
    userDomain: example.event.userDomain,
    userKey: view.userKey,
    source: null,
    gateway: alertGatewayOf(example),
    relatedAddresses: relatedOf(unvouched.map((attempt) => attempt.event.sourceAddress)),
    relatedUsers: relatedOf([view.userKey]),
    relatedGateways: relatedOf(unvouched.map((attempt) => attempt.event.gateway)),
    score: counts.points / UNITS_PER_NAT,
    threshold: LIMITS.threshold / UNITS_PER_NAT,
    terms: termsOf(
      story,
      evidence.map((_line, index) => index),
    ),
    considered: consideredOf(story),
    travel: null,
    evidence,
    evidenceTotal: counts.unvouched,
    counts: {
      failures: counts.unvouched + counts.vouched,
      failures_unvouched: counts.unvouched,
      failures_vouched: counts.vouched,
      networks_unvouched: counts.prefixes,
      flagged_panes: flagged.length,
    },
  }
}
