import {
  DAY_MS,
  dayOf,
  dayStartMs,
  decidingIds,
  type Failure,
  loginCandidateOf,
  MINUTE_MS,
  type SessionSpan,
} from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'

/**
 * How far across midnight lines are looked at: longer than any login takes, and little enough that the last minutes of a
 * day can be kept when its other lines go.
 */
export const NEIGHBOUR_MS = 10 * MINUTE_MS

/** What a user's lines of one UTC day come down to. */
export interface ResolvedDay {
  /** Logins that count: of several lines of one login, the deciding one. */
  readonly logins: readonly Attempt[]
  /** Refused logins, each with what the lines around it made of it. */
  readonly failures: readonly Failure[]
  /** Every line that shows the user alive at an address: logins, session starts, moves. */
  readonly signs: readonly Attempt[]
  readonly sessions: readonly SessionSpan[]
  /** Every line that tells of a success, whether it decides or not: what the day teaches. */
  readonly successes: readonly Attempt[]
}

/**
 * Resolves one day; the neighbours give the lines just across midnight.
 * All lists are by (time, id); a function of the sets, symmetric in time.
 */
export function resolveDay(
  before: readonly Attempt[],
  on: readonly Attempt[],
  after: readonly Attempt[],
  loginGroupMs: number,
): ResolvedDay {
  const near = withinReach(before, on, after, loginGroupMs)
  const deciding = decidingIds(
    near
      .filter(({ event }) => event.decides !== 'no')
      .map(({ id, event }) => loginCandidateOf(id, event)),
    loginGroupMs,
  )
  const factorDenied = factorDeniedIds(near, deciding, loginGroupMs)
  const logins: Attempt[] = []
  const failures: Failure[] = []
  const signs: Attempt[] = []
  const sessions: SessionSpan[] = []
  const successes: Attempt[] = []
  for (const attempt of on) {
    const { event, id } = attempt
    if (event.attempt === 'success') {
      signs.push(attempt)
      successes.push(attempt)
      if (deciding.has(id)) logins.push(attempt)
    } else if (event.attempt === 'session_start' || event.attempt === 'session_move') {
      signs.push(attempt)
    } else if (event.attempt === 'session_end') {
      // A session that timed out or was deleted says nothing of where its user was at the end.
      if (event.outcome === 'success') sessions.push(spanOf(attempt))
    } else if (factorDenied.has(id)) failures.push({ attempt, outcome: 'mfa_denied' })
    else if (deciding.has(id)) failures.push({ attempt, outcome: event.attempt })
  }
  return { logins, failures, signs, sessions, successes }
}

/**
 * The day's attempts, and the neighbours' lines that hang together with them across midnight: each within a login's
 * reach of the next one.
 */
function withinReach(
  before: readonly Attempt[],
  on: readonly Attempt[],
  after: readonly Attempt[],
  reachMs: number,
): readonly Attempt[] {
  const startMs = dayStartMs(dayOf(timeOf(on, 0)))
  const earliestMs = startMs - NEIGHBOUR_MS
  const latestMs = startMs + DAY_MS + NEIGHBOUR_MS
  let from = before.length
  let nextMs = timeOf(on, 0)
  for (; from > 0 && nextMs - timeOf(before, from - 1) <= reachMs; from--) {
    if (timeOf(before, from - 1) < earliestMs) break
    nextMs = timeOf(before, from - 1)
  }
  let to = 0
  let lastMs = timeOf(on, on.length - 1)
  for (; to < after.length && timeOf(after, to) - lastMs <= reachMs; to++) {
    if (timeOf(after, to) >= latestMs) break
    lastMs = timeOf(after, to)
  }
  if (from === before.length && to === 0) return on
  return [...before.slice(from), ...on, ...after.slice(0, to)]
}

function timeOf(attempts: readonly Attempt[], index: number): number {
  return (attempts[index] as Attempt).event.timestampMs
}

function spanOf(attempt: Attempt): SessionSpan {
  const { timestampMs, durationS } = attempt.event
  return { startMs: timestampMs - Math.max(0, durationS) * 1000, endMs: timestampMs, attempt }
}

/**
 * Lines that mean "right password, refused second factor": of each factor line the nearest refused login of the
 * same address, which it explains; or itself, when no other line tells of that login.
 */
function factorDeniedIds(
  near: readonly Attempt[],
  deciding: ReadonlySet<string>,
  reachMs: number,
): Set<string> {
  const denied = new Set<string>()
  const factors = near.filter(({ event }) => event.attempt === 'mfa_denied')
  if (factors.length === 0) return denied
  const refused = Map.groupBy(
    near.filter(({ event, id }) => event.outcome === 'failure' && deciding.has(id)),
    ({ event }) => event.sourceAddress,
  )
  for (const line of factors) {
    const { event, id } = line
    if (event.decides !== 'no') {
      denied.add(id)
      continue
    }
    const explained = nearestOf(line, refused.get(event.sourceAddress) ?? [], reachMs)
    denied.add(explained === null ? id : explained.id)
  }
  return denied
}

/** The refused login of one address that is nearest in time; the earlier of two, then the smaller id. */
function nearestOf(line: Attempt, refused: readonly Attempt[], reachMs: number): Attempt | null {
  const { timestampMs } = line.event
  let low = 0
  let high = refused.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (timeOf(refused, middle) < timestampMs) low = middle + 1
    else high = middle
  }
  const candidates = [refused[firstOfTime(refused, low - 1)], refused[low]]
  let nearest: Attempt | null = null
  let nearestMs = reachMs + 1
  for (const candidate of candidates) {
    if (candidate === undefined) continue
    const distanceMs = Math.abs(candidate.event.timestampMs - timestampMs)
    if (distanceMs < nearestMs) {
      nearest = candidate
      nearestMs = distanceMs
    }
  }
  return nearest
}

/** Of attempts at the same instant the first. */
function firstOfTime(attempts: readonly Attempt[], index: number): number {
  let first = index
  while (first > 0 && timeOf(attempts, first - 1) === timeOf(attempts, first)) first--
  return first
}
