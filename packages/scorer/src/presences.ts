import { compareText, HOUR_MS, type Presence, type SessionSpan } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import type { ResolvedDay } from './resolved-day.ts'

/** Presence cells kept of one hour; nobody honest is in more networks at a time. */
const CELLS_PER_HOUR = 8
/** A session belongs to the login that its start is this close to. */
const SESSION_LOGIN_MS = 300_000

interface Cell {
  prefix: string
  hour: number
  firstMs: number
  lastMs: number
  first: Attempt
  last: Attempt
  isLogin: boolean
}

/**
 * Where and when a user was: one presence for each source network and hour with a sign of life, prolonged to the
 * end of a session that began there. A function of the days' facts; by time.
 */
export function presencesOf(
  days: readonly Pick<ResolvedDay, 'signs' | 'sessions'>[],
  sessionMsMax: number,
): Presence[] {
  const cells = new Map<string, Cell>()
  for (const { signs } of days) for (const sign of signs) addSign(cells, sign)
  const logins = cappedCells([...cells.values()])
  const spans = new Map<string, Cell>()
  for (const { sessions } of days) {
    for (const session of sessions) {
      const cell = cellOfSession(logins, session)
      if (cell === null) addSpan(spans, session, sessionMsMax)
      else if (session.endMs > cell.lastMs) {
        cell.lastMs = session.endMs
        cell.last = session.attempt
      }
    }
  }
  return [...logins, ...cappedCells([...spans.values()])]
    .sort((a, b) => a.firstMs - b.firstMs || compareText(a.first.id, b.first.id))
    .map(({ hour: _hour, ...cell }) => ({ ...cell, place: cell.first.place }))
}

function addSign(cells: Map<string, Cell>, sign: Attempt): void {
  const { timestampMs } = sign.event
  const isLogin = sign.event.attempt === 'success'
  const hour = Math.floor(timestampMs / HOUR_MS)
  const key = `${hour}|${sign.prefix}`
  const cell = cells.get(key)
  if (cell === undefined) {
    const span = { firstMs: timestampMs, lastMs: timestampMs, first: sign, last: sign }
    cells.set(key, { prefix: sign.prefix, hour, ...span, isLogin })
    return
  }
  // A presence begins with its login: a session line before it in the hour only prolongs.
  const isBetterStart = isLogin && !cell.isLogin
  if (isBetterStart || (isLogin === cell.isLogin && isBefore(sign, cell.first))) {
    cell.first = sign
    cell.firstMs = timestampMs
  }
  if (isBefore(cell.last, sign)) {
    cell.last = sign
    cell.lastMs = timestampMs
  }
  cell.isLogin ||= isLogin
}

function isBefore(a: Attempt, b: Attempt): boolean {
  return (
    a.event.timestampMs < b.event.timestampMs ||
    (a.event.timestampMs === b.event.timestampMs && a.id < b.id)
  )
}

/** Keeps the cells with the smallest ids of an hour: hashes, so nobody can choose which. */
function cappedCells(cells: readonly Cell[]): Cell[] {
  const perHour = new Map<number, Cell[]>()
  for (const cell of cells) {
    const members = perHour.get(cell.hour)
    if (members === undefined) perHour.set(cell.hour, [cell])
    else members.push(cell)
  }
  return [...perHour.values()].flatMap((members) =>
    members.length <= CELLS_PER_HOUR
      ? members
      : members.sort((a, b) => compareText(a.first.id, b.first.id)).slice(0, CELLS_PER_HOUR),
  )
}

/** The login that a session began with: same network, closest start; ties by id. */
function cellOfSession(cells: readonly Cell[], session: SessionSpan): Cell | null {
  let closest: Cell | null = null
  let closestMs = SESSION_LOGIN_MS
  for (const cell of cells) {
    if (cell.prefix !== session.attempt.prefix || !cell.isLogin) continue
    const isInside = session.startMs >= cell.firstMs && session.startMs <= cell.lastMs
    const distanceMs = isInside ? 0 : Math.abs(cell.firstMs - session.startMs)
    if (distanceMs > closestMs) continue
    if (distanceMs < closestMs || closest === null || cell.first.id < closest.first.id) {
      closest = cell
      closestMs = distanceMs
    }
  }
  return closest
}

/** Sessions without their login: one presence for each network and hour of their end. */
function addSpan(
  spans: Map<string, Cell>,
  { attempt, startMs, endMs }: SessionSpan,
  sessionMsMax: number,
): void {
  const firstMs = Math.max(startMs, endMs - sessionMsMax)
  const hour = Math.floor(endMs / HOUR_MS)
  const key = `${hour}|${attempt.prefix}`
  const cell = spans.get(key)
  if (cell === undefined) {
    const span = { firstMs, lastMs: endMs, first: attempt, last: attempt }
    spans.set(key, { prefix: attempt.prefix, hour, ...span, isLogin: false })
    return
  }
  cell.firstMs = Math.min(cell.firstMs, firstMs)
  if (isBefore(attempt, cell.first)) cell.first = attempt
  if (isBefore(cell.last, attempt)) {
    cell.last = attempt
    cell.lastMs = endMs
  }
}
