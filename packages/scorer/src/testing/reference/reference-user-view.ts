import {
  clientFamilyOf,
  compareText,
  type DetectConfig,
  dayOf,
  dayStartMs,
  type Failure,
  gatewayGroupOf,
  HOUR_MS,
  type OrganisationProfile,
  PROFILE_LAG_DAYS,
  type Presence,
  type SessionSpan,
  type UserView,
} from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { VOUCHED_PREFIXES_MAX } from '../../annotation.ts'
import { presencesOf } from '../../presences.ts'
import type { ResolvedDay } from '../../resolved-day.ts'
import { dayOfAttempt } from './distinct-attempts.ts'
import type { ReferenceState } from './reference-state.ts'

type Match = (attempt: Attempt) => boolean

const ANY: Match = () => true
const SESSION_LINES = new Set(['success', 'session_start', 'session_move', 'session_end'])

/** One user asked about for one UTC day: every answer is a filter over all of the user's lines. */
export class ReferenceUserView implements UserView {
  readonly userKey: string
  readonly config: DetectConfig
  readonly profile: OrganisationProfile
  readonly isCold: boolean
  readonly #state: ReferenceState
  readonly #day: number
  readonly #lessons: readonly Attempt[]

  constructor(state: ReferenceState, userKey: string, day: number) {
    this.userKey = userKey
    this.config = state.config
    this.profile = state.profile(day - PROFILE_LAG_DAYS)
    const { firstDay } = this.profile
    this.isCold = firstDay === null || day - firstDay < this.config.limits.common.coldStartDays
    this.#state = state
    this.#day = day
    this.#lessons = state.lessons(userKey, day)
  }

