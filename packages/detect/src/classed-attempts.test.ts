import { describe, expect, test } from '@jest/globals'
import type { AttemptOutcome } from '@sekisho/event'
import { classedAttemptsOf, isShown } from './classed-attempts.ts'
import type { AnnotatedAttempt } from './source-view.ts'
import { annotatedOf, attemptOf, viewOf } from './testing/annotated.ts'

function attempt(
  user: string,
  ms: number,
  outcome: AttemptOutcome,
  flags: Partial<AnnotatedAttempt> = {},
): AnnotatedAttempt {
  return annotatedOf(attemptOf(user, ms, { attempt: outcome }), outcome, flags)
}

const VOUCHED = { isVouched: true, isKnown: true }

test('attempts and vouched logins are one list by time, in which the logins have no lines', () => {
  const view = viewOf([
    attempt('aoki', 2000, 'success', VOUCHED),
    attempt('berg', 1000, 'bad_credential'),
    attempt('chiba', 3000, 'mfa_denied'),
    attempt('doi', 2500, 'session_start'),
    attempt('', 2600, 'bad_credential'),
    attempt('aoki', 4000, 'bad_credential', VOUCHED),
    attempt('early', 0, 'bad_credential'),
  ])
  const classed = classedAttemptsOf(view, 500, 5000)
  expect(classed.map(({ userKey, outcomeClass }) => [userKey, outcomeClass])).toEqual([
    ['berg', 'unknown_user'],
    ['aoki', 'vouched_success'],
    ['chiba', 'factor_denied'],
    ['aoki', 'vouched_failure'],
  ])
  expect(classed.map(isShown)).toEqual([true, false, true, true])
})

describe('a name that never succeeded is misspelt', () => {
  const guess = attempt('aokii', 5000, 'bad_credential')
  test.each<{ what: string; near: AnnotatedAttempt; is: string }>([
    {
      what: 'beside a vouched login under nearly this name',
      near: attempt('aoki', 1000, 'success', VOUCHED),
      is: 'misspelt',
    },
    {
      what: 'beside a vouched failure, before or after',
      near: attempt('aoki', 9000, 'bad_credential', VOUCHED),
      is: 'misspelt',
    },
    {
      what: 'but not beside a name two edits away',
      near: attempt('aok', 1000, 'success', VOUCHED),
      is: 'unknown_user',
    },
    {
      what: 'nor beside somebody who got in but is not vouched',
      near: attempt('aoki', 1000, 'success', { isKnown: true }),
      is: 'unknown_user',
    },
    {
      what: 'nor beside somebody known who failed and is not vouched',
      near: attempt('aoki', 1000, 'bad_credential', { isKnown: true }),
      is: 'unknown_user',
    },
    {
      what: 'nor beside somebody who logged in outside the span',
      near: attempt('aoki', 10_001, 'success', VOUCHED),
      is: 'unknown_user',
    },
  ])('$what', ({ near, is }) => {
    const classed = classedAttemptsOf(viewOf([near, guess]), 0, 10_000)
    expect(classed.find(({ userKey }) => userKey === 'aokii')?.outcomeClass).toBe(is)
  })

  test('and a known user’s own failure never is', () => {
    const known = attempt('aokii', 5000, 'bad_credential', { isKnown: true })
    const view = viewOf([attempt('aoki', 1000, 'success', VOUCHED), known])
    expect(classedAttemptsOf(view, 0, 10_000).at(-1)?.outcomeClass).toBe('unvouched_failure')
  })
})

describe('who gets in at the source after all has mistyped', () => {
  const ORDINARY = { isHomeCountry: true }
  const classesOf = (settledMs: number, ...near: AnnotatedAttempt[]) =>
    classedAttemptsOf(viewOf(near), 500, 5000, settledMs)
      .filter(({ userKey }) => userKey === 'neko')
      .map(({ outcomeClass }) => outcomeClass)
  const typo = attempt('neko', 1000, 'bad_credential', ORDINARY)

  test.each<{ what: string; near: AnnotatedAttempt[]; is: string[] }>([
    {
      what: 'an ordinary login after the span',
      near: [typo, attempt('neko', 9000, 'success', ORDINARY)],
      is: ['ordinary_success'],
    },
    {
      what: 'an ordinary login within it',
      near: [typo, attempt('neko', 4000, 'success', ORDINARY)],
      is: ['ordinary_success', 'ordinary_success'],
    },
    {
      what: 'a vouched login after it',
      near: [typo, attempt('neko', 9000, 'success', VOUCHED)],
      is: ['vouched_success'],
    },
    {
      what: 'a failure of a known user and a locked account, too',
      near: [
        attempt('neko', 1000, 'bad_credential', { isKnown: true }),
        attempt('neko', 2000, 'disabled_or_locked', { isKnown: true }),
        attempt('neko', 3000, 'bad_credential', { isKnown: true, knowsAsn: true }),
        attempt('neko', 9000, 'success', { isKnown: true, knowsCountry: true }),
      ],
      is: ['ordinary_success', 'ordinary_success', 'ordinary_success'],
    },
    {
      what: 'but not a refused second factor, for somebody knew the password',
      near: [attempt('neko', 1000, 'mfa_denied'), attempt('neko', 9000, 'success', ORDINARY)],
      is: ['factor_denied'],
    },
    {
      what: 'nor with a login that is not ordinary',
      near: [typo, attempt('neko', 9000, 'success')],
      is: ['unknown_user'],
    },
    {
      what: 'nor with the login of another user',
      near: [typo, attempt('inu', 9000, 'success', ORDINARY)],
      is: ['unknown_user'],
    },
    {
      what: 'nor with a login later than is looked for',
      near: [typo, attempt('neko', 10_001, 'success', ORDINARY)],
      is: ['unknown_user'],
    },
  ])('$what', ({ near, is }) => {
    expect(classesOf(10_000, ...near)).toEqual(is)
  })
})
