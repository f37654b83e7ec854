import { HOUR_MS } from '../time.ts'
import { constant, count, countFromOne, days, nats, probability, share, span } from './constant.ts'

/** The score of a login (U2, U3, U4). */
export const LOGIN_CONSTANTS = {
  /** Novel login (U2). */
  login: {
    smoothingDays: constant(
      'days',
      2,
      [0.1, 50],
      'pseudo-days with which a user’s history is shrunk to the organisation’s (Freeman et al. 2016)',
    ),
    newForUserMin: nats(-8, 'the history of one network cannot outweigh everything else'),
    newForUserMax: nats(4, 'the score of a never-used network is bounded by the length of history'),
    rareMin: nats(-4, 'a popular network does not excuse everything'),
    rareMax: nats(7.5, 'a network that nobody here uses is not proof'),
    floorHosting: probability(3e-6, 'least share of user-days of a hosting network or anonymiser'),
    floorSatellite: probability(1e-5, 'of a satellite operator or secure web gateway'),
    floorMobile: probability(1e-4, 'of a mobile carrier'),
    floorOther: probability(2e-4, 'of any other network'),
    familiarityMin: share(0.1, 'a country nobody lives in makes a home line there this unusual'),
    attackHosting: probability(0.45, 'share of attackers’ logins that come from hosting networks'),
    attackResidential: probability(0.3, 'from home lines'),
    attackAnonymiser: probability(0.15, 'from anonymisers'),
    attackMobile: probability(0.08, 'from mobile networks'),
    attackOther: probability(0.02, 'from anything else'),
    attackCountry: probability(
      1 / 30,
      'every country alike: attackers choose the country of a victim as readily as another',
    ),
    networksHosting: countFromOne(
      4,
      'an attacker’s effective choice of hosting networks in one country',
    ),
    networksMobile: countFromOne(3, 'of mobile carriers in one country'),
    networksOther: countFromOne(6, 'of other networks in one country'),
    newCountry: nats(0.7, 'a country that the user never logged in from'),
    knownPrefix: nats(-1.5, 'the very source network has been used before'),
    knownDevice: nats(-3.0, 'the device has been used before'),
    newDevice: nats(1.2, 'another device, of a user whose lines always named one'),
    newClient: nats(0.7, 'another family of client program'),
    newGateway: nats(0.7, 'a group of gateways that the user never used'),
    newRealm: nats(0.7, 'a realm that the user never used'),
    newAdministratorRealm: nats(1.5, 'an administrators’ realm that the user never used'),
    hourMax: nats(0.7, 'shift workers and travellers make the hour a weak witness'),
    hourReach: count(2, 'hours to either side that count as the same time of day', 11),
    hourPseudoLogins: countFromOne(2, 'pseudo-logins spread over the day'),
    typingError: nats(-0.5, 'one or two wrong passwords, then success: the owner mistyped'),
    typingErrorsMax: count(2, 'more wrong passwords are no typing error'),
    factorDeniedBefore: nats(1.5, 'refused at the second factor from a strange network, then in'),
    guessedBefore: nats(1.5, 'many failures from a strange network, then in'),
    guessesMin: countFromOne(5, 'failures from a strange network that are guessing'),
    justBeforeMs: span(HOUR_MS, 'how far back own failures count'),
    shortHistoryDays: days(3, 'with fewer active days the severity is medium at most'),
    signal: nats(3.0, 'kept as a signal from here'),
    medium: nats(6.1, 'first value for 0.30 false alerts per 1,000 users a day'),
    high: nats(7.9, 'first value for 0.05 false alerts per 1,000 users a day'),
    familyMin: nats(1.0, 'a family of terms counts as a witness from this sum'),
    familiesMin: count(2, 'high needs this many independent families'),
    priorNats: nats(11.5, 'prior odds of 1e-5 that a login is stolen'),
    riskFrom: nats(2, 'risk 0'),
    riskSpan: nats(10, 'nats from risk 0 to risk 100'),
  },
  /** Dormant account (U3). */
  dormant: {
    silentDays: days(90, 'a success after this long without one is unusual for the user'),
    longSilentDays: days(180, 'half a year: the owner may have left'),
    knownDaysMin: days(180, 'only of accounts older than this'),
    silent: nats(1.5, 'dormant for a quarter of a year'),
    longSilent: nats(2.5, 'dormant for half a year (Colonial Pipeline 2021: an unused account)'),
  },
  /** First VPN use (U4). */
  firstUse: {
    historyDaysMin: days(30, 'before, everybody’s login is a first'),
    value: nats(1.5, 'the first login ever comes from hosting, an anonymiser or a foreign country'),
  },
} as const
