import type { Attempt, Consideration, RuleId, Severity } from '@sekisho/event'
import { coldStartOf } from './cold-start.ts'
import { type Limits, UNITS_PER_NAT } from './limits.ts'
import { isSeriousReturn } from './login-terms/account-terms.ts'
import { type LoginContext, type LoginTerm, sumOf } from './login-terms/login-term.ts'
import { isRarityCounted } from './login-terms/network-terms.ts'
import type { LoginTravel } from './login-terms/travel-terms.ts'
import type { TravelPair } from './travel-pairs.ts'

/** A login that is at least a signal, with all that was weighed. */
export interface LoginScore {
  readonly login: Attempt
  /** Those that count most first. */
  readonly terms: readonly LoginTerm[]
  readonly considered: readonly Consideration[]
  /** The infeasible travel that counts, or null. */
  readonly pair: TravelPair | null
  /** L: sum of the terms in 1/1024 nat. */
  readonly units: number
  readonly severity: Severity
  readonly ruleId: RuleId
  readonly activeDays: number
}

/** Probability that the login is stolen, 1 / (1 + exp(prior − L)), rounded to a millionth (A.10). */
export function posteriorOf(units: number, { priorNats }: Limits['login']): number {
  return Math.round(1e6 / (1 + Math.exp((priorNats - units) / UNITS_PER_NAT))) / 1e6
}

/** Risk 0 … 100 of a sum of terms in 1/1024 nat (A.10). */
export function riskOf(units: number, { riskFrom, riskSpan }: Limits['login']): number {
  return Math.round(100 * Math.min(1, Math.max(0, (units - riskFrom) / riskSpan)))
}

/** What the sum alone says, from strong to weak; null below a signal. */
function severityOfSum(terms: readonly LoginTerm[], limits: Limits['login']): Severity | null {
  const units = sumOf(terms)
  if (units >= limits.high && witnessesOf(terms, limits) >= limits.familiesMin) return 'high'
  if (units >= limits.medium) return 'medium'
  return units >= limits.signal ? 'low' : null
}

/** Families of terms that count as witnesses: independent reasons, each with a sum of its own (A.10). */
function witnessesOf(terms: readonly LoginTerm[], { familyMin }: Limits['login']): number {
  const families = new Set(terms.map(({ family }) => family))
  return [...families].filter(
    (family) => sumOf(terms.filter((term) => term.family === family)) >= familyMin,
  ).length
}

/**
 * The sum of a login's terms and its verdict (A.10). Never critical: that takes an attack around it (X1).
 *
 * From weak to strong: the sum decides; without the history of a few days it is medium at most; a dormant account
 * that returns from a serious place is high; in the mode `strict` a travel that counts is at least medium, and in any
 * mode at least a signal; in the cold start everything is a signal.
 *
 * @returns null when the login is not even a signal
 */
export function scoreOf(
  context: LoginContext,
  terms: readonly LoginTerm[],
  travel: LoginTravel,
): LoginScore | null {
  const { view, login, activeDays } = context
  const { limits, travel: mode } = view.config
  const sum = severityOfSum(terms, limits.login)
  const isShort = activeDays < limits.login.shortHistoryDays
  let severity: Severity | null = isShort && sum === 'high' ? 'medium' : sum
  const isDormant = terms.some(({ name }) => name === 'dormant_account')
  if (isDormant && severity !== null && isSeriousReturn(view, login)) severity = 'high'
  const isTravel = travel.pair !== null && !travel.pair.isRoaming
  if (isTravel) severity ??= 'low'
  const isStrict = isTravel && mode.mode === 'strict' && severity === 'low'
  if (isStrict) severity = 'medium'
  if (severity === null) return null
  const caps = {
    isFewFamilies: severity !== 'high',
    isShort: isShort && sum === 'high' && severity === 'medium',
    isStrict,
  }
  return {
    login,
    terms: [...terms].sort((a, b) => b.units - a.units),
    considered: [...travel.considered, ...consideredOf(context, terms, caps)],
    pair: travel.pair,
    units: sumOf(terms),
    severity: view.isCold ? 'low' : severity,
    ruleId: ruleIdOf(terms, isTravel),
    activeDays,
  }
}

/** One login, one document: it is named after the plainest thing that it shows. */
function ruleIdOf(terms: readonly LoginTerm[], isTravel: boolean): RuleId {
  const names = new Set(terms.map(({ name }) => name))
  if (isTravel) return names.has('concurrent_sessions') ? 'T2' : 'T1'
  if (names.has('dormant_account')) return 'U3'
  return names.has('first_use') ? 'U4' : 'U2'
}

/** What else than the sum the verdict may rest on. */
interface VerdictCaps {
  readonly isFewFamilies: boolean
  readonly isShort: boolean
  readonly isStrict: boolean
}

/** What moved the verdict away from the sum, beside the reasons of travel. */
function consideredOf(
  { view, login, activeDays }: LoginContext,
  terms: readonly LoginTerm[],
  { isFewFamilies, isShort, isStrict }: VerdictCaps,
): Consideration[] {
  const { limits } = view.config
  const { high, familiesMin, shortHistoryDays } = limits.login
  const considered: Consideration[] = []
  const add = (name: string, why: string): void => {
    considered.push({ name, applied: true, why })
  }
  if (!isRarityCounted(login.place)) {
    const why = `no attacker chooses a network of class ${login.place.networkClass}: its rarity counts nothing`
    add('own_network', why)
  }
  if (isStrict) add('strict_travel', 'travel.mode is strict: impossible travel is medium at least')
  const isFew = isFewFamilies && witnessesOf(terms, limits.login) < familiesMin
  if (sumOf(terms) >= high && isFew) {
    add('few_families', `high needs ${familiesMin} independent families of terms`)
  }
  if (isShort) {
    const why = `${activeDays} active days before, high needs ${shortHistoryDays}`
    add('short_history', why)
  }
  if (view.isCold) considered.push(coldStartOf(true, limits))
  return considered
}
