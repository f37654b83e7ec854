import { DAY_MS, type DetectConfig, dayOf } from '@sekisho/detect'
import type { Alert, Attempt } from '@sekisho/event'
import { AlertContents } from './alert-contents.ts'
import { boundedAttempt } from './bounded-attempt.ts'
import { type KeyPartitions, keyPartitionsOf } from './key-partitions.ts'
import { Ledger, type SavedLedger } from './ledger.ts'
import { Organisation, regularsOfAccounts } from './organisation.ts'
import type { SavedOrganisation } from './organisation-days.ts'
import type { SourceChange } from './source-change.ts'
import { SourcePartition } from './source-partition.ts'
import { SourceStage } from './source-stage.ts'
import { TOUCHED } from './store/account-table.ts'
import { ByteSource, jsonChunks, SnapshotError } from './store/byte-source.ts'
import { finiteOrNull } from './store/finite.ts'
import { keyHashOfConfig } from './store/key-slots.ts'
import { prefixKeyOf } from './store/prefix-key.ts'
import { Vocabulary } from './store/vocabulary.ts'
import { UserPartition, type UserPartitionListener } from './user-partition.ts'
import { type UserDayResult, UserStage } from './user-stage.ts'

export interface ScorerOptions {
  readonly config: DetectConfig
  /** Dates of the location databases and lists in force; part of every alert's inputs. */
  readonly databases: string
  /** What else changes results, for the configuration hash: own networks, zones. */
  readonly dated?: readonly string[]
  /**
   * `batch`: attempts come in (time, id) order and only final alerts are emitted.
   * `live`: they come in any order, alerts are emitted at once and revised, and `advance` makes them final.
   */
  readonly mode: 'batch' | 'live'
  /**
   * Batch: the last 48 hours stay open, so that input that comes later may still belong to them; `save` keeps them. Not
   * set, a day is complete when the next one is.
   */
  readonly keepsOpen?: boolean
  /** Partitions of users and of source networks; they change no result. 1 unless said. */
  readonly partitions?: number
  /** Somebody takes the changes of what was said (`takeChanges`), which are kept until then. */
  readonly isLogged?: boolean
  /** Every alert, and with severity `low` every signal. */
  readonly onAlert: (alert: Alert) => void
}

/** What a snapshot keeps beside places, origins and stages. */
interface SavedScorer {
  readonly counters: ScorerCounters
  readonly closedUserDay: number | null
  readonly latestDay: number | null
  readonly partitions: number
  readonly organisation: SavedOrganisation
  readonly ledger: SavedLedger
}

export interface ScorerCounters {
  attempts: number
  /** Copies of known events, and events over the cap of their pane. */
  unchanged: number
  /** Attempts for days that were already final: counted and no longer joined, for nobody can tell any more whether they are copies. */
  lateBeyondHorizon: number
}

/** A day is final this long after its end: 24 h for late lines, 24 h for what looks ahead (C.5). */
const FINAL_AFTER_MS = 2 * DAY_MS
/** In batch nothing is late: a day is complete when the day that its queries look into is. */
const BATCH_LAG_DAYS = 2
/** In batch that will be continued lines may come a day late. */
const BATCH_OPEN_LAG_DAYS = 3

/** The latest day that is complete for users when every attempt up to a watermark has come; for sources it is the day before. */
export function completeDayOf(watermarkMs: number): number {
  return dayOf(watermarkMs - FINAL_AFTER_MS) - 1
}

/**
 * The topology: stage U, keyed by user, then stage N, keyed by source network. The final alerts are a pure function of the
 * set of attempts, the configuration and the dated databases.
 */
export class Scorer {
  readonly counters: ScorerCounters = { attempts: 0, unchanged: 0, lateBeyondHorizon: 0 }
  readonly configHash: string
  readonly #options: ScorerOptions
  readonly #partitions: KeyPartitions
  readonly #vocabulary: Vocabulary
  readonly #organisation: Organisation
  readonly #users: readonly UserPartition[]
  readonly #sources: readonly SourcePartition[]
  readonly #ledger: Ledger
  #closedUserDay = Number.NEGATIVE_INFINITY
  #latestDay = Number.NEGATIVE_INFINITY
  #finishedState: 'final' | 'provisional' = 'final'

