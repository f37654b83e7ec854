import { COMMON_LIMITS, DAY_MS, dayStartMs, decidingIds, type Failure } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { type DayActivity, networkKeyOf } from './long-term.ts'

/** A session that ended: the user was there from `startMs` to the end. */
export interface SessionSpan {
  readonly startMs: number
  readonly endMs: number
  readonly attempt: Attempt
}

/** What a user's lines of one UTC day come down to. */
export interface ResolvedDay extends DayActivity {
  /** Logins that count: of several lines of one login, the deciding one. */
  readonly logins: readonly Attempt[]
  /** Refused logins, each with what the lines around it made of it. */
  readonly failures: readonly Failure[]
  /** Every line that shows the user alive at an address: logins, session starts, moves. */
  readonly signs: readonly Attempt[]
  readonly sessions: readonly SessionSpan[]
}

/**
 * Resolves one day; the neighbours give the lines just across midnight.
 * All lists are by (time, id); a function of the sets, symmetric in time.
 */
export function resolveDay(
  day: number,
  before: readonly Attempt[],
  on: readonly Attempt[],
  after: readonly Attempt[],
): ResolvedDay {
  const startMs = dayStartMs(day)
  const near = [
    ...before.filter(({ event }) => event.timestampMs >= startMs - COMMON_LIMITS.loginGroupMs),
    ...on,
    ...after.filter(
      ({ event }) => event.timestampMs < startMs + DAY_MS + COMMON_LIMITS.loginGroupMs,
    ),
  ]
  const deciding = decidingIds(near.filter(({ event }) => event.decides !== 'no').map(candidateOf))
  const factorDenied = factorDeniedIds(near, deciding)
  const logins: Attempt[] = []
  const failures: Failure[] = []
  const signs: Attempt[] = []
  const sessions: SessionSpan[] = []
  for (const attempt of on) {
    const { event, id } = attempt
    if (event.attempt === 'success') {
      signs.push(attempt)
      if (deciding.has(id)) logins.push(attempt)
    } else if (event.attempt === 'session_start' || event.attempt === 'session_move') {
      signs.push(attempt)
    } else if (event.attempt === 'session_end') {
      // A session that timed out or was deleted says nothing of where its user was at the end.
      if (event.outcome === 'success') sessions.push(spanOf(attempt))
    } else if (factorDenied.has(id)) failures.push({ attempt, outcome: 'mfa_denied' })
    else if (deciding.has(id)) failures.push({ attempt, outcome: event.attempt })
  }
  return { logins, failures, signs, sessions, ...activityOf(signs) }
}

function candidateOf(attempt: Attempt) {
  const { event, id } = attempt
  return {
    id,
    timestampMs: event.timestampMs,
    decides: event.decides,
    isSuccess: event.attempt === 'success',
    address: event.sourceAddress,
    gateway: event.gatewaySerial === '' ? event.gateway : event.gatewaySerial,
    sessionId: event.sessionId,
  }
}

function spanOf(attempt: Attempt): SessionSpan {
  const { timestampMs, durationS } = attempt.event
  return { startMs: timestampMs - Math.max(0, durationS) * 1000, endMs: timestampMs, attempt }
}

/**
 * Lines that mean "right password, refused second factor": of each factor line the nearest refused login of the
 * same address, which it explains; or itself, when no other line tells of that login.
 */
function factorDeniedIds(near: readonly Attempt[], deciding: ReadonlySet<string>): Set<string> {
  const denied = new Set<string>()
  const refused = near.filter(({ event, id }) => event.outcome === 'failure' && deciding.has(id))
  for (const line of near) {
    const { event, id } = line
    if (event.attempt !== 'mfa_denied') continue
    if (event.decides !== 'no') {
      denied.add(id)
      continue
    }
    const explained = nearestOf(line, refused)
    denied.add(explained === null ? id : explained.id)
  }
  return denied
}

function nearestOf(line: Attempt, refused: readonly Attempt[]): Attempt | null {
  let nearest: Attempt | null = null
  let nearestMs: number = COMMON_LIMITS.loginGroupMs
  for (const other of refused) {
    if (other.event.sourceAddress !== line.event.sourceAddress) continue
    const distanceMs = Math.abs(other.event.timestampMs - line.event.timestampMs)
    const isCloser = distanceMs < nearestMs || (distanceMs === nearestMs && nearest === null)
    if (isCloser) {
      nearest = other
      nearestMs = distanceMs
    }
  }
  return nearest
}

/** Networks, prefixes and devices of the day's successful logins, each with its first time. */
function activityOf(signs: readonly Attempt[]): DayActivity {
  const networks = new Map<string, number>()
  const prefixes = new Map<string, number>()
  const devices = new Map<string, number>()
  const add = (map: Map<string, number>, key: string, ms: number): void => {
    if (key !== '' && !map.has(key)) map.set(key, ms)
  }
  for (const { event, place, prefix } of signs) {
    if (event.attempt !== 'success') continue
    add(prefixes, prefix, event.timestampMs)
    add(networks, networkKeyOf(place.asn, place.country), event.timestampMs)
    add(devices, event.deviceId, event.timestampMs)
  }
  return { networks, prefixes, devices }
}
