import {
  type Attempt,
  type Consideration,
  type ScoreTerm,
  SEVERITY_SCORE,
  type Severity,
} from '@sekisho/event'
import type { AlertDraft } from './alert-draft.ts'
import { coldStartOf } from './cold-start.ts'
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
import { GUESSES } from './guesses.ts'
import { type Limits, PANE_MS, UNITS_PER_NAT } from './limits.ts'
import { countTextOf, DAY_MS, dayStartMs, dayTextOf } from './time.ts'
import type { UserFinding } from './user-rules.ts'
import type { Failure, UserView } from './user-view.ts'

/** What the strongest window of a day's failures adds up to. */
interface Story {
  readonly unvouched: readonly Attempt[]
  readonly counts: FailureCounts
}

/**
 * U1, brute force on one user: distinct failures and distinct strange source networks in 10 minutes, an hour and a
 * day (A.6). Formula, defaults and false positives: docs/rules/U1.md. In the cold start, when no network is known to be
 * the user's own, no more than a signal, which makes no success suspect.
 *
 * @returns the alert of `day` with its flagged panes, or nothing
 */
export function bruteForce(view: UserView, day: number, mask: NameMask): UserFinding[] {
  const limits = view.config.limits.bruteForce
  const failures = view
    .failures(dayStartMs(day) - DAY_MS, dayStartMs(day) + DAY_MS - 1)
    .filter((failure) => GUESSES.has(failure.outcome))
  const classed = failures.map((failure) => classedFailureOf(view, failure))
  const isUser = (timestampMs: number): boolean =>
    view.isCold ? mask.isPerson(view.userKey) : view.isKnown(timestampMs)
  const flagged = strongestWindows(classed, day, limits).filter(
    ({ points, unvouched, endMs }) => points >= limits.threshold && unvouched > 0 && isUser(endMs),
  )
  if (flagged.length === 0) return []
  const attackPaneStartsMs = view.isCold ? [] : flagged.map(({ endMs }) => endMs - PANE_MS)
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
  const startMs = endMs - PANE_MS
  const first = classed.find(({ attempt }) => attempt.event.timestampMs >= startMs)
  return first?.attempt.event.timestampMs ?? startMs
}

/** The lines of the day's strongest window; the earliest of equals. */
function storyOf(
  flagged: readonly FlaggedWindow[],
  classed: readonly ClassedFailure[],
  limits: Limits['bruteForce'],
): Story {
  const { endMs, windowMs } = flagged.reduce((best, w) => (w.points > best.points ? w : best))
  const inside = classed.filter(({ attempt }) => {
    const { timestampMs } = attempt.event
    return timestampMs >= endMs - windowMs && timestampMs < endMs
  })
  const counts = new FailureCounts(limits)
  for (const failure of inside) counts.change(failure, 1)
  const unvouched = inside.filter(({ failureClass }) => failureClass === 'unvouched')
  return { counts, unvouched: unvouched.map(({ attempt }) => attempt) }
}

function termsOf(
  { counts }: Story,
  limits: Limits['bruteForce'],
  evidence: readonly number[],
): ScoreTerm[] {
  const { unvouched, prefixes, vouched, isLockedOut } = counts
  const { failuresFree, failure, network, vouchedFailure, lockout } = limits
  const strange = Math.max(0, unvouched - failuresFree)
  const terms: readonly ScoreTerm[] = [
    {
      name: 'unvouched_failures',
      value: (failure * strange) / UNITS_PER_NAT,
      why: `${unvouched} failures from networks this user never used, ${failuresFree} are free`,
      quantities: {
        failures: unvouched,
        failures_free: failuresFree,
        points_per_failure: failure / UNITS_PER_NAT,
      },
      evidence,
    },
    {
      name: 'unvouched_networks',
      value: (network * Math.max(0, prefixes - 1)) / UNITS_PER_NAT,
      why: `${prefixes} different source networks, one is free`,
      quantities: {
        networks: prefixes,
        networks_free: 1,
        points_per_network: network / UNITS_PER_NAT,
      },
      evidence,
    },
    {
      name: 'vouched_failures',
      value: (vouchedFailure * vouched) / UNITS_PER_NAT,
      why: `${vouched} failures from the user's own networks at the same time`,
      quantities: { failures: vouched, points_per_failure: vouchedFailure / UNITS_PER_NAT },
      evidence,
    },
    {
      name: 'lockout',
      value: isLockedOut ? lockout / UNITS_PER_NAT : 0,
      why: 'the account was locked out',
      quantities: { locked_out: 1, points: lockout / UNITS_PER_NAT },
      evidence,
    },
  ]
  return terms.filter(({ value }) => value !== 0)
}

function consideredOf(
  { counts: { vouched, operatorKnown } }: Story,
  { isCold, config }: UserView,
): Consideration[] {
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
    coldStartOf(isCold, config.limits),
  ]
}

function draftOf(
  view: UserView,
  day: number,
  flagged: readonly FlaggedWindow[],
  classed: readonly ClassedFailure[],
  mask: NameMask,
): AlertDraft {
  const { limits } = view.config
  const severity: Severity = view.isCold ? 'low' : 'medium'
  const story = storyOf(flagged, classed, limits.bruteForce)
  const { unvouched, counts } = story
  const first = flagged[0] as FlaggedWindow
  const lines = sampleOf(unvouched, limits.common.evidenceLines)
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
    severity,
    riskScore: SEVERITY_SCORE[severity],
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
    posterior: null,
    threshold: limits.bruteForce.threshold / UNITS_PER_NAT,
    terms: termsOf(
      story,
      limits.bruteForce,
      evidence.map((_line, index) => index),
    ),
    considered: consideredOf(story, view),
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
