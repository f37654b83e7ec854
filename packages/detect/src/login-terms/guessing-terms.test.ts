import { describe, expect, test } from '@jest/globals'
import type { Attempt, AttemptOutcome } from '@sekisho/event'
import { configWith, contextOf, valuesOf } from '../testing/alice.ts'
import {
  FRANKFURT,
  HOME,
  HOSTING,
  type Known,
  lineAt,
  type TestNetwork,
} from '../testing/fake-user-view.ts'
import { guessingTerms } from './guessing-terms.ts'

function failure(time: string, from: TestNetwork, attempt: AttemptOutcome = 'bad_credential') {
  return lineAt(time, from, { attempt, outcome: 'failure' })
}

/** So many failures, a second apart from 08:30:00 on. */
function failures(count: number, from: TestNetwork, attempt?: AttemptOutcome) {
  return Array.from({ length: count }, (_, i) => failure(`8:30:${i}`, from, attempt))
}

/** Terms of a login from Frankfurt at 09:00. */
function termsOf(known: Known, from: TestNetwork = FRANKFURT) {
  return guessingTerms(contextOf(lineAt('9:00', from), known))
}

function valuesAfter(...args: Parameters<typeof termsOf>) {
  return valuesOf(termsOf(...args))
}

test('nothing before a login says nothing', () => {
  expect(valuesAfter({})).toEqual({})
})

describe('typing errors', () => {
  test.each([
    { count: 1, terms: { typing_error: -512 } },
    { count: 2, terms: { typing_error: -512 } },
    { count: 3, terms: {} },
  ])('$count wrong passwords from the same network', ({ count, terms }) => {
    expect(valuesAfter({ lines: failures(count, FRANKFURT) })).toEqual(terms)
    expect(valuesAfter({ lines: failures(count, HOME) }, HOME)).toEqual(terms)
    expect(valuesAfter({ lines: failures(count, FRANKFURT), isCold: true })).toEqual(terms)
  })

  test.each([
    { time: '8:00', is: true },
    { time: '7:59:59.999', is: false },
    { time: '9:00', is: true },
    { time: '9:00:00.001', is: false },
  ])('within the hour before: $time', ({ time, is }) => {
    const terms = valuesAfter({ lines: [failure(time, FRANKFURT)] })
    expect(terms).toEqual(is ? { typing_error: -512 } : {})
  })

  test.each<{ what: string; lines: Attempt[] }>([
    { what: 'from another network', lines: failures(1, HOSTING) },
    { what: 'of another kind', lines: failures(1, FRANKFURT, 'policy_denied') },
  ])('none $what', ({ lines }) => {
    expect(valuesAfter({ lines })).toEqual({})
  })

  test.each([
    { count: 1, why: 'a wrong password just before, as people mistype' },
    { count: 2, why: '2 wrong passwords just before, as people mistype' },
  ])('say how many: $count', ({ count, why }) => {
    expect(termsOf({ lines: failures(count, FRANKFURT) })[0]?.why).toBe(why)
  })

  test('a refused second factor is never one, even at home', () => {
    const lines = [failure('8:50', HOME), failure('8:51', HOME, 'mfa_denied')]
    expect(valuesAfter({ lines }, HOME)).toEqual({})
    expect(valuesAfter({ lines: lines.slice(0, 1) }, HOME)).toEqual({ typing_error: -512 })
  })
})

