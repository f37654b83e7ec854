import { inProcessTopic, type Topic } from '@sekisho/bus'
import {
  type AlertDraft,
  type AnnotatedAttempt,
  alertIdOf,
  COMMON_LIMITS,
  configHashOf,
  DAY_MS,
  type DetectConfig,
  dayOf,
  dayTextOf,
} from '@sekisho/detect'
import type { Alert, AlertContent, Attempt } from '@sekisho/event'
import { Ledger } from './ledger.ts'
import { Organisation } from './organisation.ts'
import { SourceStage } from './source-stage.ts'
import { UserStage } from './user-stage.ts'

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
  readonly onAlert: (alert: Alert) => void
}

export interface ScorerCounters {
  attempts: number
  /** Copies of known events, and events over the cap of their pane. */
  unchanged: number
  /** Attempts for days that were already final (live only): joined, but their own alerts are not. */
  lateBeyondHorizon: number
}

/** A day is final this long after its end: 24 h for late lines, 24 h for what looks ahead (C.5). */
const FINAL_AFTER_MS = 2 * DAY_MS
/** In batch nothing is late: stage U waits for the two days that its queries look into, stage N for stage U. */
const BATCH_LAG_DAYS = { user: 3, source: 4 } as const
/** How many days after its own a fact can change an answer: vouching and knowledge of the hot days. */
const FACT_REACH_DAYS = 3

/**
 * The topology of this release: stage U, keyed by user, then stage N, keyed by source network, joined by a topic.
 * The final alerts are a pure function of the set of attempts, the configuration and the dated databases.
 */
export class Scorer {
  readonly counters: ScorerCounters = { attempts: 0, unchanged: 0, lateBeyondHorizon: 0 }
  readonly configHash: string
  readonly #options: ScorerOptions
  readonly #organisation = new Organisation()
  readonly #users: UserStage
  readonly #sources: SourceStage
  readonly #ledger: Ledger
  readonly #toSources: Topic<AnnotatedAttempt>
  /** What stage U last said of each attempt, so that only changes go on (live). */
  readonly #said = new Map<string, Map<string, { text: string; annotated: AnnotatedAttempt }>>()
  readonly #dirtySources = new Map<string, Set<number>>()
  #closedUserDay = Number.NEGATIVE_INFINITY
  #closedSourceDay = Number.NEGATIVE_INFINITY
  #latestDay = Number.NEGATIVE_INFINITY
  #latestSeenDay = Number.NEGATIVE_INFINITY

