import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.ts'
import { constant, days, share, span } from './constant.ts'

/** What every rule shares, and the room that the state has. */
export const SHARED_CONSTANTS = {
  /** What every rule shares. */
  common: {
    coldStartDays: days(
      7,
      'until an organisation has this many complete days nobody is known and novelty means nothing; without it most false alerts of an archive fall into its first week',
    ),
    historyGapDays: days(
      30,
      'a silence longer than this ends a stretch of history, so that a line from a clock years behind does not end the cold start',
    ),
    vouchDelayMs: span(
      24 * HOUR_MS,
      'a success vouches for its network only after this long: the attacker’s first must not vouch for his second',
      DAY_MS,
    ),
    vouchDays: constant(
      'days',
      90,
      [3, 90],
      'how far back a success vouches for a network and a day counts as activity: a quarter of a year of habits',
    ),
    knownUserDays: days(400, 'how far back a success makes a user known: a year and a long leave'),
    loginGroupMs: span(
      120 * SECOND_MS,
      'lines of one user, address and gateway this close together are one login: the slowest second factor takes less',
      10 * MINUTE_MS,
    ),
    profileDays: constant(
      'days',
      28,
      [7, 28],
      'window of the organisation profile: four whole weeks, so that every weekday weighs the same',
    ),
    homeCountryShare: share(
      0.02,
      'a country is one where the organisation’s users live from this share of its user-days',
    ),
    evidenceLines: constant(
      'count',
      20,
      [5, 100],
      'lines of evidence in one alert: what a person reads',
    ),
  },
  /** Room for what strangers can make us keep. */
  room: {
    strangersPerDay: constant(
      'count',
      8192,
      [256, 1e6],
      'names that never succeeded, kept a day (docs/decisions/0008)',
    ),
    strangerLinesPerDay: constant(
      'count',
      48,
      [4, 1024],
      'lines kept a day of one such name: twice what a brute force needs',
    ),
    linesPerPane: constant(
      'count',
      64,
      [16, 1024],
      'lines of one kind kept of a user in five minutes',
    ),
    linesPerDay: constant(
      'count',
      512,
      [64, 65_536],
      'lines of one kind kept of a user a day, the newest five minutes first: some 45 KB',
    ),
    usersPerPane: constant(
      'count',
      64,
      [16, 1024],
      'users kept of a source and pool in five minutes',
    ),
    attemptsPerUserAndPane: constant('count', 8, [2, 256], 'their lines kept in five minutes'),
    networksPerUser: constant(
      'count',
      32,
      [4, 64],
      'networks (number, country) remembered of a user',
    ),
    prefixesPerUser: constant('count', 64, [4, 128], 'source networks remembered of a user'),
    othersPerUser: constant(
      'count',
      8,
      [2, 64],
      'devices, clients, gateways and realms remembered',
    ),
  },
} as const
