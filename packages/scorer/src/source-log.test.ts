import { describe, expect, test } from '@jest/globals'
import {
  type AnnotatedAttempt,
  byTimeAndId,
  DAY_MS,
  DEFAULT_CONFIG,
  type DetectConfig,
  limitsOf,
  PANE_MS,
  type VouchedLogin,
} from '@sekisho/detect'
import fc from 'fast-check'
import { type RowCounts, SourceLog } from './source-log.ts'
import { rowKindOf } from './source-row.ts'
import { ByteSource } from './store/byte-source.ts'
import { keyHashOfConfig } from './store/key-slots.ts'
import { prefixKeyOf } from './store/prefix-key.ts'
import { Vocabulary } from './store/vocabulary.ts'
import { CARRIER, HOSTING, lineAt, type Network, TODAY } from './testing/story.ts'

fc.configureGlobal({ seed: 20_261_122 })

const USERS = 16
const LINES = 3
const room = { usersPerPane: USERS, attemptsPerUserAndPane: LINES }
const config: DetectConfig = { ...DEFAULT_CONFIG, limits: limitsOf({ room }) }
const hashOf = keyHashOfConfig(config.hashKey)
const PREFIX = prefixKeyOf('100.70.2.0/24')

interface Said {
  readonly pane?: number
  readonly second?: number
  readonly isSuccess?: boolean
  readonly isVouched?: boolean
  readonly isAttacked?: boolean
  readonly from?: Network
}

function annotated(user: string, said: Said = {}): AnnotatedAttempt {
  const { pane = 0, second = 0, isSuccess = false, isVouched = false, from = HOSTING } = said
  const timestampMs = TODAY * DAY_MS + pane * PANE_MS + second * 1000
  const attempt = lineAt(user, from, timestampMs, {
    attempt: isSuccess ? 'success' : 'bad_credential',
    outcome: isSuccess ? 'success' : 'failure',
  })
  // What the log keeps of an event is what rules read; the rest of a story's line is not compared.
  return {
    attempt,
    outcome: attempt.event.attempt,
    isVouched,
    knowsAsn: isVouched,
    knowsCountry: true,
    knowsDevice: false,
    isKnown: true,
    isPerson: second % 2 === 0,
    isHomeCountry: false,
    isCold: false,
    bruteForce:
      said.isAttacked === true ? { score: 8000, failures: 30, networks: 2, evidence: [] } : null,
    activeDays: pane * 3,
    vouchedPrefixes: isSuccess ? ['198.51.100.0/24', '2001:db8:1::/48'] : [],
  }
}

function newLog(vocabulary = new Vocabulary(config)): SourceLog {
  return new SourceLog(TODAY, config, vocabulary, hashOf)
}

function idsOf(log: SourceLog): string[] {
  return log
    .read(PREFIX)
    .attempts.map(({ attempt }) => attempt)
    .sort(byTimeAndId)
    .map(({ id }) => id)
}

/** The definition: in each pane and pool the users with the smallest hashes, of each the lines with the smallest ids. */
function expectedOf(all: readonly AnnotatedAttempt[]): string[] {
  const distinct = [...new Map(all.map((each) => [each.attempt.id, each])).values()]
  const pools = Map.groupBy(distinct, (each) => {
    return `${Math.floor(each.attempt.event.timestampMs / PANE_MS)} ${rowKindOf(each)}`
  })
  const kept = [...pools.values()].flatMap((pool) => {
    const users = [...Map.groupBy(pool, ({ attempt }) => attempt.event.userKey)]
    users.sort(([a], [b]) => hashOf(a) - hashOf(b) || (a < b ? -1 : 1))
    return users.slice(0, USERS).flatMap(([, lines]) =>
      lines
        .map(({ attempt }) => attempt)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, LINES),
    )
  })
  return kept.sort(byTimeAndId).map(({ id }) => id)
}

/** Crowds of users in few panes, some with more lines than there is room for. */
const crowds = fc
  .array(
    fc.record({
      users: fc.integer({ min: 1, max: 30 }),
      lines: fc.integer({ min: 1, max: 5 }),
      pane: fc.integer({ min: 0, max: 2 }),
      isSuccess: fc.boolean(),
      isVouched: fc.boolean(),
    }),
    { maxLength: 6 },
  )
  .map((all) =>
    all.flatMap(({ users, lines, pane, isSuccess, isVouched }) =>
      Array.from({ length: users * lines }, (_, i) =>
        annotated(`user${i % users}`, {
          pane,
          second: Math.floor(i / users),
          isSuccess,
          // A login that is vouched for is told as one, not as an attempt.
          isVouched: isVouched && !isSuccess,
        }),
      ),
    ),
  )
  .map((all) => [...new Map(all.map((each) => [each.attempt.id, each])).values()])
