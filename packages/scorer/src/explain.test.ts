import { describe, expect, test } from '@jest/globals'
import { DEFAULT_CONFIG, dayOf, dayTextOf, HOUR_MS, MINUTE_MS } from '@sekisho/detect'
import type { Alert, Attempt } from '@sekisho/event'
import { DayExplainer } from './explain.ts'
import { explained, readFor } from './testing/explained.ts'
import { runBatch } from './testing/run.ts'
import {
  at,
  CARRIER,
  day,
  HOSTING,
  HOTEL,
  habit,
  login,
  NEW_YORK,
  refusals,
  refused,
  sessionEnd,
  TODAY,
  TOKYO,
  tenDaysOf,
} from './testing/story.ts'

const EVERYBODY = tenDaysOf('alice', 'bob', 'carol', 'dora')

/** A life after the story's day, so that it is not the last. */
const AFTER = habit('bob', TOKYO, 11, 14)

describe('an alerted login', () => {
  const strange = login('alice', HOSTING, TODAY, '09:00')
  const story = [...EVERYBODY, strange, ...AFTER]
  const explanation = explained(story, strange)
  const [alert] = runBatch(story).filter(({ family }) => family === 'U2') as [Alert]

  test('is explained by the terms of its alert', () => {
    expect(explanation.login).toMatchObject({ severity: alert.severity, sum: alert.score })
    expect(explanation.login?.terms).toEqual(
      alert.terms.map(({ evidence: _lines, ...term }) => term),
    )
    expect(explanation.login?.considered).toEqual(alert.considered)
    expect(explanation.login?.thresholds.signal).toBe(DEFAULT_CONFIG.limits.login.signal / 1024)
  })

  test('the findings are the alerts of the replay, those that show the line first', () => {
    expect(explanation.drafts[0]).toMatchObject({ ruleId: alert.ruleId, reason: alert.reason })
    expect(explanation.drafts[0]?.evidence).toEqual(alert.evidence)
  })

  test('says what was known before it', () => {
    expect(explanation.user).toMatchObject({
      userKey: 'alice',
      isKnown: true,
      firstDay: day(0),
      lastDay: day(9),
      activeDays: 10,
      homeCountry: 'JP',
      networks: [{ asn: 64500, country: 'JP', days: 10 }],
      isVouched: false,
      knowsAsn: false,
      knowsCountry: false,
    })
    expect(explanation.user?.loginHours[8]).toBe(10)
    expect(explanation.organisation).toMatchObject({
      isCold: false,
      firstDay: day(0),
      coldUntilDay: day(7),
      networkUserDays: 0,
      countryShare: 0,
      hasSucceededFromPrefix: false,
    })
    expect(explanation.source).toMatchObject({
      vouchedUsers: 0,
      strangeUsers: 1,
      failingUsers: 0,
      own: null,
      strongest: null,
    })
  })
})

