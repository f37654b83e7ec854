import { describe, expect, test } from '@jest/globals'
import type { AttemptOutcome } from '@sekisho/event'
import type { AlertDraft } from './alert-draft.ts'
import { evidenceOf } from './evidence.ts'
import { type LimitOverrides, UNITS_PER_NAT } from './limits.ts'
import { type SourceAttack, sourceAttack } from './source-attack.ts'
import type { AnnotatedAttempt, BruteForceContext } from './source-view.ts'
import { successInsideAttack } from './success-inside-attack.ts'
import { configWith } from './testing/alice.ts'
import { profileOf, viewOf } from './testing/annotated.ts'
import { attemptAt as attempt, DAY, instant } from './testing/source-day.ts'
import { MINUTE_MS } from './time.ts'

const MASK = { hashKey: '', isPerson: () => true }
const KNOWN = { isKnown: true }

/** A brute force of the victim, with two lines to show. */
const guessed = [20, 21].map((minute) => attempt('victim', minute, 'bad_credential').attempt)
const BRUTE_FORCE: BruteForceContext = {
  score: 8192,
  failures: 14,
  networks: 2,
  evidence: guessed.map((line) => evidenceOf(line, 'context', MASK)),
}
const ATTACKED = { ...KNOWN, bruteForce: BRUTE_FORCE }

function alertsOf(annotated: readonly AnnotatedAttempt[], limits: LimitOverrides = {}) {
  return successInsideAttack(viewOf(annotated, { config: configWith(limits) }), DAY, [], MASK)
}