  constructor(options: ScorerOptions) {
    this.#options = options
    this.configHash = configHashOf(options.config, [options.databases, ...(options.dated ?? [])])
    this.#users = new UserStage(options.config, this.#organisation)
    this.#sources = new SourceStage(options.config)
    this.#ledger = new Ledger(
      options.mode === 'live'
        ? options.onAlert
        : (alert) => {
            if (alert.state === 'final')
              options.onAlert({ ...alert, revision: 1, materialRevision: 1 })
          },
    )
    this.#toSources = inProcessTopic<AnnotatedAttempt>('attempts.by-net')
    this.#toSources.subscribe((prefix, annotated) => {
      this.#sources.put(annotated)
      this.#touchSource(prefix, dayOf(annotated.attempt.event.timestampMs))
    })
  }

  /**
   * First UTC day number on which T1, U1 and X1 speak: history before it is for learning. Null without a success.
   */
  get learningUntilDay(): number | null {
    if (this.#latestSeenDay === Number.NEGATIVE_INFINITY) return null
    const { firstDay } = this.#organisation.profile(this.#latestSeenDay)
    return firstDay === null ? null : firstDay + COMMON_LIMITS.coldStartDays
  }

  /** Attempts under names that never succeeded and had no room (docs/decisions/0008). */
  get capped(): number {
    return this.#users.capped
  }

  /** Users and source networks in memory. */
  get size(): { users: number; sources: number } {
    return { users: this.#users.users, sources: this.#sources.sources }
  }

  /** Joins one attempt. Live: whatever it changes is emitted before this returns. */
  offer(attempt: Attempt): void {
    const { userKey, timestampMs } = attempt.event
    const day = dayOf(timestampMs)
    this.counters.attempts++
    this.#latestSeenDay = Math.max(this.#latestSeenDay, day)
    if (this.#options.mode === 'batch') this.#closeBefore(day)
    if (!this.#users.join(userKey, attempt)) {
      this.counters.unchanged++
      return
    }
    if (this.#options.mode === 'batch') return
    if (day <= this.#closedUserDay) {
      this.counters.lateBeyondHorizon++
      return
    }
    for (const hot of this.#users.hotDaysOf(userKey, Math.max(day - 2, this.#closedUserDay + 1))) {
      if (hot <= day + FACT_REACH_DAYS) this.#queryUser(userKey, hot)
    }
    this.#querySources()
  }

  /** Live: every attempt up to `watermarkMs` has come; days that this closes become final. */
  advance(watermarkMs: number): void {
    const day = dayOf(watermarkMs - FINAL_AFTER_MS) - 1
    this.#closeThrough(day, day)
  }

  /** End of input: everything becomes final. */
  finish(): void {
    this.#closeThrough(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)
  }

  #closeBefore(day: number): void {
    if (day <= this.#latestDay) return
    this.#latestDay = day
    this.#closeThrough(day - BATCH_LAG_DAYS.user, day - BATCH_LAG_DAYS.source)
  }

  #closeThrough(userDay: number, sourceDay: number): void {
    for (const day of this.#users.hotDays) {
      if (day > userDay) break
      if (day <= this.#closedUserDay) continue
      // Folding first keeps long-term state as of the day's third day before, whatever else is open.
      this.#users.foldThrough(day - COMMON_LIMITS.profileLagDays)
      for (const userKey of this.#users.usersOf(day)) this.#closeUser(userKey, day)
      this.#closedUserDay = day
      this.#organisation.forgetBefore(day - COMMON_LIMITS.profileLagDays)
    }
    for (const day of this.#sources.hotDays) {
      if (day > sourceDay) break
      if (day <= this.#closedSourceDay) continue
      for (const prefix of this.#sources.sourcesOf(day)) {
        this.#ledger.close(
          `N|${day}|${prefix}`,
          this.#contents(this.#sources.query(prefix, day), day),
        )
      }
      this.#closedSourceDay = day
      // The day after asks for this day's attack, which is remembered, and for nothing before it.
      this.#sources.foldThrough(day - 1)
    }
    if (this.#options.mode === 'live') this.#querySources()
  }

  #closeUser(userKey: string, day: number): void {
    const { drafts, annotated } = this.#users.query(userKey, day)
    this.#publish(userKey, day, annotated)
    this.#ledger.close(`U|${day}|${userKey}`, this.#contents(drafts, day))
    this.#said.delete(`${day}|${userKey}`)
  }

  #queryUser(userKey: string, day: number): void {
    const { drafts, annotated } = this.#users.query(userKey, day)
    this.#publish(userKey, day, annotated)
    this.#ledger.reconcile(`U|${day}|${userKey}`, this.#contents(drafts, day))
  }

  /** Sends stage N what is new, and takes back what no longer counts. */
  #publish(userKey: string, day: number, annotated: readonly AnnotatedAttempt[]): void {
    if (this.#options.mode === 'batch') {
      for (const each of annotated) this.#toSources.publish(each.attempt.prefix, each)
      return
    }
    const scope = `${day}|${userKey}`
    const before = this.#said.get(scope)
    const after = new Map<string, { text: string; annotated: AnnotatedAttempt }>()
    for (const each of annotated) {
      const { attempt, ...flags } = each
      const text = JSON.stringify([attempt.rawSha256, flags])
      after.set(attempt.id, { text, annotated: each })
      if (before?.get(attempt.id)?.text !== text) this.#toSources.publish(attempt.prefix, each)
    }
    for (const [id, said] of before ?? []) {
      if (after.has(id)) continue
      this.#sources.remove(said.annotated)
      this.#touchSource(said.annotated.attempt.prefix, day)
    }
    this.#said.set(scope, after)
  }

  #touchSource(prefix: string, day: number): void {
    if (this.#options.mode === 'batch') return
    const days = this.#dirtySources.get(prefix) ?? new Set<number>()
    for (const near of [day - 1, day, day + 1]) days.add(near)
    this.#dirtySources.set(prefix, days)
  }

  #querySources(): void {
    for (const [prefix, days] of this.#dirtySources) {
      for (const day of days) {
        if (day <= this.#closedSourceDay) continue
        this.#ledger.reconcile(
          `N|${day}|${prefix}`,
          this.#contents(this.#sources.query(prefix, day), day),
        )
      }
    }
    this.#dirtySources.clear()
  }

  #contents(drafts: readonly AlertDraft[], day: number): AlertContent[] {
    if (drafts.length === 0) return []
    const { config, databases } = this.#options
    const profileDay = day - COMMON_LIMITS.profileLagDays
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
