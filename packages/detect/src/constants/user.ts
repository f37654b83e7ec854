import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.ts'
import {
  constant,
  count,
  countFromOne,
  evidenceWindow,
  nats,
  points,
  share,
  span,
} from './constant.ts'

/** Other rules about one user (T1, T2, U1, S1, M1). */
export const USER_CONSTANTS = {
  /** Impossible travel and concurrency (T1, T2). */
  travel: {
    distanceLowerKmMin: constant(
      'km',
      300,
      [50, 20_000],
      'below this even two correct city points are one commuting region; peers use 100 to 500 km on the points',
    ),
    speedLowerKmhMin: constant(
      'km/h',
      1000,
      [100, 40_000],
      'jets reach 1,000 to 1,100 km/h over ground with tail wind, door to door stays below 750; peers use 250 to 900 km/h on the points, ours is a lower bound',
    ),
    gatewayClockErrorMs: span(
      120 * SECOND_MS,
      'clock error allowed to each of two different gateways',
    ),
    elapsedMsMin: span(SECOND_MS, 'no journey takes less; keeps a speed finite'),
    gapMsMax: span(
      DAY_MS,
      'half the earth’s girth at the limit speed takes 20 h: no pair further apart in time can be infeasible',
      DAY_MS,
    ),
    learntDays: count(
      2,
      'a network is learnt for a user after this many earlier active days: one earlier visit may have been the thief’s',
      90,
    ),
    sharedEgressUsers: countFromOne(
      5,
      'a source network is shared egress from this many regular users: an alert would say nothing about one of them',
    ),
    sharedEgressDaysPerUser: count(
      2,
      'active days that make a user regular at a source network',
      28,
    ),
    roamingFixedLineMs: span(
      12 * HOUR_MS,
      'a learnt fixed line alive this close shows that the phone is not roaming',
    ),
    sessionMsMax: span(
      DAY_MS,
      'a session longer than this counts as a sign of life for its last part only',
      DAY_MS,
    ),
    infeasible: nats(2.3, 'ln 10: odds of ten to one that one of the two was not the user'),
    overlap: nats(3.0, 'both ends in use at one time: odds of twenty to one'),
    roaming: nats(0.5, 'one end is the user’s own carrier at home: the phone may be abroad'),
    sameDevice: nats(-3.0, 'one device at both ends is an artefact of the network, not two people'),
    concurrentMsMin: span(5 * MINUTE_MS, 'sessions that overlap less are a reconnection'),
    concurrentShareMin: share(0.02, 'share of the users of a day from which that is a habit'),
  },
  /** Brute force on one user (U1). Points, not nats. */
  bruteForce: {
    failuresFree: count(5, 'a person may mistype this often'),
    failure: points(0.4, 'each further failure from a strange network'),
    network: points(1.2, 'each further strange network'),
    vouchedFailure: points(-0.2, 'failures from the user’s own networks at the same time'),
    lockout: points(1.0, 'the account was locked out'),
    threshold: points(7, '23 failures from one strange place, or 11 over five'),
    shortWindowMs: evidenceWindow(10 * MINUTE_MS, 'guessing at full speed'),
    middleWindowMs: evidenceWindow(HOUR_MS, 'guessing with pauses'),
    longWindowMs: evidenceWindow(DAY_MS, 'guessing over a day'),
  },
  /** Session used from two places (S1). */
  session: {
    twoNetworks: nats(4.5, 'one session in two operators’ networks'),
    idleMs: span(8 * HOUR_MS, 'a session without an end is dead after the gateway’s idle timeout'),
  },
  /** Second-factor fatigue (M1). */
  fatigue: {
    deniedMin: countFromOne(5, 'refused second factors of one user'),
    windowMs: span(30 * MINUTE_MS, 'within this time', 12 * HOUR_MS),
    deniedBeforeSuccessMin: countFromOne(3, 'refused second factors before a success'),
  },
} as const