describe('a suspect', () => {
  const cold = { ...ATTACKED, isCold: true }
  const newcomer = { bruteForce: BRUTE_FORCE }

  test.each<{ what: string; suspect: AnnotatedAttempt; is: boolean }>([
    { what: 'a success', suspect: attempt('victim', 60, 'success', ATTACKED), is: true },
    { what: 'a refused factor', suspect: attempt('victim', 60, 'mfa_denied', ATTACKED), is: true },
    {
      what: 'a wrong password',
      suspect: attempt('victim', 60, 'bad_credential', ATTACKED),
      is: false,
    },
    {
      what: 'a refused policy',
      suspect: attempt('victim', 60, 'policy_denied', ATTACKED),
      is: false,
    },
    {
      what: 'a refused factor where the user is vouched',
      suspect: attempt('victim', 60, 'mfa_denied', { ...ATTACKED, isVouched: true }),
      is: false,
    },
    { what: 'nobody', suspect: attempt('', 60, 'success', ATTACKED), is: false },
    { what: 'a stranger', suspect: attempt('victim', 60, 'success', newcomer), is: true },
    {
      what: 'the day’s first instant',
      suspect: attempt('victim', 0, 'success', ATTACKED),
      is: true,
    },
    {
      what: 'the day’s last',
      suspect: attempt('victim', 1440 - 1 / MINUTE_MS, 'success', ATTACKED),
      is: true,
    },
    {
      what: 'the next day’s first',
      suspect: attempt('victim', 1440, 'success', ATTACKED),
      is: false,
    },
  ])('is $what: $is', ({ suspect, is }) => {
    expect(alertsOf([suspect])).toHaveLength(is ? 1 : 0)
  })

  const guesses = Array.from({ length: 12 }, (_, i) =>
    attempt(`guess${i}x`, 60 + i, 'unknown_user', {}),
  )
  const besideGuesses = (flags: Partial<AnnotatedAttempt>): AlertDraft[] => {
    const profile = profileOf({ hasSucceededFrom: () => true })
    const view = viewOf([...guesses, attempt('victim', 100, 'success', flags)], { profile })
    return successInsideAttack(view, DAY, [sourceAttack(view, DAY) as SourceAttack], MASK)
  }

  test.each<{ what: string; flags: Partial<AnnotatedAttempt>; is: boolean }>([
    { what: 'a newcomer where the organisation lives', flags: { isHomeCountry: true }, is: false },
    { what: 'a newcomer elsewhere', flags: {}, is: true },
    { what: 'a user in a country of theirs', flags: { ...KNOWN, knowsCountry: true }, is: true },
    { what: 'anybody in the cold start', flags: { isCold: true }, is: true },
  ])('of an attack on the source is $what: $is', ({ flags, is }) => {
    expect(besideGuesses(flags)).toHaveLength(is ? 1 : 0)
  })

  test('on an ordinary network is told so', () => {
    const [alert] = besideGuesses({ ...KNOWN, knowsCountry: true })
    expect(alert?.considered[1]).toEqual({
      name: 'ordinary_network',
      applied: false,
      why: 'an ordinary network in a country the user knows: not enough against an attack on the source itself',
    })
  })

  test.each<{ what: string; attempts: readonly [number, AttemptOutcome][]; at: number }>([
    {
      what: 'the first success',
      attempts: [
        [60, 'success'],
        [70, 'success'],
      ],
      at: 60,
    },
    {
      what: 'a success before a refused factor',
      attempts: [
        [60, 'success'],
        [70, 'mfa_denied'],
      ],
      at: 60,
    },
    {
      what: 'a success after a refused factor',
      attempts: [
        [60, 'mfa_denied'],
        [70, 'success'],
      ],
      at: 70,
    },
    {
      what: 'the first refused factor',
      attempts: [
        [60, 'mfa_denied'],
        [70, 'mfa_denied'],
      ],
      at: 60,
    },
  ])('is one alert a user: $what', ({ attempts, at }) => {
    const other = attempt('other', 65, 'success', ATTACKED)
    const lines = attempts.map(([minute, outcome]) => attempt('victim', minute, outcome, ATTACKED))
    const alerts = alertsOf([...lines, other])
    expect(alerts.map(({ userKey, timestampMs }) => [userKey, timestampMs]).sort()).toEqual([
      ['other', instant(65)],
      ['victim', instant(at)],
    ])
  })

  test.each<{ flags: Partial<AnnotatedAttempt>; severity: string; riskScore: number }>([
    { flags: ATTACKED, severity: 'critical', riskScore: 100 },
    { flags: { ...ATTACKED, knowsDevice: true }, severity: 'high', riskScore: 73 },
  ])('is $severity', ({ flags, severity, riskScore }) => {
    const alerts = alertsOf([attempt('victim', 60, 'success', flags)])
    expect(alerts).toMatchObject([{ severity, riskScore }])
  })

  test('in the cold start is no ground for an alert about a brute force alone', () => {
    // Everything is ordinary while nothing is known of anybody.
    expect(alertsOf([attempt('victim', 60, 'success', cold)])).toEqual([])
  })
})

