import { createHash } from 'node:crypto'
import { networkOf } from './address.mjs'
import { personOf } from './evidence.mjs'
import { PROFILE_LAG_DAYS, RULES, SEVERITY, SHOWN, TACTICS } from './published.mjs'

const DAY_MS = 86_400_000
const STATES = new Set(['provisional', 'final', 'retracted'])

/** What every alert states alike: its id, day and names, what it is about, and its ATT&CK ids. */
export function checkDocument(ledger, lines) {
  const rule = RULES[ledger.at('rule.id')]
  checkIdentity(ledger, rule)
  checkNames(ledger, rule)
  checkThreat(ledger, rule)
  checkSubject(ledger, rule, lines)
  checkRelated(ledger, lines)
  checkTerms(ledger, lines)
}

function checkIdentity(ledger, { family, major }) {
  const day = ledger.at('@timestamp')?.slice(0, 10)
  ledger.fact('sekisho.alert.day', day)
  const { entity, discriminator } = ledger.at('sekisho.alert') ?? {}
  const tenant = ledger.at('organization.id')
  const parts = JSON.stringify([tenant, family, major, entity, day, discriminator])
  const id = createHash('sha256').update(parts).digest('hex').slice(0, 32)
  ledger.fact('sekisho.alert.id', id)
  ledger.fact('event.id', id)
  const profileDay = new Date(Date.parse(day) - PROFILE_LAG_DAYS * DAY_MS)
  ledger.fact('sekisho.inputs.profile_day', profileDay.toISOString().slice(0, 10))
}

function checkNames(ledger, rule) {
  const id = ledger.at('rule.id')
  const severity = ledger.at('sekisho.severity')
  ledger.fact('message', ledger.at('event.reason'))
  ledger.fact('rule.name', rule.name)
  ledger.fact('rule.reference', `docs/rules/${id}.md`)
  ledger.fact('rule.uuid', ledger.at('sekisho.inputs.config'))
  ledger.fact('event.action', rule.action)
  ledger.fact('event.module', 'sekisho')
  ledger.fact('event.dataset', 'sekisho.alert')
  ledger.fact('rule.ruleset', 'sekisho')
  const state = ledger.at('sekisho.state')
  ledger.holds(STATES.has(state), `sekisho.state ${state} is none`)
  ledger.fact('event.kind', severity === 'low' ? 'event' : 'alert')
  ledger.number('event.severity', SEVERITY[severity])
}

function checkThreat(ledger, { techniques }) {
  const parents = [...new Set(techniques.map((id) => id.split('.')[0]))]
  const children = techniques.filter((id) => id.includes('.'))
  const sorted = (path) => [...(ledger.at(path) ?? [])].sort()
  const isTechnique = sorted('threat.technique.id').join() === [...parents].sort().join()
  ledger.holds(isTechnique, `threat.technique.id is ${sorted('threat.technique.id')}`)
  const isChild = sorted('threat.technique.subtechnique.id').join() === [...children].sort().join()
  ledger.holds(isChild, 'threat.technique.subtechnique.id is not the rule’s')
  for (const tactic of ledger.at('threat.tactic.id') ?? []) {
    const isTheirs = parents.some((id) => TACTICS[id].includes(tactic))
    ledger.holds(isTheirs, `threat.tactic.id has ${tactic}, under which none of ${parents} stands`)
  }
}

/** A user and where the decisive line came from, or a source network. */
function checkSubject(ledger, { entity, family }, lines) {
  const source = ledger.at('source')
  const prefix = ledger.at('sekisho.source.prefix')
  if (source?.ip !== undefined) {
    ledger.fact('source.address', source.ip)
    ledger.fact('sekisho.source.prefix', networkOf(source.ip))
    const isShown = lines.some(({ ip }) => ip === source.ip)
    ledger.holds(isShown, `source.ip ${source.ip} is in no line of evidence`)
  } else if (source !== undefined) ledger.fact('source.address', prefix)
  if (source !== undefined) checkSentence(ledger, 'event.reason', networkTextOf(ledger))
  checkObserver(ledger, lines)
  const isOfNetwork = ['U2', 'X1', 'S1'].includes(family)
  ledger.fact('sekisho.alert.discriminator', isOfNetwork ? prefix : '')
  if (entity === 'prefix') {
    ledger.fact('sekisho.alert.entity', `prefix:${prefix}`)
    const strangers = lines.filter(({ network }) => network !== prefix)
    ledger.holds(strangers.length === 0, 'sekisho.evidence has lines of another network')
    return
  }
  const person = personOf(lines[0]?.user ?? '')
  ledger.fact('user.id', person)
  ledger.fact('sekisho.alert.entity', `user:${person}`)
  ledger.fact('related.user', [person])
  const name = ledger.at('user.name') ?? ''
  ledger.holds(personOf(name) === person, `user.name is ${JSON.stringify(name)}, not ${person}`)
}

