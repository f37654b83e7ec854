import { describe, expect, test } from '@jest/globals'
import { DEFAULT_CONFIG, type DetectConfig } from './config.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { posteriorOf, riskOf, scoreOf } from './login-score.ts'
import { type LoginTerm, type LoginTermFamily, termOf } from './login-terms/login-term.ts'
import { type LoginTravel, NO_TRAVEL, travelOf } from './login-terms/travel-terms.ts'
import { contextOf, presenceOf } from './testing/alice.ts'
import {
  CARRIER,
  DAY,
  FRANKFURT,
  HOME,
  type Known,
  lineAt,
  OFFICE,
  type TestNetwork,
} from './testing/fake-user-view.ts'
import { travelPairsOf } from './travel-pairs.ts'

function term(family: LoginTermFamily, units: number, name: string = family): LoginTerm {
  return termOf(family, name, units, '', {})
}

interface Asked {
  readonly known?: Known
  readonly from?: TestNetwork
  readonly travel?: LoginTravel
}

function scored(terms: readonly LoginTerm[], { known = {}, from = FRANKFURT, travel }: Asked = {}) {
  return scoreOf(contextOf(lineAt('9:00', from), known), terms, travel ?? NO_TRAVEL)
}

function severityOf(...args: Parameters<typeof scored>): string {
  return scored(...args)?.severity ?? 'none'
}

/** The travel of a login from Frankfurt half an hour after a presence. */
function travelFrom(network: TestNetwork): LoginTravel {
  const known: Known = {
    days: [[network, 60]],
    isInSeveralNetworks: () => true,
    presences: () => [presenceOf(network, '8:30'), presenceOf(FRANKFURT, '9:00')],
  }
  const context = contextOf(lineAt('9:00', FRANKFURT), known)
  return travelOf(context, travelPairsOf(context.view, DAY)(context.login))
}

const medium = 6246
const high = 8090

describe('severity by the sum', () => {
  test.each([
    { units: 3071, severity: 'none' },
    { units: 3072, severity: 'low' },
    { units: medium - 1, severity: 'low' },
    { units: medium, severity: 'medium' },
    { units: high - 1, severity: 'medium' },
    { units: high, severity: 'high' },
  ])('$units: $severity', ({ units, severity }) => {
    const terms = [term('new_for_user', 1024), term('rare_for_organisation', units - 1024)]
    expect(severityOf(terms)).toBe(severity)
  })

  test.each([
    { what: 'two families', terms: [term('new_for_user', 1024), term('travel', 8000)], is: true },
    { what: 'one family', terms: [term('travel', 8090)], is: false },
    {
      what: 'two small ones beside one',
      terms: [term('guessing', 600), term('account', 600), term('travel', 8000)],
      is: false,
    },
    { what: 'the other below 1', terms: [term('guessing', 1023), term('travel', 8000)], is: false },
    {
      what: 'the other 1 in two terms',
      terms: [term('account', 512), term('account', 512, 'other'), term('travel', 8000)],
      is: true,
    },
    {
      what: 'the other 1 less a term that speaks for the login',
      terms: [term('account', 1024), term('account', -1, 'other'), term('travel', 8000)],
      is: false,
    },
  ])('high needs two families: $what', ({ terms, is }) => {
    const score = scored(terms)
    expect(score?.severity).toBe(is ? 'high' : 'medium')
    const few = score?.considered.some(({ name }) => name === 'few_families')
    expect(few).toBe(!is)
  })
})

const HIGH = [term('new_for_user', 4096), term('rare_for_organisation', 5000)]
const MEDIUM = [term('new_for_user', 4096), term('rare_for_organisation', 2500)]

describe('a short history', () => {
  test.each([
    { activeDays: 3, severity: 'high', considered: [] },
    { activeDays: 2, severity: 'medium', considered: ['short_history'] },
  ])('$activeDays active days', ({ activeDays, severity, considered }) => {
    const score = scored(HIGH, { known: { activeDaysBefore: () => activeDays } })
    expect(score?.severity).toBe(severity)
    expect(score?.considered.map(({ name }) => name)).toEqual(considered)
  })

  test('caps nothing that is not high', () => {
    const score = scored(MEDIUM, { known: { activeDaysBefore: () => 0 } })
    expect(score?.severity).toBe('medium')
    expect(score?.considered).toEqual([])
  })
})

describe('a dormant account', () => {
  const dormant = term('account', 1536, 'dormant_account')
  const silent: Known = { activeDaysBefore: () => 0, countries: [] }

  test.each([
    { what: 'returns from abroad', terms: [dormant, term('travel', 1536)], severity: 'high' },
    { what: 'below a signal', terms: [dormant, term('travel', 1535)], severity: 'none' },
    { what: 'that is not dormant', terms: [term('travel', 3072)], severity: 'low' },
  ])('$what', ({ terms, severity }) => {
    expect(severityOf(terms, { known: silent })).toBe(severity)
  })

  test('returns from home: the sum decides', () => {
    expect(severityOf([dormant, term('travel', 1536)], { known: silent, from: HOME })).toBe('low')
  })

  test('is lifted over the cap of a short history without a word of it', () => {
    const score = scored([dormant, ...HIGH], { known: silent })
    expect(score).toMatchObject({ severity: 'high', considered: [] })
  })

  test('is high with one family too, and nothing is said to have kept it down', () => {
    const score = scored([dormant, term('rare_for_organisation', 9216)], { known: silent })
    expect(score).toMatchObject({ severity: 'high', considered: [] })
  })
})