describe('the document', () => {
  const others = [0, 1, 2].map((i) => attempt(`known${i}`, 60 + i, 'bad_credential'))
  const said = { userName: 'victim', userDomain: 'CORP', deviceId: 'phone' }
  const success = attempt('victim', 40, 'success', ATTACKED, said)
  const alertOf = (annotated: readonly AnnotatedAttempt[], limits?: LimitOverrides): AlertDraft => {
    const [alert] = alertsOf(annotated, limits)
    return alert as AlertDraft
  }

  test('is about one success, with every cause', () => {
    const { evidence, terms, considered, source, ...alert } = alertOf([...others, success])
    const value = (3 * 1710) / UNITS_PER_NAT
    expect(alert).toEqual({
      family: 'X1',
      ruleId: 'X1',
      entity: 'user:victim',
      day: '2024-10-04',
      discriminator: '203.0.113.0/24',
      timestampMs: instant(40),
      startMs: instant(20),
      endMs: instant(62),
      severity: 'critical',
      riskScore: 100,
      outcome: 'success',
      reason:
        'victim logged in from 203.0.113.7, AS64500 Network 64500 (JP, residential): the first success ever from this network, and 3 other users failed there within a day of it; 14 failed logins as this user from 2 strange networks within a day of it',
      userName: 'victim',
      userDomain: 'CORP',
      userKey: 'victim',
      gateway: { vendor: 'fortigate', name: 'gw-1', serial: '' },
      relatedAddresses: ['203.0.113.7'],
      relatedUsers: ['victim'],
      relatedGateways: ['gw-1'],
      score: value,
      posterior: null,
      threshold: value,
      travel: null,
      evidenceTotal: 18,
      counts: { failures: 17 },
    })
    expect(source).toMatchObject({ address: '203.0.113.7', prefix: '203.0.113.0/24' })
    expect(evidence.map((line) => [line.user, line.role, line.outcome])).toEqual([
      ['victim', 'decisive', 'success'],
      ['known0', 'context', 'bad_credential'],
      ['known1', 'context', 'bad_credential'],
      ['known2', 'context', 'bad_credential'],
      ['victim', 'context', 'bad_credential'],
      ['victim', 'context', 'bad_credential'],
    ])
    expect(terms.map((term) => [term.name, term.value, term.evidence])).toEqual([
      ['first_success_after_failures', value, [0, 1, 2, 3]],
      ['user_under_attack', 8, [0, 4, 5]],
    ])
    expect(considered).toEqual([
      {
        name: 'vouched',
        applied: false,
        why: 'the user never used this network before, or not long enough ago to vouch for it',
      },
      {
        name: 'ordinary_network',
        applied: false,
        why: 'residential in JP is not ordinary for this user',
      },
      { name: 'known_device', applied: false, why: 'device phone is not known for the user' },
      {
        name: 'cold_start',
        applied: false,
        why: 'the organisation has at least 7 days of history',
      },
    ])
  })

  test('shows a line of two causes once, and no more lines than an alert has', () => {
    const both = others.map(({ attempt: line }) => evidenceOf(line, 'context', MASK))
    const bruteForce = { ...BRUTE_FORCE, evidence: [...both, ...BRUTE_FORCE.evidence] }
    const twice = attempt('victim', 40, 'success', { ...KNOWN, bruteForce })
    expect(alertOf([...others, twice]).evidence).toHaveLength(6)
    const alert = alertOf([...others, twice], { common: { evidenceLines: 5 } })
    expect(alert.evidence).toHaveLength(5)
    expect(alert.terms.map(({ evidence }) => evidence)).toEqual([
      [0, 1, 2, 3],
      [0, 1, 2, 3, 4],
    ])
  })

  test('of a refused second factor says that the password was right', () => {
    const alert = alertOf([attempt('victim', 40, 'mfa_denied', ATTACKED)])
    expect(alert.outcome).toBe('failure')
    expect(alert.reason).toMatch(/^victim gave the right password \(stopped at the second factor\)/)
    expect([alert.evidenceTotal, alert.counts]).toEqual([15, { failures: 14 }])
  })

  test.each<{
    what: string
    suspect: AnnotatedAttempt
    name: string
    why: string
    applied: boolean
  }>([
    {
      what: 'a device that is known',
      suspect: attempt('victim', 40, 'success', { ...ATTACKED, knowsDevice: true }, said),
      name: 'known_device',
      why: 'device phone is known for the user',
      applied: true,
    },
    {
      what: 'no device',
      suspect: attempt('victim', 40, 'success', ATTACKED),
      name: 'known_device',
      why: 'the line names no device',
      applied: false,
    },
    {
      what: 'no country',
      suspect: attempt('victim', 40, 'success', ATTACKED, {}, { country: '' }),
      name: 'ordinary_network',
      why: 'residential in an unknown country is not ordinary for this user',
      applied: false,
    },
  ])('considers $what', ({ suspect, name, why, applied }) => {
    const alerts = alertsOf([suspect])
    expect(alerts[0]?.considered.find((each) => each.name === name)).toEqual({ name, applied, why })
  })
})
