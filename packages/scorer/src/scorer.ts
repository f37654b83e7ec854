import {
  type AlertDraft,
  alertIdOf,
  configHashOf,
  DAY_MS,
  type DetectConfig,
  dayOf,
  dayTextOf,
  PROFILE_LAG_DAYS,
} from '@sekisho/detect'
import type { Alert, AlertContent, Attempt } from '@sekisho/event'
import { boundedAttempt } from './bounded-attempt.ts'
import { Ledger, type SavedLedger } from './ledger.ts'
import { Organisation } from './organisation.ts'
import { Said } from './said.ts'
import { SourceStage } from './source-stage.ts'
import type { AccountId } from './store/account-table.ts'
import { ByteSource, jsonChunks, SnapshotError } from './store/byte-source.ts'
import { finiteOrNull } from './store/finite.ts'
import { keyHashOfConfig, slotOfHash } from './store/key-slots.ts'
import { prefixKeyOf, prefixTextOf } from './store/prefix-key.ts'
import { Vocabulary } from './store/vocabulary.ts'
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
  /** Every alert, and with severity `low` every signal. */
  readonly onAlert: (alert: Alert) => void
}

/** What a snapshot keeps beside places, origins and stages. */
interface SavedScorer {
  readonly counters: ScorerCounters
  readonly closedUserDay: number | null
  readonly closedSourceDay: number | null
  readonly latestDay: number | null
  readonly partitions: number
  readonly organisation: unknown
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
/** How many days after its own a fact can change an answer: vouching and knowledge of the open days. */
const FACT_REACH_DAYS = 3
/** Values that no row names any more are looked for when there are this many times as many as were left. */
const SWEEP_FACTOR = 2
const SWEEP_MIN = 20_000

/**
 * The topology: stage U, keyed by user, then stage N, keyed by source network. The final alerts are a pure function of the
 * set of attempts, the configuration and the dated databases.
 */
export class Scorer {
  readonly counters: ScorerCounters = { attempts: 0, unchanged: 0, lateBeyondHorizon: 0 }
  readonly configHash: string
  readonly #options: ScorerOptions
  readonly #hashOf: (key: string) => number
  readonly #vocabulary: Vocabulary
  readonly #organisation: Organisation
  readonly #users: readonly UserStage[]
  readonly #sources: readonly SourceStage[]
  readonly #ledger: Ledger
  /** What stage U last told stage N, so that only changes go on (live). */
  readonly #said = new Said()
  readonly #dirtyUsers = new Map<UserStage, Map<AccountId, Set<number>>>()
  readonly #dirtySources = new Map<number, Set<number>>()
  #closedUserDay = Number.NEGATIVE_INFINITY
  #closedSourceDay = Number.NEGATIVE_INFINITY
  #latestDay = Number.NEGATIVE_INFINITY
  #sweptTo = SWEEP_MIN
  #finishedState: 'final' | 'provisional' = 'final'

  constructor(options: ScorerOptions) {
    const { config, databases, dated = [], partitions = 1 } = options
    this.#options = options
    this.configHash = configHashOf(config, [databases, ...dated])
    this.#hashOf = keyHashOfConfig(config.hashKey)
    this.#vocabulary = new Vocabulary(config)
    const shared = { config, vocabulary: this.#vocabulary, hashOf: this.#hashOf }
    this.#users = Array.from({ length: partitions }, () => new UserStage(shared))
    this.#sources = Array.from({ length: partitions }, () => new SourceStage(shared))
    this.#organisation = new Organisation(
      config,
      this.#users.map(({ accounts }) => accounts),
    )
    for (const stage of [...this.#users, ...this.#sources]) stage.organisation = this.#organisation
    this.#ledger = new Ledger(
      options.mode === 'live'
        ? options.onAlert
        : (alert) => {
            if (alert.state !== 'final') return
            const state = this.#finishedState
            options.onAlert({ ...alert, state, revision: 1, materialRevision: 1 })
          },
    )
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
      (sum, { capped }) => ({
        strangers: sum.strangers + capped.strangers,
        lines: sum.lines + capped.lines,
      }),
      { strangers: 0, lines: 0 },
    )
  }

