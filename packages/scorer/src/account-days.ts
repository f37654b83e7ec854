import type { DetectConfig } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { type DayActivity, dayActivityOf } from './day-activity.ts'
import { type ResolvedDay, resolveDay } from './resolved-day.ts'
import type { AccountId, AccountTable } from './store/account-table.ts'
import { KIND, type LongTermRecord } from './store/long-term-record.ts'
import type { Vocabulary } from './store/vocabulary.ts'
import type { UserLog } from './user-log.ts'

const HOURS = 24

/** What the accounts of one partition are read from. */
export interface AccountSource {
  readonly config: DetectConfig
  readonly accounts: AccountTable
  readonly vocabulary: Vocabulary
  /** Lines by UTC day. */
  readonly logs: ReadonlyMap<number, UserLog>
  /** Every day up to this one is in the records. */
  readonly closedThrough: number
  /** A high or critical alert of stage U keeps the login from teaching. */
  isWithheld(account: AccountId, day: number, prefixKey: number): boolean
}

/** The days of one account: open ones from its lines, complete ones from its record. Read once for each question. */
export class AccountDays {
  readonly userKey: string
  readonly config: DetectConfig
  readonly #source: AccountSource
  readonly #account: AccountId
  readonly #attempts = new Map<number, readonly Attempt[]>()
  readonly #resolved = new Map<number, ResolvedDay>()
  readonly #activities = new Map<number, DayActivity>()
  #openDays: readonly number[] | null = null

  constructor(source: AccountSource, account: AccountId) {
    this.#source = source
    this.#account = account
    this.config = source.config
    this.userKey = source.accounts.nameOf(account)
  }

  /** Lines of a day, by (time, id). */
  attempts(day: number): readonly Attempt[] {
    let attempts = this.#attempts.get(day)
    if (attempts === undefined) {
      attempts = this.#source.logs.get(day)?.attempts(this.#account, this.userKey) ?? []
      this.#attempts.set(day, attempts)
    }
    return attempts
  }

  /** The day's logins, failures and signs of life, with the lines around midnight taken into account. */
  resolved(day: number): ResolvedDay {
    let resolved = this.#resolved.get(day)
    if (resolved === undefined) {
      const on = this.attempts(day)
      resolved =
        on.length === 0
          ? NOTHING
          : resolveDay(
              this.attempts(day - 1),
              on,
              this.attempts(day + 1),
              this.config.limits.common.loginGroupMs,
            )
      this.#resolved.set(day, resolved)
    }
    return resolved
  }

  /** What the day teaches. */
  activity(day: number): DayActivity {
    let activity = this.#activities.get(day)
    if (activity === undefined) {
      activity = dayActivityOf(
        this.resolved(day).successes,
        day,
        (prefixKey) => this.#source.isWithheld(this.#account, day, prefixKey),
        this.#source.vocabulary,
      )
      this.#activities.set(day, activity)
    }
    return activity
  }

  /** Distinct days from `from` to `to` with a success. */
  activeDays(from: number, to: number): number {
    const open = this.#openActivities(from, to)
    return this.#record.activeDays(from, this.#closed(to)) + open.length
  }

  lastActiveDay(to: number): number | null {
    const open = this.#openActivities(Number.NEGATIVE_INFINITY, to).at(-1)
    return open?.day ?? this.#record.lastDayUpTo(to)
  }

  firstActiveDay(to: number): number | null {
    const record = this.#record
    if (record.hasHistory && record.firstDay <= to) return record.firstDay
    return this.#openActivities(Number.NEGATIVE_INFINITY, to)[0]?.day ?? null
  }

  /** Days from `from` to `to` on which a key was used. */
  daysOf(kind: number, key: number, from: number, to: number): number {
    const open = this.#openActivities(from, to)
    const openDays = open.filter(({ activity }) => activity.firstMs[kind]?.has(key)).length
    return this.#record.daysOf(kind, key, from, this.#closed(to)) + openDays
  }

  /** Days from `from` to `to` on which any of some keys was used. */
  daysOfAny(kind: number, keys: readonly number[], from: number, to: number): number {
    const open = this.#openActivities(from, to)
    const openDays = open.filter(({ activity }) =>
      keys.some((key) => activity.firstMs[kind]?.has(key)),
    ).length
    return this.#record.daysOfAny(kind, keys, from, this.#closed(to)) + openDays
  }

  /** Keys of a kind that were used on a day from `from` to `to`. */
  keys(kind: number, from: number, to: number): Set<number> {
    const keys = new Set<number>()
    this.#record.forEachKey(kind, from, this.#closed(to), (key) => keys.add(key))
    for (const { activity } of this.#openActivities(from, to)) {
      for (const key of activity.firstMs[kind]?.keys() ?? []) keys.add(key)
    }
    return keys
  }

  /** Every day from `from` to `to` with a login had one that named a device, and there was such a day. */
  alwaysNamesDevice(from: number, to: number): boolean {
    const open = this.#openActivities(from, to)
    if (open.some(({ activity }) => !activity.namesDevice)) return false
    if (this.#record.hasDevicelessDay(from, this.#closed(to))) return false
    return this.keys(KIND.device, from, to).size > 0
  }

  /** Days up to `to` on which a login began in each hour. */
  loginHours(to: number): number[] {
    const hours = this.#record.hours
    for (const { activity } of this.#openActivities(Number.NEGATIVE_INFINITY, to)) {
      for (let hour = 0; hour < HOURS; hour++) {
        if ((activity.hours & (1 << hour)) !== 0) hours[hour] = (hours[hour] as number) + 1
      }
    }
    return hours
  }

  get #record(): LongTermRecord {
    return this.#source.accounts.record(this.#account)
  }

  #closed(to: number): number {
    return Math.min(to, this.#source.closedThrough)
  }

  /** Activity of the open days from `from` to `to`, those without a success left out. */
  #openActivities(from: number, to: number): { day: number; activity: DayActivity }[] {
    this.#openDays ??= [...this.#source.logs.keys()]
      .filter((day) => day > this.#source.closedThrough && this.attempts(day).length > 0)
      .sort((a, b) => a - b)
    return this.#openDays
      .filter((day) => day >= from && day <= to)
      .map((day) => ({ day, activity: this.activity(day) }))
      .filter(({ activity }) => activity.startMs !== null)
  }
}

const NOTHING: ResolvedDay = { logins: [], failures: [], signs: [], sessions: [], successes: [] }
