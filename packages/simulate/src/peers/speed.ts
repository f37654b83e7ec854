import { type Attempt, distanceKm, type Place } from '@sekisho/event'
import { flagOfLogin, logGrid, type OnFlag, type PeerRule } from './peer-rule.ts'

const HOUR_MS = 3_600_000

/** Great-circle distance in km between two places. */
export function kilometresBetween(a: Place, b: Place): number {
  return distanceKm(a.latitude, a.longitude, b.latitude, b.longitude)
}

/** Speed in km/h: infinite for no time at all, negative when time goes back, 0 for no distance. */
export function kilometresPerHour(distance: number, gapMs: number): number {
  return distance === 0 ? 0 : (distance * HOUR_MS) / gapMs
}

/** Least distances that rules of travel are tried with, km: the field's go from none to 1,207. */
const LEAST_DISTANCES_KM = [0, 100, 250, 500, 1000, 2000, 4000]

/** The grid of a rule of travel: its speed, and the distance below which it is silent. */
export class TravelGrid {
  readonly #distancesKm: readonly number[]
  readonly rule: Pick<PeerRule, 'unit' | 'thresholds' | 'shipped' | 'settings'>

  /** @param leastKm the least distance that the rule ships with, 0 for none */
  constructor(speedKmh: number, leastKm: number) {
    this.#distancesKm = [leastKm, ...LEAST_DISTANCES_KM.filter((km) => km !== leastKm)]
    this.rule = {
      unit: 'km/h',
      thresholds: logGrid(speedKmh, -2, 8),
      shipped: speedKmh,
      settings: this.#distancesKm.map((km) => (km === 0 ? 'any distance' : `over ${km} km`)),
    }
  }

  /** Flags a login that was so far and so fast from another. */
  flag(onFlag: OnFlag, login: Attempt, distance: number, speedKmh: number, saidMs?: number): void {
    if (speedKmh < (this.rule.thresholds[0] ?? 0)) return
    const flag = flagOfLogin(login, saidMs)
    for (const [setting, leastKm] of this.#distancesKm.entries()) {
      if (distance >= leastKm) onFlag(flag, speedKmh, setting)
    }
  }
}
