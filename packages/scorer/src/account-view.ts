import {
  compareText,
  type DetectConfig,
  dayOf,
  type Failure,
  type OrganisationProfile,
  type Presence,
  type SessionSpan,
  type UserView,
} from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import type { AccountDays } from './account-days.ts'
import { VOUCHED_PREFIXES_MAX } from './annotation.ts'
import { presencesOf } from './presences.ts'
import type { ResolvedDay } from './resolved-day.ts'
import { asnOfKey, countryOfKey, KIND, networkKeyOf } from './store/long-term-record.ts'
import { prefixKeyOf, prefixTextOf } from './store/prefix-key.ts'
import { tokenOf } from './store/token.ts'

/**
 * One account's facts, queried for one UTC day. What is complete is asked of the account's record, what is open of its
 * lines; the day before the one that is asked about is asked of its lines either way, because they know the hour.
 */
export class AccountView implements UserView {
  readonly userKey: string
  readonly config: DetectConfig
  readonly profile: OrganisationProfile
  readonly isCold: boolean
  readonly #days: AccountDays
  readonly #day: number
  #presences: { day: number; presences: readonly Presence[] } | null = null

  constructor(days: AccountDays, profile: OrganisationProfile, day: number) {
    this.userKey = days.userKey
    this.config = days.config
    this.profile = profile
    this.#days = days
    this.#day = day
    this.isCold = isColdOn(this.config, profile, day)
  }

