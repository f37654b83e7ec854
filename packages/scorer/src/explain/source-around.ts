import {
  type AnnotatedAttempt,
  attacksAround,
  classedAttemptsOf,
  DAY_MS,
  dayOf,
  dayStartMs,
  type FlaggedPane,
  PANE_MS,
  type SourceAttack,
  type SourceView,
  UNITS_PER_NAT,
} from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'

/** How an attempt counts in N (`OUTCOME_CLASSES` of detect). */
export type OutcomeClass = SourceAttack['attempts'][number]['outcomeClass']

/** A window of a source, as N weighs it. */
export interface SourceWindow {
  /** Log-likelihood ratio of attack against honest use, nats. */
  readonly nats: number
  readonly thresholdNats: number
  readonly failingUsers: number
  readonly failingUsersMin: number
  readonly windowMs: number
  /** End of the window, exclusive. */
  readonly endMs: number
  /** The address that it is of, `''` for the network as a whole. */
  readonly address: string
}

/** Who succeeded and failed at a source within the reach of X1, before or after an attempt. Distinct users. */
export interface SourceAround {
  readonly prefix: string
  readonly reachMs: number
  readonly vouchedUsers: number
  readonly strangeUsers: number
  readonly failingUsers: number
  /** Of the failing ones, names that never succeeded. */
  readonly neverSucceeded: number
  /** More came than is kept: counts are lower bounds. */
  readonly isCapped: boolean
  /** How many unvouched users make P2, and the active days that each of them must have had. */
  readonly reuseUsersMin: number
  readonly reuseActiveDaysMin: number
  /** How the attempt counts there; null when it says nothing about guessing. */
  readonly outcomeClass: OutcomeClass | null
  /** The strongest window that ends with the attempt's own five minutes; null unless somebody fails in them. */
  readonly own: SourceWindow | null
  /** The strongest window within reach; null when nobody fails. */
  readonly strongest: SourceWindow | null
}

/**
 * @param isVouchedLogin the attempt is a login that its source vouches for, which is counted and not kept
 * @param viewOf the source as the rules see it when they ask for a day
 * @param bottomViewOf the same with thresholds at the bottom
 */
export function sourceAround(
  viewOf: (day: number) => SourceView,
  bottomViewOf: (day: number) => SourceView,
  { id, prefix, event }: Attempt,
  isVouchedLogin: boolean,
): SourceAround {
  const day = dayOf(event.timestampMs)
  const view = viewOf(day)
  const { limits } = view.config
  const { reachMs } = limits.successInside
  const [fromMs, toMs] = [event.timestampMs - reachMs, event.timestampMs + reachMs]
  const near = view.attempts(fromMs, toMs)
  const failing = near.filter(({ outcome }) => outcome !== 'success')
  const attacks = attacksAround(bottomViewOf, day)
  const windows = attacks
    .flatMap(({ panes }) => panes)
    .filter(({ paneStartMs }) => paneStartMs + PANE_MS >= fromMs && paneStartMs <= toMs)
  const own = windows.find(({ paneStartMs }) => {
    return paneStartMs <= event.timestampMs && event.timestampMs < paneStartMs + PANE_MS
  })
  const strongest = windows.reduce<FlaggedPane | null>(
    (best, pane) => (best === null || pane.llr > best.llr ? pane : best),
    null,
  )
  const startMs = dayStartMs(day)
  const [dayBeforeMs, settledMs] = [startMs - DAY_MS, startMs + 2 * DAY_MS - 1]
  const classed = classedAttemptsOf(view, dayBeforeMs, startMs + DAY_MS - 1, settledMs).find(
    ({ annotated }) => annotated?.attempt.id === id,
  )
  const windowOf = (pane: FlaggedPane | null | undefined) =>
    pane === null || pane === undefined ? null : sourceWindowOf(pane, view)
  return {
    prefix,
    reachMs,
    vouchedUsers: new Set(view.vouchedLogins(fromMs, toMs).map(({ userKey }) => userKey)).size,
    strangeUsers: usersOf(near.filter(({ outcome }) => outcome === 'success')),
    failingUsers: usersOf(failing),
    neverSucceeded: usersOf(failing.filter(({ isPerson }) => !isPerson)),
    isCapped: view.isCapped(fromMs, toMs),
    reuseUsersMin: limits.reuse.usersMin,
    reuseActiveDaysMin: limits.reuse.activeDaysMin,
    outcomeClass: isVouchedLogin ? 'vouched_success' : (classed?.outcomeClass ?? null),
    own: windowOf(own),
    strongest: windowOf(strongest),
  }
}

function usersOf(annotated: readonly AnnotatedAttempt[]): number {
  return new Set(annotated.map(({ attempt }) => attempt.event.userKey)).size
}

function sourceWindowOf(
  { llr, failingUsers, windowMs, paneStartMs, address }: FlaggedPane,
  { config }: SourceView,
): SourceWindow {
  const { threshold, failingUsersMin } = config.limits.source
  return {
    nats: llr / UNITS_PER_NAT,
    thresholdNats: threshold / UNITS_PER_NAT,
    failingUsers,
    failingUsersMin,
    windowMs,
    endMs: paneStartMs + PANE_MS,
    address,
  }
}
