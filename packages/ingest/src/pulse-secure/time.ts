import type { LoggedEvent } from '@sekisho/event'
import type { Stamp } from '../header/syslog-envelope.ts'
import type { WallClock } from '../time/wall-clock.ts'

/** How far a header may be from the line's own time and still speak of the same moment. */
const SKEW_MS_MAX = 15 * 60_000

/**
 * Sets the time of an event from the line's own local time, which has no zone.
 *
 * The zone is that of an RFC 3339 header, else the one the caller named. When the local time in either zone is more
 * than 15 minutes from the header's instant (a replay, a relay in another zone), the header's instant counts, the
 * event is marked `recovered` and its `timeSkewS` tells by how much. Without a header that has a zone, the caller's
 * zone alone counts.
 *
 * @returns false when there is no zone.
 */
export function setPulseTime(
  event: LoggedEvent,
  wallMs: number,
  envelope: Stamp,
  clock: WallClock | null,
): boolean {
  const named = clock === null ? Number.NaN : clock.instantOf(wallMs)
  if (Number.isNaN(envelope.instantMs)) return setSeconds(event, named)
  const stamped = wallMs - envelope.offsetMinutes * 60_000
  if (Math.abs(stamped - envelope.instantMs) <= SKEW_MS_MAX) return setSeconds(event, stamped)
  if (Math.abs(named - envelope.instantMs) <= SKEW_MS_MAX) return setSeconds(event, named)
  event.recovered = true
  const own = Number.isNaN(named) ? stamped : named
  event.timeSkewS = Math.round((envelope.instantMs - own) / 1000)
  return setSeconds(event, envelope.instantMs - (envelope.instantMs % 1000))
}

function setSeconds(event: LoggedEvent, timestampMs: number): boolean {
  if (Number.isNaN(timestampMs)) return false
  event.timestampMs = timestampMs
  event.resolutionMs = 1000
  return true
}
