import { describe, expect, test } from '@jest/globals'
import type { NetworkClass } from '@sekisho/event'
import { isSpraying, roundsOf, severityCapOf } from './attack-shape.ts'
import type { ClassedAttempt } from './classed-attempts.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { attackWindowOf } from './loudest-window.ts'
import type { FlaggedPane, SourceAttack } from './source-attack.ts'
import type { OutcomeClassName } from './source-tally.ts'
import { annotatedOf, attemptOf } from './testing/annotated.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from './time.ts'

const DAY = 20_000
const START_MS = DAY * DAY_MS

/** One user's attempts of one class at some minutes of the day; a vouched login is not shown. */
interface Tries {
  readonly user: string
  readonly is?: OutcomeClassName
  readonly minutes?: readonly number[]
}

interface Place {
  readonly networkClass?: NetworkClass
  readonly isCold?: boolean
}

function attackOf(tries: readonly Tries[], { networkClass, isCold = false }: Place = {}) {
  const attempts = tries
    .flatMap(({ user, is = 'unvouched_failure', minutes = [600] }): ClassedAttempt[] =>
      minutes.map((minute) => {
        const timestampMs = START_MS + minute * MINUTE_MS
        const place = networkClass === undefined ? {} : { networkClass }
        const attempt = attemptOf(user, timestampMs, {}, place)
        const isShown = is !== 'vouched_success'
        const annotated = isShown ? annotatedOf(attempt, 'bad_credential', { isCold }) : null
        return { userKey: user, address: 'a', timestampMs, outcomeClass: is, annotated }
      }),
    )
    .sort((a, b) => a.timestampMs - b.timestampMs)
  const pane: FlaggedPane = {
    paneStartMs: START_MS + DAY_MS - 5 * MINUTE_MS,
    address: '',
    addresses: [],
    isPrefixFlagged: true,
    windowMs: DAY_MS,
    llr: 0,
    failingUsers: 0,
    prefixLlr: 0,
  }
  const attack: SourceAttack = { day: DAY, panes: [pane], attempts, isCapped: false }
  return { attack, loudest: attackWindowOf(attack, pane, DEFAULT_LIMITS) }
}

function many(count: number, is: OutcomeClassName, minutes?: readonly number[]): Tries[] {
  return Array.from({ length: count }, (_, i) => ({
    user: `${is}${i}`,
    is,
    ...(minutes === undefined ? {} : { minutes }),
  }))
}

const KNOWN = many(7, 'unvouched_failure')

describe('a severity of medium at most', () => {
  const popUp = 'few names are unknown and nobody strange got in: it could be a hotel or an event'
  const cold = 'the organisation has less than 7 days of history'

  test.each<{ what: string; tries: readonly Tries[]; place?: Place; cap: string | null }>([
    { what: 'few unknown names: a pop-up', tries: KNOWN, cap: popUp },
    {
      what: 'two of nine unknown',
      tries: [...KNOWN, ...many(2, 'unknown_user')],
      cap: popUp,
    },
    {
      what: 'three of ten unknown: an attack',
      tries: [...KNOWN, ...many(3, 'unknown_user')],
      cap: null,
    },
    {
      what: 'somebody strange got in',
      tries: [...KNOWN, ...many(1, 'other_success')],
      cap: null,
    },
    {
      what: 'somebody ordinary got in',
      tries: [...KNOWN, ...many(1, 'ordinary_success')],
      cap: popUp,
    },
    {
      what: 'somebody vouched logs in here',
      tries: [...KNOWN, ...many(1, 'vouched_success')],
      cap: null,
    },
    {
      what: 'somebody vouched failed here',
      tries: [...KNOWN, ...many(1, 'vouched_failure')],
      cap: null,
    },
    { what: 'hosting', tries: KNOWN, place: { networkClass: 'hosting' }, cap: null },
    { what: 'an anonymiser', tries: KNOWN, place: { networkClass: 'anon' }, cap: null },
    { what: 'a satellite', tries: KNOWN, place: { networkClass: 'satellite' }, cap: null },
    { what: 'a phone', tries: KNOWN, place: { networkClass: 'mobile' }, cap: popUp },
    {
      what: 'the cold start, even at a hosting company',
      tries: KNOWN,
      place: { networkClass: 'hosting', isCold: true },
      cap: cold,
    },
  ])('$what: $cap', ({ tries, place, cap }) => {
    const { attack, loudest } = attackOf(tries, place)
    expect(severityCapOf(attack, loudest, DEFAULT_LIMITS)).toBe(cap)
  })
})

describe('a spray', () => {
  const TWICE = [600, 660]
  test.each<{ what: string; tries: readonly Tries[]; is: boolean }>([
    { what: 'two rounds over one set', tries: many(4, 'unvouched_failure', TWICE), is: true },
    { what: 'three rounds', tries: many(4, 'unvouched_failure', [600, 660, 720]), is: true },
    { what: 'four rounds', tries: many(4, 'unvouched_failure', [600, 660, 720, 780]), is: false },
    { what: 'one round', tries: KNOWN, is: false },
    {
      what: 'half of the users in two rounds',
      tries: [...many(3, 'unvouched_failure', TWICE), ...many(3, 'locked')],
      is: true,
    },
    {
      what: 'less than half',
      tries: [...many(3, 'unvouched_failure', TWICE), ...many(4, 'locked')],
      is: false,
    },
    {
      what: 'one user of many in four rounds',
      tries: [...many(4, 'unvouched_failure', TWICE), ...many(1, 'locked', [1, 60, 120, 180])],
      is: false,
    },
    {
      what: 'a fifth of the names unknown',
      tries: [...many(4, 'unvouched_failure', TWICE), ...many(1, 'unknown_user', TWICE)],
      is: false,
    },
    {
      what: 'less than a fifth unknown',
      tries: [...many(5, 'unvouched_failure', TWICE), ...many(1, 'unknown_user', TWICE)],
      is: true,
    },
  ])('$what: $is', ({ tries, is }) => {
    const { attack, loudest } = attackOf(tries)
    expect(isSpraying(attack, loudest, DEFAULT_LIMITS.source)).toBe(is)
  })
})

describe('rounds', () => {
  const HALF_HOUR_MS = HOUR_MS / 2
  test.each<{ what: string; tries: readonly Tries[]; failing: string[]; rounds: number[] }>([
    {
      what: 'as far apart as the gap',
      tries: [{ user: 'a', minutes: [0, 30, 60] }],
      failing: ['a'],
      rounds: [3],
    },
    {
      what: 'closer together, each to the one before, are one',
      tries: [{ user: 'a', minutes: [0, 29, 58] }],
      failing: ['a'],
      rounds: [1],
    },
    {
      what: 'of each user apart',
      tries: [
        { user: 'a', minutes: [0, 40] },
        { user: 'b', minutes: [10] },
      ],
      failing: ['a', 'b'],
      rounds: [2, 1],
    },
    {
      what: 'of users who fail only',
      tries: [
        { user: 'a', minutes: [0, 40] },
        { user: 'b', minutes: [10] },
      ],
      failing: ['b'],
      rounds: [1],
    },
    {
      what: 'vouched logins are none',
      tries: [
        { user: 'a', minutes: [0, 40] },
        { user: 'a', is: 'vouched_success', minutes: [100] },
      ],
      failing: ['a'],
      rounds: [2],
    },
  ])('$what', ({ tries, failing, rounds }) => {
    expect(roundsOf(attackOf(tries).attack, new Set(failing), HALF_HOUR_MS)).toEqual(rounds)
  })
})
