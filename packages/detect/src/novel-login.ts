import { type Attempt, SEVERITY_SCORE } from '@sekisho/event'
import { compareText, type NameMask } from './evidence.ts'
import type { Limits } from './limits.ts'
import { loginAlertOf } from './login-alert.ts'
import { type LoginScore, scoreOf } from './login-score.ts'
import { accountTerms } from './login-terms/account-terms.ts'
import { guessingTerms } from './login-terms/guessing-terms.ts'
import { historyTerms } from './login-terms/history-terms.ts'
import { type LoginContext, sumOf } from './login-terms/login-term.ts'
import { type NetworkOdds, networkOddsOf, networkTerms } from './login-terms/network-terms.ts'
import { type LoginTravel, travelOf } from './login-terms/travel-terms.ts'
import { type TravelPairsOf, travelPairsOf } from './travel-pairs.ts'
import type { UserFinding } from './user-rules.ts'
import type { UserView } from './user-view.ts'

/**
 * Novel login: U2, and T1, T2, U3 and U4, which are names of it. Every login of the day is scored by the sum of its
 * terms (A.8); the strongest of each source network becomes the document. Formulas, defaults and false positives:
 * docs/rules/U2.md.
 *
 * A login that is vouched for may still score. One without a source network has no place to be novel in and is left out.
 * That a source is attacking is not a term: X1 says so, in stage N.
 */
export function novelLogin(view: UserView, day: number, mask: NameMask): UserFinding[] {
  const logins = view.logins(day)
  if (logins.length === 0) return []
  const activeDays = view.activeDaysBefore(day)
  const oddsOf = oddsByNetwork(view, day, activeDays)
  const pairsOf = travelPairsOf(view, day)
  const strongest = new Map<string, LoginScore>()
  for (const login of logins) {
    if (login.prefix === '') continue
    const isVouched = view.isVouched(login.prefix, login.event.timestampMs)
    const context = { view, day, login, isVouched, activeDays }
    const score = scoreOfLogin(context, oddsOf(login), pairsOf)
    const best = strongest.get(login.prefix)
    if (score !== null && (best === undefined || compareScores(score, best) < 0)) {
      strongest.set(login.prefix, score)
    }
  }
  return [...strongest.values()].map((score) => ({
    draft: loginAlertOf(view, day, score, mask),
    attackPaneStartsMs: [],
  }))
}

/** A day's logins come from few networks: the odds of each are computed once. */
function oddsByNetwork(
  view: UserView,
  day: number,
  activeDays: number,
): (login: Attempt) => NetworkOdds {
  const known = new Map<string, NetworkOdds>()
  return ({ place }) => {
    const key = `${place.asn}|${place.country}|${place.networkClass}`
    let odds = known.get(key)
    if (odds === undefined) {
      odds = networkOddsOf(view, day, place, activeDays)
      known.set(key, odds)
    }
    return odds
  }
}

function scoreOfLogin(
  context: LoginContext,
  odds: NetworkOdds,
  pairsOf: TravelPairsOf,
): LoginScore | null {
  const { view, login, isVouched } = context
  const travel = travelOf(context, pairsOf(login))
  const { limits } = view.config
  if (travel.pair === null) {
    const prefix = isVouched ? limits.login.knownPrefix : 0
    const known = odds.newForUserUnits + odds.rareUnits + prefix + sumOf(travel.terms)
    if (known + mostOf(isVouched, limits) < limits.login.signal) return null
  }
  return scoreOf(context, allTermsOf(context, odds, travel), travel)
}

function allTermsOf(context: LoginContext, odds: NetworkOdds, travel: LoginTravel) {
  return [
    ...networkTerms(context.view, context.login.place, odds),
    ...historyTerms(context),
    ...guessingTerms(context),
    ...accountTerms(context),
    ...travel.terms,
  ]
}

/**
 * Most that the terms beside the network's can add, in 1/1024 nat. Nearly every login is one at home that cannot become
 * a signal whatever they say, so they need not be asked. Where the user is vouched, guessing and the account's
 * state never count.
 */
export function mostOf(isVouched: boolean, { login, dormant, firstUse }: Limits): number {
  const habits = [
    login.newCountry,
    Math.max(login.knownDevice, login.newDevice),
    login.newClient,
    login.newGateway,
    Math.max(login.newRealm, login.newAdministratorRealm),
    login.hourMax,
    login.typingError,
  ]
  const stranger = [
    login.factorDeniedBefore,
    login.guessedBefore,
    Math.max(dormant.silent, dormant.longSilent),
    firstUse.value,
  ]
  const possible = isVouched ? habits : [...habits, ...stranger]
  return possible.reduce((sum, units) => sum + Math.max(0, units), 0)
}

/** The graver first, then the larger sum, the earlier login, the smaller id. */
function compareScores(a: LoginScore, b: LoginScore): number {
  return (
    SEVERITY_SCORE[b.severity] - SEVERITY_SCORE[a.severity] ||
    b.units - a.units ||
    a.login.event.timestampMs - b.login.event.timestampMs ||
    compareText(a.login.id, b.login.id)
  )
}