  constructor(options: ScorerOptions) {
    const { config, databases, dated = [], partitions = 1 } = options
    this.#options = options
    this.#partitions = keyPartitionsOf(config, partitions)
    this.#vocabulary = new Vocabulary(config)
    const shared = { config, vocabulary: this.#vocabulary, hashOf: keyHashOfConfig(config.hashKey) }
    const users = Array.from({ length: partitions }, () => new UserStage(shared))
    const sources = Array.from({ length: partitions }, () => new SourceStage(shared))
    const tables = users.map(({ accounts }) => accounts)
    this.#organisation = new Organisation(config, (day) => regularsOfAccounts(config, tables, day))
    for (const stage of [...users, ...sources]) stage.organisation = this.#organisation
    this.#ledger = new Ledger((alert) => this.#said(alert), options.isLogged)
    const contents = new AlertContents(config, databases, dated, this.#organisation)
    this.configHash = contents.configHash
    const listener = this.#listener()
    this.#users = users.map((s) => new UserPartition(s, contents, this.#ledger, listener))
    this.#sources = sources.map((s) => new SourcePartition(s, contents, this.#ledger))
  }

  /** First UTC day number on which novelty means something: history before it is for learning. Null without a success. */
  get learningUntilDay(): number | null {
    if (this.#latestDay === Number.NEGATIVE_INFINITY) return null
    const { firstDay } = this.#organisation.profile(this.#latestDay)
    return firstDay === null ? null : firstDay + this.#options.config.limits.common.coldStartDays
  }

  /** Lines that had no room: under names that never succeeded, and of users with very many lines. */
  get capped(): { strangers: number; lines: number } {
    return this.#users.reduce(
      (sum, { stage: { capped } }) => ({
        strangers: sum.strangers + capped.strangers,
        lines: sum.lines + capped.lines,
      }),
      { strangers: 0, lines: 0 },
    )
  }

  /** Accounts in memory, and the bytes of their state and of the lines that are still open. */
  get size(): { accounts: number; accountBytes: number; lineBytes: number } {
    const size = { accounts: 0, accountBytes: 0, lineBytes: 0 }
    for (const { stage } of this.#users) {
      size.accounts += stage.accounts.size
      size.accountBytes += stage.accounts.byteLength
      for (const { rows } of stage.logs.values()) size.lineBytes += rows.byteLength
    }
    for (const { stage } of this.#sources) {
      for (const { byteLength } of stage.logs.values()) size.lineBytes += byteLength
    }
    return size
  }

  /** Joins one attempt. Live: whatever it changes is emitted before this returns. */
  offer(attempt: Attempt): void {
    this.join(attempt)
    this.flush()
  }

  /** Joins one attempt without saying what it changes (live): `flush` says it, of many attempts at once. */
  join(offered: Attempt): void {
    this.#join(boundedAttempt(offered), -1)
  }

  #join(attempt: Attempt, touched: number): void {
    const day = dayOf(attempt.event.timestampMs)
    this.counters.attempts++
    if (this.#options.mode === 'batch' && day > this.#latestDay) {
      const lagDays = this.#options.keepsOpen === true ? BATCH_OPEN_LAG_DAYS : BATCH_LAG_DAYS
      this.#closeThrough(day - lagDays, day - lagDays - 1)
    }
    this.#latestDay = Math.max(this.#latestDay, day)
    if (day <= this.#closedUserDay) this.counters.lateBeyondHorizon++
    else if (!this.#userPartitionOf(attempt.event.userKey).join(attempt, touched))
      this.counters.unchanged++
  }

  /** Joins attempts in their order; with many users this is faster than one after the other. */
  joinAll(attempts: readonly Attempt[]): void {
    const [users, ...others] = this.#users
    const isTouched = users !== undefined && others.length === 0
    for (let from = 0; from < attempts.length; from += TOUCHED) {
      const block = attempts.slice(from, from + TOUCHED).map(boundedAttempt)
      if (isTouched) users.stage.touch(block)
      for (let i = 0; i < block.length; i++) this.#join(block[i] as Attempt, isTouched ? i : -1)
    }
  }

  /** Live: says what has changed since the last call. */
  flush(): void {
    for (const partition of this.#users) partition.flush()
    for (const partition of this.#sources) partition.flush()
  }

  /** Live: every attempt up to `watermarkMs` has come; days that this closes become final. */
  advance(watermarkMs: number): void {
    const day = completeDayOf(watermarkMs)
    this.#closeThrough(day, day - 1)
  }

  /** Whether `advance` would close a day that has lines. */
  wouldClose(watermarkMs: number): boolean {
    const day = completeDayOf(watermarkMs)
    const isOpen = (partitions: readonly Partition[], through: number): boolean =>
      openDaysOf(partitions).some((open) => open <= through)
    return isOpen(this.#users, day) || isOpen(this.#sources, day - 1)
  }

  /** What was said since the last call, for a log from which `adopt` goes on. */
  takeChanges(): SavedLedger {
    return this.#ledger.takeChanges()
  }

  /** What was said after the snapshot that was restored: it is not said again. */
  adopt(changes: SavedLedger): void {
    this.#ledger.restore(changes)
  }

  /**
   * End of input: everything is said. `provisional` in batch: of what is still open, because input may follow; the scorer
   * is at its end either way, so `save` comes before.
   * @param through live: days after this one stay open, for a line of a wrong clock must not make all that follow late
   */
  finish(
    state: 'final' | 'provisional' = 'final',
    through: number = Number.POSITIVE_INFINITY,
  ): void {
    this.#finishedState = state
    this.#closeThrough(through, through)
  }

  /** Everything that is kept, as bytes: `restore` of a scorer of the same configuration goes on from here. */
  *save(): Generator<Uint8Array> {
    this.flush()
    yield* jsonChunks({
      counters: this.counters,
      closedUserDay: finiteOrNull(this.#closedUserDay),
      latestDay: finiteOrNull(this.#latestDay),
      partitions: this.#users.length,
      organisation: this.#organisation.save(),
      ledger: this.#ledger.save(),
    } satisfies SavedScorer)
    yield* this.#vocabulary.save()
    for (const { stage } of this.#users) yield* stage.save()
    for (const { stage } of this.#sources) yield* stage.save(this.#closedUserDay)
  }

  /**
   * Takes over what `save` gave out; nothing must have been offered.
   * @throws SnapshotError when it is not a snapshot of as many partitions, or ends too early
   */
  restore(chunks: Iterable<Uint8Array>): void {
    const source = new ByteSource(chunks)
    const saved = source.json<SavedScorer>()
    if (saved.partitions !== this.#users.length) {
      throw new SnapshotError(`it is of ${saved.partitions} partitions, not ${this.#users.length}`)
    }
    Object.assign(this.counters, saved.counters)
    this.#closedUserDay = saved.closedUserDay ?? Number.NEGATIVE_INFINITY
    this.#latestDay = saved.latestDay ?? Number.NEGATIVE_INFINITY
    this.#organisation.restore(saved.organisation)
    this.#ledger.restore(saved.ledger)
    this.#vocabulary.restore(source)
    for (const { stage } of [...this.#users, ...this.#sources]) stage.restore(source)
    if (this.#options.mode === 'batch') return
    // What stage U says of its open days is not saved, for it follows from their lines: the next `flush` says it again.
    for (const partition of this.#users) partition.touchAll()
  }

  #said(alert: Alert): void {
    const { mode, onAlert } = this.#options
    if (mode === 'live') onAlert(alert)
    else if (alert.state === 'final') {
      const word = {
        revision: 1,
        materialRevision: 1,
        isMaterial: true,
        isFresh: true,
        reopened: 0,
      } as const
      onAlert({ ...alert, state: this.#finishedState, ...word })
    }
  }

  #listener(): UserPartitionListener {
    if (this.#options.mode === 'batch') {
      return { tell: neverTold, tellDay: (result) => this.#tellDay(result) }
    }
    return {
      tell: (change: SourceChange) => this.#sourcePartitionOf(change.prefix).apply(change),
    }
  }

  /** Batch: tells stage N of a complete day, of which nothing was said before. */
  #tellDay({ vouchedLogins, annotated }: UserDayResult): void {
    for (const { prefix, login } of vouchedLogins) {
      this.#sourcePartitionOf(prefix).stage.putLogin(prefix, login)
    }
    for (const each of annotated) {
      this.#sourcePartitionOf(prefixKeyOf(each.attempt.prefix)).stage.put(each)
    }
  }

  /** Closes days in turn: a source's day when the users' day after it is complete. */
  #closeThrough(userDay: number, sourceDay: number): void {
    if (this.#options.mode === 'live') this.flush()
    for (const day of openDaysOf(this.#users)) {
      if (day > userDay) break
      for (const partition of this.#users) partition.close(day)
      this.#closedUserDay = day
      this.#organisation.complete(day)
      this.#closeSources(Math.min(sourceDay, day - 1))
    }
    this.#closeSources(sourceDay)
    this.#vocabulary.sweepUnused(
      [...this.#users, ...this.#sources].flatMap(({ stage }) => [...stage.logs.values()]),
    )
  }

  #closeSources(through: number): void {
    if (this.#options.mode === 'live') for (const partition of this.#sources) partition.flush()
    for (const day of openDaysOf(this.#sources)) {
      if (day > through) break
      for (const partition of this.#sources) partition.close(day)
    }
  }

  #userPartitionOf(userKey: string): UserPartition {
    if (this.#users.length === 1) return this.#users[0] as UserPartition
    return this.#users[this.#partitions.ofUser(userKey)] as UserPartition
  }

  #sourcePartitionOf(prefix: number): SourcePartition {
    if (this.#sources.length === 1) return this.#sources[0] as SourcePartition
    return this.#sources[this.#partitions.ofSource(prefix)] as SourcePartition
  }
}

function neverTold(): never {
  throw new Error('in batch stage U tells stage N of whole days only')
}

type Partition = { readonly stage: { readonly openDays: readonly number[] } }

/** Days that any stage still has open, ascending. */
function openDaysOf(partitions: readonly Partition[]): number[] {
  return [...new Set(partitions.flatMap(({ stage }) => stage.openDays))].sort((a, b) => a - b)
}
