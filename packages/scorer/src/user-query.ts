import {
  COMMON_LIMITS,
  dayOf,
  type Failure,
  type OrganisationProfile,
  type Presence,
  type UserView,
} from '@sekisho/detect'
import type { Place } from '@sekisho/event'
import { countDays } from './day-set.ts'
import { firstUseMsOf } from './first-uses.ts'
import { type DayActivity, type LongTerm, networkKeyOf } from './long-term.ts'
import type { Organisation } from './organisation.ts'
import { presencesOf } from './presences.ts'
import type { ResolvedDay } from './resolved-day.ts'
import type { UserFacts } from './user-facts.ts'

const { vouchDays, vouchDelayMs, knownUserDays, profileLagDays, coldStartDays } = COMMON_LIMITS

/**
 * A day is either folded or hot, never both, and which of the two may differ between a live and a batch run. So
 * complete state is asked for everything up to two days before (all of it is a day old), and hot state is added.
 */
const SETTLED_DAYS = 2

/**
 * One user's facts, queried for one UTC day. A query at a time t of day d reads the complete days up to d−3 and the
 * hot days d−2, d−1 and d; what happened less than a day before t vouches for nothing.
 */
export class UserQuery implements UserView {
  readonly userKey: string
  readonly profile: OrganisationProfile
  readonly isCold: boolean
  readonly #facts: UserFacts
  readonly #longTerm = new Map<number, LongTerm>()
  readonly #presences = new Map<number, readonly Presence[]>()
  readonly #activities = new Map<number, readonly DayActivity[]>()

  constructor(userKey: string, facts: UserFacts, organisation: Organisation, day: number) {
    this.userKey = userKey
    this.#facts = facts
    this.profile = organisation.profile(day - profileLagDays)
    const { firstDay } = this.profile
    this.isCold = firstDay === null || day - firstDay < coldStartDays
  }

  isInSeveralNetworks(day: number): boolean {
    let first: Place | null = null
    for (const { signs, sessions } of this.#resolvedDays(daysAround(day))) {
      for (const { place } of signs) {
        first ??= place
        if (place.asn !== first.asn || place.country !== first.country) return true
      }
      for (const { attempt } of sessions) {
        first ??= attempt.place
        if (attempt.place.asn !== first.asn || attempt.place.country !== first.country) return true
      }
    }
    return false
  }

  presences(day: number): readonly Presence[] {
    let presences = this.#presences.get(day)
    if (presences === undefined) {
      presences = presencesOf(this.#resolvedDays(daysAround(day)))
      this.#presences.set(day, presences)
    }
    return presences
  }

  failures(fromMs: number, toMs: number): readonly Failure[] {
    const failures: Failure[] = []
    for (let day = dayOf(fromMs); day <= dayOf(toMs); day++) {
      for (const failure of this.#facts.resolved(day)?.failures ?? []) {
        const { timestampMs } = failure.attempt.event
        if (timestampMs >= fromMs && timestampMs <= toMs) failures.push(failure)
      }
    }
    return failures
  }

  isVouched(prefix: string, timestampMs: number): boolean {
    if (this.isCold || prefix === '') return false
    return this.#wasUsed(timestampMs, 'prefixes', prefix)
  }

  knowsAsn(asn: number, timestampMs: number): boolean {
    if (asn === 0) return false
    return this.#knowsNetwork(timestampMs, (key) => key.startsWith(`${asn}|`))
  }

  knowsCountry(country: string, timestampMs: number): boolean {
    if (country === '') return false
    return this.#knowsNetwork(timestampMs, (key) => key.endsWith(`|${country}`))
  }

  knowsDevice(deviceId: string, timestampMs: number): boolean {
    if (this.isCold || deviceId === '') return false
    return this.#wasUsed(timestampMs, 'devices', deviceId)
  }

  isKnown(timestampMs: number): boolean {
    if (this.isCold) return false
    const day = dayOf(timestampMs)
    const { lastDay } = this.#longTermBefore(day)
    if (lastDay !== null && lastDay >= day - knownUserDays) return true
    return this.#hotActivities(day).some(({ prefixes }) =>
      prefixes.some(({ firstMs }) => firstMs <= timestampMs - vouchDelayMs),
    )
  }

  networkDaysBefore(asn: number, country: string, day: number): number {
    const key = networkKeyOf(asn, country)
    const set = this.#longTermBefore(day).networks.get(key)
    let days = set === undefined ? 0 : countDays(set, day - vouchDays, day - 1)
    for (const { networks } of this.#resolvedDays([day - 2, day - 1])) {
      if (firstUseMsOf(networks, key) !== null) days++
    }
    return days
  }

  homeCountry(day: number): string {
    const perCountry = new Map<string, number>()
    const add = (key: string, days: number): void => {
      const country = key.slice(key.indexOf('|') + 1)
      if (country !== '') perCountry.set(country, (perCountry.get(country) ?? 0) + days)
    }
    for (const [key, set] of this.#longTermBefore(day).networks) {
      add(key, countDays(set, day - vouchDays, day - 1))
    }
    for (const { networks } of this.#resolvedDays([day - 2, day - 1])) {
      for (const { key } of networks) add(key, 1)
    }
    let home = ''
    let most = 0
    for (const [country, days] of perCountry) {
      if (days > most || (days === most && country < home)) {
        home = country
        most = days
      }
    }
    return home
  }

  #longTermBefore(day: number): LongTerm {
    let longTerm = this.#longTerm.get(day)
    if (longTerm === undefined) {
      longTerm = this.#facts.longTermAsOf(day - profileLagDays)
      this.#longTerm.set(day, longTerm)
    }
    return longTerm
  }

  /** Activity of the days that are not complete for a query of `day`. */
  #hotActivities(day: number): readonly DayActivity[] {
    let activities = this.#activities.get(day)
    if (activities === undefined) {
      activities = this.#resolvedDays([day - 2, day - 1, day]).filter(
        ({ prefixes }) => prefixes.length > 0,
      )
      this.#activities.set(day, activities)
    }
    return activities
  }

  #resolvedDays(days: readonly number[]): ResolvedDay[] {
    const found: ResolvedDay[] = []
    for (const day of days) {
      const resolved = this.#facts.resolved(day)
      if (resolved !== null) found.push(resolved)
    }
    return found
  }

  #wasUsed(timestampMs: number, kind: 'prefixes' | 'devices', key: string): boolean {
    const day = dayOf(timestampMs)
    const set = this.#longTermBefore(day)[kind].get(key)
    if (set !== undefined && countDays(set, day - vouchDays, day - SETTLED_DAYS) > 0) return true
    return this.#hotActivities(day).some((activity) => {
      const firstMs = firstUseMsOf(activity[kind], key)
      return firstMs !== null && firstMs <= timestampMs - vouchDelayMs
    })
  }

  #knowsNetwork(timestampMs: number, isMatch: (key: string) => boolean): boolean {
    if (this.isCold) return false
    const day = dayOf(timestampMs)
    for (const [key, set] of this.#longTermBefore(day).networks) {
      if (isMatch(key) && countDays(set, day - vouchDays, day - SETTLED_DAYS) > 0) return true
    }
    return this.#hotActivities(day).some(({ networks }) =>
      networks.some(({ key, firstMs }) => isMatch(key) && firstMs <= timestampMs - vouchDelayMs),
    )
  }
}

/** Lines that show where a user was on a day: sessions of up to two days end on one of the two days after it. */
function daysAround(day: number): number[] {
  return [day - 1, day, day + 1, day + 2]
}