describe('travel', () => {
  const travel = travelFrom(HOME)
  const strict: DetectConfig = { ...DEFAULT_CONFIG, travel: { mode: 'strict' } }

  test('that counts is at least a signal', () => {
    expect(severityOf([], { travel })).toBe('low')
    expect(severityOf(MEDIUM, { travel })).toBe('medium')
  })

  test.each([
    { what: 'nothing else', terms: [], severity: 'medium' },
    { what: 'a signal', terms: [term('guessing', 3072)], severity: 'medium' },
    { what: 'a high sum', terms: HIGH, severity: 'high' },
  ])('is at least medium in strict mode, with $what', ({ terms, severity }) => {
    const score = scored(terms, { travel, known: { config: strict } })
    expect(score?.severity).toBe(severity)
    const isSaid = score?.considered.some(({ name }) => name === 'strict_travel')
    expect(isSaid).toBe(severity === 'medium')
    expect(severityOf([], { known: { config: strict } })).toBe('none')
  })

  test('of a phone that may be routed home lifts nothing and names nothing', () => {
    const roaming = travelFrom(CARRIER)
    expect(roaming.pair?.isRoaming).toBe(true)
    expect(severityOf([], { travel: roaming, known: { config: strict } })).toBe('none')
    expect(scored(HIGH, { travel: roaming })?.ruleId).toBe('U2')
  })
})

test.each([
  { isCold: true, severity: 'low', considered: ['cold_start'] },
  { isCold: false, severity: 'high', considered: [] },
])('cold start $isCold', ({ isCold, severity, considered }) => {
  const score = scored(HIGH, { known: { isCold } })
  expect(score?.severity).toBe(severity)
  expect(score?.considered.map(({ name }) => name)).toEqual(considered)
  expect(score?.considered.every(({ applied }) => applied)).toBe(true)
  expect(severityOf([], { known: { isCold } })).toBe('none')
})

test('what was weighed of a travel is told first', () => {
  const travel = travelFrom(HOME)
  expect(travel.considered.length).toBeGreaterThan(0)
  const score = scored(HIGH, { travel, from: OFFICE })
  expect(score?.considered.slice(0, -1)).toEqual(travel.considered)
  expect(score?.considered.at(-1)?.name).toBe('own_network')
})

test('an office of the organisation says why its rarity was not counted', () => {
  const score = scored(HIGH, { from: OFFICE })
  expect(score?.considered).toEqual([
    {
      name: 'own_network',
      applied: true,
      why: 'no attacker chooses a network of class corp_egress: its rarity counts nothing',
    },
  ])
})

describe('the name', () => {
  const dormant = term('account', 1536, 'dormant_account')
  const firstUse = term('account', 1536, 'first_use')
  const travel = travelFrom(HOME)
  const sessions = term('travel', 3072, 'concurrent_sessions')

  test.each([
    { terms: [sessions, dormant], travel, ruleId: 'T2' },
    { terms: [term('travel', 3072, 'overlapping_presence'), dormant], travel, ruleId: 'T1' },
    { terms: [term('travel', 2355, 'impossible_travel'), firstUse], travel, ruleId: 'T1' },
    { terms: [dormant], travel: NO_TRAVEL, ruleId: 'U3' },
    { terms: [firstUse], travel: NO_TRAVEL, ruleId: 'U4' },
    { terms: [], travel: NO_TRAVEL, ruleId: 'U2' },
  ])('$ruleId', ({ terms, travel: of, ruleId }) => {
    expect(scored([...HIGH, ...terms], { travel: of })?.ruleId).toBe(ruleId)
  })
})

test('the sum is that of the terms, which stand by what they count', () => {
  const score = scored([term('account', -512), ...HIGH])
  expect(score?.units).toBe(9096 - 512)
  expect(score?.terms.map(({ units }) => units)).toEqual([5000, 4096, -512])
})

test.each([
  { nats: 11.5, posterior: 0.5, risk: 95 },
  { nats: 2, posterior: 0.000075, risk: 0 },
  { nats: 1, posterior: 0.000028, risk: 0 },
  { nats: 7, posterior: 0.010987, risk: 50 },
  { nats: 12, posterior: 0.622459, risk: 100 },
  { nats: 30, posterior: 1, risk: 100 },
])('$nats nats: probability $posterior, risk $risk', ({ nats, posterior, risk }) => {
  expect(posteriorOf(nats * 1024, DEFAULT_LIMITS.login)).toBe(posterior)
  expect(riskOf(nats * 1024, DEFAULT_LIMITS.login)).toBe(risk)
})
