import type { DetectConfig, OrganisationProfile } from '@sekisho/detect'
import { Organisation, type ProfileSource } from './organisation.ts'
import { oldestDayKept, type SavedDay } from './organisation-days.ts'
import { NumberMap } from './store/number-map.ts'

/** What the users of one partition add to the organisation by the end of a complete day, or a piece of it. */
export interface OrganisationPart {
  readonly partition: number
  readonly day: number
  /** From 0; the counts and the first success stand in piece 0. */
  readonly piece: number
  readonly counts: SavedDay | null
  /** Time of the day's first success, epoch ms. */
  readonly firstMs: number | null
  /** Source networks that the users used, and how many used each on enough days (`regularsOfAccounts`). */
  readonly regulars: readonly (readonly [prefix: number, users: number])[]
}

/**
 * The organisation put together from what the partitions of stage U published of their complete days. The profile of a day is
 * whole when every partition has completed the day.
 */
export class SharedOrganisation implements ProfileSource {
  readonly #organisation: Organisation
  readonly #closedThrough: number[]
  readonly #regulars = new Map<number, NumberMap>()
  /** Parts that were received, by day. */
  readonly #known = new Map<number, Set<string>>()
  readonly #config: DetectConfig
  #keptFrom = Number.NEGATIVE_INFINITY

  constructor(config: DetectConfig, partitions: number) {
    this.#config = config
    this.#organisation = new Organisation(
      config,
      (day) => this.#regulars.get(day) ?? new NumberMap(),
    )
    this.#closedThrough = Array.from({ length: partitions }, () => Number.NEGATIVE_INFINITY)
  }

  /** The last day that every partition has completed; profiles up to it are whole. */
  get closedThrough(): number {
    return Math.min(...this.#closedThrough)
  }

  profile(day: number): OrganisationProfile {
    return this.#organisation.profile(day)
  }

  /** Takes in a part. Repetitions change nothing. */
  receive({ partition, day, piece, counts, firstMs, regulars }: OrganisationPart): void {
    if (day < this.#oldest) {
      this.#receiveOld(day, firstMs)
      return
    }
    const name = `${partition}/${piece}`
    const known = this.#known.get(day) ?? new Set()
    if (known.has(name)) return
    this.#known.set(day, known.add(name))
    if (counts !== null) this.#organisation.days.add(counts, firstMs)
    if (regulars.length > 0 && day >= this.#keptFrom) {
      let ofDay = this.#regulars.get(day)
      if (ofDay === undefined) {
        ofDay = new NumberMap()
        this.#regulars.set(day, ofDay)
      }
      for (const [prefix, users] of regulars) ofDay.add(prefix, users)
    }
    this.#organisation.forgetProfiles(day)
  }

  /** A partition has completed every day up to this one; its parts of them were received. */
  close(partition: number, through: number): void {
    this.#closedThrough[partition] = Math.max(
      this.#closedThrough[partition] ?? Number.NEGATIVE_INFINITY,
      through,
    )
  }

  /** Nobody asks for profiles before a day any more. */
  forgetBefore(day: number): void {
    this.#keptFrom = Math.max(this.#keptFrom, day)
    for (const old of this.#regulars.keys()) if (old < day) this.#regulars.delete(old)
    for (const old of this.#known.keys()) if (old < this.#oldest) this.#known.delete(old)
    this.#organisation.days.complete(this.#keptFrom, this.#config)
  }

  /** Its sums are in no profile any more, but the length of history still counts it. */
  #receiveOld(day: number, firstMs: number | null): void {
    this.#organisation.days.add(
      { day, activeUsers: 0, concurrentUsers: 0, networks: [], countries: [] },
      firstMs,
    )
    this.#organisation.forgetProfiles(day)
  }

  /** Days before it are in no profile any more. */
  get #oldest(): number {
    return oldestDayKept(this.#keptFrom, this.#config)
  }
}