describe('a silent login', () => {
  test('at home has all its terms, and their sum is below a signal', () => {
    const home = login('alice', TOKYO, TODAY, '08:00')
    const { login: score, drafts, source, outcome } = explained([...EVERYBODY, home], home)
    expect(outcome).toBe('success')
    expect(drafts).toEqual([])
    expect(score?.severity).toBeNull()
    expect(score?.sum).toBeLessThan(0)
    expect(score?.terms.map(({ name }) => name)).toContain('known_prefix')
    expect(score?.terms.reduce((sum, { value }) => sum + value, 0)).toBe(score?.sum)
    expect(source?.outcomeClass).toBe('vouched_success')
  })

  test('on a journey that can have been made shows the other place, and no travel', () => {
    const home = login('alice', TOKYO, TODAY, '00:10')
    const arrived = login('alice', NEW_YORK, TODAY, '18:30')
    const story = [...EVERYBODY, home, arrived]
    const { login: score, otherPresences } = explained(story, arrived)
    expect(score?.terms.map(({ name }) => name)).not.toContain('impossible_travel')
    const [nearest] = otherPresences
    expect(nearest).toMatchObject({
      prefix: '198.51.100.0/24',
      place: TOKYO.place,
      firstMs: at(TODAY, '00:10'),
      gapMs: 18 * HOUR_MS + 20 * MINUTE_MS,
    })
    expect(nearest?.distanceLowerKm).toBeGreaterThan(10_000)
  })

  test('in the cold start says so and until when', () => {
    const early = login('alice', HOSTING, day(3), '09:00')
    const { organisation, user, login: score } = explained([...EVERYBODY, early], early)
    expect(organisation.isCold).toBe(true)
    expect(user?.isKnown).toBe(false)
    expect(score?.severity === null || score?.severity === 'low').toBe(true)
  })

  test('the first of the account is the first only once', () => {
    const first = login('erin', HOSTING, TODAY, '09:00')
    const second = login('erin', HOSTING, TODAY, '15:00')
    const story = [...tenDaysOf('alice', 'bob'), ...habit('carol', TOKYO, -80, 9), first, second]
    const termsOf = (attempt: Attempt) =>
      explained(story, attempt).login?.terms.map(({ name }) => name)
    expect(termsOf(first)).toContain('first_use')
    expect(termsOf(second)).not.toContain('first_use')
    expect(explained(story, second).login?.standsBehind).toBe(first.id)
  })

  test('of several lines of one login the others name the one that counts', () => {
    const counts = login('alice', TOKYO, TODAY, '08:00')
    const also = login('alice', TOKYO, TODAY, '08:00:05', { decides: 'unless' })
    const story = [...EVERYBODY, counts, also]
    expect(explained(story, also)).toMatchObject({ outcome: null, decidedBy: counts.id })
    expect(explained(story, counts)).toMatchObject({ outcome: 'success', decidedBy: '' })
    const end = sessionEnd('alice', TOKYO, TODAY, '10:00', 60)
    expect(explained([...story, end], end)).toMatchObject({
      outcome: null,
      decidedBy: '',
      login: null,
    })
  })
})

describe('a failure', () => {
  test('counts in its source as the class that its user has there', () => {
    const own = refused('alice', TOKYO, TODAY, '09:00')
    const strange = refused('alice', HOTEL, TODAY, '09:10')
    const unknown = refused('nobody', HOTEL, TODAY, '09:11')
    const story = [...EVERYBODY, own, strange, unknown]
    expect(explained(story, own).source?.outcomeClass).toBe('vouched_failure')
    expect(explained(story, strange).source?.outcomeClass).toBe('unvouched_failure')
    const { source, outcome, drafts } = explained(story, unknown)
    expect({ outcome, drafts }).toEqual({ outcome: 'bad_credential', drafts: [] })
    expect(source).toMatchObject({
      outcomeClass: 'unknown_user',
      failingUsers: 2,
      neverSucceeded: 1,
      own: {
        failingUsers: 2,
        failingUsersMin: 4,
        thresholdNats: DEFAULT_CONFIG.limits.source.threshold / 1024,
      },
    })
    expect(source?.own?.nats).toBeCloseTo(1.67 + 3.58, 2)
    expect(source?.strongest).toEqual(source?.own)
  })

  test('counts for the guessing of its user, also far below the threshold', () => {
    const guesses = refusals(8, () => 'alice', HOTEL, at(TODAY, '09:00'), 30)
    const [first] = guesses as [Attempt]
    const { bruteForce, drafts, user } = explained([...EVERYBODY, ...guesses], first)
    expect(drafts).toEqual([])
    expect(user?.isVouched).toBe(false)
    expect(bruteForce).toEqual({
      points: expect.closeTo(3 * 0.4, 2),
      threshold: 7,
      failuresStrange: 8,
      failuresOwn: 0,
      networksStrange: 1,
    })
    const own = refused('bob', TOKYO, TODAY, '09:00')
    expect(explained([...EVERYBODY, own], own).bruteForce).toBeNull()
  })

  test('inside an attack is told with it', () => {
    const attack = refusals(30, (i) => `name${i}`, HOSTING, at(TODAY, '03:00'), 20)
    const [first] = attack as [Attempt]
    const story = [...EVERYBODY, ...attack, ...AFTER]
    const { drafts, source } = explained(story, first)
    const alerts = runBatch(story).filter((alert) => alert.day === dayTextOf(TODAY))
    expect(drafts.map(({ reason }) => reason)).toEqual(alerts.map(({ reason }) => reason))
    expect(drafts.map(({ ruleId }) => ruleId)).toEqual(['N1'])
    const nats = source?.strongest?.nats ?? 0
    expect(nats).toBeGreaterThan(source?.strongest?.thresholdNats ?? 0)
  })
})

