import type { Limits } from './limits.ts'
import type { Presence, SessionSpan } from './user-view.ts'

/**
 * Longest time for which a session of one presence and a session of another were open together, ms; 0 without
 * both. A session belongs to a presence in its source network while it lasts; of a very long one only the last part
 * counts, as for presences (`travel.sessionMsMax`).
 *
 * @param sessions ended sessions of the user
 */
export function concurrentMsOf(
  a: Presence,
  b: Presence,
  sessions: readonly SessionSpan[],
  { sessionMsMax }: Limits['travel'],
): number {
  const startMsOf = ({ startMs, endMs }: SessionSpan): number =>
    Math.max(startMs, endMs - sessionMsMax)
  const sessionsOf = (presence: Presence): SessionSpan[] =>
    sessions.filter(
      (session) =>
        session.attempt.prefix === presence.prefix &&
        startMsOf(session) <= presence.lastMs &&
        session.endMs >= presence.firstMs,
    )
  const others = sessionsOf(b)
  let longestMs = 0
  for (const one of sessionsOf(a)) {
    for (const other of others) {
      const overlapMs =
        Math.min(one.endMs, other.endMs) - Math.max(startMsOf(one), startMsOf(other))
      longestMs = Math.max(longestMs, overlapMs)
    }
  }
  return longestMs
}
