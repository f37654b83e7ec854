import {
  checkLinesOfTerm,
  checkOrder,
  checkSentence,
  checkSpan,
  isAllShown,
  isApplied,
  range,
} from './document.mjs'
import { personOf, shownPersonOf } from './evidence.mjs'
import {
  BRUTE_FORCE,
  inUnits,
  SESSION,
  SEVERITY,
  SOURCE,
  SUCCESS_INSIDE,
  TRAVEL,
  USER_CLASSES,
} from './published.mjs'
import { checkTravel } from './travel.mjs'

const STRANGE = ['factor_denied', 'unvouched_failure', 'unknown_user', 'locked']

/** X1: the causes, each by its own formula (docs/rules/X1.md). */
export function checkSuccessInside(ledger, lines) {
  const login = lines[0]
  // Each cause brings its lines in the order of time.
  checkOrder(ledger, lines, [
    { role: 'decisive', count: 1 },
    { role: 'context', isByTime: false },
  ])
  checkSpan(ledger, lines)
  ledger.fact('@timestamp', new Date(login.timeMs).toISOString())
  ledger.fact('source.ip', login.ip)
  const isSuccess = ledger.at('event.outcome') === 'success'
  ledger.fact('sekisho.evidence.0.outcome', isSuccess ? 'success' : 'mfa_denied')
  const terms = ledger.at('sekisho.score.terms') ?? []
  const causes = terms.map((term, index) =>
    causeOf(ledger, lines, term, `sekisho.score.terms.${index}`),
  )
  const used = new Set(terms.flatMap(({ evidence }) => evidence))
  ledger.holds(used.size === lines.length, 'a line of evidence belongs to no cause')
  const isOnLogin = terms.every(({ evidence }) => evidence[0] === 0)
  ledger.holds(isOnLogin, 'a cause does not rest on the login')
  ledger.number('sekisho.score.log_odds', causes[0]?.value ?? Number.NaN)
  ledger.number('sekisho.score.threshold', causes[0]?.threshold ?? Number.NaN)
  if (isAllShown(ledger, lines)) ledger.number('sekisho.evidence_total', lines.length)
  ledger.number('sekisho.counts.failures', ledger.at('sekisho.evidence_total') - 1)
  const least = causes.reduce((total, { failures }) => total + failures, 0)
  ledger.bounded('sekisho.counts.failures', Math.max(least, lines.length - 1), 1e9)
  const isKnownDevice = isApplied(ledger, 'known_device')
  const severity = isApplied(ledger, 'cold_start') ? 'medium' : isKnownDevice ? 'high' : 'critical'
  ledger.fact('sekisho.severity', severity)
  ledger.number('event.risk_score', severity === 'critical' ? 100 : SEVERITY[severity])
}

/** Value and threshold of a cause, and how many failing lines it stands for at least. */
function causeOf(ledger, lines, { name, quantities: q, evidence }, path) {
  const shown = evidence.filter((index) => index !== 0).map((index) => lines[index])
  for (const { path: at, timeMs } of shown) {
    // A flagged window reaches a day back from a pane that is within a day of the login.
    const isNear = Math.abs(timeMs - lines[0].timeMs) <= 2 * SUCCESS_INSIDE.reachMs
    ledger.holds(isNear, `${at} is not near the login`)
  }
  if (name === 'source_under_attack') return sourceCause(ledger, lines, q, path, shown)
  if (name === 'user_under_attack') {
    const { points, failures, networks } = q
    ledger.number(`${path}.value`, points)
    ledger.number(`${path}.quantities.points`, ledger.at(`${path}.value`))
    // Nothing lowers the points but failures from the user's own networks.
    const most =
      inUnits(BRUTE_FORCE.failure) * Math.max(0, failures - BRUTE_FORCE.failuresFree) +
      inUnits(BRUTE_FORCE.network) * Math.max(0, networks - 1) +
      BRUTE_FORCE.lockout
    ledger.bounded(`${path}.value`, BRUTE_FORCE.threshold, most)
    ledger.bounded(`${path}.quantities.failures`, shown.length, 1e9)
    const seen = new Set(shown.map(({ network }) => network)).size
    ledger.bounded(`${path}.quantities.networks`, seen, failures)
    checkSentence(ledger, `${path}.why`, `${failures} failed logins`)
    return { value: points, threshold: BRUTE_FORCE.threshold, failures }
  }
  if (name === 'first_success_after_failures') {
    const nats = inUnits(USER_CLASSES.unvouched_failure[0])
    ledger.number(`${path}.quantities.nats_per_user`, nats)
    ledger.number(`${path}.value`, q.users * nats)
    ledger.bounded(`${path}.quantities.users`, SUCCESS_INSIDE.usersMin, 1e9)
    checkSentence(ledger, `${path}.why`, `${q.users} other users`)
    const people = new Set(shown.map(shownPersonOf)).size
    if (isAllShown(ledger, lines)) ledger.number(`${path}.quantities.users`, people)
    return { value: q.users * nats, threshold: SUCCESS_INSIDE.usersMin * nats, failures: q.users }
  }
  ledger.holds(false, `${path}.name ${name} is on no page`)
  return { value: Number.NaN, threshold: Number.NaN, failures: 0 }
}