describe('what S1 and M1 measured', () => {
  const sign = (from: typeof TOKYO, time: string) =>
    login('alice', from, TODAY, time, { sessionId: 'one' })

  test.each([
    { what: 'one network', from: TOKYO, moves: 0, explanations: [] },
    { what: 'two access networks', from: HOTEL, moves: 1, explanations: ['access_networks'] },
    { what: 'a rented network', from: HOSTING, moves: 1, explanations: [] },
  ])('a session that goes on in $what', ({ from, moves, explanations }) => {
    const there = sign(from, '09:00')
    const { session } = explained([...EVERYBODY, sign(TOKYO, '08:50'), there], there)
    expect(session).toEqual({ lines: 2, moves, explanations })
  })

  test('second factors are counted in the window that holds most of them', () => {
    const times = ['08:00', '08:20', '08:30', '08:31', '09:40']
    const denied = times.map((time) =>
      refused('alice', HOTEL, TODAY, time, { attempt: 'mfa_denied' }),
    )
    const last = denied.at(-1) as Attempt
    expect(explained([...EVERYBODY, ...denied], last).factor).toEqual({
      denied: 5,
      deniedAtOnce: 3,
      windowMs: 30 * MINUTE_MS,
      deniedMin: 5,
      deniedBeforeSuccessMin: 3,
    })
  })
})

test('what a high alert keeps from teaching is not known on the day after', () => {
  const thief = login('alice', HOSTING, day(9), '09:00')
  const again = login('alice', HOSTING, TODAY, '12:00')
  const story = [...tenDaysOf('alice', 'bob', 'carol', 'dora'), thief, again]
  const { user, login: score } = explained(story, again)
  const isAlerted = explained(story, thief).login?.severity === 'high'
  expect(isAlerted).toBe(true)
  expect(user?.isVouched).toBe(false)
  expect(score?.severity).toBe('high')
})

test('phones and laptops: a carrier that the user has learnt is not strange', () => {
  const phone = login('alice', CARRIER, TODAY, '08:30')
  const story = [...EVERYBODY, ...habit('alice', CARRIER, 0, 9, '18:00'), phone]
  const { login: score, drafts } = explained(story, phone)
  expect(drafts).toEqual([])
  expect(score?.terms.find(({ name }) => name === 'new_for_user')?.value).toBeLessThan(0)
})

test('a day that is complete is not explained', () => {
  const home = login('alice', TOKYO, day(5), '08:00')
  const scorer = readFor([...EVERYBODY, ...AFTER], day(9))
  expect(DayExplainer.of(DEFAULT_CONFIG, scorer.save(), dayOf(home.event.timestampMs))).toBeNull()
})

test('a name for which there is no room has no history', () => {
  const stranger = refused('nobody', HOTEL, TODAY, '09:00')
  const { user, login: score, outcome } = explained(EVERYBODY, stranger)
  expect({ user, score, outcome }).toEqual({ user: null, score: null, outcome: null })
})

test('a snapshot of several partitions is refused', () => {
  const chunks = readFor(EVERYBODY, TODAY, 2).save()
  expect(() => DayExplainer.of(DEFAULT_CONFIG, chunks, TODAY)).toThrow('of 2 partitions')
})
