import type { DetectConfig } from '@sekisho/detect'
import { NumberMap } from './store/number-map.ts'

/** What a complete day of users adds up to. */
export interface DayCounts {
  activeUsers: number
  concurrentUsers: number
  /** Users by network, and by country, under keys that are never 0 (`storedKeyOf`). */
  readonly networks: NumberMap
  readonly countries: NumberMap
}

/** What one day of one partition's users adds up to, as JSON. */
export interface SavedDay {
  readonly day: number
  readonly activeUsers: number
  readonly concurrentUsers: number
  readonly networks: readonly (readonly [number, number])[]
  readonly countries: readonly (readonly [number, number])[]
}

/** Days and first successes, for a snapshot. */
export interface SavedOrganisation {
  readonly firstMs: readonly (readonly [number, number])[]
  readonly days: readonly SavedDay[]
}

/** Days beyond the profile's that are kept: those that open days of a live run and a slow stage still ask for. */
const DAYS_KEPT_BEYOND = 7

/** Sums of users' complete days: of all users, or of one partition's, which add up to the same. */
export class OrganisationDays {
  readonly #days = new Map<number, DayCounts>()
  /** First success of each active day, for the length of history. */
  readonly #firstMs = new Map<number, number>()
  /** The day that was counted last: nearly always the next one's. */
  #counted: { readonly day: number; readonly counts: DayCounts } | null = null

  /**
   * Counts a user's complete day.
   *
   * @param networks keys of the networks (number and country) of the day's successes
   * @param firstMs time of the user's first success of the day
   */
  count(day: number, networks: readonly number[], firstMs: number): void {
    const counts = this.#countsOf(day)
    counts.activeUsers++
    this.#begin(day, firstMs)
    for (let i = 0; i < networks.length; i++) {
      const key = networks[i] as number
      counts.networks.add(storedKeyOf(key), 1)
      if (i === 0 || !hasCountryBefore(networks, i)) counts.countries.add(storedCountryOf(key), 1)
    }
  }

  /** Counts a user who held sessions in two networks at one time on a day. */
  countConcurrent(day: number): void {
    this.#countsOf(day).concurrentUsers++
  }

  /** A day is complete: days too old for any profile are forgotten. */
  complete(day: number, config: DetectConfig): void {
    const oldest = oldestDayKept(day, config)
    for (const old of this.#days.keys()) if (old < oldest) this.#days.delete(old)
    if (this.#counted !== null && this.#counted.day < oldest) this.#counted = null
  }

  entries(): IterableIterator<[number, DayCounts]> {
    return this.#days.entries()
  }

  get firstMs(): ReadonlyMap<number, number> {
    return this.#firstMs
  }

  /** Adds what another partition's users did on a day. */
  add({ day, ...saved }: SavedDay, firstMs: number | null): void {
    if (firstMs !== null) this.#begin(day, firstMs)
    if (saved.activeUsers === 0 && saved.concurrentUsers === 0) return
    const counts = this.#countsOf(day)
    counts.activeUsers += saved.activeUsers
    counts.concurrentUsers += saved.concurrentUsers
    for (const [key, users] of saved.networks) counts.networks.add(key, users)
    for (const [key, users] of saved.countries) counts.countries.add(key, users)
  }

  /** One day as JSON; zeros when nobody was there. */
  savedDay(day: number): SavedDay {
    const counts = this.#days.get(day)
    return {
      day,
      activeUsers: counts?.activeUsers ?? 0,
      concurrentUsers: counts?.concurrentUsers ?? 0,
      networks: counts?.networks.entries() ?? [],
      countries: counts?.countries.entries() ?? [],
    }
  }

  save(): SavedOrganisation {
    return {
      firstMs: [...this.#firstMs],
      days: [...this.#days.keys()].map((day) => this.savedDay(day)),
    }
  }

  restore({ firstMs, days }: SavedOrganisation): void {
    for (const [day, ms] of firstMs) this.#firstMs.set(day, ms)
    for (const day of days) this.add(day, null)
  }

  #begin(day: number, firstMs: number): void {
    const known = this.#firstMs.get(day)
    if (known === undefined || firstMs < known) this.#firstMs.set(day, firstMs)
  }

  #countsOf(day: number): DayCounts {
    if (this.#counted?.day === day) return this.#counted.counts
    let counts = this.#days.get(day)
    if (counts === undefined) {
      counts = {
        activeUsers: 0,
        concurrentUsers: 0,
        networks: new NumberMap(),
        countries: new NumberMap(),
      }
      this.#days.set(day, counts)
    }
    this.#counted = { day, counts }
    return counts
  }
}

/** The earliest day whose sums are kept when a day is complete. */
export function oldestDayKept(day: number, config: DetectConfig): number {
  return day - config.limits.common.profileDays - DAYS_KEPT_BEYOND
}

/** Maps of numbers have no key 0, which is the network of private addresses. */
function storedKeyOf(networkKey: number): number {
  return networkKey + 1
}

function storedCountryOf(networkKey: number): number {
  return (networkKey % 65_536) + 1
}

function hasCountryBefore(networks: readonly number[], index: number): boolean {
  const country = storedCountryOf(networks[index] as number)
  for (let i = 0; i < index; i++) {
    if (storedCountryOf(networks[i] as number) === country) return true
  }
  return false
}
