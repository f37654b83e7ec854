import { describe, expect, test } from '@jest/globals'
import type { AttemptOutcome } from '@sekisho/event'
import fc from 'fast-check'
import { classedAttemptsOf } from './classed-attempts.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import {
  classValuesOf,
  FAILING_CLASSES,
  OUTCOME_CLASSES,
  type OutcomeClassName,
  outcomeClassOf,
  SourceTally,
} from './source-tally.ts'
import type { AnnotatedAttempt } from './source-view.ts'
import { annotatedOf, attemptOf, viewOf } from './testing/annotated.ts'

const SEED = 20261120

describe('the class of an attempt', () => {
  test.each<{
    outcome: AttemptOutcome
    flags: Partial<AnnotatedAttempt>
    is: OutcomeClassName | null
  }>([
    { outcome: 'success', flags: { isVouched: true }, is: 'vouched_success' },
    { outcome: 'success', flags: { isKnown: true, knowsCountry: true }, is: 'ordinary_success' },
    { outcome: 'success', flags: { isKnown: true, isHomeCountry: true }, is: 'other_success' },
    { outcome: 'success', flags: { isHomeCountry: true }, is: 'ordinary_success' },
    { outcome: 'success', flags: {}, is: 'other_success' },
    { outcome: 'success', flags: { isCold: true }, is: 'ordinary_success' },
    { outcome: 'mfa_denied', flags: {}, is: 'factor_denied' },
    { outcome: 'mfa_denied', flags: { knowsAsn: true, isKnown: true }, is: 'factor_denied' },
    { outcome: 'mfa_denied', flags: { isVouched: true }, is: 'vouched_failure' },
    {
      outcome: 'bad_credential',
      flags: { isVouched: true, knowsAsn: true },
      is: 'vouched_failure',
    },
    { outcome: 'disabled_or_locked', flags: { isVouched: true }, is: 'vouched_failure' },
    {
      outcome: 'bad_credential',
      flags: { knowsAsn: true, isKnown: true },
      is: 'operator_known_failure',
    },
    { outcome: 'bad_credential', flags: { isKnown: true }, is: 'unvouched_failure' },
    { outcome: 'expired_password', flags: { isKnown: true }, is: 'unvouched_failure' },
    { outcome: 'disabled_or_locked', flags: { isKnown: true }, is: 'locked' },
    { outcome: 'bad_credential', flags: {}, is: 'unknown_user' },
    { outcome: 'unknown_user', flags: {}, is: 'unknown_user' },
    { outcome: 'bad_credential', flags: { isCold: true }, is: 'unvouched_failure' },
    { outcome: 'policy_denied', flags: {}, is: null },
    { outcome: 'session_start', flags: {}, is: null },
  ])('$outcome with $flags is $is', ({ outcome, flags, is }) => {
    expect(outcomeClassOf(annotatedOf(attemptOf('aoki', 0), outcome, flags))).toBe(is)
  })

  test.each([
    { networkClass: 'residential', is: 'ordinary_success' },
    { networkClass: 'mobile', is: 'ordinary_success' },
    { networkClass: 'hosting', is: 'other_success' },
    { networkClass: 'corp_egress', is: 'other_success' },
    { networkClass: 'unknown', is: 'other_success' },
  ] as const)('a success on $networkClass in the user’s country is $is', ({ networkClass, is }) => {
    const attempt = attemptOf('aoki', 0, {}, { networkClass })
    expect(
      outcomeClassOf(annotatedOf(attempt, 'success', { isKnown: true, knowsCountry: true })),
    ).toBe(is)
  })
})

test('every class but the three successes is one of users who failed', () => {
  expect([...FAILING_CLASSES]).toEqual([
    'factor_denied',
    'vouched_failure',
    'operator_known_failure',
    'unvouched_failure',
    'locked',
    'misspelt',
    'unknown_user',
  ])
})

const VALUES = classValuesOf(DEFAULT_LIMITS)
const classArbitrary = fc.constantFrom(...OUTCOME_CLASSES.map(({ name }) => name))
const entryArbitrary = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), classArbitrary)

