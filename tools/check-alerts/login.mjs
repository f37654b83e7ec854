import {
  checkLinesOfTerm,
  checkOrder,
  checkSentence,
  checkSpan,
  checkTotal,
  isAllShown,
  isApplied,
  range,
} from './document.mjs'
import { checkLoginTerm, organisationShareOf } from './login-terms.mjs'
import { inUnits, LOGIN, RENTED } from './published.mjs'
import { checkTravel } from './travel.mjs'

const TRAVEL_TERMS = ['impossible_travel', 'overlapping_presence', 'concurrent_sessions']
const CONTEXT_TERMS = ['typing_error', 'guessed_before', 'factor_denied_before']

/** U2 and its names T1, T2, U3 and U4: terms, sum, posterior, risk and severity (docs/rules/U2.md). */
export function checkLogin(ledger, lines) {
  const login = lines[0]
  const contextLines = new Set(
    (ledger.at('sekisho.score.terms') ?? [])
      .filter(({ name }) => CONTEXT_TERMS.includes(name))
      .flatMap(({ evidence }) => evidence.filter((index) => index !== 0)),
  )
  const decisive = lines.length - contextLines.size
  checkOrder(ledger, lines, [
    { role: 'decisive', count: decisive, isByTime: false },
    { role: 'context' },
  ])
  checkSpan(ledger, lines)
  checkLinesOfTerms(ledger, lines.length, decisive)
  ledger.fact('@timestamp', new Date(login.timeMs).toISOString())
  ledger.fact('source.ip', login.ip)
  ledger.fact('event.outcome', 'success')
  ledger.fact('sekisho.evidence.0.outcome', 'success')
  checkTotal(ledger, lines)
  const failures = (ledger.at('sekisho.score.terms') ?? [])
    .filter(({ name }) => CONTEXT_TERMS.includes(name))
    .reduce((sum, { quantities }) => sum + quantities.failures, 0)
  ledger.number('sekisho.evidence_total', decisive + failures)
  const geometry = checkTravel(ledger, lines)
  if (geometry !== null) checkSourceIsEnd(ledger)
  const terms = checkTerms(ledger, lines, geometry)
  const sum = terms.reduce((total, { value }) => total + value, 0)
  ledger.number('sekisho.score.log_odds', sum)
  ledger.number('sekisho.score.threshold', inUnits(LOGIN.medium))
  const posterior = 1 / (1 + Math.exp(inUnits(LOGIN.priorNats) - sum))
  ledger.number('sekisho.score.posterior', Math.round(posterior * 1e6) / 1e6, 1e-9)
  const risk = Math.min(1, Math.max(0, (sum - LOGIN.riskFrom) / LOGIN.riskSpan))
  ledger.number('event.risk_score', Math.round(100 * risk))
  checkVerdict(ledger, terms, sum)
}

/** The source of the alert is the end of the journey. */
function checkSourceIsEnd(ledger) {
  const to = ledger.at('sekisho.travel.to')
  ledger.fact('source.ip', to.ip)
  ledger.fact('source.geo.country_iso_code', to.country_iso_code)
  ledger.fact('sekisho.source.network_class', to.network_class)
  if (to.asn !== undefined) ledger.number('source.as.number', to.asn)
  ledger.number('source.geo.location.lat', to.location.lat)
  ledger.number('source.geo.location.lon', to.location.lon)
  ledger.number('sekisho.source.radius_km', to.radius_km)
}

/** Every term rests on the login; travel also on the lines of both ends, guessing on the failures before. */
function checkLinesOfTerms(ledger, count, decisive) {
  const terms = ledger.at('sekisho.score.terms') ?? []
  const isOfTravel = ({ name }) => TRAVEL_TERMS.includes(name) || name === 'same_device'
  const isOfContext = ({ name }) => CONTEXT_TERMS.includes(name)
  const used = new Set(terms.flatMap(({ evidence }) => evidence))
  ledger.holds(used.size === count, 'a line of evidence belongs to no term')
  for (const [index, term] of terms.entries()) {
    const isAlone = terms.filter(isOfTravel(term) ? isOfTravel : isOfContext).length === 1
    ledger.holds(term.evidence[0] === 0, `sekisho.score.terms.${index} does not rest on the login`)
    if (!isOfTravel(term) && !isOfContext(term)) checkLinesOfTerm(ledger, index, [0])
    else if (isAlone && isOfTravel(term)) checkLinesOfTerm(ledger, index, range(0, decisive))
    else if (isAlone) checkLinesOfTerm(ledger, index, [0, ...range(decisive, count)])
  }
}

