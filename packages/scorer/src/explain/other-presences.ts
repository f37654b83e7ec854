import { distanceBetween, journeyBetween, type UserView } from '@sekisho/detect'
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
  /** Least speed of the journey between them, km/h; null when either has no location, or the attempt is no sign of life. */
  readonly speedLowerKmh: number | null
}

/** Those nearest in time first. */
export function otherPresencesOf(
  view: UserView,
  { prefix, place, event }: Attempt,
  day: number,
): OtherPresence[] {
  const { timestampMs } = event
  const { travel } = view.config.limits
  const presences = view.presences(day)
  const own = presences.find(
    ({ prefix: at, firstMs, lastMs }) =>
      at === prefix && firstMs <= timestampMs && timestampMs <= lastMs,
  )
  return presences
    .filter((presence) => presence.prefix !== prefix)
    .map((presence): OtherPresence => {
      const { prefix: at, place: other, firstMs, lastMs } = presence
      const distanceLowerKm = distanceBetween(place, other)?.lowerKm ?? null
      const gapMs = Math.max(0, firstMs - timestampMs, timestampMs - lastMs)
      const journey = own === undefined ? null : journeyBetween(own, presence, travel)
      const speedLowerKmh = journey?.speedLowerKmh ?? null
      return { prefix: at, place: other, firstMs, lastMs, distanceLowerKm, gapMs, speedLowerKmh }
    })
    .sort((a, b) => a.gapMs - b.gapMs || a.firstMs - b.firstMs)
}
