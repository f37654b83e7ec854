import {
  checkLinesOfTerm,
  checkOrder,
  checkPartition,
  checkSentence,
  checkSpan,
  isAllShown,
  isApplied,
  range,
} from './document.mjs'
import { FAILURES, shownPersonOf } from './evidence.mjs'
import { inUnits, REUSE, SEVERITY, SHOWN, SOURCE, USER_CLASSES } from './published.mjs'

/** N1 and N2: users by their strongest outcome, the sum, the shape and the cap (docs/rules/N1.md, N2.md). */
export function checkSourceAttack(ledger, lines) {
  checkOrder(ledger, lines, [{ role: 'decisive' }])
  ledger.fact('event.outcome', 'failure')
  checkPartition(ledger, lines)
  checkOutcomes(ledger, lines)
  const users = checkClasses(ledger)
  const sum = Object.entries(users).reduce(
    (total, [name, count]) => total + count * inUnits(USER_CLASSES[name][0]),
    0,
  )
  ledger.number('sekisho.score.log_odds', sum)
  ledger.number('sekisho.score.threshold', inUnits(SOURCE.threshold))
  ledger.holds(sum >= inUnits(SOURCE.threshold), `sekisho.score.log_odds ${sum} does not flag`)
  checkCounts(ledger, lines, users)
  checkShape(ledger, users)
}

/** A line under a class of successes is one, and under a class of failures none. */
function checkOutcomes(ledger, lines) {
  for (const { name, evidence } of ledger.at('sekisho.score.terms') ?? []) {
    for (const index of evidence) {
      const isFailure = FAILURES.has(lines[index]?.outcome)
      const isOfClass = isFailure === USER_CLASSES[name]?.[1]
      ledger.holds(isOfClass, `sekisho.evidence.${index} is no line of the class ${name}`)
    }
  }
}

function checkClasses(ledger) {
  const users = {}
  for (const [index, { name, quantities: q }] of (
    ledger.at('sekisho.score.terms') ?? []
  ).entries()) {
    const path = `sekisho.score.terms.${index}`
    if (USER_CLASSES[name] === undefined || users[name] !== undefined) {
      ledger.holds(false, `${path}.name ${name} is on no page or stands twice`)
      continue
    }
    const nats = inUnits(USER_CLASSES[name][0])
    ledger.number(`${path}.quantities.nats_per_user`, nats)
    ledger.number(`${path}.value`, q.users * nats)
    ledger.bounded(`${path}.quantities.users`, 1, 1e9)
    checkSentence(ledger, `${path}.why`, q.users === 1 ? '1 user ' : `${q.users} users `)
    users[name] = q.users
  }
  return users
}

function usersOf(users, isWanted) {
  return Object.entries(users)
    .filter(([name]) => isWanted(name))
    .reduce((total, [, count]) => total + count, 0)
}

const isFailing = (name) => USER_CLASSES[name][1]

function checkCounts(ledger, lines, users) {
  const failed = usersOf(users, isFailing)
  ledger.number('sekisho.counts.users_failed', failed)
  ledger.number('sekisho.counts.users_unknown', users.unknown_user ?? 0)
  ledger.number(
    'sekisho.counts.users_succeeded',
    usersOf(users, (name) => !isFailing(name)),
  )
  ledger.holds(failed >= SOURCE.usersMin, `sekisho.counts.users_failed ${failed} does not flag`)
  const windowS = ledger.at('sekisho.counts.window_s')
  ledger.number(
    'sekisho.counts.window_s',
    SOURCE.windowsS.find((each) => each === windowS),
  )
  const total = ledger.at('sekisho.evidence_total')
  ledger.number('sekisho.counts.attempts', total)
  ledger.bounded('sekisho.counts.flagged_panes', 1, 288)
  ledger.bounded('sekisho.counts.rounds_max', 1, 96)
  const spanS = (Date.parse(ledger.at('event.end')) - Date.parse(ledger.at('event.start'))) / 1000
  ledger.holds(spanS >= 0 && spanS <= windowS, `event.start to event.end is ${spanS} s`)
  checkSentence(ledger, 'event.reason', `${failed} different users failed`)
  const strangers = users.other_success ?? 0
  if (strangers > 0) checkSentence(ledger, 'event.reason', `; ${strangers} got in`)
  const shown = shownUsersOf(lines)
  ledger.holds(shown.failed.size <= failed, 'sekisho.counts.users_failed is less than are shown')
  if (!isAllShown(ledger, lines)) return
  checkSpan(ledger, lines)
  ledger.number('sekisho.evidence_total', lines.length)
  ledger.number('sekisho.counts.users_failed', shown.failed.size)
}