  isInSeveralNetworks(day: number): boolean {
    const networks = this.#resolvedAround(day).flatMap(({ signs, sessions }) =>
      [...signs, ...sessions.map(({ attempt }) => attempt)].map(
        ({ place }) => `${place.asn}|${place.country}`,
      ),
    )
    return new Set(networks).size > 1
  }

  logins(day: number): readonly Attempt[] {
    return this.#state.resolved(this.userKey, day).logins
  }

  presences(day: number): readonly Presence[] {
    return presencesOf(this.#resolvedAround(day), this.config.limits.travel.sessionMsMax)
  }

  sessions(day: number): readonly SessionSpan[] {
    return this.#resolvedAround(day).flatMap(({ sessions }) => sessions)
  }

  sessionLines(day: number): readonly Attempt[] {
    return this.#state
      .linesOf(this.userKey)
      .filter((attempt) => Math.abs(dayOfAttempt(attempt) - day) <= 1)
      .filter(({ event }) => event.sessionId !== '' && SESSION_LINES.has(event.attempt))
  }

  failures(fromMs: number, toMs: number): readonly Failure[] {
    return this.#state
      .daysOf(this.userKey)
      .flatMap((day) => this.#state.resolved(this.userKey, day).failures)
      .filter(({ attempt: { event } }) => event.timestampMs >= fromMs && event.timestampMs <= toMs)
  }

  isVouched(prefix: string, timestampMs: number): boolean {
    return prefix !== '' && this.#knows((attempt) => attempt.prefix === prefix, timestampMs)
  }

  knowsAsn(asn: number, timestampMs: number): boolean {
    return asn !== 0 && this.#knows(({ place }) => place.asn === asn, timestampMs)
  }

  knowsCountry(country: string, timestampMs: number): boolean {
    return country !== '' && this.#knows(({ place }) => place.country === country, timestampMs)
  }

  knowsDevice(deviceId: string, timestampMs: number): boolean {
    return deviceId !== '' && this.#knows(({ event }) => event.deviceId === deviceId, timestampMs)
  }

  knowsClient(family: string, timestampMs: number): boolean {
    const isSame: Match = ({ event }) => clientFamilyOf(event.userAgent) === family
    return family !== '' && this.#knows(isSame, timestampMs)
  }

  knowsGateway(group: string, timestampMs: number): boolean {
    const isSame: Match = ({ event }) => gatewayGroupOf(this.config, event) === group
    return group !== '' && this.#knows(isSame, timestampMs)
  }

  knowsRealm(realm: string, timestampMs: number): boolean {
    return realm !== '' && this.#knows(({ event }) => event.realm === realm, timestampMs)
  }

  isKnown(timestampMs: number): boolean {
    return this.#knows(ANY, timestampMs, this.config.limits.common.knownUserDays)
  }

  networkDaysBefore(asn: number, country: string, day: number): number {
    return this.#vouchingDays(day, ({ place }) => place.asn === asn && place.country === country)
      .length
  }

  activeDaysBefore(day: number): number {
    return this.#vouchingDays(day, ANY).length
  }

  lastActiveDayBefore(day: number): number | null {
    const { knownUserDays } = this.config.limits.common
    return this.#activeDays(day - knownUserDays, day - 1, ANY).at(-1) ?? null
  }

  firstActiveDayBefore(day: number): number | null {
    return this.#activeDays(Number.NEGATIVE_INFINITY, day - 1, ANY)[0] ?? null
  }

  alwaysNamesDevice(day: number): boolean {
    const withDevice = this.#vouchingDays(day, ({ event }) => event.deviceId !== '')
    return withDevice.length > 0 && withDevice.length === this.activeDaysBefore(day)
  }

  loginHours(day: number): readonly number[] {
    let counts: readonly number[] = new Array<number>(24).fill(0)
    for (const active of this.#activeDays(Number.NEGATIVE_INFINITY, day - 1, ANY)) {
      const onDay = this.#lessons.filter((attempt) => dayOfAttempt(attempt) === active)
      const hours = onDay.map(({ event }) =>
        Math.floor((event.timestampMs - dayStartMs(active)) / HOUR_MS),
      )
      counts = counts.map((count, hour) => count + (hours.includes(hour) ? 1 : 0))
      if (counts.some((count) => count >= 255))
        counts = counts.map((count) => Math.floor(count / 2))
    }
    return counts
  }

  vouchedPrefixes(day: number): readonly string[] {
    if (this.isCold) return []
    const ranked = this.#mostActive(day, ({ prefix }) => prefix)
    return ranked
      .filter((prefix) => !this.profile.isSharedEgress(prefix))
      .slice(0, VOUCHED_PREFIXES_MAX)
  }

  homeCountry(day: number): string {
    return this.#mostActive(day, ({ place }) => place.country)[0] ?? ''
  }

  #resolvedAround(day: number): ResolvedDay[] {
    return [day - 1, day, day + 1].map((near) => this.#state.resolved(this.userKey, near))
  }

  /** A success that matches, on a day before that of the time, long enough ago and not too long. */
  #knows(
    isMatch: Match,
    timestampMs: number,
    reachDays = this.config.limits.common.vouchDays,
  ): boolean {
    if (this.isCold) return false
    const day = dayOf(timestampMs)
    const { vouchDelayMs } = this.config.limits.common
    return this.#lessons.some((attempt) => {
      const own = dayOfAttempt(attempt)
      // For times before the day in question the day before them counts whole.
      const isOldEnough =
        own < day && (day < this.#day || attempt.event.timestampMs <= timestampMs - vouchDelayMs)
      return isOldEnough && own >= day - reachDays && isMatch(attempt)
    })
  }

  /** Distinct days with a success that matches, ascending. */
  #activeDays(from: number, to: number, isMatch: Match): number[] {
    const days = this.#lessons.filter(isMatch).map(dayOfAttempt)
    return [...new Set(days)].filter((day) => day >= from && day <= to).sort((a, b) => a - b)
  }

  /** Days before `day` on which a success that matches still counts. */
  #vouchingDays(day: number, isMatch: Match): number[] {
    return this.#activeDays(day - this.config.limits.common.vouchDays, day - 1, isMatch)
  }

  /** Texts by the number of days before `day` that they were used on, most first; ties by text. */
  #mostActive(day: number, textOf: (attempt: Attempt) => string): string[] {
    const texts = [...new Set(this.#lessons.map(textOf))].filter((text) => text !== '')
    return texts
      .map((text) => ({
        text,
        days: this.#vouchingDays(day, (attempt) => textOf(attempt) === text).length,
      }))
      .filter(({ days }) => days > 0)
      .sort((a, b) => b.days - a.days || compareText(a.text, b.text))
      .map(({ text }) => text)
  }
}
