import type { Attempt, AttemptOutcome, Place } from '@sekisho/event'
import type { DetectConfig } from './config.ts'

/** The organisation as of a complete day, three days before the day that reads it (C.2, C.3). */
export interface OrganisationProfile {
  /** UTC day number that the profile is complete for. */
  readonly day: number
  /** Content hash, named in every alert. */
  readonly hash: string
  /** First complete day of the current stretch of history, or null without any. */
  readonly firstDay: number | null
  /** Days on which a user was active, summed over the users, in the profile's window. */
  readonly userDays: number
  /** User-days in a network (number and country jointly). */
  networkUserDays(asn: number, country: string): number
  /** Share of the organisation's user-days spent in a country, 0 … 1. */
  countryShare(country: string): number
  /** Source networks that many users share, so that an alert says nothing about one of them. */
  isSharedEgress(prefix: string): boolean
  /** Somebody succeeded from this source network within the window of a user's history. */
  hasSucceededFrom(prefix: string): boolean
  /** Share of the active users of a day who held sessions from two networks at one time, over the window, 0 … 1. */
  readonly concurrentShare: number
}

/** A country where the organisation's users live: a newcomer's first login from there is ordinary (A.3). */
export function isOrdinaryCountry(
  { limits }: DetectConfig,
  profile: OrganisationProfile,
  country: string,
): boolean {
  return country !== '' && profile.countryShare(country) >= limits.common.homeCountryShare
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

/** A session that ended: the user was there from `startMs` to the end. */
export interface SessionSpan {
  readonly startMs: number
  readonly endMs: number
  /** The line that ended it. */
  readonly attempt: Attempt
}

/** A failed login, as the rules count it: paired factor lines have settled what it means. */
export interface Failure {
  readonly attempt: Attempt
  readonly outcome: AttemptOutcome
}

/**
 * What is known of one user as of a time: state that joined in any order, queried. Rules of stage U read
 * nothing else. Times are epoch ms, days UTC day numbers.
 *
 * "Knows" and "vouched" mean a success between `vouchDays` and `vouchDelayMs` before the time, in a login that is not
 * itself in a high or critical alert of stage U, and never in the cold start.
 */
export interface UserView {
  readonly userKey: string
  readonly config: DetectConfig
  /** Profile of the day's third day before; the same for every query of one day. */
  readonly profile: OrganisationProfile
  /** True until the organisation has enough history for novelty to mean something. */
  readonly isCold: boolean
  /** The lines of `day` and of its neighbours show the user in more than one network (asn, country). */
  isInSeveralNetworks(day: number): boolean
  /** Logins that count on `day` (of several lines of one login the deciding one), by (time, id). */
  logins(day: number): readonly Attempt[]
  /** Presences shown by the lines of `day` and of its two neighbours, by time. */
  presences(day: number): readonly Presence[]
  /** Sessions that ended on `day` or on one of its two neighbours, by (end, id). */
  sessions(day: number): readonly SessionSpan[]
  /** Successful logins, session starts, moves and ends of `day` and its two neighbours that name a session, by (time, id). */
  sessionLines(day: number): readonly Attempt[]
  /** Failures from `fromMs` to `toMs`, inclusive, by (time, id). */
  failures(fromMs: number, toMs: number): readonly Failure[]
  /** The user succeeded from this source network, long enough ago to vouch for it. */
  isVouched(prefix: string, timestampMs: number): boolean
  /** The user succeeded through this autonomous system, long enough ago. */
  knowsAsn(asn: number, timestampMs: number): boolean
  knowsCountry(country: string, timestampMs: number): boolean
  knowsDevice(deviceId: string, timestampMs: number): boolean
  /** A family of client programs (`clientFamilyOf`). */
  knowsClient(family: string, timestampMs: number): boolean
  /** A group of gateways (`gatewayGroupOf`). */
  knowsGateway(group: string, timestampMs: number): boolean
  knowsRealm(realm: string, timestampMs: number): boolean
  /** The user has succeeded anywhere, long enough ago and not too long. */
  isKnown(timestampMs: number): boolean
  /** Distinct days before `day`, within `vouchDays`, on which the user was active in this network (asn, country). */
  networkDaysBefore(asn: number, country: string, day: number): number
  /** Distinct days before `day`, within `vouchDays`, on which the user was active anywhere. */
  activeDaysBefore(day: number): number
  /** The last day before `day` with a success, within 400 days; null without any. */
  lastActiveDayBefore(day: number): number | null
  /** The first day with a success that is known of, before `day`; null without any. */
  firstActiveDayBefore(day: number): number | null
  /** Every login before `day`, within `vouchDays`, named a device (and there was one). */
  alwaysNamesDevice(day: number): boolean
  /** How many logins began in each hour of the UTC day, over the user's complete days; recent ones weigh more. 24 counts. */
  loginHours(day: number): readonly number[]
  /** Source networks that vouch for the user on `day`, without shared egress; at most 16, most active first. */
  vouchedPrefixes(day: number): readonly string[]
  /** The country with most of the user's active days before `day`, or `''`. */
  homeCountry(day: number): string
}