function shownUsersOf(lines) {
  const succeeded = new Set(lines.filter(({ outcome }) => outcome === 'success').map(shownPersonOf))
  const failed = new Set(lines.filter(({ outcome }) => FAILURES.has(outcome)).map(shownPersonOf))
  return { failed: new Set([...failed].filter((user) => !succeeded.has(user))) }
}

function checkShape(ledger, users) {
  const unknownShare = (users.unknown_user ?? 0) / usersOf(users, isFailing)
  const rounds = ledger.at('sekisho.counts.rounds_max')
  const id = ledger.at('rule.id')
  const canBeSpray =
    unknownShare < SOURCE.sprayUnknownShare && rounds >= 2 && rounds <= SOURCE.sprayRoundsMax
  ledger.holds(id === 'N1' || canBeSpray, 'rule.id is N2, the counts are those of N1')
  if (id === 'N1') {
    checkSentence(ledger, 'event.reason', `${users.unknown_user ?? 0} of them under names`)
  }
  const isCapped = isApplied(ledger, 'severity_cap')
  const considered = ledger.at('sekisho.score.considered') ?? []
  const why = considered.find(({ name }) => name === 'severity_cap')?.why ?? ''
  const isCold = why.includes('days of history')
  const isPopUp =
    !SOURCE.neverPopUp.has(ledger.at('sekisho.source.network_class')) &&
    unknownShare < SOURCE.popUpUnknownShare &&
    (users.other_success ?? 0) === 0 &&
    users.vouched_success === undefined &&
    users.vouched_failure === undefined
  ledger.holds(!isCapped || isCold || isPopUp, 'severity_cap cannot have applied')
  const severity = isCapped ? 'medium' : 'high'
  ledger.fact('sekisho.severity', severity)
  ledger.number('event.risk_score', SEVERITY[severity])
  const vouched = (users.vouched_success ?? 0) + (users.vouched_failure ?? 0)
  ledger.holds(
    isApplied(ledger, 'vouched_users') === vouched > 0,
    'vouched_users among sekisho.score.considered is wrong',
  )
}

/** P2: one success of each of several users (docs/rules/P2.md). */
export function checkSourceReuse(ledger, lines) {
  checkOrder(ledger, lines, [{ role: 'decisive' }])
  checkSpan(ledger, lines)
  const last = lines.at(-1)
  ledger.fact('@timestamp', new Date(last.timeMs).toISOString())
  ledger.fact('event.outcome', 'success')
  const total = ledger.at('sekisho.evidence_total')
  const users = isAllShown(ledger, lines) ? lines.length : total
  const people = new Set(lines.map(shownPersonOf))
  ledger.holds(people.size === lines.length, 'sekisho.evidence shows a user twice')
  const isSuccess = lines.every(({ outcome }) => outcome === 'success')
  ledger.holds(isSuccess, 'sekisho.evidence has a line that is no success')
  ledger.holds(
    lines.length === Math.min(total, SHOWN.evidence),
    'sekisho.evidence leaves users out',
  )
  for (const path of [
    'sekisho.evidence_total',
    'sekisho.counts.users',
    'sekisho.score.log_odds',
    'sekisho.score.terms.0.value',
    'sekisho.score.terms.0.quantities.users',
  ]) {
    ledger.number(path, users)
  }
  ledger.number('sekisho.score.threshold', REUSE.usersMin)
  ledger.holds(users >= REUSE.usersMin, `${users} users do not flag`)
  const spanMs = last.timeMs - lines[0].timeMs
  const q = 'sekisho.score.terms.0.quantities'
  checkLinesOfTerm(ledger, 0, range(0, lines.length))
  ledger.number(`${q}.span_s`, spanMs / 1000)
  ledger.holds(spanMs <= REUSE.windowMs, `${q}.span_s is more than a day`)
  ledger.bounded(`${q}.active_days_min`, REUSE.activeDays, 90)
  ledger.bounded(`${q}.users_new_country`, 0, users)
  ledger.bounded(`${q}.users_new_operator`, 0, users)
  ledger.bounded('sekisho.counts.users_counted', users, 1e9)
  if (isAllShown(ledger, lines)) {
    ledger.number('sekisho.counts.addresses', new Set(lines.map(({ ip }) => ip)).size)
  }
  checkSentence(ledger, 'event.reason', `${users} users who share no network`)
  const isLow = isApplied(ledger, 'cold_start') || isApplied(ledger, 'ordinary_network')
  const severity = isLow ? 'low' : 'high'
  ledger.fact('sekisho.severity', severity)
  ledger.number('event.risk_score', SEVERITY[severity])
}
