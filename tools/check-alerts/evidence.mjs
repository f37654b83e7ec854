import { addressOf, networkOf } from './address.mjs'
import { SHOWN } from './published.mjs'
import { sha256Of } from './raw-files.mjs'
import { readRawLine } from './raw-lines.mjs'

const QUARTER_HOUR_MS = 900_000
const ZONES_MS = 14 * 3_600_000
/** Outcomes of a login that did not succeed. */
export const FAILURES = new Set([
  'bad_credential',
  'unknown_user',
  'disabled_or_locked',
  'expired_password',
  'mfa_denied',
  'policy_denied',
])
const OUTCOMES = new Set([
  ...FAILURES,
  'success',
  'session_start',
  'session_end',
  'session_move',
  'other',
])
const MASK = /^(.{1,2})…#([0-9a-f]{8})$/su

/**
 * Holds every evidence line against the raw line that it points at.
 *
 * @returns one entry a line: its stated facts, time, network and user, and what the raw line says (null when there is
 *   none, which is then already said to be wrong)
 */
export function checkEvidence(ledger, files) {
  const stated = ledger.at('sekisho.evidence') ?? []
  ledger.holds(stated.length > 0, 'sekisho.evidence is empty')
  ledger.holds(stated.length <= SHOWN.evidence, `sekisho.evidence has ${stated.length} lines`)
  const ids = new Set(stated.map((line) => line.event_id))
  ledger.holds(ids.size === stated.length, 'sekisho.evidence shows a line twice')
  ledger.holds(
    ledger.at('sekisho.evidence_total') >= stated.length,
    `sekisho.evidence_total is less than the ${stated.length} lines shown`,
  )
  const lines = stated.map((line, index) => lineOf(ledger, files, line, index))
  checkMasks(ledger, lines)
  return lines
}

function lineOf(ledger, files, stated, index) {
  const path = `sekisho.evidence.${index}`
  const { time, ip, user, role, outcome, gateway } = stated
  ledger.holds(/^[0-9a-f]{32}$/.test(stated.event_id ?? ''), `${path}.event_id is no event id`)
  ledger.holds(OUTCOMES.has(outcome), `${path}.outcome ${outcome} is none`)
  const timeMs = Date.parse(time)
  const line = {
    path,
    index,
    timeMs,
    ip,
    user,
    role,
    outcome,
    gateway,
    network: networkOf(ip ?? ''),
  }
  const ref = /^(.*):(\d+)$/s.exec(stated.raw_ref ?? '')
  const bytes = ref === null ? null : files.line(ref[1], Number(ref[2]))
  if (bytes === null) {
    ledger.holds(false, `${path}.raw_ref: there is no line ${stated.raw_ref}`)
    return { ...line, raw: null, text: '', file: '' }
  }
  ledger.fact(`${path}.raw_sha256`, sha256Of(bytes))
  const text = bytes.toString('utf8')
  const raw = readRawLine(text)
  ledger.holds(raw !== null, `${path}: ${stated.raw_ref} is in no form that is read here`)
  if (raw !== null) checkAgainst(ledger, line, raw)
  return { ...line, raw, text, file: ref[1] }
}

function checkAgainst(ledger, { path, timeMs, ip, user, outcome, gateway }, raw) {
  if (raw.timeMs !== null) ledger.fact(`${path}.time`, new Date(raw.timeMs).toISOString())
  else {
    // The line has no zone, so that the operator named one: a whole number of quarters of an hour.
    const aheadMs = raw.localMs - timeMs
    const isZone = aheadMs % QUARTER_HOUR_MS === 0 && Math.abs(aheadMs) <= ZONES_MS
    ledger.holds(isZone, `${path}.time is not ${new Date(raw.localMs).toISOString()} in any zone`)
  }
  ledger.holds(
    isUserOf(user ?? '', raw.users),
    `${path}.user is ${JSON.stringify(user)}, the line says ${JSON.stringify(raw.users)}`,
  )
  ledger.holds(
    raw.addresses.includes(addressOf(ip ?? '')),
    `${path}.ip is ${ip}, the line says ${raw.addresses.join(', ')}`,
  )
  ledger.holds(
    raw.gateways.includes(gateway ?? ''),
    `${path}.gateway is ${gateway}, the line says ${raw.gateways.join(', ')}`,
  )
  const isContradicted =
    (outcome === 'success' && (raw.kind === 'failure' || raw.kind === 'end')) ||
    (FAILURES.has(outcome) && (raw.kind === 'success' || raw.kind === 'end')) ||
    (outcome === 'session_end' && (raw.kind === 'success' || raw.kind === 'failure'))
  ledger.holds(!isContradicted, `${path}.outcome is ${outcome}, the line is a ${raw.kind}`)
}

/** As logged, or of a name that never succeeded the first two characters and a keyed hash. */
function isUserOf(user, logged) {
  const mask = MASK.exec(user)
  if (mask === null) return logged.includes(user)
  return logged.some((each) => [...each].slice(0, 2).join('') === mask[1])
}

/** One name has one hash, whatever its spelling. */
function checkMasks(ledger, lines) {
  const nameOf = new Map()
  for (const { path, user, raw } of lines) {
    const mask = MASK.exec(user ?? '')
    if (mask === null || raw === null) continue
    const known = nameOf.get(mask[2]) ?? raw.users
    nameOf.set(mask[2], known)
    const isSame = raw.users.some((each) => known.some((name) => personOf(name) === personOf(each)))
    ledger.holds(isSame, `${path}.user has the hash of another name`)
  }
}

/** The key that a name is counted under: folded, `DOMAIN\` taken off (docs/rules/README.md). */
export function personOf(raw) {
  const bare = raw.trim().replace(/^[^\\]+\\{1,2}(?=[^\\])/, '')
  return bare.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').normalize('NFKC')
}

/** What a line's user is counted under: the name, or the mask's hash. */
export function shownPersonOf({ user }) {
  return MASK.exec(user ?? '')?.[2] ?? personOf(user ?? '')
}
