import { hash } from 'node:crypto'
import {
  COMMON_LIMITS,
  compareText,
  DAY_MS,
  dayOf,
  dayStartMs,
  type OrganisationProfile,
  TRAVEL_LIMITS,
} from '@sekisho/detect'
import { addDay, countDays, type DaySet, daysOf, dropDaysBefore } from './day-set.ts'

/** One successful login as the organisation counts it. */
export interface OrganisationFact {
  readonly userKey: string
  readonly prefix: string
  readonly country: string
  readonly timestampMs: number
}

/** Days on which each user was active at a key (a source network, a country). */
type ActiveDays = Map<string, Map<string, DaySet>>

/**
 * What the whole tenant looked like by the end of a day: shared networks, countries, length of history. Facts
 * are day bits that join in any order; a profile is a query as of a complete day.
 */
export class Organisation {
  readonly #prefixes: ActiveDays = new Map()
  readonly #countries: ActiveDays = new Map()
  readonly #days: DaySet = []
  /** Time of the first success of each active day. */
  readonly #firstMs = new Map<number, number>()
  readonly #profiles = new Map<number, OrganisationProfile>()

  join(fact: OrganisationFact): void {
    const day = dayOf(fact.timestampMs)
    addActive(this.#prefixes, fact.prefix, fact.userKey, day)
    if (fact.country !== '') addActive(this.#countries, fact.country, fact.userKey, day)
    addDay(this.#days, day)
    const firstMs = this.#firstMs.get(day)
    if (firstMs === undefined || fact.timestampMs < firstMs)
      this.#firstMs.set(day, fact.timestampMs)
    for (const other of this.#profiles.keys()) if (other >= day) this.#profiles.delete(other)
  }

  /** The profile of a complete day; equal facts give an equal profile with an equal hash. */
  profile(day: number): OrganisationProfile {
    let profile = this.#profiles.get(day)
    if (profile === undefined) {
      profile = this.#compute(day)
      this.#profiles.set(day, profile)
    }
    return profile
  }

  /** Forgets what no profile from `day` on can read. */
  forgetBefore(day: number): void {
    for (const old of this.#profiles.keys()) if (old < day) this.#profiles.delete(old)
    for (const active of [this.#prefixes, this.#countries]) {
      dropActive(active, day - COMMON_LIMITS.profileDays)
    }
  }

  /** A day that begins in its second half is no complete day of history. */
  #firstCompleteDay(day: number): number | null {
    const first = firstDayOfStretch(this.#days, day)
    if (first === null) return null
    const isPartial = (this.#firstMs.get(first) ?? 0) >= dayStartMs(first) + DAY_MS / 2
    return isPartial ? first + 1 : first
  }

  #compute(day: number): OrganisationProfile {
    const from = day - COMMON_LIMITS.profileDays + 1
    const shared = sharedPrefixes(this.#prefixes, from, day)
    const userDays = userDaysPerCountry(this.#countries, from, day)
    const total = [...userDays.values()].reduce((sum, days) => sum + days, 0)
    const firstDay = this.#firstCompleteDay(day)
    const content = [firstDay, [...shared].sort(compareText), [...userDays].sort(byKey)]
    return {
      day,
      hash: hash('sha256', JSON.stringify(content), 'hex').slice(0, 16),
      firstDay,
      usersOf: (prefix) => activeUsers(this.#prefixes.get(prefix), from, day),
      isSharedEgress: (prefix) => shared.has(prefix),
      countryShare: (country) => (total === 0 ? 0 : (userDays.get(country) ?? 0) / total),
    }
  }
}

/** Users of a key on any day from `from` to `day`. */
function* activeUsers(
  users: ReadonlyMap<string, DaySet> | undefined,
  from: number,
  day: number,
): Generator<string> {
  for (const [userKey, days] of users ?? []) if (countDays(days, from, day) > 0) yield userKey
}

function byKey(a: readonly [string, number], b: readonly [string, number]): number {
  return compareText(a[0], b[0])
}

function addActive(active: ActiveDays, key: string, userKey: string, day: number): void {
  let users = active.get(key)
  if (users === undefined) {
    users = new Map()
    active.set(key, users)
  }
  const days = users.get(userKey)
  if (days !== undefined) addDay(days, day)
  else {
    const added: DaySet = []
    addDay(added, day)
    users.set(userKey, added)
  }
}

function dropActive(active: ActiveDays, day: number): void {
  for (const [key, users] of active) {
    for (const [userKey, days] of users) {
      dropDaysBefore(days, day)
      if (days.length === 0) users.delete(userKey)
    }
    if (users.size === 0) active.delete(key)
  }
}

/** Networks with enough users that were each active there on enough days (A.2, shared egress). */
function sharedPrefixes(prefixes: ActiveDays, from: number, day: number): Set<string> {
  const shared = new Set<string>()
  for (const [prefix, users] of prefixes) {
    if (users.size < TRAVEL_LIMITS.sharedEgressUsers) continue
    let regulars = 0
    for (const days of users.values()) {
      if (countDays(days, from, day) >= TRAVEL_LIMITS.sharedEgressDaysPerUser) regulars++
    }
    if (regulars >= TRAVEL_LIMITS.sharedEgressUsers) shared.add(prefix)
  }
  return shared
}

function userDaysPerCountry(countries: ActiveDays, from: number, day: number): Map<string, number> {
  const userDays = new Map<string, number>()
  for (const [country, users] of countries) {
    let days = 0
    for (const set of users.values()) days += countDays(set, from, day)
    if (days > 0) userDays.set(country, days)
  }
  return userDays
}

/** First day of the stretch of history that reaches `day`: a long silence before it begins a new one. */
function firstDayOfStretch(days: DaySet, day: number): number | null {
  let first: number | null = null
  let previous: number | null = null
  for (const active of daysOf(days)) {
    if (active > day) break
    if (previous === null || active - previous > COMMON_LIMITS.historyGapDays) first = active
    previous = active
  }
  const isCurrent = previous !== null && day - previous <= COMMON_LIMITS.historyGapDays
  return isCurrent ? first : null
}
