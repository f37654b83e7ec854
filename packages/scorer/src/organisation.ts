import { DAY_MS, type DetectConfig, dayStartMs, type OrganisationProfile } from '@sekisho/detect'
import { profileHashOf } from './profile-hash.ts'
import type { AccountTable } from './store/account-table.ts'
import { asnOfKey, countryOfKey, KIND, networkKeyOf } from './store/long-term-record.ts'
import { NumberMap } from './store/number-map.ts'
import { prefixKeyOf, prefixTextOf } from './store/prefix-key.ts'

/** What a complete day of all users adds up to. */
interface DayCounts {
  activeUsers: number
  concurrentUsers: number
  readonly networks: NumberMap
  readonly countries: NumberMap
}

/** Profiles kept: those of the days that stages U and N are at, and of the open days of a live run. */
const PROFILES_MAX = 4

/**
 * What the whole tenant looked like by the end of a day: sums of complete days, and what the accounts remember. A profile is
 * a query as of a complete day.
 */
export class Organisation {
  readonly #config: DetectConfig
  readonly #accounts: readonly AccountTable[]
  readonly #days = new Map<number, DayCounts>()
  /** First success of each active day, for the length of history. */
  readonly #firstMs = new Map<number, number>()
  #profiles: OrganisationProfile[] = []
  /** The day that was counted last: nearly always the next one's. */
  #counted: { readonly day: number; readonly counts: DayCounts } | null = null

  constructor(config: DetectConfig, accounts: readonly AccountTable[]) {
    this.#config = config
    this.#accounts = accounts
  }

  /**
   * Counts a user's complete day.
   *
   * @param networks keys of the networks (number and country) of the day's successes
   * @param firstMs time of the user's first success of the day
   */
  count(day: number, networks: readonly number[], firstMs: number): void {
    const counts = this.#countsOf(day)
    counts.activeUsers++
    const known = this.#firstMs.get(day)
    if (known === undefined || firstMs < known) this.#firstMs.set(day, firstMs)
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

  /** A day is complete: what was said of it before is forgotten. */
  complete(day: number): void {
    this.#profiles = this.#profiles.filter((profile) => profile.day < day)
    const oldest = day - this.#config.limits.common.profileDays - PROFILES_MAX - 3
    for (const old of this.#days.keys()) if (old < oldest) this.#days.delete(old)
  }

  /** The profile of a day, from the days that are complete; equal facts give an equal profile with an equal hash. */
  profile(day: number): OrganisationProfile {
    let profile = this.#profiles.find((known) => known.day === day)
    if (profile === undefined) {
      profile = this.#compute(day)
      this.#profiles = [profile, ...this.#profiles.slice(0, PROFILES_MAX - 1)]
    }
    return profile
  }

  get isEmpty(): boolean {
    return this.#firstMs.size === 0
  }

  /** Everything but the accounts, for a snapshot. */
  save(): unknown {
    return {
      firstMs: [...this.#firstMs],
      days: [...this.#days].map(([day, counts]) => ({
        day,
        ...counts,
        networks: counts.networks.entries(),
        countries: counts.countries.entries(),
      })),
    }
  }

  restore(saved: unknown): void {
    const { firstMs, days } = saved as {
      firstMs: [number, number][]
      days: (Omit<DayCounts, 'networks' | 'countries'> & {
        day: number
        networks: [number, number][]
        countries: [number, number][]
      })[]
    }
    for (const [day, ms] of firstMs) this.#firstMs.set(day, ms)
    for (const { day, networks, countries, ...counts } of days) {
      this.#days.set(day, {
        ...counts,
        networks: NumberMap.of(networks),
        countries: NumberMap.of(countries),
      })
    }
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

  #compute(day: number): OrganisationProfile {
    const { profileDays } = this.#config.limits.common
    const networks = new Map<number, number>()
    const countries = new Map<string, number>()
    let userDays = 0
    let concurrentUserDays = 0
    for (const [counted, counts] of this.#days) {
      if (counted > day || counted <= day - profileDays) continue
      userDays += counts.activeUsers
      concurrentUserDays += counts.concurrentUsers
      counts.networks.forEach((stored, users) => {
        const key = stored - 1
        networks.set(key, (networks.get(key) ?? 0) + users)
      })
      counts.countries.forEach((stored, users) => {
        const country = countryOfKey(stored - 1)
        if (country !== '') countries.set(country, (countries.get(country) ?? 0) + users)
      })
    }
    const regulars = this.#regularsOfPrefixes(day)
    const shared = this.#sharedOf(regulars)
    const firstDay = this.#firstDay(day)
    return {
      day,
      hash: profileHashOf({
        firstDay,
        userDays,
        networks: [...networks].map(([key, users]) => [
          `${asnOfKey(key)}|${countryOfKey(key)}`,
          users,
        ]),
        countries: [...countries],
        sharedEgress: [...shared].map(prefixTextOf),
        concurrentUserDays,
      }),
      firstDay,
      userDays,
      networkUserDays: (asn, country) => networks.get(networkKeyOf(asn, country)) ?? 0,
      countryShare: (country) => (userDays === 0 ? 0 : (countries.get(country) ?? 0) / userDays),
      isSharedEgress: (prefix) => shared.has(prefixKeyOf(prefix)),
      hasSucceededFrom: (prefix) => regulars.has(prefixKeyOf(prefix)),
      concurrentShare: userDays === 0 ? 0 : concurrentUserDays / userDays,
    }
  }

  /** Of each source network that anybody used how many users were there on enough days (A.2, shared egress). */
  #regularsOfPrefixes(day: number): NumberMap {
    const { common, travel } = this.#config.limits
    const regulars = new NumberMap()
    for (const accounts of this.#accounts) {
      accounts.forEachRecord((record) => {
        record.addRegulars(
          regulars,
          KIND.prefix,
          day - common.vouchDays + 1,
          day - common.profileDays + 1,
          day,
          travel.sharedEgressDaysPerUser,
        )
      })
    }
    return regulars
  }

  #sharedOf(regulars: NumberMap): Set<number> {
    const shared = new Set<number>()
    const least = this.#config.limits.travel.sharedEgressUsers
    regulars.forEach((key, users) => {
      if (users >= least) shared.add(key)
    })
    return shared
  }

  /**
   * First complete day of the stretch of history that reaches `day`: a long silence before it begins a new one, and a day
   * that begins in its second half is no complete day.
   */
  #firstDay(day: number): number | null {
    const { historyGapDays } = this.#config.limits.common
    let first: number | null = null
    let previous: number | null = null
    for (const active of [...this.#firstMs.keys()].sort((a, b) => a - b)) {
      if (active > day) break
      if (previous === null || active - previous > historyGapDays) first = active
      previous = active
    }
    if (first === null || previous === null || day - previous > historyGapDays) return null
    const isPartial = (this.#firstMs.get(first) as number) >= dayStartMs(first) + DAY_MS / 2
    return isPartial ? first + 1 : first
  }
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
