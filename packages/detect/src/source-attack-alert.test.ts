import { describe, expect, test } from '@jest/globals'
import type { AttemptOutcome, AuthEvent } from '@sekisho/event'
import fc from 'fast-check'
import type { AlertDraft } from './alert-draft.ts'
import { DEFAULT_CONFIG, type DetectConfig } from './config.ts'
import { limitsOf, units } from './limits.ts'
import { sourceAttack } from './source-attack.ts'
import { sourceAttackAlert } from './source-attack-alert.ts'
import type { AnnotatedAttempt, SourceView, VouchedLogin } from './source-view.ts'
import { viewOf } from './testing/annotated.ts'
import { attemptAt, DAY, instant } from './testing/source-day.ts'

const SEED = 20261122
const MASK = { hashKey: '', isPerson: (userKey: string) => !userKey.startsWith('guess') }

function attempt(
  user: string,
  minute: number,
  outcome: AttemptOutcome,
  flags: Partial<AnnotatedAttempt> = {},
  more: Partial<AuthEvent> = {},
): AnnotatedAttempt {
  return attemptAt(user, minute, outcome, flags, more)
}

function alertOf(view: SourceView): AlertDraft | null {
  const attack = sourceAttack(view, DAY)
  return attack === null ? null : sourceAttackAlert(view, attack, MASK)
}

const strangers = Array.from({ length: 12 }, (_, i) =>
  attempt(`guess${i}x`, 60 + i, 'unknown_user'),
)

