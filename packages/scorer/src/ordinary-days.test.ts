import { describe, expect, test } from '@jest/globals'
import { DEFAULT_CONFIG, type DetectConfig, limitsOf } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import fc from 'fast-check'
import { loginAt, refusedAt, sessionAt } from './testing/company.ts'
import { runReference } from './testing/reference/reference.ts'
import { digestsOf, runBatch } from './testing/run.ts'
import {
  CARRIER,
  changed,
  day,
  FRANKFURT,
  HOSTING,
  refusals,
  SAPPORO,
  TOKYO,
} from './testing/story.ts'

fc.configureGlobal({ seed: 20_261_122 })

const LAST = 20
const USERS = ['aoki', 'berg', 'chiba'] as const
type User = (typeof USERS)[number]

/** Each at a line of their own of one provider; Chiba has a carrier too. */
const home = (user: User) => changed(TOKYO, `198.18.${USERS.indexOf(user)}.`, {})
const said = (user: User) => ({ deviceId: `${user}-laptop`, userAgent: 'FortiClient/7.0' })

/** What may happen on a day beside the daily login; none of it is strange by itself. */
const HAPPENINGS: Readonly<Record<string, (user: User, n: number, minutes: number) => Attempt[]>> =
  {
    'another login': (user, n, m) => [loginAt(user, home(user), n, m, said(user))],
    'another address of the network': (user, n, m) => [
      loginAt(user, home(user), n, m, { ...said(user), host: 9 }),
    ],
    'another network of the provider': (user, n, m) => [
      loginAt(user, changed(TOKYO, '198.18.77.', {}), n, m, said(user)),
    ],
    'two lines of one login': (user, n, m) => [
      loginAt(user, home(user), n, m, { ...said(user), sessionId: 's' }),
      loginAt(user, home(user), n, m + 0.2, { ...said(user), sessionId: 's', decides: 'unless' }),
    ],
    'a typing error': (user, n, m) => [
      refusedAt(user, home(user), n, m),
      loginAt(user, home(user), n, m + 0.5, said(user)),
    ],
    'six typing errors': (user, n, m) => refusals(6, () => user, home(user), at(n, m), 10),
    'a typing error elsewhere': (user, n, m) => [refusedAt(user, SAPPORO, n, m)],
    'a session': (user, n, m) => sessionAt(user, home(user), n, [m, m + 90], said(user)),
    'a session on the phone': (user, n, m) =>
      sessionAt(user, CARRIER, n, [m, m + 45], { deviceId: `${user}-phone` }),
    'a new device': (user, n, m) => [loginAt(user, home(user), n, m, { deviceId: `${n}` })],
    'a new client': (user, n, m) => [
      loginAt(user, home(user), n, m, { ...said(user), userAgent: 'OpenConnect/9' }),
    ],
    'a new gateway': (user, n, m) => [
      loginAt(user, home(user), n, m, { ...said(user), gateway: 'gw-2' }),
    ],
    'a new realm': (user, n, m) => [
      loginAt(user, home(user), n, m, { ...said(user), realm: 'admins' }),
    ],
    'a crowd of lines': (user, n, m) =>
      Array.from({ length: 13 }, (_, i) => loginAt(user, home(user), n, m + 4 * i, said(user))),
    'a strange login': (user, n, m) => [loginAt(user, HOSTING, n, m)],
    'a journey': (user, n, m) => [loginAt(user, FRANKFURT, n, m, said(user))],
    'guesses at the provider’s network': (_user, n, m) =>
      refusals(8, (i) => `guess${i}`, changed(TOKYO, '198.18.77.', {}), at(n, m), 30),
    'guesses at home': (user, n, m) => refusals(8, (i) => `guess${i}`, home(user), at(n, m), 30),
    'a hammering from elsewhere': (user, n, m) => refusals(26, () => user, HOSTING, at(n, m), 20),
  }

function at(n: number, minutes: number): number {
  return (day(n) * 1440 + minutes) * 60_000
}

const happenings = fc.array(
  fc.record({
    what: fc.constantFrom(...Object.keys(HAPPENINGS)),
    user: fc.constantFrom(...USERS),
    n: fc.integer({ min: 4, max: LAST }),
    // Often around midnight, where days meet.
    minutes: fc.oneof(fc.integer({ min: 0, max: 1300 }), fc.constantFrom(0, 1, 1436, 1438, 1439)),
  }),
  { maxLength: 14 },
)

/** Everybody logs in every day, Chiba on the phone as well. */
const daily = USERS.flatMap((user, i) =>
  Array.from({ length: LAST + 1 }, (_, n) => [
    loginAt(user, home(user), n, 480 + 7 * i, said(user)),
    ...(user === 'chiba' ? [loginAt(user, CARRIER, n, 1100, { deviceId: 'chiba-phone' })] : []),
  ]).flat(),
)

function expectAlike(attempts: readonly Attempt[], config: DetectConfig = DEFAULT_CONFIG): void {
  const { alerts, signals } = runReference(attempts, config)
  expect(digestsOf(runBatch(attempts, config))).toEqual(digestsOf([...alerts, ...signals]))
}

function storyOf(what: string, user: User, n: number, minutes: number): Attempt[] {
  return HAPPENINGS[what]?.(user, n, minutes) ?? []
}

describe('the short road of ordinary days says what the long one says', () => {
  test.each(Object.keys(HAPPENINGS))('of a day with %s, and of those around it', (what) => {
    for (const minutes of [300, 481, 1439]) {
      expectAlike([...daily, ...storyOf(what, 'aoki', 15, minutes)])
    }
  })

  test('of days with anything', () => {
    fc.assert(
      fc.property(happenings, (all) => {
        expectAlike([
          ...daily,
          ...all.flatMap(({ what, user, n, minutes }) => storyOf(what, user, n, minutes)),
        ])
      }),
      { numRuns: 60 },
    )
  })

  test.each([
    { login: { signal: 1 } },
    { login: { knownPrefix: 2 } },
    { login: { hourMax: 3 } },
    { travel: { learntDays: 0 } },
    { travel: { learntDays: 5 } },
    { bruteForce: { vouchedFailure: 1 } },
    { bruteForce: { failuresFree: 0 } },
    { common: { vouchDays: 3 } },
  ])('with other numbers: %j', (overrides) => {
    const config = { ...DEFAULT_CONFIG, limits: limitsOf(overrides) }
    for (const what of Object.keys(HAPPENINGS)) {
      expectAlike([...daily, ...storyOf(what, 'berg', 15, 700)], config)
    }
  })
})