const shuffled = crowds.chain((all) =>
  fc.tuple(
    fc.constant(all),
    fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
  ),
)

describe('what stage N keeps of a day', () => {
  test('is a function of the set of what it was told', () => {
    fc.assert(
      fc.property(shuffled, ([all, others]) => {
        const expected = expectedOf(all)
        for (const order of [all, others]) {
          const log = newLog()
          for (const each of order) log.put(PREFIX, each)
          expect(idsOf(log)).toEqual(expected)
          expect(log.isCapped(PREFIX)).toBe(expected.length < all.length)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('goes on after a snapshot as before it', () => {
    fc.assert(
      fc.property(shuffled, fc.nat({ max: 200 }), ([all, others], at) => {
        const vocabulary = new Vocabulary(config)
        const log = newLog(vocabulary)
        const cut = Math.min(at, others.length)
        for (const each of others.slice(0, cut)) log.put(PREFIX, each)
        const restored = newLog(vocabulary)
        restored.restore(new ByteSource([...log.save()]), log.capped())
        expect(restored.capped()).toEqual(log.capped())
        for (const each of others.slice(cut)) restored.put(PREFIX, each)
        expect(idsOf(restored)).toEqual(expectedOf(all))
      }),
      { numRuns: 40 },
    )
  })

  test('gives everything back that was said of an attempt', () => {
    const log = newLog()
    const said = [
      annotated('aoki', { pane: 3, isSuccess: true, isAttacked: true }),
      annotated('荒木', { pane: 3, second: 1, isVouched: true }),
      annotated('berg', { pane: 4, second: 2 }),
    ]
    for (const each of said) log.put(PREFIX, each)
    const read = log.read(PREFIX).attempts.sort((a, b) => byTimeAndId(a.attempt, b.attempt))
    expect(read).toMatchObject(
      said.map(({ attempt, ...flags }) => ({
        ...flags,
        attempt: { id: attempt.id, place: attempt.place, prefix: attempt.prefix },
      })),
    )
  })

  test.each(['2001:db8::1', '100.70.2.9'])(
    'keeps vouched logins from %s, as many as there are',
    (address) => {
      const log = newLog()
      const logins: VouchedLogin[] = Array.from({ length: 100 }, (_, i) => ({
        userKey: `user${i}`,
        address,
        timestampMs: TODAY * DAY_MS + i,
      }))
      for (const each of logins) log.putLogin(PREFIX, each)
      log.put(PREFIX, annotated('aoki'))
      expect(log.read(PREFIX).vouchedLogins.reverse()).toEqual(logins)
      log.removeLogin(PREFIX, logins[7] as VouchedLogin)
      expect(log.read(PREFIX).vouchedLogins).toHaveLength(99)
      expect([idsOf(log).length, log.isCapped(PREFIX)]).toEqual([1, false])
    },
  )

  test.each([1, 40])('takes back what no longer holds: one of %i', (count) => {
    const log = newLog()
    const said = Array.from({ length: count }, (_, i) => annotated(`user${i}`, { pane: i }))
    for (const each of said) log.put(PREFIX, each)
    log.remove(PREFIX, (said[0] as AnnotatedAttempt).attempt.id)
    log.remove(PREFIX, 'f'.repeat(32))
    expect(idsOf(log)).toEqual(said.slice(1).map(({ attempt }) => attempt.id))
  })

  test('counts what an alert may be made of', () => {
    const log = newLog()
    const said = [
      annotated('a', { isVouched: true }),
      annotated('b', { second: 1 }),
      annotated('c', { second: 2 }),
      annotated('d', { second: 3, isSuccess: true }),
      annotated('e', { second: 4, isSuccess: true, isAttacked: true }),
      annotated('f', { second: 5, isSuccess: true, from: CARRIER }),
    ]
    for (const each of said) log.put(PREFIX, each)
    log.putLogin(PREFIX, { userKey: 'g', address: '100.70.2.1', timestampMs: TODAY * DAY_MS })
    const counts: RowCounts = {
      vouchedFailures: 0,
      strangeFailures: 0,
      mobileLogins: 0,
      strangeLogins: 0,
      attacked: 0,
    }
    log.count(PREFIX, counts)
    expect(counts).toEqual({
      vouchedFailures: 1,
      strangeFailures: 2,
      mobileLogins: 1,
      strangeLogins: 2,
      attacked: 1,
    })
  })
})
