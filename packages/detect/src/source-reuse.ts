import type { Severity } from '@sekisho/event'
import type { AlertDraft } from './alert-draft.ts'
import { byTimeAndId, type NameMask } from './evidence.ts'
import { isOrganisationGround, isRentedClass } from './network-kinds.ts'
import type { SourceAttack } from './source-attack.ts'
import { sourceReuseAlert } from './source-reuse-alert.ts'
import type { AnnotatedAttempt, SourceView } from './source-view.ts'
import { DAY_MS, dayStartMs } from './time.ts'

/**
 * P2, source reuse: accounts with a history, who share no network of their own, succeed from one network that vouches
 * for none of them, within a day: one operator with several people's passwords (A.9).
 *
 * A success *counts* when nothing vouches for it, its user has `activeDaysMin` active days, the network's operator or
 * country is new to the user, and the device is not one that the user had before: an operator does not hold the
 * devices. Networks that strangers share (mobile, satellite) and the organisation's own ground are not looked at.
 *
 * Such a success is *ordinary* on a line that nobody rents in a country that the user knows or where the
 * organisation's people live. Shared egress is left out of the users' own networks, so five colleagues of one large
 * office who start in a new branch, or meet in a hotel, look like strangers to each other. Ordinary successes
 * therefore make a signal at most: an operator in the victims' own country is `X1`'s and `U2`'s business.
 * Defaults and false positives: docs/rules/P2.md.
 */
export function sourceReuse(
  view: SourceView,
  day: number,
  _attacks: readonly SourceAttack[],
  mask: NameMask,
): AlertDraft[] {
  const { windowMs } = view.config.limits.reuse
  const startMs = dayStartMs(day)
  const counted = view
    .attempts(startMs - windowMs, startMs + DAY_MS - 1)
    .filter((annotated) => isCounted(view, annotated))
  const strange = counted.filter((annotated) => !isOrdinary(annotated))
  for (const [candidates, isSignal] of [[strange, false] as const, [counted, true] as const]) {
    const users = firstUnrelated(view, candidates, startMs)
    if (users === null) continue
    const isCold = users.some((annotated) => annotated.isCold)
    const severity: Severity = isSignal || isCold ? 'low' : 'high'
    return [sourceReuseAlert(view, day, { users, counted, severity, isCold, isSignal }, mask)]
  }
  return []
}

function isCounted({ config, profile }: SourceView, annotated: AnnotatedAttempt): boolean {
  const { attempt, outcome, isVouched, knowsAsn, knowsCountry, knowsDevice } = annotated
  const { networkClass, asn } = attempt.place
  // Of a network that no database knows nobody can say that it is new.
  if (asn === 0) return false
  if (outcome !== 'success' || isVouched || knowsDevice || (knowsAsn && knowsCountry)) return false
  if (annotated.activeDays < config.limits.reuse.activeDaysMin) return false
  if (networkClass === 'mobile' || networkClass === 'satellite') return false
  return !isOrganisationGround(profile, { prefix: attempt.prefix, networkClass })
}

function isOrdinary({ attempt, knowsCountry, isHomeCountry }: AnnotatedAttempt): boolean {
  return !isRentedClass(attempt.place.networkClass) && (knowsCountry || isHomeCountry)
}

/**
 * The users of the first success of the day that completes `usersMin` of them who share no network, each with the
 * first success in the window before it; by (time, id). Null when there is none.
 */
function firstUnrelated(
  { config }: SourceView,
  candidates: readonly AnnotatedAttempt[],
  startMs: number,
): readonly AnnotatedAttempt[] | null {
  const { usersMin, windowMs } = config.limits.reuse
  const { usersPerPane } = config.limits.room
  const sorted = [...candidates].sort((a, b) => byTimeAndId(a.attempt, b.attempt))
  for (const [index, last] of sorted.entries()) {
    const atMs = timeOf(last)
    if (atMs < startMs) continue
    const before = new Map<string, AnnotatedAttempt>()
    for (const earlier of sorted.slice(0, index)) {
      const { userKey } = earlier.attempt.event
      if (atMs - timeOf(earlier) > windowMs || before.has(userKey)) continue
      if (before.size < usersPerPane) before.set(userKey, earlier)
    }
    before.delete(last.attempt.event.userKey)
    const set = unrelatedSetOf(last, [...before.values()], usersMin)
    if (set !== null) return set
  }
  return null
}

/**
 * At least `count` users who share no network pairwise, `last` among them: greedily by (time, id) of their first
 * successes, begun with each of them in turn. A function of the set, and exact for up to three users, where one that
 * is compatible with the first two is all there is to find; for more it may miss a set that a search would find.
 */
function unrelatedSetOf(
  last: AnnotatedAttempt,
  before: readonly AnnotatedAttempt[],
  count: number,
): readonly AnnotatedAttempt[] | null {
  const possible = before.filter((other) => isUnrelated(last, other))
  if (count <= 1) return [last]
  for (const [index, first] of possible.entries()) {
    const set = [first]
    for (const next of possible.slice(index + 1)) {
      if (set.every((member) => isUnrelated(member, next))) set.push(next)
    }
    if (set.length + 1 >= count) return [...set, last]
  }
  return null
}

function isUnrelated(a: AnnotatedAttempt, b: AnnotatedAttempt): boolean {
  return !a.vouchedPrefixes.some((prefix) => b.vouchedPrefixes.includes(prefix))
}

function timeOf({ attempt }: AnnotatedAttempt): number {
  return attempt.event.timestampMs
}
