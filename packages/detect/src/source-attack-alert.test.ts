import { describe, expect, test } from '@jest/globals'
import type { AttemptOutcome } from '@sekisho/event'
import fc from 'fast-check'
import type { AlertDraft } from './alert-draft.ts'
import { DEFAULT_CONFIG, type DetectConfig } from './config.ts'
import { limitsOf, units } from './limits.ts'
import { sourceAttack } from './source-attack.ts'
import { sourceAttackAlert } from './source-attack-alert.ts'
import type { AnnotatedAttempt, SourceView, VouchedLogin } from './source-view.ts'
import { annotatedOf, attemptOf, viewOf } from './testing/annotated.ts'

const SEED = 20261122
const DAY = 20_000
const START_MS = DAY * 86_400_000
const MINUTE_MS = 60_000
const MASK = { hashKey: '', isPerson: () => true }

function attempt(
  user: string,
  minute: number,
  outcome: AttemptOutcome,
  flags: Partial<AnnotatedAttempt> = {},
): AnnotatedAttempt {
  const said = { attempt: outcome }
  return annotatedOf(attemptOf(user, START_MS + minute * MINUTE_MS, said), outcome, flags)
}

function alertOf(view: SourceView): AlertDraft | null {
  const attack = sourceAttack(view, DAY)
  return attack === null ? null : sourceAttackAlert(view, attack, MASK)
}

const strangers = Array.from({ length: 12 }, (_, i) =>
  attempt(`guess${i}x`, 60 + i, 'unknown_user'),
)

const attemptArbitrary = fc
  .record({
    user: fc.constantFrom('aoki', 'aokii', 'berg', 'chiba', 'doi', 'egawa', 'fuji'),
    minute: fc.integer({ min: 0, max: 90 }),
    outcome: fc.constantFrom<AttemptOutcome>(
      'success',
      'bad_credential',
      'mfa_denied',
      'disabled_or_locked',
    ),
    flags: fc.record({ isVouched: fc.boolean(), knowsAsn: fc.boolean(), isKnown: fc.boolean() }),
  })
  .map(({ user, minute, outcome, flags }) => attempt(user, minute, outcome, flags))

describe('a score', () => {
  test('is the sum of its terms, and each term follows from its quantities', () => {
    let alerts = 0
    fc.assert(
      fc.property(fc.array(attemptArbitrary, { maxLength: 30 }), (annotated) => {
        const alert = alertOf(viewOf([...annotated, ...strangers.slice(0, 5)]))
        if (alert === null) return
        alerts++
        for (const { value, quantities } of alert.terms) {
          const { users = Number.NaN, nats_per_user: natsPerUser = Number.NaN } = quantities
          expect(value).toBe(users * natsPerUser)
          expect(Number.isInteger(value * 1024)).toBe(true)
        }
        expect(alert.terms.reduce((sum, { value }) => sum + value, 0)).toBe(alert.score)
        expect(alert.posterior).toBeNull()
      }),
      { seed: SEED },
    )
    expect(alerts).toBeGreaterThan(50)
  })
})

describe('vouched logins', () => {
  const logins = (times: number): VouchedLogin[] =>
    Array.from({ length: times }, (_, i) => ({
      userKey: 'aoki',
      address: '203.0.113.7',
      timestampMs: START_MS + 65 * MINUTE_MS + i * 1000,
    }))
  const withLogins = (times: number): SourceView => ({
    ...viewOf(strangers),
    vouchedLogins: () => logins(times),
  })

  test('speak for the source', () => {
    const alone = alertOf(withLogins(0)) as AlertDraft
    const shared = alertOf(withLogins(1)) as AlertDraft
    expect(shared.score).toBe(alone.score - 4.5)
    expect(shared.terms.find(({ name }) => name === 'vouched_success')?.quantities).toEqual({
      users: 1,
      nats_per_user: -4.5,
    })
  })

  test('count as users, never as lines: how often one logged in changes nothing', () => {
    expect(alertOf(withLogins(20))).toEqual(alertOf(withLogins(1)))
  })

  test('are never shown and never counted as attempts', () => {
    const { evidenceTotal, counts, evidence } = alertOf(withLogins(1)) as AlertDraft
    expect([evidenceTotal, counts.attempts, evidence.length]).toEqual([12, 12, 12])
    expect(evidence.some(({ user }) => user === 'aoki')).toBe(false)
  })
})

describe('limits of the configuration', () => {
  const configOf = (overrides: Parameters<typeof limitsOf>[0]): DetectConfig => ({
    ...DEFAULT_CONFIG,
    limits: limitsOf(overrides),
  })
  const four = strangers.slice(0, 4)

  test('decide what an attack is', () => {
    expect(alertOf(viewOf(four))?.severity).toBe('high')
    const five = configOf({ source: { failingUsersMin: 5 } })
    expect(alertOf(viewOf(four, { config: five }))).toBeNull()
    const strict = configOf({ source: { threshold: 15 } })
    expect(alertOf(viewOf(four, { config: strict }))).toBeNull()
    expect(alertOf(viewOf(four, { config: configOf({ source: { unknownUser: 1 } }) }))).toBeNull()
  })

  test('are the threshold and the number of lines that it shows', () => {
    const config = configOf({ source: { threshold: 9 }, common: { evidenceLines: 6 } })
    const alert = alertOf(viewOf(strangers, { config })) as AlertDraft
    expect(units(alert.threshold)).toBe(9 * 1024)
    expect(alert.evidence).toHaveLength(6)
    expect(alert.evidenceTotal).toBe(12)
  })
})
