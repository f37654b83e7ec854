import { DAY_MS, type DetectConfig, dayStartMs, type OrganisationProfile } from '@sekisho/detect'
import { OrganisationDays, type SavedOrganisation } from './organisation-days.ts'
import { profileHashOf } from './profile-hash.ts'
import type { AccountTable } from './store/account-table.ts'
import { asnOfKey, countryOfKey, KIND, networkKeyOf } from './store/long-term-record.ts'
import type { NumberMap } from './store/number-map.ts'
import { prefixKeyOf, prefixTextOf } from './store/prefix-key.ts'
import { Regulars } from './store/regulars.ts'

/**
 * Profiles kept: those of the days that stages U and N are at, and of the open days of a live run, which asks for them by turns. One
 * that is missing costs a look at every account.
 */
const PROFILES_MAX = 12

/** What a stage asks of the organisation. */
export interface ProfileSource {
  /** The profile of a day, from the days that are complete; equal facts give an equal profile with an equal hash. */
  profile(day: number): OrganisationProfile
}

/** What stage U tells the organisation beside. */
export interface OrganisationView extends ProfileSource {
  /** Counts a user's complete day. @see OrganisationDays.count */
  count(day: number, networks: readonly number[], firstMs: number): void
  /** Counts a user who held sessions in two networks at one time on a day. */
  countConcurrent(day: number): void
}

/**
 * Of each source network that anybody used, as of the end of a day, how many users were there on enough days (A.2, shared
 * egress). Networks with 0 are those of which it is only known that somebody succeeded there.
 */
export function regularsOfAccounts(
  { limits: { common, travel } }: DetectConfig,
  tables: readonly AccountTable[],
  day: number,
): NumberMap {
  const regulars = new Regulars()
  for (const accounts of tables) {
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
  return regulars.map
}

/**
 * What the whole tenant looked like by the end of a day: sums of complete days, and what the accounts remember. A profile is
 * a query as of a complete day.
 */
export class Organisation implements OrganisationView {
  readonly #config: DetectConfig
  readonly #regularsOf: (day: number) => NumberMap
  readonly #days = new OrganisationDays()
  #profiles: OrganisationProfile[] = []

  /** @param regularsOf what the accounts remember of a complete day: `regularsOfAccounts` */
  constructor(config: DetectConfig, regularsOf: (day: number) => NumberMap) {
    this.#config = config
    this.#regularsOf = regularsOf
  }

  /** The sums, to count and to add to; `forgetProfiles` when an earlier day than a known profile's changes. */
  get days(): OrganisationDays {
    return this.#days
  }

  count(day: number, networks: readonly number[], firstMs: number): void {
    this.#days.count(day, networks, firstMs)
  }

  countConcurrent(day: number): void {
    this.#days.countConcurrent(day)
  }

  /** A day is complete: what was said of it before is forgotten. */
  complete(day: number): void {
    this.forgetProfiles(day)
    this.#days.complete(day, this.#config)
  }

  /** Profiles from a day on are computed anew. */
  forgetProfiles(from: number): void {
    this.#profiles = this.#profiles.filter((profile) => profile.day < from)
  }

  profile(day: number): OrganisationProfile {
    let profile = this.#profiles.find((known) => known.day === day)
    if (profile === undefined) {
      profile = this.#compute(day)
      this.#profiles = [profile, ...this.#profiles.slice(0, PROFILES_MAX - 1)]
    }
    return profile
  }

  get isEmpty(): boolean {
    return this.#days.firstMs.size === 0
  }

  /** Everything but the accounts, for a snapshot. */
  save(): SavedOrganisation {
    return this.#days.save()
  }

  restore(saved: SavedOrganisation): void {
    this.#days.restore(saved)
  }

  #compute(day: number): OrganisationProfile {
    const { profileDays } = this.#config.limits.common
    const networks = new Map<number, number>()
    const countries = new Map<string, number>()
    let userDays = 0
    let concurrentUserDays = 0
    for (const [counted, counts] of this.#days.entries()) {
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
    const regulars = this.#regularsOf(day)
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
    for (const active of [...this.#days.firstMs.keys()].sort((a, b) => a - b)) {
      if (active > day) break
      if (previous === null || active - previous > historyGapDays) first = active
      previous = active
    }
    if (first === null || previous === null || day - previous > historyGapDays) return null
    const isPartial = (this.#days.firstMs.get(first) as number) >= dayStartMs(first) + DAY_MS / 2
    return isPartial ? first + 1 : first
  }
}
