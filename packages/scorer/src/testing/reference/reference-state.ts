import type { DetectConfig, OrganisationProfile } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { type ResolvedDay, resolveDay } from '../../resolved-day.ts'
import { dayOfAttempt, distinctAttempts } from './distinct-attempts.ts'
import { referenceProfile } from './reference-profile.ts'

/** A day without lines. */
const NOTHING: ResolvedDay = { logins: [], failures: [], signs: [], sessions: [], successes: [] }

/**
 * Every line of a run in plain arrays, and which of them must not teach. Whoever asks goes through the days in
 * ascending order, because what a day's alerts keep from teaching must be known before a later day is asked about.
 */
export class ReferenceState {
  readonly config: DetectConfig
  /** By user, by (time, id). */
  readonly #lines: ReadonlyMap<string, readonly Attempt[]>
  readonly #withheld = new Set<string>()
  readonly #resolved = new Map<string, ResolvedDay>()
  readonly #profiles = new Map<number, OrganisationProfile>()

  constructor(attempts: readonly Attempt[], config: DetectConfig) {
    this.config = config
    this.#lines = Map.groupBy(distinctAttempts(attempts), ({ event }) => event.userKey)
  }

  get users(): readonly string[] {
    return [...this.#lines.keys()]
  }

  /** Days with lines, ascending. */
  get days(): readonly number[] {
    return [...new Set([...this.#lines.values()].flat().map(dayOfAttempt))].sort((a, b) => a - b)
  }

  linesOf(userKey: string): readonly Attempt[] {
    return this.#lines.get(userKey) ?? []
  }

  /** Days on which the user has lines. */
  daysOf(userKey: string): readonly number[] {
    return [...new Set(this.linesOf(userKey).map(dayOfAttempt))]
  }

  linesOn(userKey: string, day: number): readonly Attempt[] {
    return this.linesOf(userKey).filter((attempt) => dayOfAttempt(attempt) === day)
  }

  usersOn(day: number): readonly string[] {
    return this.users.filter((userKey) => this.linesOn(userKey, day).length > 0)
  }

  /** The name has succeeded at some time up to the end of the day after `day`. */
  isPerson(userKey: string, day: number): boolean {
    return this.linesOf(userKey).some(
      (attempt) => attempt.event.attempt === 'success' && dayOfAttempt(attempt) <= day + 1,
    )
  }

  /** The user's day as its lines and those around midnight settle it. Kept: every rule asks for it. */
  resolved(userKey: string, day: number): ResolvedDay {
    const key = `${day}|${userKey}`
    const known = this.#resolved.get(key)
    if (known !== undefined) return known
    const on = this.linesOn(userKey, day)
    if (on.length === 0) return NOTHING
    const resolved = resolveDay(
      this.linesOn(userKey, day - 1),
      on,
      this.linesOn(userKey, day + 1),
      this.config.limits.common.loginGroupMs,
    )
    this.#resolved.set(key, resolved)
    return resolved
  }

  /** A high or critical alert: what the user did from that network on that day teaches nothing. */
  withhold(userKey: string, day: number, prefix: string): void {
    this.#withheld.add(`${day}|${prefix}|${userKey}`)
  }

  /** Successes of a user that teach a query of `day`, whose own alerts are not known yet. */
  lessons(userKey: string, day: number): readonly Attempt[] {
    return this.linesOf(userKey).filter((attempt) => {
      const own = dayOfAttempt(attempt)
      const isWithheld = own < day && this.#withheld.has(`${own}|${attempt.prefix}|${userKey}`)
      return attempt.event.attempt === 'success' && !isWithheld
    })
  }

  /** The profile of a day whose alerts are all known. Kept: every query of one day reads the same. */
  profile(day: number): OrganisationProfile {
    let profile = this.#profiles.get(day)
    if (profile === undefined) {
      profile = referenceProfile(this, day)
      this.#profiles.set(day, profile)
    }
    return profile
  }
}