  isInSeveralNetworks(day: number): boolean {
    const places = this.#around(day).flatMap(({ signs, sessions }) => [
      ...signs.map(({ place }) => place),
      ...sessions.map(({ attempt }) => attempt.place),
    ])
    const [first] = places
    return places.some(({ asn, country }) => asn !== first?.asn || country !== first.country)
  }

  logins(day: number): readonly Attempt[] {
    return this.#days.resolved(day).logins
  }

  presences(day: number): readonly Presence[] {
    if (this.#presences?.day !== day) {
      const { sessionMsMax } = this.config.limits.travel
      this.#presences = { day, presences: presencesOf(this.#around(day), sessionMsMax) }
    }
    return this.#presences.presences
  }

  sessions(day: number): readonly SessionSpan[] {
    return this.#around(day).flatMap(({ sessions }) => sessions)
  }

  sessionLines(day: number): readonly Attempt[] {
    return [day - 1, day, day + 1].flatMap((near) =>
      this.#days.attempts(near).filter(({ event }) => {
        return event.sessionId !== '' && SESSION_LINES.has(event.attempt)
      }),
    )
  }

  failures(fromMs: number, toMs: number): readonly Failure[] {
    const failures: Failure[] = []
    for (let day = dayOf(fromMs); day <= dayOf(toMs); day++) {
      for (const failure of this.#days.resolved(day).failures) {
        const { timestampMs } = failure.attempt.event
        if (timestampMs >= fromMs && timestampMs <= toMs) failures.push(failure)
      }
    }
    return failures
  }

  isVouched(prefix: string, timestampMs: number): boolean {
    return prefix !== '' && this.#knows(KIND.prefix, prefixKeyOf(prefix), timestampMs)
  }

  knowsAsn(asn: number, timestampMs: number): boolean {
    return asn !== 0 && this.#knowsNetwork((key) => asnOfKey(key) === asn, timestampMs)
  }

  knowsCountry(country: string, timestampMs: number): boolean {
    return country !== '' && this.#knowsNetwork((key) => countryOfKey(key) === country, timestampMs)
  }

  knowsDevice(deviceId: string, timestampMs: number): boolean {
    return this.#knowsText(KIND.device, deviceId, timestampMs)
  }

  knowsClient(family: string, timestampMs: number): boolean {
    return this.#knowsText(KIND.client, family, timestampMs)
  }

  knowsGateway(group: string, timestampMs: number): boolean {
    return this.#knowsText(KIND.gateway, group, timestampMs)
  }

  knowsRealm(realm: string, timestampMs: number): boolean {
    return this.#knowsText(KIND.realm, realm, timestampMs)
  }

  isKnown(timestampMs: number): boolean {
    if (this.isCold) return false
    const day = dayOf(timestampMs)
    const { knownUserDays } = this.config.limits.common
    const last = this.#days.lastActiveDay(this.#wholeDaysBefore(day))
    if (last !== null && last >= day - knownUserDays) return true
    return this.#isOldEnough(this.#days.activity(day - 1).startMs, timestampMs)
  }

  networkDaysBefore(asn: number, country: string, day: number): number {
    return this.#days.daysOf(KIND.network, networkKeyOf(asn, country), this.#from(day), day - 1)
  }

  activeDaysBefore(day: number): number {
    return this.#days.activeDays(this.#from(day), day - 1)
  }

  lastActiveDayBefore(day: number): number | null {
    const last = this.#days.lastActiveDay(day - 1)
    return last !== null && last >= day - this.config.limits.common.knownUserDays ? last : null
  }

  firstActiveDayBefore(day: number): number | null {
    return this.#days.firstActiveDay(day - 1)
  }

  alwaysNamesDevice(day: number): boolean {
    return this.#days.alwaysNamesDevice(this.#from(day), day - 1)
  }

  loginHours(day: number): readonly number[] {
    return this.#days.loginHours(day - 1)
  }

  vouchedPrefixes(day: number): readonly string[] {
    if (this.isCold) return []
    return this.#mostActive(KIND.prefix, day, prefixTextOf)
      .filter((prefix) => !this.profile.isSharedEgress(prefix))
      .slice(0, VOUCHED_PREFIXES_MAX)
  }

  homeCountry(day: number): string {
    return this.#mostActive(KIND.network, day, countryOfKey)[0] ?? ''
  }

  #from(day: number): number {
    return day - this.config.limits.common.vouchDays
  }

  #around(day: number): ResolvedDay[] {
    return [day - 1, day, day + 1].map((near) => this.#days.resolved(near))
  }

  #knowsText(kind: number, text: string, timestampMs: number): boolean {
    return text !== '' && this.#knows(kind, tokenOf(text), timestampMs)
  }

  /** A success with the key before the day of the time, long enough ago and not too long. */
  #knows(kind: number, key: number, timestampMs: number): boolean {
    if (this.isCold) return false
    const day = dayOf(timestampMs)
    const to = this.#wholeDaysBefore(day)
    if (this.#days.daysOf(kind, key, this.#from(day), to) > 0) return true
    return this.#isOldEnough(this.#days.activity(day - 1).firstMs[kind]?.get(key), timestampMs)
  }

  #knowsNetwork(isMatch: (key: number) => boolean, timestampMs: number): boolean {
    if (this.isCold) return false
    const day = dayOf(timestampMs)
    for (const key of this.#days.keys(KIND.network, this.#from(day), this.#wholeDaysBefore(day))) {
      if (isMatch(key)) return true
    }
    for (const [key, firstMs] of this.#days.activity(day - 1).firstMs[KIND.network] ?? []) {
      if (isMatch(key) && this.#isOldEnough(firstMs, timestampMs)) return true
    }
    return false
  }

  #isOldEnough(firstMs: number | null | undefined, timestampMs: number): boolean {
    const { vouchDelayMs } = this.config.limits.common
    return typeof firstMs === 'number' && firstMs <= timestampMs - vouchDelayMs
  }

  /**
   * The last day whose uses all count for a time on `day`: that of two days before, for the day before may be too near. For
   * times before the day in question (the windows of its failures) it is the day before: which hours of it count has
   * been decided when those failures were new, and the lines are gone.
   */
  #wholeDaysBefore(day: number): number {
    return day < this.#day ? day - 1 : day - 2
  }

  /** Texts by the days before `day` on which one of their keys was used, most first; ties by text. */
  #mostActive(kind: number, day: number, textOf: (key: number) => string): string[] {
    const perText = Map.groupBy(this.#days.keys(kind, this.#from(day), day - 1).keys(), textOf)
    perText.delete('')
    const ranked = [...perText].map(([text, keys]) => ({
      text,
      days: this.#days.daysOfAny(kind, keys, this.#from(day), day - 1),
    }))
    ranked.sort((a, b) => b.days - a.days || compareText(a.text, b.text))
    return ranked.map(({ text }) => text)
  }
}

/** The organisation has too little history on a day for novelty to mean anything. */
export function isColdOn(
  { limits }: DetectConfig,
  { firstDay }: OrganisationProfile,
  day: number,
): boolean {
  return firstDay === null || day - firstDay < limits.common.coldStartDays
}

const SESSION_LINES: ReadonlySet<string> = new Set([
  'success',
  'session_start',
  'session_move',
  'session_end',
])
