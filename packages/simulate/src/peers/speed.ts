import { distanceKm, type Place } from '@sekisho/event'

const HOUR_MS = 3_600_000

/** A login that a rule of travel remembers. */
export interface PlacedLogin {
  readonly timestampMs: number
  readonly address: string
  readonly place: Place
}

/** Great-circle distance in km between two logins. */
export function kilometresBetween(a: PlacedLogin, b: PlacedLogin): number {
  return distanceKm(a.place.latitude, a.place.longitude, b.place.latitude, b.place.longitude)
}

/**
 * Speed in km/h between two logins, whichever was first.
 * @param leastGapMs taken for a shorter gap; without it two logins at one time are infinitely fast
 */
export function kilometresPerHour(a: PlacedLogin, b: PlacedLogin, leastGapMs = 0): number {
  const gapMs = Math.max(leastGapMs, Math.abs(b.timestampMs - a.timestampMs))
  const distance = kilometresBetween(a, b)
  return distance === 0 ? 0 : (distance * HOUR_MS) / gapMs
}