function sourceCause(ledger, lines, q, path, shown) {
  const threshold = inUnits(SOURCE.threshold)
  let value = 0
  let strange = 0
  for (const [name, [nats]] of Object.entries(USER_CLASSES)) {
    const users = q[`${name}_users`]
    if (users === undefined) continue
    ledger.number(`${path}.quantities.${name}_nats_per_user`, inUnits(nats))
    ledger.bounded(`${path}.quantities.${name}_users`, 1, 1e9)
    value += users * inUnits(nats)
    if (STRANGE.includes(name)) strange += users
  }
  ledger.number(`${path}.value`, value)
  ledger.holds(value >= threshold, `${path}.value ${value} does not flag`)
  const people = new Set(shown.map(shownPersonOf))
  const isOthers = !people.has(personOf(lines[0]?.user ?? ''))
  ledger.holds(isOthers, `${path}.evidence has a line of the user’s own`)
  // The sentence counts who failed strangely; the class of someone who then got in is another one.
  const told = Number(/^(\d+) other user/.exec(ledger.at(`${path}.why`) ?? '')?.[1])
  const own = lines[0]?.outcome === 'mfa_denied' ? 1 : 0
  const isTold = told >= Math.max(strange - own, people.size)
  ledger.holds(isTold, `${path}.why says ${told} other users, there are ${strange}`)
  const gotIn =
    (q.other_success_users ?? 0) + (q.ordinary_success_users ?? 0) + (q.vouched_success_users ?? 0)
  ledger.holds(
    told <= strange + gotIn,
    `${path}.why says ${told} other users, there are ${strange}`,
  )
  return { value, threshold, failures: told }
}

const STEPS = ['low', 'medium', 'high', 'critical']

/** S1: one session in two networks, and the journey between (docs/rules/S1.md). */
export function checkSession(ledger, lines) {
  const decisive = lines.filter(({ role }) => role === 'decisive').length
  checkOrder(ledger, lines, [
    { role: 'decisive', count: decisive, isByTime: false },
    { role: 'context', isByTime: false },
  ])
  checkSpan(ledger, lines)
  ledger.holds(decisive === 2, `${decisive} lines are decisive, a move has two`)
  ledger.fact('event.outcome', 'success')
  const [to, from] = lines
  ledger.holds(to?.network !== from?.network, 'both ends of the move are in one network')
  const isDated = lines.some(({ timeMs }) => timeMs === Date.parse(ledger.at('@timestamp')))
  ledger.holds(isDated, '@timestamp is the time of no line of evidence')
  const q = 'sekisho.score.terms.0.quantities'
  const gapMs = Math.abs(to.timeMs - from.timeMs)
  ledger.fact('sekisho.score.terms.0.name', 'session_in_two_networks')
  checkLinesOfTerm(ledger, 0, range(0, lines.length))
  ledger.number('sekisho.score.terms.0.value', inUnits(SESSION.twoNetworks))
  ledger.number(`${q}.gap_s`, gapMs / 1000)
  const session = /^session (\S+) was in AS(\d+) and in AS(\d+)/.exec(
    ledger.at('sekisho.score.terms.0.why') ?? '',
  )
  const isNamed = session !== null && [to, from].every(({ text }) => text.includes(session[1]))
  ledger.holds(isNamed, 'sekisho.score.terms.0.why names a session that is not in both lines')
  ledger.number(`${q}.autonomous_system_from`, Number(session?.[2]))
  ledger.number(`${q}.autonomous_system_to`, Number(session?.[3]))
  ledger.holds(session?.[2] !== session?.[3], 'both ends of the move are in one autonomous system')
  ledger.number('sekisho.counts.session_lines', ledger.at('sekisho.evidence_total'))
  ledger.number(`${q}.session_lines`, ledger.at('sekisho.evidence_total'))
  ledger.bounded('sekisho.counts.networks', new Set(lines.map(({ network }) => network)).size, 1e9)
  ledger.bounded('sekisho.counts.moves_explained', 0, 1e9)
  const travel = checkTravel(ledger, lines, true)
  if (travel !== null) checkJourney(ledger, travel)
  const sum = inUnits(SESSION.twoNetworks) + (travel === null ? 0 : inUnits(TRAVEL.nats.infeasible))
  ledger.number('sekisho.score.log_odds', sum)
  ledger.number('sekisho.score.threshold', inUnits(SESSION.twoNetworks))
  checkSessionSeverity(ledger, travel !== null)
}

function checkJourney(ledger, travel) {
  const path = 'sekisho.score.terms.1'
  checkLinesOfTerm(ledger, 1, [0, 1])
  ledger.fact(`${path}.name`, 'impossible_travel')
  ledger.number(`${path}.value`, inUnits(TRAVEL.nats.infeasible))
  ledger.number(`${path}.quantities.distance_lower_km`, travel.lowerKm, 0.0021)
  ledger.number(`${path}.quantities.gap_s`, travel.gapMs / 1000)
  ledger.number(`${path}.quantities.elapsed_upper_s`, travel.elapsedMs / 1000)
  for (const [end, index] of [
    ['from', 2],
    ['to', 3],
  ]) {
    const stated = /^session \S+ was in AS(\d+) and in AS(\d+)/.exec(
      ledger.at('sekisho.score.terms.0.why'),
    )
    ledger.number(`sekisho.travel.${end}.asn`, Number(stated?.[index - 1]))
  }
}

function checkSessionSeverity(ledger, isInfeasible) {
  const isRoaming = isApplied(ledger, 'home_routed_roaming')
  const isEveryday = isApplied(ledger, 'everyday_move')
  let step = isRoaming || isEveryday ? 1 : 2
  if (isInfeasible && !isRoaming) step = 3
  if (isApplied(ledger, 'same_device')) step--
  const severity = isApplied(ledger, 'cold_start') ? 'low' : STEPS[step]
  ledger.fact('sekisho.severity', severity)
  ledger.number('event.risk_score', SEVERITY[severity])
}
