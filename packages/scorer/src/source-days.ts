import {
  type AnnotatedAttempt,
  attacksAround,
  byTimeAndId,
  compareText,
  type DetectConfig,
  dayOf,
  type OrganisationProfile,
  type SourceAttack,
  type SourceView,
  type VouchedLogin,
} from '@sekisho/detect'
import type { SourceLog } from './source-log.ts'

/** What one source network's rows of a day say, in order. */
interface Day {
  /** By (time, id). */
  readonly attempts: readonly AnnotatedAttempt[]
  /** By time and user. */
  readonly vouchedLogins: readonly VouchedLogin[]
}

const NOTHING: Day = { attempts: [], vouchedLogins: [] }

/** Days before one that its attack's neighbours reach into. */
const DAYS_BEFORE = 2

/** The open days of one source network, read once for each question. */
export class SourceDays {
  readonly #logs: ReadonlyMap<number, SourceLog>
  readonly #prefix: string
  readonly #key: number
  readonly #config: DetectConfig
  readonly #profile: OrganisationProfile
  readonly #days = new Map<number, Day>()

  constructor(
    logs: ReadonlyMap<number, SourceLog>,
    prefix: string,
    key: number,
    config: DetectConfig,
    profile: OrganisationProfile,
  ) {
    this.#logs = logs
    this.#prefix = prefix
    this.#key = key
    this.#config = config
    this.#profile = profile
  }

  /** The network as rules see it when they ask for a day. */
  viewOf(day: number): SourceView {
    const within = <T>(list: (day: number) => readonly T[], timeOf: (item: T) => number) => {
      return (fromMs: number, toMs: number): T[] => {
        const found: T[] = []
        for (let each = dayOf(fromMs); each <= dayOf(toMs); each++) {
          for (const item of list(each)) {
            if (timeOf(item) >= fromMs && timeOf(item) <= toMs) found.push(item)
          }
        }
        return found
      }
    }
    return {
      config: this.#config,
      profile: this.#profile,
      prefix: this.#prefix,
      attempts: within(
        (each) => this.#day(each).attempts,
        ({ attempt }) => attempt.event.timestampMs,
      ),
      vouchedLogins: within(
        (each) => this.#day(each).vouchedLogins,
        ({ timestampMs }) => timestampMs,
      ),
      isCapped: (fromMs, toMs) => {
        for (let each = dayOf(fromMs); each <= dayOf(toMs); each++) {
          if (this.#logs.get(each)?.isCapped(this.#key)) return true
        }
        return false
      },
      firstSuccessMs: this.#firstSuccessMs(day),
    }
  }

  /** The attacks of a day and its two neighbours. */
  attacksAround(day: number): SourceAttack[] {
    return attacksAround((near) => this.viewOf(near), day)
  }

  /** Names that stage U knows as people's, among the rows around a day. */
  personsAround(day: number): ReadonlySet<string> {
    const persons = new Set<string>()
    for (const near of [day - 1, day, day + 1]) {
      const { attempts, vouchedLogins } = this.#day(near)
      for (const { isPerson, attempt } of attempts) if (isPerson) persons.add(attempt.event.userKey)
      for (const { userKey } of vouchedLogins) persons.add(userKey)
    }
    return persons
  }

  #firstSuccessMs(day: number): number | null {
    for (let near = day - DAYS_BEFORE; near <= day + 1; near++) {
      const { attempts, vouchedLogins } = this.#day(near)
      const times = vouchedLogins.map(({ timestampMs }) => timestampMs)
      for (const { outcome, attempt } of attempts) {
        if (outcome === 'success') times.push(attempt.event.timestampMs)
      }
      if (times.length > 0) return times.reduce((a, b) => Math.min(a, b))
    }
    return null
  }

  #day(day: number): Day {
    let known = this.#days.get(day)
    if (known === undefined) {
      const log = this.#logs.get(day)
      known = log === undefined ? NOTHING : inOrder(log.read(this.#key))
      this.#days.set(day, known)
    }
    return known
  }
}

function inOrder({ attempts, vouchedLogins }: ReturnType<SourceLog['read']>): Day {
  attempts.sort((a, b) => byTimeAndId(a.attempt, b.attempt))
  vouchedLogins.sort(
    (a, b) =>
      a.timestampMs - b.timestampMs ||
      compareText(a.userKey, b.userKey) ||
      compareText(a.address, b.address),
  )
  return { attempts, vouchedLogins }
}
