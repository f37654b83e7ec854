import { distanceBetween, type UserView } from '@sekisho/detect'
import type { Attempt, Place } from '@sekisho/event'

/** Another place of the user within a day of the attempt. */
export interface OtherPresence {
  readonly prefix: string
  readonly place: Place
  readonly firstMs: number
  readonly lastMs: number
  /** Least distance from the attempt's place, both radii taken off, km; null when either has no location. */
  readonly distanceLowerKm: number | null
  /** Time between it and the attempt, ms; 0 when the attempt lies in it. */
  readonly gapMs: number
}

/** Those nearest in time first. */
export function otherPresencesOf(
  view: UserView,
  { prefix, place, event }: Attempt,
  day: number,
): OtherPresence[] {
  const { timestampMs } = event
  return view
    .presences(day)
    .filter((presence) => presence.prefix !== prefix)
    .map(({ prefix: at, place: other, firstMs, lastMs }): OtherPresence => {
      const distanceLowerKm = distanceBetween(place, other)?.lowerKm ?? null
      const gapMs = Math.max(0, firstMs - timestampMs, timestampMs - lastMs)
      return { prefix: at, place: other, firstMs, lastMs, distanceLowerKm, gapMs }
    })
    .sort((a, b) => a.gapMs - b.gapMs || a.firstMs - b.firstMs)
}