describe('a second factor refused before', () => {
  test.each([
    { what: 'at the same strange network', lines: failures(1, FRANKFURT, 'mfa_denied') },
    { what: 'at another strange network', lines: failures(1, HOSTING, 'mfa_denied') },
    {
      what: 'with a typing error',
      lines: [...failures(1, FRANKFURT), failure('8:40', FRANKFURT, 'mfa_denied')],
    },
  ])('$what', ({ lines }) => {
    expect(valuesAfter({ lines })).toEqual({ factor_denied_before: 1536 })
  })

  test.each([
    { count: 1, why: 'the second factor was refused once in the 60 min before' },
    { count: 2, why: 'the second factor was refused 2 times in the 60 min before' },
  ])('says how often: $count', ({ count, why }) => {
    expect(termsOf({ lines: failures(count, HOSTING, 'mfa_denied') })[0]?.why).toBe(why)
  })

  test.each<{ what: string; known: Known; from?: TestNetwork }>([
    { what: 'at home', known: { lines: failures(1, HOME, 'mfa_denied') } },
    {
      what: 'elsewhere before a login at home',
      known: { lines: failures(1, HOSTING, 'mfa_denied') },
      from: HOME,
    },
    {
      what: 'in the cold start',
      known: { lines: failures(1, FRANKFURT, 'mfa_denied'), isCold: true },
    },
    {
      what: 'more than an hour before',
      known: { lines: [failure('7:59', FRANKFURT, 'mfa_denied')] },
    },
  ])('not $what', ({ known, from }) => {
    expect(valuesAfter(known, from)).toEqual({})
  })
})

describe('guessing before', () => {
  test.each([
    { count: 5, terms: { guessed_before: 1536 } },
    { count: 4, terms: {} },
  ])('$count failures from strange networks', ({ count, terms }) => {
    expect(valuesAfter({ lines: failures(count, FRANKFURT) })).toEqual(terms)
    const spread = [...failures(count - 3, HOSTING), ...failures(3, FRANKFURT)]
    expect(valuesAfter({ lines: spread })).toEqual(terms)
  })

  test.each<{ outcome: AttemptOutcome; is: boolean }>([
    { outcome: 'unknown_user', is: true },
    { outcome: 'expired_password', is: true },
    { outcome: 'disabled_or_locked', is: true },
    { outcome: 'policy_denied', is: false },
  ])('$outcome is a guess: $is', ({ outcome, is }) => {
    const terms = valuesAfter({ lines: failures(5, FRANKFURT, outcome) })
    expect(terms).toEqual(is ? { guessed_before: 1536 } : {})
  })

  test('refused second factors are no guesses, but count beside them', () => {
    expect(valuesAfter({ lines: failures(5, FRANKFURT, 'mfa_denied') })).toEqual({
      factor_denied_before: 1536,
    })
    const both = [...failures(5, HOSTING), failure('8:40', HOSTING, 'mfa_denied')]
    expect(valuesAfter({ lines: both })).toEqual({
      factor_denied_before: 1536,
      guessed_before: 1536,
    })
  })

  test('what is not from a strange network, or before a login at home, is not', () => {
    const fourAndHome = [...failures(4, HOSTING), failure('8:40', HOME)]
    expect(valuesAfter({ lines: fourAndHome })).toEqual({})
    expect(valuesAfter({ lines: failures(5, HOSTING) }, HOME)).toEqual({})
    expect(valuesAfter({ lines: failures(5, FRANKFURT), isCold: true })).toEqual({})
  })

  test('many guesses elsewhere are not excused by one typing error here', () => {
    const lines = [...failures(5, HOSTING), failure('8:50', FRANKFURT)]
    expect(valuesAfter({ lines })).toEqual({ guessed_before: 1536 })
  })

  test('carries its lines and their number', () => {
    const lines = failures(6, HOSTING)
    expect(termsOf({ lines })).toHaveLength(1)
    expect(termsOf({ lines })[0]).toMatchObject({
      family: 'guessing',
      why: '6 failed logins from strange networks in the 60 min before',
      quantities: { failures: 6 },
      lines,
    })
  })

  test('as long before and as many as the configuration says', () => {
    const config = configWith({ login: { guessesMin: 2, justBeforeMs: 1_800_000 } })
    expect(valuesAfter({ config, lines: failures(2, FRANKFURT) })).toEqual({
      guessed_before: 1536,
    })
    expect(valuesAfter({ config, lines: [failure('8:29', FRANKFURT)] })).toEqual({})
  })
})
