import { describe, expect, test } from '@jest/globals'
import type { Attempt, AttemptOutcome, NetworkClass } from '@sekisho/event'
import { BUFFALOGS, BUFFALOGS_RAW } from './buffalogs.ts'
import { PANTHER, SPLUNK_TRAVEL } from './consecutive.ts'
import { NEW_COUNTRY } from './new-country.ts'
import type { Peer } from './peer.ts'
import { ELASTIC_STUFFING, SPLUNK_SPRAY } from './source-window.ts'
import { WatchingPeers } from './watching-peers.ts'

const HOUR_MS = 3_600_000
const START_MS = Date.UTC(2026, 2, 2)

const PLACES = {
  osaka: ['JP', 34.69, 135.5],
  tokyo: ['JP', 35.68, 139.69],
  paris: ['FR', 48.86, 2.35],
  brussels: ['BE', 50.85, 4.35],
} as const

interface Given {
  readonly hours: number
  readonly at?: keyof typeof PLACES
  readonly address?: string
  readonly user?: string
  readonly outcome?: AttemptOutcome
  readonly networkClass?: NetworkClass
  readonly decides?: 'yes' | 'no'
}

function attempt(given: Given): Attempt {
  const { hours, at = 'tokyo', user = 'emma', outcome = 'success', decides = 'yes' } = given
  const [country, latitude, longitude] = PLACES[at]
  const networkClass = given.networkClass ?? 'residential'
  const event = {
    timestampMs: START_MS + hours * HOUR_MS,
    sourceAddress: given.address ?? `198.51.100.${Object.keys(PLACES).indexOf(at) + 1}`,
    ...{ userKey: user, userAgent: 'client', attempt: outcome, decides },
  }
  const place = { hasLocation: true, country, latitude, longitude, networkClass }
  return { event, place } as unknown as Attempt
}

/** Numbers of the attempts that are flagged. */
function flagged({ begin }: Peer, attempts: readonly Given[]): number[] {
  const run = begin()
  return attempts.flatMap((one, index) => (run.onAttempt(attempt(one)) === null ? [] : [index]))
}

const DAYS_15 = 15 * 24

describe('rules of travel', () => {
  const cases: readonly [string, Peer, readonly Given[], readonly number[]][] = [
    ['Tokyo to Paris in an hour', BUFFALOGS_RAW, [{ hours: 0 }, { hours: 1, at: 'paris' }], [1]],
    ['in 35 hours', BUFFALOGS_RAW, [{ hours: 0 }, { hours: 35, at: 'paris' }], []],
    ['Tokyo to Osaka in an hour', BUFFALOGS_RAW, [{ hours: 0 }, { hours: 1, at: 'osaka' }], [1]],
    [
      'from an address that the user had before',
      BUFFALOGS_RAW,
      [
        { hours: 0, at: 'paris' },
        { hours: 40, at: 'tokyo' },
        { hours: 41, at: 'paris' },
      ],
      [],
    ],
    [
      'a line that is no login',
      BUFFALOGS_RAW,
      [{ hours: 0 }, { hours: 1, at: 'paris', decides: 'no' }],
      [],
    ],
    ['while it learns', BUFFALOGS, [{ hours: 0 }, { hours: 1, at: 'paris' }], []],
    [
      'after 14 days, within a country and abroad',
      BUFFALOGS,
      [
        { hours: 0 },
        { hours: DAYS_15, address: '203.0.113.5' },
        { hours: DAYS_15 + 1, at: 'osaka' },
        { hours: DAYS_15 + 2, at: 'paris' },
      ],
      [3],
    ],
    ['Tokyo to Paris in 10 h: 971 km/h', PANTHER, [{ hours: 0 }, { hours: 10, at: 'paris' }], [1]],
    ['in 11 h: 883 km/h', PANTHER, [{ hours: 0 }, { hours: 11, at: 'paris' }], []],
    [
      'the line before was delivered first',
      PANTHER,
      [{ hours: 10 }, { hours: 0, at: 'paris' }],
      [1],
    ],
    [
      'a relay is left out and not remembered',
      PANTHER,
      [{ hours: 0 }, { hours: 1, at: 'paris', networkClass: 'anon' }, { hours: 2 }],
      [],
    ],
    ['in 11 h: 549 mph', SPLUNK_TRAVEL, [{ hours: 0 }, { hours: 11, at: 'paris' }], [1]],
    ['in 13 h: 464 mph', SPLUNK_TRAVEL, [{ hours: 0 }, { hours: 13, at: 'paris' }], []],
    [
      'at one time, by a relay, back from one address to another of one place',
      SPLUNK_TRAVEL,
      [
        { hours: 0 },
        { hours: 0, at: 'paris', networkClass: 'anon' },
        { hours: 1, at: 'paris', address: '203.0.113.5' },
      ],
      [1],
    ],
    [
      'a country is new once, and never the first',
      NEW_COUNTRY,
      [
        { hours: 0 },
        { hours: 50, at: 'paris' },
        { hours: 60 },
        { hours: 90, at: 'paris' },
        { hours: 91, at: 'brussels' },
      ],
      [1, 4],
    ],
  ]
  test.each(cases)('%s', (_name, peer, attempts, expected) => {
    expect(flagged(peer, attempts)).toEqual(expected)
  })
})

/** Failures under so many names, so many for each, evenly over some minutes. */
function failures(users: number, each: number, minutes: number): Given[] {
  const count = users * each
  return Array.from({ length: count }, (_, index) => ({
    hours: (index * minutes) / count / 60,
    user: `user${index % users}`,
    outcome: 'bad_credential',
  }))
}

describe('rules of failed logins', () => {
  test.each([
    ['15 names, 30 failures', ELASTIC_STUFFING, failures(15, 2, 10), true],
    ['14 names', ELASTIC_STUFFING, failures(14, 2, 10), false],
    ['15 names once each', ELASTIC_STUFFING, failures(15, 1, 10), false],
    ['60 names in two hours', ELASTIC_STUFFING, failures(60, 1, 120), false],
    ['31 names in a minute', SPLUNK_SPRAY, failures(31, 1, 1), true],
    ['30 names in a minute', SPLUNK_SPRAY, failures(30, 1, 1), false],
    ['31 names in ten minutes', SPLUNK_SPRAY, failures(31, 1, 10), false],
  ])('%s', (_name, peer, attempts, isFlagged) => {
    expect(flagged(peer, attempts).length > 0).toBe(isFlagged)
  })

  test('speak when their window ends', () => {
    const run = ELASTIC_STUFFING.begin()
    const flags = failures(15, 2, 10).map((one) => run.onAttempt(attempt(one)))
    expect(flags.find((flag) => flag !== null)).toEqual({
      userKey: '',
      address: '198.51.100.2',
      saidMs: START_MS + HOUR_MS / 4,
    })
  })

  test('successes are not counted', () => {
    const successes = failures(40, 1, 1).map((one) => ({ ...one, outcome: 'success' as const }))
    expect(flagged(SPLUNK_SPRAY, successes)).toEqual([])
  })
})

test('flags of a source and day are one finding', () => {
  const peers = new WatchingPeers()
  for (const one of failures(40, 1, 1)) peers.add(attempt(one))
  const byName = new Map(peers.findings)
  expect(byName.get(SPLUNK_SPRAY.name)).toEqual([
    {
      rule: 'Splunk spray',
      timestampMs: START_MS + 45_000,
      saidMs: { medium: START_MS + 120_000 },
      severity: 'medium',
      userKey: '',
      prefixes: ['198.51.100.0/24'],
    },
  ])
  expect(byName.get(PANTHER.name)).toEqual([])
})
