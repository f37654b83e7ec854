import { networkOf } from './address.mjs'
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
import { FAILURES } from './evidence.mjs'
import { BRUTE_FORCE, FATIGUE, inUnits, SEVERITY, SHOWN } from './published.mjs'

/** U1: points of strange failures and networks (docs/rules/U1.md). */
export function checkBruteForce(ledger, lines) {
  checkOrder(ledger, lines, [{ role: 'decisive' }])
  checkSpan(ledger, lines)
  checkTotal(ledger, lines)
  ledger.fact('event.outcome', 'failure')
  const isGuess = lines.every(({ outcome }) => FAILURES.has(outcome) && outcome !== 'mfa_denied')
  ledger.holds(isGuess, 'sekisho.evidence has a line that is no guess')
  const counts = pointsOf(ledger, lines)
  ledger.number('sekisho.score.log_odds', counts.points)
  ledger.number('sekisho.score.threshold', BRUTE_FORCE.threshold)
  ledger.holds(counts.points >= BRUTE_FORCE.threshold, `${counts.points} points do not flag`)
  checkBruteForceCounts(ledger, lines, counts)
  const severity = isApplied(ledger, 'cold_start') ? 'low' : 'medium'
  ledger.fact('sekisho.severity', severity)
  ledger.number('event.risk_score', SEVERITY[severity])
}

/** One term: its points a unit, what is free, and which quantity is counted. */
const POINTS = {
  unvouched_failures: {
    unit: 'failures',
    each: 'points_per_failure',
    points: BRUTE_FORCE.failure,
    free: BRUTE_FORCE.failuresFree,
  },
  unvouched_networks: {
    unit: 'networks',
    each: 'points_per_network',
    points: BRUTE_FORCE.network,
    free: 1,
  },
  vouched_failures: {
    unit: 'failures',
    each: 'points_per_failure',
    points: BRUTE_FORCE.vouchedFailure,
    free: 0,
  },
  lockout: { unit: 'locked_out', each: 'points', points: BRUTE_FORCE.lockout, free: 0 },
}

function pointsOf(ledger, lines) {
  const counted = {}
  let points = 0
  for (const [index, { name, quantities: q }] of (
    ledger.at('sekisho.score.terms') ?? []
  ).entries()) {
    const path = `sekisho.score.terms.${index}`
    const form = POINTS[name]
    if (form === undefined || counted[name] !== undefined) {
      ledger.holds(false, `${path}.name ${name} is on no page or stands twice`)
      continue
    }
    checkLinesOfTerm(ledger, index, range(0, lines.length))
    const { unit, each, points: published, free } = form
    if (free > 0) ledger.number(`${path}.quantities.${unit}_free`, free)
    ledger.number(`${path}.quantities.${each}`, inUnits(published))
    if (name === 'lockout') ledger.number(`${path}.quantities.locked_out`, 1)
    const value = inUnits(published) * Math.max(0, q[unit] - free)
    ledger.number(`${path}.value`, value)
    counted[name] = { path: `${path}.quantities.${unit}`, count: q[unit] }
    points += value
  }
  return { points, counted }
}

function checkBruteForceCounts(ledger, lines, { counted }) {
  const unvouched = isAllShown(ledger, lines) ? lines.length : ledger.at('sekisho.evidence_total')
  const vouched = counted.vouched_failures?.count ?? 0
  ledger.number('sekisho.evidence_total', unvouched)
  ledger.number('sekisho.counts.failures_unvouched', unvouched)
  ledger.number('sekisho.counts.failures_vouched', vouched)
  ledger.number('sekisho.counts.failures', unvouched + vouched)
  ledger.bounded('sekisho.counts.flagged_panes', 1, 288)
  if (counted.unvouched_failures) ledger.number(counted.unvouched_failures.path, unvouched)
  const isLockedOut = lines.some(({ outcome }) => outcome === 'disabled_or_locked')
  ledger.holds(
    !isLockedOut || counted.lockout !== undefined,
    'the lockout that is shown is no term',
  )
  ledger.holds(
    isApplied(ledger, 'own_networks') === vouched > 0,
    'own_networks among sekisho.score.considered is wrong',
  )
  const networks = networksOf(ledger, lines)
  ledger.number('sekisho.counts.networks_unvouched', networks)
  if (counted.unvouched_networks) ledger.number(counted.unvouched_networks.path, networks)
  const from = networks === 1 ? '1 network' : `${networks} networks`
  checkSentence(ledger, 'event.reason', `${unvouched} failed login`, from)
}

