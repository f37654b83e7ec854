import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './time.ts'

/**
 * Every number that a rule compares with, with its reason. Sources: docs/rules (one page a rule) and
 * docs/decisions. Log-likelihood ratios are integers in 1/1024 nat, so that a sum over a set does not
 * depend on the order of the set.
 */

/** Scores are integers in this fraction of a nat (or of a rule's own point). */
export const UNITS_PER_NAT = 1024

/** Converts nats to the integer unit. */
export function units(nats: number): number {
  return Math.round(nats * UNITS_PER_NAT)
}

/** What every rule shares. */
export const COMMON_LIMITS = {
  /** Until an organisation has this many complete days, nobody is known and novelty means nothing. */
  coldStartDays: 7,
  /** A silence longer than this ends a stretch of history, so that a line from a clock years behind does not end the cold start. */
  historyGapDays: 30,
  /** A success vouches for its network only after this long: the attacker's first must not vouch for his second. */
  vouchDelayMs: 24 * HOUR_MS,
  /** How far back a success vouches for a network, and a day counts as activity. */
  vouchDays: 90,
  /** How far back a success makes a user known. */
  knownUserDays: 400,
  /** Lines of one user, address and gateway this close together are one login. */
  loginGroupMs: 120 * SECOND_MS,
  /** Length of a pane, in which evidence is counted. */
  paneMs: 5 * MINUTE_MS,
  /** The organisation profile that day d reads is that of day d minus this: complete whatever arrives late. */
  profileLagDays: 3,
  /** Window of the organisation profile. */
  profileDays: 28,
  /** A country is one where the organisation's users live from this share of its user-days. */
  homeCountryShare: 0.02,
  /** Lines of evidence in one alert. */
  evidenceLines: 20,
} as const

/** Impossible travel (A.2). Peers use 100–500 km and 300–900 km/h on the points; ours are on the lower bounds. */
export const TRAVEL_LIMITS = {
  /** Below this even two correct city points are one commuting region. */
  distanceLowerKmMin: 300,
  /** Jets reach 1,000–1,100 km/h over ground with tail wind, door to door stays below 750. */
  speedLowerKmhMin: 1000,
  /** Clock error allowed to each of two different gateways. */
  gatewayClockErrorMs: 120 * SECOND_MS,
  elapsedMsMin: SECOND_MS,
  /** Half the earth's girth at the limit speed takes 20 h: no pair further apart in time can be infeasible. */
  gapMsMax: 24 * HOUR_MS,
  /** A network is learnt for a user after this many earlier active days. */
  learntDays: 2,
  /** A source network is shared egress from this many users, each active there on at least two days. */
  sharedEgressUsers: 5,
  sharedEgressDaysPerUser: 2,
  /** A learnt fixed line alive this close shows that the phone is not roaming. */
  roamingFixedLineMs: 12 * HOUR_MS,
  /** ln 10: odds of ten to one. */
  travelUnits: units(2.3),
  /** Both ends in use at one time: odds of twenty to one. */
  overlapUnits: units(3.0),
  /** Sessions longer than this count as signs of life only for their last part. */
  sessionMsMax: 2 * DAY_MS,
} as const

/** Stuffing and spraying from a source (A.3): log-likelihood ratio of each distinct user's outcome. */
export const SOURCE_LIMITS = {
  vouchedSuccess: units(-4.5),
  ordinarySuccess: units(-2.5),
  otherSuccess: 0,
  factorDenied: units(3.0),
  vouchedFailure: units(-1.0),
  networkKnownFailure: units(0.3),
  unvouchedFailure: units(1.67),
  locked: units(1.0),
  unknownUser: units(3.58),
  /** An unknown name one edit away from a user vouched at this source: most likely a typing error. */
  misspelt: units(0.5),
  /** 9.2 (odds of 10,000 to 1) and ln 3 for the three windows that are tried. */
  threshold: units(9.2 + Math.log(3)),
  failingUsersMin: 4,
  windowsMs: [10 * MINUTE_MS, HOUR_MS, DAY_MS],
  /** Below this share of unknown names a source on an access network could be a hotel: medium at most. */
  popUpUnknownShare: 0.3,
  /** Spraying: rounds over one user set, at most this many, each at least this far apart, few unknown names. */
  sprayRoundsMax: 3,
  sprayRoundGapMs: 30 * MINUTE_MS,
  sprayUnknownShareMax: 0.2,
  /** Members kept of one pane, smallest keyed hash first: every threshold is far below. */
  usersPerPane: 64,
  attemptsPerUserAndPane: 8,
} as const

/** Brute force on one user (A.6). Points, not nats; in units of 1/1024 as well. */
export const BRUTE_FORCE_LIMITS = {
  failuresFree: 5,
  pointsPerFailure: units(0.4),
  pointsPerPrefix: units(1.2),
  pointsPerVouchedFailure: units(-0.2),
  lockoutPoints: units(1.0),
  threshold: units(7),
  windowsMs: [10 * MINUTE_MS, HOUR_MS, DAY_MS],
  /** Failing events kept of one pane, smallest id first. */
  eventsPerPane: 64,
} as const

/** Success inside an attack (A.5). */
export const SUCCESS_INSIDE_LIMITS = {
  /** How far a success may be from a flagged pane or a failure, before or after it. */
  reachMs: 24 * HOUR_MS,
  /** Unvouched users that failed at a network before its first success ever. */
  failingUsersBeforeFirstSuccess: 3,
  /** In the cold start only an attack with this many failing users makes a success suspect. */
  coldFailingUsersMin: 10,
} as const

/** How far an instant is from the pane that starts at `paneStartMs`, ms; 0 inside it. */
export function distanceToPaneMs(timestampMs: number, paneStartMs: number): number {
  const endMs = paneStartMs + COMMON_LIMITS.paneMs
  return Math.max(0, paneStartMs - timestampMs, timestampMs - endMs)
}
