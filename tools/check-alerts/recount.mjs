import { addressOf, networkOf } from './address.mjs'
import { isApplied } from './document.mjs'
import { personOf } from './evidence.mjs'
import { SOURCE } from './published.mjs'
import { readRawLine } from './raw-lines.mjs'

const DAY_MS = 86_400_000
/** A gateway writes one failure as two lines at most this far apart. */
const ONE_FAILURE_MS = 1000

/**
 * An alert shows at most twenty lines. The others are counted again in the files that those twenty stand in: who
 * failed at the source (N1, N2), or how often and from how many networks one user failed (U1).
 *
 * Nothing is said where the files do not reach over the whole time of the alert at all its gateways, or where the
 * alert itself says that its counts are lower bounds.
 */
export function recount(ledger, lines, files) {
  if (isApplied(ledger, 'sampled')) return
  const paths = [...new Set(lines.map(({ file }) => file))]
  const span = spanOf(ledger)
  const gateways = new Set()
  for (const path of paths) {
    const raw = rawLinesOf(files, path)
    if (isOver(raw, span))
      for (const each of raw) for (const name of each.gateways) gateways.add(name)
  }
  if (!(ledger.at('related.hosts') ?? []).every((host) => gateways.has(host))) return
  const raw = paths.flatMap((path) => rawLinesOf(files, path))
  if (ledger.at('rule.id') === 'U1') recountUser(ledger, raw, span)
  else recountSource(ledger, raw, span)
}

const READ = new WeakMap()

/** Every line of a file that says who came from where and when; read once. */
function rawLinesOf(files, path) {
  const lines = files.lines(path)
  let raw = READ.get(lines)
  if (raw === undefined) {
    raw = lines.map((bytes) => readRawLine(bytes.toString('utf8'))).filter((each) => each?.timeMs)
    READ.set(lines, raw)
  }
  return raw
}

function spanOf(ledger) {
  return {
    startMs: Date.parse(ledger.at('event.start')),
    endMs: Date.parse(ledger.at('event.end')),
  }
}

function isOver(raw, { startMs, endMs }) {
  return raw.some(({ timeMs }) => timeMs <= startMs) && raw.some(({ timeMs }) => timeMs >= endMs)
}

function isInside({ timeMs }, { startMs, endMs }) {
  return timeMs >= startMs && timeMs <= endMs
}

/** Failures of each person, the two lines of one failure counted once; by time. */
function failuresOf(raw) {
  const ofPerson = new Map()
  const failures = raw.filter(({ kind }) => kind === 'failure')
  for (const each of [...failures].sort((a, b) => a.timeMs - b.timeMs)) {
    const person = personOf(each.users[0] ?? '')
    const known = ofPerson.get(person) ?? []
    const last = known.at(-1)
    if (last === undefined || each.timeMs - last.timeMs > ONE_FAILURE_MS) known.push(each)
    ofPerson.set(person, known)
  }
  return ofPerson
}

function successfulOf(raw) {
  const successes = raw.filter(({ kind }) => kind === 'success')
  return new Set(successes.map(({ users }) => personOf(users[0] ?? '')))
}

function recountSource(ledger, all, span) {
  const address = addressOf(ledger.at('source.ip') ?? '')
  const prefix = ledger.at('sekisho.source.prefix')
  const there = all.filter(({ addresses }) => addresses.some((each) => networkOf(each) === prefix))
  const isFrom = ({ addresses }) => address === '' || addresses.includes(address)
  const inside = there.filter((each) => isInside(each, span) && isFrom(each))
  const succeeded = successfulOf(inside)
  const failures = failuresOf(inside)
  const failing = [...failures.keys()].filter((person) => person !== '' && !succeeded.has(person))
  ledger.number('sekisho.counts.users_failed', failing.length)
  if (ledger.at('sekisho.counts.users_succeeded') > 0 && !isApplied(ledger, 'vouched_users')) {
    ledger.number('sekisho.counts.users_succeeded', succeeded.size)
  }
  const everIn = successfulOf(all.filter(({ timeMs }) => timeMs < span.startMs - DAY_MS))
  const strangers = failing.filter(
    (person) =>
      !everIn.has(person) || failures.get(person).some(({ isUnknownUser }) => isUnknownUser),
  )
  ledger.bounded('sekisho.counts.users_unknown', 0, strangers.length)
  const attempts = [...failures.values()].reduce((sum, each) => sum + each.length, 0)
  if (!isApplied(ledger, 'vouched_users')) {
    ledger.number('sekisho.counts.attempts', attempts + succeeded.size)
    ledger.number('sekisho.evidence_total', attempts + succeeded.size)
  }
  const isDated = there.some(({ timeMs }) => timeMs === Date.parse(ledger.at('@timestamp')))
  ledger.holds(isDated, '@timestamp is the time of no line of the source')
  for (const [path, timeMs] of [
    ['event.start', span.startMs],
    ['event.end', span.endMs],
  ]) {
    const isLine = inside.some((each) => each.timeMs === timeMs)
    ledger.holds(isLine, `${path} is the time of no line of the source`)
  }
  const people = new Set(inside.flatMap(({ users }) => users.map(personOf)))
  const absent = (ledger.at('related.user') ?? []).filter((user) => !people.has(user))
  ledger.holds(absent.length === 0, `related.user has ${absent.join(', ')}, who was not there`)
  recountRounds(ledger, there, failing)
}

/** Tries of one user less than half an hour apart are one round, over the day and the day before. */
function recountRounds(ledger, there, failing) {
  const dayMs = Date.parse(ledger.at('sekisho.alert.day'))
  const days = there.filter(({ timeMs }) => timeMs >= dayMs - DAY_MS && timeMs < dayMs + DAY_MS)
  const failures = failuresOf(days)
  const rounds = failing.map((person) => {
    const times = failures.get(person).map(({ timeMs }) => timeMs)
    return times.filter((time, i) => i === 0 || time - times[i - 1] >= SOURCE.roundGapMs).length
  })
  ledger.number('sekisho.counts.rounds_max', Math.max(...rounds))
  const repeated = rounds.filter((count) => count >= 2).length
  const isSpray =
    2 * repeated >= rounds.length &&
    rounds.every((count) => count <= SOURCE.sprayRoundsMax) &&
    ledger.at('sekisho.counts.users_unknown') < SOURCE.sprayUnknownShare * failing.length
  ledger.fact('rule.id', isSpray ? 'N2' : 'N1')
}

function recountUser(ledger, all, span) {
  if (isApplied(ledger, 'own_networks') || isApplied(ledger, 'known_operator')) return
  const person = ledger.at('user.id')
  const inside = all.filter((each) => isInside(each, span))
  const failures = failuresOf(inside).get(person) ?? []
  ledger.number('sekisho.counts.failures', failures.length)
  const networks = new Set(failures.map(({ addresses }) => networkOf(addresses[0] ?? '')))
  ledger.number('sekisho.counts.networks_unvouched', networks.size)
  ledger.fact('related.ip', [...new Set(failures.map(({ addresses }) => addresses[0]))].sort())
  const isDated = failures.some(({ timeMs }) => timeMs === Date.parse(ledger.at('@timestamp')))
  ledger.holds(isDated, '@timestamp is the time of no failure')
}
