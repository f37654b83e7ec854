import type { Attempt, AttemptOutcome, Place } from '@sekisho/event'
import { COMMON_LIMITS } from './limits.ts'

/** The organisation as of a complete day, three days before the day that reads it (C.2, C.3). */
export interface OrganisationProfile {
  /** UTC day number that the profile is complete for. */
  readonly day: number
  /** Content hash, named in every alert. */
  readonly hash: string
  /** First complete day of the current stretch of history, or null without any. */
  readonly firstDay: number | null
  /** Users who succeeded from a source network in the profile's window. */
  usersOf(prefix: string): Iterable<string>
  /** Source networks that many users share, so that an alert says nothing about one of them. */
  isSharedEgress(prefix: string): boolean
  /** Share of the organisation's user-days spent in a country, 0 … 1. */
  countryShare(country: string): number
}

/** A country where the organisation's users live: a newcomer's first login from there is ordinary (A.3). */
export function isOrdinaryCountry(profile: OrganisationProfile, country: string): boolean {
  return country !== '' && profile.countryShare(country) >= COMMON_LIMITS.homeCountryShare
}

/**
 * A user's presence in a source network: from the first sign of life within an hour to the last one, or to the end
 * of a session that began there.
 */
export interface Presence {
  readonly prefix: string
  readonly firstMs: number
  readonly lastMs: number
  /** Lines of the first and the last sign of life; for a session without its login both are the line that ended it. */
  readonly first: Attempt
  readonly last: Attempt
  readonly place: Place
  /** False for a session whose login is not among the lines: it shows the user, but nobody logged in there. */
  readonly isLogin: boolean
}

/** A failed login, as the rules count it: paired factor lines have settled what it means. */
export interface Failure {
  readonly attempt: Attempt
  readonly outcome: AttemptOutcome
}

/**
 * What is known of one user as of a time: state that joined in any order, queried. Rules of stage U read
 * nothing else. Times are epoch ms, days UTC day numbers.
 */
export interface UserView {
  readonly userKey: string
  /** Profile of the day's third day before; the same for every query of one day. */
  readonly profile: OrganisationProfile
  /** True until the organisation has enough history for novelty to mean something. */
  readonly isCold: boolean
  /** The lines of `day` and of its neighbours show the user in more than one network (asn, country). */
  isInSeveralNetworks(day: number): boolean
  /** Presences shown by the lines of `day` and of its two neighbours, by time. */
  presences(day: number): readonly Presence[]
  /** Failures from `fromMs` to `toMs`, inclusive, by (time, id). */
  failures(fromMs: number, toMs: number): readonly Failure[]
  /** The user succeeded from this source network, long enough ago to vouch for it. */
  isVouched(prefix: string, timestampMs: number): boolean
  /** The user succeeded through this autonomous system, long enough ago. */
  knowsAsn(asn: number, timestampMs: number): boolean
  knowsCountry(country: string, timestampMs: number): boolean
  knowsDevice(deviceId: string, timestampMs: number): boolean
  /** The user has succeeded anywhere, long enough ago and not too long. */
  isKnown(timestampMs: number): boolean
  /** Distinct days before `day` on which the user was active in this network (asn, country). */
  networkDaysBefore(asn: number, country: string, day: number): number
  /** The country with most of the user's active days before `day`, or `''`. */
  homeCountry(day: number): string
}