/** `AS4713 NTT (Tokyo, JP, residential)`, or as much of it as the alert states. */
function networkTextOf(ledger) {
  const { as, geo } = ledger.at('source')
  const name =
    as === undefined ? 'unknown network' : `AS${as.number} ${as.organization?.name ?? ''}`
  const networkClass = ledger.at('sekisho.source.network_class')
  const where = [geo?.city_name, geo?.country_iso_code, networkClass].filter(Boolean)
  return `${name.trim()}${where.length === 0 ? '' : ` (${where.join(', ')})`}`
}

/** The gateway is one that a line of evidence names, by name and by number. */
function checkObserver(ledger, lines) {
  const name = ledger.at('observer.name')
  const serial = ledger.at('observer.serial_number') ?? ''
  const isShown = lines.some(({ gateway, text }) => gateway === name && text.includes(serial))
  ledger.holds(isShown, `observer ${name} ${serial} is in no line of evidence`)
}

function checkRelated(ledger, lines) {
  for (const [path, values] of [
    ['related.ip', lines.map(({ ip }) => ip)],
    ['related.hosts', lines.map(({ gateway }) => gateway)],
  ]) {
    const stated = ledger.at(path) ?? []
    const isSorted = JSON.stringify(stated) === JSON.stringify([...new Set(stated)].sort())
    ledger.holds(isSorted, `${path} is not sorted or not distinct`)
    const missing = values.filter((each) => !stated.includes(each))
    const isWhole = missing.length === 0 || stated.length === SHOWN.related
    ledger.holds(isWhole, `${path} lacks ${missing.join(', ')}`)
  }
}

/** Every term points at lines that are shown, in their order. */
function checkTerms(ledger, lines) {
  const terms = ledger.at('sekisho.score.terms') ?? []
  ledger.holds(terms.length > 0, 'sekisho.score.terms is empty')
  for (const [index, { evidence }] of terms.entries()) {
    for (const [at, line] of evidence.entries()) {
      const path = `sekisho.score.terms.${index}.evidence.${at}`
      const least = at === 0 ? 0 : evidence[at - 1] + 1
      const isIndex = Number.isInteger(line) && line >= least && line < lines.length
      ledger.number(path, isIndex ? line : least)
    }
  }
}

/** A term rests on exactly these lines. */
export function checkLinesOfTerm(ledger, index, expected) {
  ledger.fact(`sekisho.score.terms.${index}.evidence`, expected)
}

/** Every line that is shown belongs to exactly one term. */
export function checkPartition(ledger, lines) {
  const terms = ledger.at('sekisho.score.terms') ?? []
  const used = terms.flatMap(({ evidence }) => evidence).sort((a, b) => a - b)
  const isPartition = used.length === lines.length && used.every((line, index) => line === index)
  ledger.holds(isPartition, 'a line of evidence belongs to no term, or to two')
}

/** `[from, from + 1, … to - 1]` */
export function range(from, to) {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
}

/** Checks roles and order: `runs` lists the roles, each run of lines with one role being in the order of time. */
export function checkOrder(ledger, lines, runs) {
  let index = 0
  for (const { role, count = lines.length, isByTime = true } of runs) {
    const run = lines.slice(index, index + count)
    index += run.length
    for (const [at, line] of run.entries()) {
      ledger.fact(`${line.path}.role`, role)
      const isLater = at === 0 || line.timeMs >= run[at - 1].timeMs
      ledger.holds(!isByTime || isLater, `${line.path} is out of the order of time`)
    }
  }
}

/** Start and end of the alert, where they are those of lines that are shown. */
export function checkSpan(ledger, lines) {
  const times = lines.map(({ timeMs }) => timeMs)
  ledger.fact('event.start', new Date(Math.min(...times)).toISOString())
  ledger.fact('event.end', new Date(Math.max(...times)).toISOString())
}

/** True when a reason among `sekisho.score.considered` applied. */
export function isApplied(ledger, name) {
  const considered = ledger.at('sekisho.score.considered') ?? []
  return considered.some((each) => each.name === name && each.applied === true)
}

/** True when the document shows every line that it counts. */
export function isAllShown(ledger, lines) {
  return ledger.at('sekisho.evidence_total') <= lines.length
}

/** Every line that counts is shown, up to the most that an alert shows. */
export function checkTotal(ledger, lines) {
  if (lines.length < SHOWN.evidence) ledger.number('sekisho.evidence_total', lines.length)
}

/** `8,421`: whole, thousands separated, as sentences write numbers. */
export function wholeTextOf(value) {
  return Math.round(value).toLocaleString('en-US')
}

/** Text of a sentence must say a number. */
export function checkSentence(ledger, path, ...wanted) {
  const text = ledger.at(path) ?? ''
  for (const each of wanted) ledger.holds(text.includes(each), `${path} does not say “${each}”`)
}
