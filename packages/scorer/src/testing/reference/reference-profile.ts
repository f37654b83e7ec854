import { DAY_MS, dayStartMs, type OrganisationProfile, type SessionSpan } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { profileHashOf } from '../../profile-hash.ts'
import { dayOfAttempt } from './distinct-attempts.ts'
import type { ReferenceState } from './reference-state.ts'

/** The organisation as of the end of `day`, every answer counted from the lines themselves. */
export function referenceProfile(state: ReferenceState, day: number): OrganisationProfile {
  const { common } = state.config.limits
  const taught = state.users
    .flatMap((userKey) => state.lessons(userKey, day + 1))
    .filter((attempt) => dayOfAttempt(attempt) <= day)
  const since = (days: number): Attempt[] =>
    taught.filter((attempt) => dayOfAttempt(attempt) > day - days)
  const window = since(common.profileDays)
  const userDays = userDaysOf(window)
  const prefixes = distinct(window.map(({ prefix }) => prefix))
  const countries = distinct(window.map(({ place }) => place.country))
  const sharedEgress = prefixes.filter((prefix) => isShared(state, window, prefix))
  const concurrentUserDays = concurrentUserDaysOf(state, day - common.profileDays + 1, day)
  const daysIn = (isMatch: (attempt: Attempt) => boolean): number =>
    userDaysOf(window.filter(isMatch))
  const inNetwork = (key: string): number => daysIn((attempt) => networkKeyOf(attempt) === key)
  const inCountry = (cc: string): number => daysIn(({ place }) => place.country === cc)
  const firstDay = firstDayOf(state, taught, day)
  return {
    day,
    hash: profileHashOf({
      firstDay,
      userDays,
      networks: [...new Set(window.map(networkKeyOf))].map((key) => [key, inNetwork(key)]),
      countries: countries.map((cc) => [cc, inCountry(cc)]),
      sharedEgress,
      concurrentUserDays,
    }),
    firstDay,
    userDays,
    networkUserDays: (asn, country) => inNetwork(`${asn}|${country}`),
    countryShare: (cc) => (cc === '' || userDays === 0 ? 0 : inCountry(cc) / userDays),
    isSharedEgress: (prefix) => sharedEgress.includes(prefix),
    hasSucceededFrom: (prefix) =>
      prefix !== '' && since(common.vouchDays).some((attempt) => attempt.prefix === prefix),
    concurrentShare: userDays === 0 ? 0 : concurrentUserDays / userDays,
  }
}

function networkKeyOf({ place }: Attempt): string {
  return `${place.asn}|${place.country}`
}

/** Distinct texts that say something. */
function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== '')
}

/** Distinct days of each user, summed over the users. */
function userDaysOf(attempts: readonly Attempt[]): number {
  return new Set(attempts.map((attempt) => `${dayOfAttempt(attempt)}|${attempt.event.userKey}`))
    .size
}

function isShared(state: ReferenceState, window: readonly Attempt[], prefix: string): boolean {
  const { sharedEgressUsers, sharedEgressDaysPerUser } = state.config.limits.travel
  const perUser = Map.groupBy(
    window.filter((attempt) => attempt.prefix === prefix),
    ({ event }) => event.userKey,
  )
  const regulars = [...perUser.values()].filter(
    (attempts) => userDaysOf(attempts) >= sharedEgressDaysPerUser,
  )
  return regulars.length >= sharedEgressUsers
}

/** Days from `from` to `to` on which a user had sessions from two networks at one time, summed over the users. */
function concurrentUserDaysOf(state: ReferenceState, from: number, to: number): number {
  return state.users.reduce((sum, userKey) => {
    const days = state.daysOf(userKey).filter((day) => day >= from && day <= to)
    return sum + days.filter((day) => hasConcurrentPair(state, userKey, day)).length
  }, 0)
}

/** One session ended on `day`, the other on it or the day before. */
function hasConcurrentPair(state: ReferenceState, userKey: string, day: number): boolean {
  const { concurrentMsMin } = state.config.limits.travel
  const ended = state.resolved(userKey, day).sessions
  const others = [...state.resolved(userKey, day - 1).sessions, ...ended]
  return ended.some((a) =>
    others.some((b) => isElsewhere(a, b) && overlapMsOf(a, b) >= concurrentMsMin),
  )
}

function isElsewhere(a: SessionSpan, b: SessionSpan): boolean {
  return (
    a.attempt.prefix !== b.attempt.prefix && networkKeyOf(a.attempt) !== networkKeyOf(b.attempt)
  )
}

/** How long both sessions lasted at one time, ms; negative when they did not. */
function overlapMsOf(a: SessionSpan, b: SessionSpan): number {
  return Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs)
}

/**
 * First complete day of the stretch of history that reaches `day`; null when none does. A silence longer than
 * `historyGapDays` ends a stretch, and a day that begins in its second half is not complete.
 */
function firstDayOf(state: ReferenceState, taught: readonly Attempt[], day: number): number | null {
  const { historyGapDays } = state.config.limits.common
  const days = [...new Set(taught.map(dayOfAttempt))].sort((a, b) => a - b)
  const last = days.at(-1)
  if (last === undefined || day - last > historyGapDays) return null
  const first = days.findLast((each, i) => {
    const previous = days[i - 1]
    return previous === undefined || each - previous > historyGapDays
  }) as number
  const firstMs = Math.min(
    ...taught
      .filter((attempt) => dayOfAttempt(attempt) === first)
      .map(({ event }) => event.timestampMs),
  )
  return firstMs >= dayStartMs(first) + DAY_MS / 2 ? first + 1 : first
}