/** Distinct source networks of the addresses: of all in `related.ip` unless that list is cut. */
function networksOf(ledger, lines) {
  const related = ledger.at('related.ip') ?? []
  if (related.length === SHOWN.related && !isAllShown(ledger, lines)) {
    return ledger.at('sekisho.counts.networks_unvouched')
  }
  return new Set(related.map((ip) => networkOf(ip))).size
}

/** M1: refused second factors close together, and the login after them (docs/rules/M1.md). */
export function checkFactorFatigue(ledger, lines) {
  const hasLogin = ledger.at('event.outcome') === 'success'
  const denials = hasLogin ? lines.slice(1) : lines
  checkOrder(ledger, lines, [
    ...(hasLogin ? [{ role: 'decisive', count: 1 }] : []),
    { role: 'decisive' },
  ])
  checkSpan(ledger, lines)
  checkTotal(ledger, lines)
  const isDenied = denials.every(({ outcome }) => outcome === 'mfa_denied')
  ledger.holds(isDenied, 'sekisho.evidence has a line that is no refused second factor')
  const total = isAllShown(ledger, lines) ? lines.length : ledger.at('sekisho.evidence_total')
  const count = total - (hasLogin ? 1 : 0)
  ledger.number('sekisho.evidence_total', total)
  ledger.number('sekisho.score.log_odds', total)
  checkLinesOfTerm(ledger, 0, range(hasLogin ? 1 : 0, lines.length))
  ledger.number('sekisho.score.terms.0.value', count)
  ledger.number('sekisho.score.terms.0.quantities.denials', count)
  ledger.number('sekisho.counts.denials', count)
  ledger.bounded('sekisho.counts.firings', 1, 1e9)
  const least = hasLogin ? FATIGUE.denialsBeforeLogin : FATIGUE.denials
  ledger.number('sekisho.score.threshold', hasLogin ? least + 1 : least)
  ledger.holds(count >= least, `${count} refused second factors do not flag`)
  const spanMs = denials.at(-1).timeMs - denials[0].timeMs
  ledger.number('sekisho.score.terms.0.quantities.span_s', spanMs / 1000)
  ledger.holds(spanMs <= FATIGUE.windowMs, 'the refused second factors are too far apart')
  if (isAllShown(ledger, lines)) {
    const networks = new Set(denials.map(({ network }) => network)).size
    ledger.number('sekisho.counts.networks', networks)
    ledger.number('sekisho.score.terms.0.quantities.networks', networks)
  }
  checkSentence(ledger, 'event.reason', `${count} refused second factor`)
  if (hasLogin) checkFatigueLogin(ledger, lines[0], denials.at(-1))
  checkFatigueSeverity(ledger, hasLogin)
}

function checkFatigueLogin(ledger, login, last) {
  const gapMs = login.timeMs - last.timeMs
  checkLinesOfTerm(ledger, 1, [0])
  ledger.fact('sekisho.evidence.0.outcome', 'success')
  ledger.fact('source.ip', login.ip)
  ledger.number('sekisho.score.terms.1.value', 1)
  ledger.number('sekisho.score.terms.1.quantities.logins', 1)
  ledger.number('sekisho.score.terms.1.quantities.gap_s', gapMs / 1000)
  ledger.holds(gapMs >= 0 && gapMs <= FATIGUE.windowMs, 'the login is too long after the refusals')
}

function checkFatigueSeverity(ledger, hasLogin) {
  const isSignal = ['cold_start', 'ordinary_network', 'own_networks'].some((name) =>
    isApplied(ledger, name),
  )
  const worst = isApplied(ledger, 'known_device') ? 'high' : 'critical'
  const severity = isSignal ? 'low' : hasLogin ? worst : 'medium'
  ledger.fact('sekisho.severity', severity)
  ledger.number('event.risk_score', SEVERITY[severity])
}
