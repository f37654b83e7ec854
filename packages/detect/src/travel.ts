import { distanceKm, type Place } from '@sekisho/event'
import { landNeighboursOf } from './land-borders.ts'
import type { Limits } from './limits.ts'
import { HOUR_MS } from './time.ts'

/** Rounded to metres, so that no platform's last bits of a sine show. */
function metresOf(km: number): number {
  return Math.round(km * 1000) / 1000
}

/**
 * A client that crosses a border on foot keeps its carrier: on mobile networks the same country, or one that
 * shares a land border, is no distance at all (A.1).
 */
function isWithinMobileReach(a: Place, b: Place): boolean {
  if (a.networkClass !== 'mobile' && b.networkClass !== 'mobile') return false
  return a.country === b.country || landNeighboursOf(a.country).includes(b.country)
}

/** Distance between two places and its lower bound (distance less both radii), km; null when either has no location. */
export function distanceBetween(a: Place, b: Place): { km: number; lowerKm: number } | null {
  if (!a.hasLocation || !b.hasLocation) return null
  const km = metresOf(distanceKm(a.latitude, a.longitude, b.latitude, b.longitude))
  if (isWithinMobileReach(a, b)) return { km, lowerKm: 0 }
  return { km, lowerKm: metresOf(Math.max(0, km - a.radiusKm - b.radiusKm)) }
}

/** Lower-bound speed, km/h. */
export function speedLowerKmhOf(distanceLowerKm: number, elapsedUpperMs: number): number {
  return distanceLowerKm / (elapsedUpperMs / HOUR_MS)
}

/** True when nobody can have travelled that: both lower bounds over their limits (A.2). */
export function isInfeasible(
  distanceLowerKm: number,
  speedLowerKmh: number,
  limits: Limits['travel'],
): boolean {
  return distanceLowerKm >= limits.distanceLowerKmMin && speedLowerKmh >= limits.speedLowerKmhMin
}