describe('a tally', () => {
  test('is a sum over users, each with the strongest of its classes', () => {
    fc.assert(
      fc.property(fc.array(entryArbitrary, { maxLength: 30 }), (entries) => {
        const tally = new SourceTally(VALUES)
        for (const [user, name] of entries) tally.add(user, name)
        let llr = 0
        let failing = 0
        for (const user of new Set(entries.map(([name]) => name))) {
          const index = OUTCOME_CLASSES.findIndex(({ name }) =>
            entries.some(([u, n]) => u === user && n === name),
          )
          const best = OUTCOME_CLASSES[index]
          llr += VALUES[index] ?? 0
          failing += best?.isFailing === true ? 1 : 0
          expect(tally.classes().get(user)).toBe(best?.name)
        }
        expect([tally.llr, tally.failingUsers]).toEqual([llr, failing])
      }),
      { seed: SEED },
    )
  })

  test('forgets what leaves as if it had never come', () => {
    fc.assert(
      fc.property(fc.array(entryArbitrary), fc.array(entryArbitrary), (stay, leave) => {
        const tally = new SourceTally(VALUES)
        const alone = new SourceTally(VALUES)
        for (const [user, name] of [...leave, ...stay]) tally.add(user, name)
        for (const [user, name] of leave) tally.remove(user, name)
        for (const [user, name] of stay) alone.add(user, name)
        expect([tally.llr, tally.failingUsers]).toEqual([alone.llr, alone.failingUsers])
        expect([...tally.classes()].sort()).toEqual([...alone.classes()].sort())
      }),
      { seed: SEED },
    )
  })
})

/** Sum over everybody at a source, as the network as a whole is judged. */
function llrOf(annotated: readonly AnnotatedAttempt[]): number {
  const tally = new SourceTally(VALUES)
  for (const { userKey, outcomeClass } of classedAttemptsOf(viewOf(annotated), 0, 10_000))
    tally.add(userKey, outcomeClass)
  return tally.llr
}

const annotatedArbitrary: fc.Arbitrary<AnnotatedAttempt> = fc
  .record({
    user: fc.constantFrom('aoki', 'aokii', 'berg', 'bergg', 'chiba', 'chiab', 'doi'),
    ms: fc.integer({ min: 0, max: 9999 }),
    outcome: fc.constantFrom<AttemptOutcome>(
      'success',
      'bad_credential',
      'mfa_denied',
      'disabled_or_locked',
      'unknown_user',
    ),
    flags: fc.record({
      isVouched: fc.boolean(),
      knowsAsn: fc.boolean(),
      knowsCountry: fc.boolean(),
      isKnown: fc.boolean(),
      isHomeCountry: fc.boolean(),
      isCold: fc.boolean(),
    }),
  })
  .map(({ user, ms, outcome, flags }) =>
    annotatedOf(attemptOf(user, ms, { attempt: outcome }), outcome, flags),
  )

describe('evidence is monotone', () => {
  test('one more user who fails and is not vouched for never lowers the sum', () => {
    const failure = fc.constantFrom<AttemptOutcome>(
      'bad_credential',
      'mfa_denied',
      'disabled_or_locked',
      'unknown_user',
    )
    fc.assert(
      fc.property(
        fc.array(annotatedArbitrary, { maxLength: 20 }),
        fc.constantFrom('newcomer', 'aok', 'doii'),
        failure,
        fc.record({ knowsAsn: fc.boolean(), isKnown: fc.boolean(), isCold: fc.boolean() }),
        (annotated, user, outcome, flags) => {
          const stranger = annotatedOf(attemptOf(user, 5000, { attempt: outcome }), outcome, flags)
          expect(llrOf([...annotated, stranger])).toBeGreaterThanOrEqual(llrOf(annotated))
        },
      ),
      { seed: SEED, numRuns: 500 },
    )
  })

  test('one more success that is vouched for never raises it', () => {
    fc.assert(
      fc.property(
        fc.array(annotatedArbitrary, { maxLength: 20 }),
        fc.constantFrom('aoki', 'berg', 'newcomer', 'chibaa'),
        (annotated, user) => {
          const own = annotatedOf(attemptOf(user, 5000, { attempt: 'success' }), 'success', {
            isVouched: true,
            isKnown: true,
          })
          expect(llrOf([...annotated, own])).toBeLessThanOrEqual(llrOf(annotated))
        },
      ),
      { seed: SEED, numRuns: 500 },
    )
  })
})