  /** Accounts in memory, and the bytes of their state and of the lines that are still open. */
  get size(): { accounts: number; accountBytes: number; lineBytes: number } {
    const size = { accounts: 0, accountBytes: 0, lineBytes: 0 }
    for (const { accounts, logs } of this.#users) {
      size.accounts += accounts.size
      size.accountBytes += accounts.byteLength
      for (const { rows } of logs.values()) size.lineBytes += rows.byteLength
    }
    for (const { logs } of this.#sources) {
      for (const { byteLength } of logs.values()) size.lineBytes += byteLength
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
    const attempt = boundedAttempt(offered)
    const { userKey, timestampMs } = attempt.event
    const day = dayOf(timestampMs)
    this.counters.attempts++
    if (this.#options.mode === 'batch' && day > this.#latestDay) {
      const lagDays = this.#options.keepsOpen === true ? BATCH_OPEN_LAG_DAYS : BATCH_LAG_DAYS
      this.#closeThrough(day - lagDays, day - lagDays - 1)
    }
    this.#latestDay = Math.max(this.#latestDay, day)
    const stage = this.#userStageOf(userKey)
    if (day <= this.#closedUserDay) {
      this.counters.lateBeyondHorizon++
      return
    }
    const account = stage.join(attempt)
    this.#takeBackDropped(stage)
    if (account === 0) this.counters.unchanged++
    else if (this.#options.mode === 'live') this.#touchUser(stage, account, day)
  }

  /** Live: says what has changed since the last call. */
  flush(): void {
    for (const [stage, accounts] of this.#dirtyUsers) {
      for (const [account, days] of accounts) this.#queryUser(stage, account, days)
    }
    this.#dirtyUsers.clear()
    this.#querySources()
  }

  /** Live: every attempt up to `watermarkMs` has come; days that this closes become final. */
  advance(watermarkMs: number): void {
    const day = dayOf(watermarkMs - FINAL_AFTER_MS) - 1
    this.#closeThrough(day, day - 1)
  }

  /**
   * End of input: everything is said. `provisional` in batch: of what is still open, because input may follow; the scorer
   * is at its end either way, so `save` comes before.
   */
  finish(state: 'final' | 'provisional' = 'final'): void {
    this.#finishedState = state
    this.#closeThrough(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)
  }

  /** Everything that is kept, as bytes: `restore` of a scorer of the same configuration goes on from here. */
  *save(): Generator<Uint8Array> {
    this.flush()
    yield* jsonChunks({
      counters: this.counters,
      closedUserDay: finiteOrNull(this.#closedUserDay),
      closedSourceDay: finiteOrNull(this.#closedSourceDay),
      latestDay: finiteOrNull(this.#latestDay),
      partitions: this.#users.length,
      organisation: this.#organisation.save(),
      ledger: this.#ledger.save(),
    } satisfies SavedScorer)
    yield* this.#vocabulary.save()
    for (const stage of this.#users) yield* stage.save()
    for (const stage of this.#sources) yield* stage.save(this.#closedUserDay)
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
    this.#closedSourceDay = saved.closedSourceDay ?? Number.NEGATIVE_INFINITY
    this.#latestDay = saved.latestDay ?? Number.NEGATIVE_INFINITY
    this.#organisation.restore(saved.organisation)
    this.#ledger.restore(saved.ledger)
    this.#vocabulary.restore(source)
    for (const stage of [...this.#users, ...this.#sources]) stage.restore(source)
    if (this.#options.mode === 'live') this.#sayAgain()
  }

  /** What stage U says of its open days is not saved, for it follows from their lines. */
  #sayAgain(): void {
    for (const stage of this.#users) {
      for (const day of stage.openDays) {
        for (const account of stage.logs.get(day)?.rows.sortedKeys() ?? []) {
          this.#touchUser(stage, account, day)
        }
      }
    }
    this.flush()
  }

  /** Closes days in turn: a source's day when the users' day after it is complete. */
  #closeThrough(userDay: number, sourceDay: number): void {
    if (this.#options.mode === 'live') this.flush()
    for (const day of openDaysOf(this.#users)) {
      if (day > userDay) break
      for (const stage of this.#users) this.#closeUsers(stage, day)
      this.#said.forget(day)
      this.#closedUserDay = day
      this.#organisation.complete(day)
      this.#closeSources(Math.min(sourceDay, day - 1))
    }
    this.#closeSources(sourceDay)
    this.#sweep()
  }

  #closeUsers(stage: UserStage, day: number): void {
    const isLive = this.#options.mode === 'live'
    stage.close(day, (account, result) => {
      if (!isLive) this.#tell(result)
      if (!isLive && result.drafts.length === 0) return
      const userKey = stage.accounts.nameOf(account)
      if (isLive) this.#publish(day, userKey, result)
      this.#ledger.close(`U|${day}|${userKey}`, this.#contents(result.drafts, day))
      this.#dirtyUsers.get(stage)?.delete(account)
    })
  }

  #closeSources(through: number): void {
    if (this.#options.mode === 'live') this.#querySources()
    for (const day of openDaysOf(this.#sources)) {
      if (day > through) break
      for (const stage of this.#sources) {
        stage.close(day, (prefix, drafts) => {
          if (drafts.length === 0 && this.#options.mode === 'batch') return
          this.#ledger.close(`N|${day}|${prefix}`, this.#contents(drafts, day))
        })
      }
      this.#closedSourceDay = day
    }
  }

  #queryUser(stage: UserStage, account: AccountId, days: ReadonlySet<number>): void {
    for (const day of stage.openDays) {
      const isTouched = [...days].some(
        (touched) => day >= touched - 2 && day <= touched + FACT_REACH_DAYS,
      )
      if (!isTouched || !stage.logs.get(day)?.rows.hasKey(account)) continue
      const result = stage.query(account, day)
      const userKey = stage.accounts.nameOf(account)
      this.#publish(day, userKey, result)
      this.#ledger.reconcile(`U|${day}|${userKey}`, this.#contents(result.drafts, day))
    }
  }

  #querySources(): void {
    for (const [prefix, days] of this.#dirtySources) {
      const stage = this.#sourceStageOf(prefix)
      for (const day of days) {
        if (day <= this.#closedSourceDay) continue
        this.#ledger.reconcile(`N|${day}|${prefix}`, this.#contents(stage.query(prefix, day), day))
      }
    }
    this.#dirtySources.clear()
  }

  /** What was said of names that lost their room is taken back (live); in batch nothing has been said yet. */
  #takeBackDropped(stage: UserStage): void {
    for (const { day, userKey } of stage.takeDropped()) {
      if (this.#options.mode === 'batch') continue
      this.#publish(day, userKey, NOTHING_SAID)
      this.#ledger.reconcile(`U|${day}|${userKey}`, [])
    }
  }

  /** Live: sends stage N what is new, and takes back what no longer counts. */
  #publish(day: number, userKey: string, result: UserDayResult): void {
    this.#said.change(day, userKey, result, (change) => {
      const stage = this.#sourceStageOf(change.prefix)
      change.apply(stage)
      this.#touchSource(change.prefix, day)
    })
  }

  /** Batch: tells stage N of a complete day, of which nothing was said before. */
  #tell({ vouchedLogins, annotated }: UserDayResult): void {
    for (const { prefix, login } of vouchedLogins) {
      this.#sourceStageOf(prefix).putLogin(prefix, login)
    }
    for (const each of annotated) {
      this.#sourceStageOf(prefixKeyOf(each.attempt.prefix)).put(each)
    }
  }

  #touchUser(stage: UserStage, account: AccountId, day: number): void {
    let accounts = this.#dirtyUsers.get(stage)
    if (accounts === undefined) {
      accounts = new Map()
      this.#dirtyUsers.set(stage, accounts)
    }
    const days = accounts.get(account)
    if (days === undefined) accounts.set(account, new Set([day]))
    else days.add(day)
  }

  #touchSource(prefix: number, day: number): void {
    const days = this.#dirtySources.get(prefix) ?? new Set<number>()
    // A window reaches into the day before, an attack's neighbours a day further.
    for (const near of [day - 1, day, day + 1, day + 2]) days.add(near)
    this.#dirtySources.set(prefix, days)
  }

  /** A slot of keys is never split, so that caps that hold for a slot do not depend on the number of partitions. */
  #userStageOf(userKey: string): UserStage {
    if (this.#users.length === 1) return this.#users[0] as UserStage
    return this.#users[slotOfHash(this.#hashOf(userKey)) % this.#users.length] as UserStage
  }

  #sourceStageOf(prefix: number): SourceStage {
    if (this.#sources.length === 1) return this.#sources[0] as SourceStage
    const slot = slotOfHash(this.#hashOf(prefixTextOf(prefix)))
    return this.#sources[slot % this.#sources.length] as SourceStage
  }

  /** Lets go of places and origins that no line names any more. */
  #sweep(): void {
    const { places, origins } = this.#vocabulary
    if (places.size + origins.size < this.#sweptTo) return
    const used = { places: new Set<number>(), origins: new Set<number>() }
    for (const { logs } of [...this.#users, ...this.#sources]) {
      for (const log of logs.values()) log.markUsed(used.places, used.origins)
    }
    this.#vocabulary.sweep(used.places, used.origins)
    this.#sweptTo = Math.max(SWEEP_MIN, SWEEP_FACTOR * (places.size + origins.size))
  }

  #contents(drafts: readonly AlertDraft[], day: number): AlertContent[] {
    if (drafts.length === 0) return []
    const { config, databases } = this.#options
    const profileDay = day - PROFILE_LAG_DAYS
    const inputs = {
      config: this.configHash,
      geo: databases,
      profileDay: dayTextOf(profileDay),
      profile: this.#organisation.profile(profileDay).hash,
    }
    return drafts.map((draft) => ({
      id: alertIdOf(config.tenant, draft),
      tenant: config.tenant,
      ...draft,
      inputs,
    }))
  }
}

const NOTHING_SAID: UserDayResult = { drafts: [], annotated: [], vouchedLogins: [] }

/** Days that any stage still has open, ascending. */
function openDaysOf(stages: readonly { readonly openDays: readonly number[] }[]): number[] {
  return [...new Set(stages.flatMap(({ openDays }) => openDays))].sort((a, b) => a - b)
}