describe('the document', () => {
  const known = { isKnown: true }
  const own = { isVouched: true, isKnown: true }
  const ordinary = { isKnown: true, knowsCountry: true }
  const view = viewOf([
    attempt('early', 10, 'bad_credential', known, { gateway: 'gw-2' }),
    ...strangers,
    attempt('aoki', 61, 'bad_credential', known),
    attempt('aoki', 66, 'success', known),
    attempt('guess0y', 74, 'success'),
    attempt('berg', 67, 'mfa_denied', known),
    attempt('chiba', 68, 'success', ordinary),
    attempt('doi', 60, 'success', own),
    attempt('egawa', 69, 'bad_credential', own),
  ])

  test('tells who tried, who was tried, from where and when', () => {
    const { considered: _c, evidence: _e, terms: _t, ...alert } = alertOf(view) as AlertDraft
    expect(alert).toEqual({
      family: 'N',
      ruleId: 'N1',
      entity: 'prefix:203.0.113.0/24',
      day: '2024-10-04',
      discriminator: '',
      // What came before the first pane that fires is part of the window, not of the attack.
      timestampMs: instant(60),
      startMs: instant(10),
      endMs: instant(74),
      severity: 'high',
      riskScore: 73,
      outcome: 'failure',
      reason:
        '15 different users failed within 61 min from 203.0.113.7, AS64500 Network 64500 (JP, residential), 12 of them under names that never succeeded; 2 got in',
      userName: '',
      userDomain: '',
      userKey: '',
      source: expect.objectContaining({ address: '203.0.113.7', prefix: '203.0.113.0/24' }),
      gateway: { vendor: 'fortigate', name: 'gw-2', serial: '' },
      relatedAddresses: ['203.0.113.7'],
      relatedUsers: ['aoki', 'berg', 'early', 'egawa'],
      relatedGateways: ['gw-1', 'gw-2'],
      score: (-4608 - 2560 + 3072 - 1024 + 1710 + 12 * 3666) / 1024,
      posterior: null,
      threshold: 10_546 / 1024,
      travel: null,
      evidenceTotal: 19,
      counts: {
        users_failed: 15,
        users_unknown: 12,
        users_succeeded: 4,
        attempts: 19,
        rounds_max: 1,
        window_s: 86_400,
        flagged_panes: 3,
      },
    })
  })

  test('has a term for each class of users, with its lines', () => {
    const { terms } = alertOf(view) as AlertDraft
    expect(terms.map(({ name, value, why, evidence }) => [name, value, why, evidence])).toEqual([
      ['vouched_success', -4.5, '1 user got in and have used this network before', []],
      [
        'ordinary_success',
        -2.5,
        '1 user got in from an ordinary network of a country they know',
        [11],
      ],
      ['other_success', 0, '2 users got in although they never used this network: aoki', [7, 17]],
      ['factor_denied', 3, '1 user gave the right password but failed the second factor', [9]],
      ['vouched_failure', -1, '1 user failed and have used this network before', [13]],
      ['unvouched_failure', 1710 / 1024, '1 user failed and never used this network', [0]],
      [
        'unknown_user',
        (12 * 3666) / 1024,
        '12 users never succeeded anywhere',
        [1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 15, 16],
      ],
    ])
  })

  test('says what held it back and what did not', () => {
    expect(alertOf(view)?.considered).toEqual([
      {
        name: 'severity_cap',
        applied: false,
        why: 'no reason to hold the severity at medium',
      },
      {
        name: 'network_level',
        applied: false,
        why: '203.0.113.7 alone explains at least half of what the network shows (39.6)',
      },
      { name: 'sampled', applied: false, why: 'every attempt is counted' },
      {
        name: 'vouched_users',
        applied: true,
        why: '2 of the users of this window have used the network before',
      },
    ])
  })

  test('of a network whose addresses explain little names none of them', () => {
    const scattered = strangers.map(({ attempt: { event } }, i) =>
      attempt(event.userKey, 60 + i, 'unknown_user', {}, { sourceAddress: `203.0.113.${i % 2}` }),
    )
    const alert = alertOf(viewOf(scattered.slice(0, 4))) as AlertDraft
    expect(alert.reason).toBe(
      '4 different users failed within 3 min from 203.0.113.0/24, AS64500 Network 64500 (JP, residential), 4 of them under names that never succeeded',
    )
    expect(alert.source).toMatchObject({ address: '', prefix: '203.0.113.0/24' })
    expect(alert.relatedAddresses).toEqual(['203.0.113.0', '203.0.113.1'])
    expect(alert.considered[1]).toEqual({
      name: 'network_level',
      applied: true,
      why: 'the network as a whole explains more than any single address',
    })
    expect(alert.considered[3]).toEqual({
      name: 'vouched_users',
      applied: false,
      why: '0 of the users of this window have used the network before',
    })
  })

  test('of a spray says so, and why it is no more than medium', () => {
    const users = ['aoki', 'berg', 'chiba', 'doi', 'egawa', 'fuji', 'goto', 'hara']
    const rounds = [60, 200, 340].flatMap((minute) =>
      users.map((user, i) => attempt(user, minute + i / 10, 'bad_credential', known)),
    )
    const alert = alertOf(viewOf(rounds)) as AlertDraft
    expect(alert).toMatchObject({ ruleId: 'N2', severity: 'medium', riskScore: 47 })
    expect(alert.reason).toBe(
      '8 different users failed within 4 h 41 min from 203.0.113.7, AS64500 Network 64500 (JP, residential), in rounds over one set of names',
    )
    expect(alert.counts).toMatchObject({ rounds_max: 3, users_unknown: 0, users_succeeded: 0 })
    expect(alert.considered[0]).toEqual({
      name: 'severity_cap',
      applied: true,
      why: 'few names are unknown and nobody strange got in: it could be a hotel or an event',
    })
  })

  test('of a source of which not all is kept gives lower bounds', () => {
    const alert = alertOf({ ...viewOf(strangers), isCapped: () => true }) as AlertDraft
    expect(alert.reason).toMatch(/^at least 12 different users failed/)
    expect(alert.considered[2]).toEqual({
      name: 'sampled',
      applied: true,
      why: 'only 64 users of each five minutes are kept: every count is a lower bound',
    })
  })
})

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
      timestampMs: instant(65) + i * 1000,
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
    expect(alert.terms[0]?.evidence).toStrictEqual([0, 1, 2, 3, 4, 5])
  })
})
