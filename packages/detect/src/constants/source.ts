import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts'
import { count, countFromOne, days, evidenceWindow, nats, share, span } from './constant.ts'

/** Rules about a source network (N1, N2, X1, P2). */
export const SOURCE_CONSTANTS = {
  /** Stuffing and spraying from a source (N1, N2): log-likelihood ratio of each distinct user's outcome. */
  source: {
    vouchedSuccess: nats(-4.5, 'ln(.01/.90): a success where the user is vouched'),
    ordinarySuccess: nats(-2.5, 'a success on an ordinary network in a country the user knows'),
    otherSuccess: nats(0, 'any other success says nothing here; it is evidence for X1'),
    factorDenied: nats(3.0, 'right password, refused second factor, not vouched'),
    vouchedFailure: nats(-1.0, 'an expired password, a typing error, a new phone at home'),
    operatorKnownFailure: nats(0.3, 'the user knows the operator of the network from elsewhere'),
    unvouchedFailure: nats(1.67, 'ln(.45/.085): a failure where nothing vouches for the user'),
    locked: nats(1.0, 'a locked or disabled account'),
    unknownUser: nats(3.58, 'ln(.54/.015): a name that never succeeded in 400 days'),
    misspelt: nats(0.5, 'an unknown name one edit away from a user vouched there'),
    threshold: nats(
      9.2 + Math.log(3),
      '9.2 (odds of 10,000 to 1) and ln 3 for the three windows that are tried',
    ),
    failingUsersMin: countFromOne(4, 'fewer distinct failing users are no attack'),
    shortWindowMs: evidenceWindow(10 * MINUTE_MS, 'a list tried at full speed'),
    middleWindowMs: evidenceWindow(HOUR_MS, 'a list tried with pauses'),
    longWindowMs: evidenceWindow(DAY_MS, 'a spray of a few rounds a day'),
    popUpUnknownShare: share(
      0.3,
      'below this share of unknown names an access network could be a hotel or an event: medium at most',
    ),
    sprayRoundsMax: count(3, 'more rounds of one user set a day lock accounts: no sprayer does it'),
    sprayRoundGapMs: span(30 * MINUTE_MS, 'attempts closer together are one round'),
    sprayUnknownShareMax: share(0.2, 'a sprayer knows the names; a list of leaked pairs does not'),
  },
  /** Success inside an attack (X1). */
  successInside: {
    reachMs: span(
      DAY_MS,
      'how far a success may be from a flagged pane, before or after it',
      DAY_MS,
    ),
    failingUsersBeforeFirstSuccess: countFromOne(
      3,
      'unvouched users that failed at a network before its first success ever',
    ),
    coldFailingUsersMin: countFromOne(
      10,
      'in the cold start only an attack with this many failing users makes a success suspect',
    ),
  },
  /** Many accounts, one source (P2). */
  reuse: {
    usersMin: countFromOne(
      3,
      'accounts that succeed from one network that vouches for none of them',
    ),
    activeDaysMin: days(3, 'each with this much history'),
    windowMs: span(DAY_MS, 'within this time', DAY_MS),
  },
} as const