function checkTerms(ledger, lines, geometry) {
  const stated = ledger.at('sekisho.score.terms') ?? []
  const isDescending = stated.every(({ value }, i) => i === 0 || value <= stated[i - 1].value)
  ledger.holds(isDescending, 'sekisho.score.terms are not in the order of their values')
  const names = new Set(stated.map(({ name }) => name))
  ledger.holds(names.size === stated.length, 'sekisho.score.terms has a term twice')
  const rare = stated.find(({ name }) => name === 'rare_for_organisation')
  const context = {
    lines,
    geometry,
    login: lines[0],
    networkClass: ledger.at('sekisho.source.network_class'),
    isWhole: isAllShown(ledger, lines),
    isRoaming: isApplied(ledger, 'home_routed_roaming'),
    shared: { organisationShare: rare && organisationShareOf(rare.quantities) },
  }
  return stated.flatMap(({ name, quantities: q, evidence }, index) => {
    const path = `sekisho.score.terms.${index}`
    const checked = checkLoginTerm(ledger, { ...context, path, name, q, evidence })
    return checked === null ? [] : [{ name, q, ...checked }]
  })
}

/** The rule that it is named after, the severity, and the reasons that kept it down. */
function checkVerdict(ledger, terms, sum) {
  const names = new Set(terms.map(({ name }) => name))
  const isRoaming = isApplied(ledger, 'home_routed_roaming')
  const isTravel = TRAVEL_TERMS.some((name) => names.has(name)) && !isRoaming
  let rule = names.has('first_use') ? 'U4' : 'U2'
  if (names.has('dormant_account')) rule = 'U3'
  if (isTravel) rule = names.has('concurrent_sessions') ? 'T2' : 'T1'
  ledger.fact('rule.id', rule)
  const hasGeometry = ledger.at('sekisho.travel') !== undefined
  ledger.holds(
    hasGeometry === TRAVEL_TERMS.some((name) => names.has(name)),
    'sekisho.travel stands without its term',
  )
  const isWitnessed = witnessesOf(terms) >= LOGIN.familiesMin
  const isStrong = sum >= inUnits(LOGIN.high)
  const isShort = ledger.at('sekisho.counts.active_days') < LOGIN.shortHistoryDays
  let severity = isStrong && isWitnessed ? 'high' : sum >= inUnits(LOGIN.medium) ? 'medium' : 'low'
  const isCapped = isShort && severity === 'high'
  if (isCapped) severity = 'medium'
  ledger.holds(
    sum >= inUnits(LOGIN.signal) || isTravel,
    `sekisho.score.log_odds ${sum} is less than a signal`,
  )
  const dormant = terms.find(({ name }) => name === 'dormant_account')
  if (dormant !== undefined && isSeriousReturn(ledger, dormant.q)) severity = 'high'
  ledger.holds(
    isApplied(ledger, 'few_families') === (isStrong && !isWitnessed && severity !== 'high'),
    'few_families among sekisho.score.considered is wrong',
  )
  const isStrict = isApplied(ledger, 'strict_travel')
  if (isStrict) {
    const isLifted = isTravel && severity === 'low'
    ledger.holds(isLifted, 'strict_travel among sekisho.score.considered is wrong')
    severity = 'medium'
  }
  const isCappedNow = isCapped && severity === 'medium'
  ledger.holds(
    isApplied(ledger, 'short_history') === isCappedNow,
    'short_history among sekisho.score.considered is wrong',
  )
  ledger.fact('sekisho.severity', isApplied(ledger, 'cold_start') ? 'low' : severity)
  checkSentences(ledger, terms)
}

function witnessesOf(terms) {
  const sums = new Map()
  for (const { family, value } of terms) sums.set(family, (sums.get(family) ?? 0) + value)
  return [...sums.values()].filter((sum) => sum >= inUnits(LOGIN.familyMin)).length
}

/** A dormant account from hosting, an anonymiser or a country new to the user is high (docs/rules/U3.md). */
function isSeriousReturn(ledger, { known_country: isKnown, country_share: share }) {
  const networkClass = ledger.at('sekisho.source.network_class')
  if (RENTED.has(networkClass)) return true
  const country = ledger.at('source.geo.country_iso_code')
  if (networkClass === 'corp_egress' || country === undefined) return false
  return isKnown === 0 && share < LOGIN.homeCountryShare
}

/** The sentence tells the strongest terms, each in its own words. */
function checkSentences(ledger, terms) {
  const stated = ledger.at('sekisho.score.terms') ?? []
  const reason = ledger.at('event.reason') ?? ''
  const told = stated.filter(({ why, value }) => value > 0 && reason.includes(why))
  const against = terms.filter(({ value }) => value > 0).length
  ledger.holds(told.length === Math.min(3, against), 'event.reason does not tell three terms')
  for (const [index, { name, quantities: q }] of stated.entries()) {
    const path = `sekisho.score.terms.${index}.why`
    const days = (count) => (count === 1 ? '1 earlier UTC day' : `${count} earlier UTC days`)
    if (name === 'new_for_user') checkSentence(ledger, path, days(q.active_days))
    if (name === 'unusual_hour') checkSentence(ledger, path, `${q.logins_near} of ${q.logins}`)
  }
}
