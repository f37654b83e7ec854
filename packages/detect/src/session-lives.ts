import type { Attempt } from '@sekisho/event'
import { compareText } from './evidence.ts'
import { SECOND_MS } from './time.ts'

/** What says how long a session id means one session, ms. */
export interface SessionReach {
  /** A session without a sign for longer than this is dead (`session.idleMs`). */
  readonly idleMs: number
  /** A login is this close before the start of its session (`common.loginGroupMs`). */
  readonly loginGroupMs: number
}

/**
 * The sessions of one user: for each the lines that show where it was used, by (time, id). An id names one session of
 * one gateway until it ends or dies: FortiGate counts tunnels anew after a restart.
 *
 * A session is over with its end line, with `idleMs` without a sign, and, where an end line says how long it lasted,
 * what came before its start was another one. A line by which the gateway says that a session moved continues the one
 * that was there, even after an end: Pulse Secure closes the tunnel when its client changes the network and opens
 * another one in the same session. The end of a session that timed out or was deleted shows nobody anywhere.
 */
export function sessionLivesOf(lines: readonly Attempt[], reach: SessionReach): Attempt[][] {
  const perId = Map.groupBy(lines, ({ event }) =>
    JSON.stringify([event.gatewaySerial || event.gateway, event.sessionId]),
  )
  return [...perId.values()].flatMap((ofId) => livesOfId(ofId, reach))
}

function livesOfId(lines: readonly Attempt[], reach: SessionReach): Attempt[][] {
  const lives: Attempt[][] = []
  let life: Attempt[] = []
  let isOver = true
  for (const line of [...lines].sort(byTimeEndsFirst)) {
    if (isNewLife(life, isOver, line, reach)) {
      life = []
      lives.push(life)
    }
    life.push(line)
    isOver = line.event.attempt === 'session_end'
    if (isOver) {
      const earlier = life.splice(0, startIndexOf(life, line, reach))
      if (earlier.length > 0) lives.splice(-1, 0, earlier)
    }
  }
  return lives.map((each) => each.filter(isSign))
}

/** At one instant the end of a session stands before the start of the next: an id is given again after it is free. */
function byTimeEndsFirst(a: Attempt, b: Attempt): number {
  return (
    a.event.timestampMs - b.event.timestampMs ||
    Number(b.event.attempt === 'session_end') - Number(a.event.attempt === 'session_end') ||
    compareText(a.id, b.id)
  )
}

function isNewLife(
  life: readonly Attempt[],
  isOver: boolean,
  { event }: Attempt,
  { idleMs }: SessionReach,
): boolean {
  const last = life.at(-1)
  if (last === undefined) return true
  if (isOver && event.attempt !== 'session_move') return true
  const { timestampMs: lastMs } = last.event
  const isIdle = event.timestampMs - lastMs > idleMs
  return isIdle && (startMsOf(event) ?? Number.POSITIVE_INFINITY) > lastMs
}

/** When the session of an end line began, at the earliest: durations are whole seconds, rounded down. */
function startMsOf({ attempt, durationS, timestampMs }: Attempt['event']): number | null {
  if (attempt !== 'session_end' || durationS < 0) return null
  return timestampMs - (durationS + 1) * SECOND_MS
}

/** Where the lines of the session that `end` ends begin. A moved session is never cut from what it was before. */
function startIndexOf(life: readonly Attempt[], end: Attempt, reach: SessionReach): number {
  const startMs = startMsOf(end.event)
  if (startMs === null) return 0
  let index = life.findIndex(({ event }) => event.timestampMs >= startMs - reach.loginGroupMs)
  while (index > 0 && life[index]?.event.attempt === 'session_move') index--
  return index
}

function isSign({ event }: Attempt): boolean {
  return event.attempt !== 'session_end' || event.outcome === 'success'
}
