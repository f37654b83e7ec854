import {
  type AlertDraft,
  type DetectConfig,
  dayOf,
  type NameMask,
  type OrganisationProfile,
  PROFILE_LAG_DAYS,
  USER_ATTACK_RULES,
  USER_RULES,
  type UserFinding,
  type VouchedLogin,
} from '@sekisho/detect'
import { type Attempt, SEVERITY_SCORE } from '@sekisho/event'
import { AccountDays, type AccountSource } from './account-days.ts'
import { AccountView, isColdOn } from './account-view.ts'
import { annotationsOf, type DayAnnotations } from './annotation.ts'
import { hasConcurrentSessions } from './concurrent-sessions.ts'
import { dayActivityOf, dayKeysOf } from './day-activity.ts'
import { OrdinaryDays } from './ordinary-days.ts'
import type { OrganisationView } from './organisation.ts'
import { type AccountId, AccountTable, TOUCHED } from './store/account-table.ts'
import { type ByteSource, jsonChunks } from './store/byte-source.ts'
import { finiteOrNull } from './store/finite.ts'
import type { KeyHash } from './store/key-hash.ts'
import { KIND } from './store/long-term-record.ts'
import { prefixKeyOf } from './store/prefix-key.ts'
import { RowLog } from './store/row-log.ts'
import type { Vocabulary } from './store/vocabulary.ts'
import { StrangerCap } from './stranger-cap.ts'
import { UserLog } from './user-log.ts'

/** Accounts that nobody has used for long are looked for this often. */
const CLEANING_DAYS = 7

const NO_DRAFTS: readonly AlertDraft[] = []

/** What stage U says of one user's day. */
export interface UserDayResult extends Pick<DayAnnotations, 'annotated'> {
  readonly drafts: readonly AlertDraft[]
  /** By the number of their source network. */
  readonly vouchedLogins: readonly { readonly prefix: number; readonly login: VouchedLogin }[]
}

/** What a snapshot keeps beside accounts and lines. */
interface SavedUserStage {
  readonly closedThrough: number | null
  readonly capped: { readonly strangers: number; readonly lines: number }
  readonly days: readonly number[]
  readonly strangers: readonly (readonly [number, readonly (readonly [string, number])[]])[]
  readonly succeeding: readonly AccountId[]
  readonly withheld: readonly (readonly [
    number,
    readonly (readonly [AccountId, readonly number[]])[],
  ])[]
  readonly attacks: readonly (readonly [
    number,
    readonly (readonly [AccountId, readonly UserFinding[]])[],
  ])[]
}

/** Who takes what stage U says of a user's complete day. */
export type UserDayConsumer = (account: AccountId, result: UserDayResult) => void

/** What all partitions share. */
export interface StageShared {
  readonly config: DetectConfig
  readonly vocabulary: Vocabulary
  readonly hashOf: KeyHash
}

/**
 * Stage U, keyed by user, for one partition of the users: facts that join, and queries for one user and UTC day. It
 * knows nothing of sources; what it says of each attempt goes to stage N.
 */
export class UserStage implements AccountSource {
  readonly config: DetectConfig
  readonly vocabulary: Vocabulary
  readonly accounts: AccountTable
  readonly logs = new Map<number, UserLog>()
  closedThrough = Number.NEGATIVE_INFINITY
  /** Lines that had no room: of names that never succeeded, and of users with very many lines. */
  readonly capped = { strangers: 0, lines: 0 }
  readonly #hashOf: KeyHash
  readonly #strangers = new Map<number, StrangerCap>()
  /** Accounts with a success on a day that is not complete yet. */
  readonly #succeeding = new Set<AccountId>()
  /** Networks whose logins teach nothing, by day and account. */
  readonly #withheld = new Map<number, Map<AccountId, ReadonlySet<number>>>()
  /** Brute force found on the last complete days, which X1 asks for a day later. */
  readonly #attacks = new Map<number, Map<AccountId, readonly UserFinding[]>>()
  readonly #ordinaryDays: OrdinaryDays
  /** Days of names that lost their room since somebody looked (live): what was said of them no longer holds. */
  readonly #dropped: { readonly day: number; readonly userKey: string }[] = []
  #organisation: OrganisationView | null = null
  /** Of the attempts that were touched last: hashes of their names, and their accounts as far as known. */
  readonly #hashes = new Uint32Array(TOUCHED)
  readonly #touchedIds = new Uint32Array(TOUCHED)

  constructor({ config, vocabulary, hashOf }: StageShared) {
    this.config = config
    this.vocabulary = vocabulary
    this.accounts = new AccountTable(hashOf)
    this.#hashOf = hashOf
    this.#ordinaryDays = new OrdinaryDays(this)
  }

  /** The organisation, which counts what the accounts of all partitions did. */
  set organisation(organisation: OrganisationView) {
    this.#organisation = organisation
  }

  /** Loads what joining attempts will read. @param attempts at most `TOUCHED` */
  touch(attempts: readonly Attempt[]): void {
    const count = attempts.length
    for (let i = 0; i < count; i++) {
      this.#hashes[i] = this.#hashOf((attempts[i] as Attempt).event.userKey)
    }
    this.accounts.touchNames(this.#hashes, count, this.#touchedIds)
    for (let i = 0; i < count; i++) {
      const id = this.#touchedIds[i] as AccountId
      if (id !== 0) {
        this.logs.get(dayOf((attempts[i] as Attempt).event.timestampMs))?.rows.touch(id)
      }
    }
  }

  /**
   * Joins one attempt.
   * @param touched its place among those touched last
   * @returns its account, or 0 when nothing changed or there was no room
   */
  join(attempt: Attempt, touched = -1): AccountId {
    const { userKey, timestampMs } = attempt.event
    const hash = touched < 0 ? this.#hashOf(userKey) : (this.#hashes[touched] as number)
    const day = dayOf(timestampMs)
    const isSuccess = attempt.event.attempt === 'success'
    const known = this.accounts.find(userKey, hash)
    const isStranger = !isSuccess && !this.#hasSucceeded(known)
    if (isStranger && !this.#isAdmitted(userKey, day)) return 0
    const account = known === 0 ? this.accounts.require(userKey) : known
    if (isSuccess && !this.accounts.hasSucceeded(account)) this.#succeeding.add(account)
    const joined = this.#logOf(day).join(account, attempt, isStranger)
    if (joined === 'capped') this.capped.lines++
    return joined === 'added' ? account : 0
  }

  /** Days with lines that are not complete yet, ascending. */
  get openDays(): number[] {
    return [...this.logs.keys()].filter((day) => day > this.closedThrough).sort((a, b) => a - b)
  }

  isWithheld(account: AccountId, day: number, prefixKey: number): boolean {
    return this.#withheld.get(day)?.get(account)?.has(prefixKey) ?? false
  }

  /** The alerts and annotations of one user's open day: a pure function of the facts joined so far. */
  query(account: AccountId, day: number): UserDayResult {
    const asked = this.#asked(new AccountDays(this, account), account, day)
    return asked.result(asked.findings())
  }

  /**
   * Completes a day, the earliest that is open: says everything of it for good, and lets it teach.
   */
  close(day: number, consume: UserDayConsumer): void {
    const log = this.logs.get(day)
    const profile = (this.#organisation as OrganisationView).profile(day - PROFILE_LAG_DAYS)
    const isCold = isColdOn(this.config, profile, day)
    const rows = log?.rows
    const accounts = rows?.sortedKeys() ?? []
    for (let i = 0; i < accounts.length; i++) {
      if (i % TOUCHED === 0 && rows !== undefined) this.#touchDay(rows, accounts, i)
      const account = accounts[i] as AccountId
      const isOrdinary = !isCold && this.#closeOrdinary(account, day, profile, consume)
      if (!isOrdinary) this.#closeAccount(account, day, consume)
    }
    this.closedThrough = day
    this.#forgetBefore(day)
  }

  /** Everything that is kept, for a snapshot. */
  *save(): Generator<Uint8Array> {
    yield* jsonChunks({
      closedThrough: finiteOrNull(this.closedThrough),
      capped: this.capped,
      days: [...this.logs.keys()],
      strangers: [...this.#strangers].map(([day, cap]) => [day, cap.names()]),
      succeeding: [...this.#succeeding],
      withheld: [...this.#withheld].map(([day, accounts]) => [
        day,
        [...accounts].map(([account, prefixes]) => [account, [...prefixes]]),
      ]),
      attacks: [...this.#attacks].map(([day, accounts]) => [day, [...accounts]]),
    } satisfies SavedUserStage)
    yield* this.accounts.save()
    for (const log of this.logs.values()) yield* log.rows.save()
  }

  /** Takes over what `save` gave out; nothing must have been joined. */
  restore(source: ByteSource): void {
    const saved = source.json<SavedUserStage>()
    this.closedThrough = saved.closedThrough ?? Number.NEGATIVE_INFINITY
    Object.assign(this.capped, saved.capped)
    for (const [day, names] of saved.strangers) {
      const cap = new StrangerCap(this.config.limits.room.strangersPerDay)
      for (const [name, hash] of names) cap.admit(name, hash)
      this.#strangers.set(day, cap)
    }
    for (const account of saved.succeeding) this.#succeeding.add(account)
    for (const [day, accounts] of saved.withheld) {
      for (const [account, prefixes] of accounts) {
        mapOf(this.#withheld, day).set(account, new Set(prefixes))
      }
    }
    for (const [day, accounts] of saved.attacks) this.#attacks.set(day, new Map(accounts))
    this.accounts.restore(source)
    for (const day of saved.days) this.#logOf(day).restore(RowLog.restore('dense', source))
  }

  /** Loads what the next accounts are read from. */
  #touchDay(rows: RowLog, accounts: ArrayLike<AccountId>, from: number): void {
    const to = Math.min(accounts.length, from + TOUCHED)
    for (let i = from; i < to; i++) {
      rows.touch(accounts[i] as AccountId)
      this.accounts.touch(accounts[i] as AccountId)
    }
  }

  /** Most days are ordinary: no rule can speak of them. @returns false when the day must be looked at in full */
  #closeOrdinary(
    account: AccountId,
    day: number,
    profile: OrganisationProfile,
    consume: UserDayConsumer,
  ): boolean {
    const ordinary = this.#ordinaryDays.read(account, day, profile)
    if (ordinary === null) return false
    const { logins, annotated } = ordinary
    if (this.#succeeding.size > 0) this.#succeeding.delete(account)
    this.#ordinaryDays.teach(account, day, this.#organisation as OrganisationView)
    consume(account, { drafts: NO_DRAFTS, annotated, vouchedLogins: logins })
    return true
  }

  #closeAccount(account: AccountId, day: number, consume: UserDayConsumer): void {
    const days = new AccountDays(this, account)
    const asked = this.#asked(days, account, day)
    const findings = asked.findings()
    // What it must not teach is known before anything looks at the day after.
    this.#withhold(account, day, findings)
    const attacks = findings.filter(isAttack)
    if (attacks.length > 0) mapOf(this.#attacks, day).set(account, attacks)
    consume(account, asked.result(findings))
    this.#teach(days, account, day)
  }

  #teach(days: AccountDays, account: AccountId, day: number): void {
    const { successes, sessions } = days.resolved(day)
    const organisation = this.#organisation as OrganisationView
    if (
      sessions.length > 0 &&
      hasConcurrentSessions(
        sessions,
        days.resolved(day - 1).sessions,
        this.config.limits.travel.concurrentMsMin,
      )
    ) {
      organisation.countConcurrent(day)
    }
    if (successes.length === 0) return
    this.#succeeding.delete(account)
    this.accounts.markSucceeded(account, day)
    const isWithheld = (key: number): boolean => this.isWithheld(account, day, key)
    const activity = dayActivityOf(successes, day, isWithheld, this.vocabulary)
    if (activity.startMs === null) return
    this.accounts.fold(account, day, dayKeysOf(activity), this.config)
    const networks = [...(activity.firstMs[KIND.network]?.keys() ?? [])]
    organisation.count(day, networks, activity.startMs)
  }

  /** One user's day in two steps: what the rules find, and what stage N is told beside. */
  #asked(days: AccountDays, account: AccountId, day: number) {
    const profile = (this.#organisation as OrganisationView).profile(day - PROFILE_LAG_DAYS)
    const view = new AccountView(days, profile, day)
    const isPerson = this.#isPerson(days, account, day)
    const mask: NameMask = {
      hashKey: this.config.hashKey,
      isPerson: (key) => isPerson && key === days.userKey,
    }
    return {
      findings: (): UserFinding[] => USER_RULES.flatMap((rule) => rule(view, day, mask)),
      result: (findings: readonly UserFinding[]): UserDayResult => {
        const around = (): readonly UserFinding[] => [
          ...this.#attacksOn(days, account, day - 1, mask),
          ...findings.filter(isAttack),
          // Read anew: what this day must not teach is known only now.
          ...this.#attacksOn(null, account, day + 1, mask),
        ]
        const drafts = findings.map(({ draft }) => draft)
        const { annotated, vouchedLogins } = annotationsOf(
          view,
          days.resolved(day),
          day,
          around,
          isPerson,
        )
        return {
          drafts,
          annotated,
          vouchedLogins: vouchedLogins.map(({ prefix, login }) => ({
            prefix: prefixKeyOf(prefix),
            login,
          })),
        }
      },
    }
  }

  /** Brute force on a neighbouring day: as found when that day was completed, or as it looks now. */
  #attacksOn(
    known: AccountDays | null,
    account: AccountId,
    day: number,
    mask: NameMask,
  ): readonly UserFinding[] {
    if (day <= this.closedThrough) return this.#attacks.get(day)?.get(account) ?? []
    if (!this.logs.get(day)?.hasFailure(account)) return []
    const profile = (this.#organisation as OrganisationView).profile(day - PROFILE_LAG_DAYS)
    const view = new AccountView(known ?? new AccountDays(this, account), profile, day)
    return USER_ATTACK_RULES.flatMap((rule) => rule(view, day, mask))
  }

  /** Alerts of high severity keep their logins from teaching (learning hygiene, A.8). */
  #withhold(account: AccountId, day: number, findings: readonly UserFinding[]): void {
    const prefixes = findings.flatMap(({ draft: { severity, source } }) =>
      source !== null && SEVERITY_SCORE[severity] >= SEVERITY_SCORE.high
        ? [prefixKeyOf(source.prefix)]
        : [],
    )
    if (prefixes.length > 0) mapOf(this.#withheld, day).set(account, new Set(prefixes))
  }

  /** Has succeeded at all, up to the day after `day`: then the name is a person's, not a mistyped password. */
  #isPerson(days: AccountDays, account: AccountId, day: number): boolean {
    if (this.accounts.hasSucceeded(account)) return true
    return this.openDays.some((open) => open <= day + 1 && days.resolved(open).successes.length > 0)
  }

  #hasSucceeded(account: AccountId): boolean {
    if (account === 0) return false
    return this.#succeeding.has(account) || this.accounts.hasSucceeded(account)
  }

  /** Names that never succeeded have limited room on each day. */
  #isAdmitted(userKey: string, day: number): boolean {
    let cap = this.#strangers.get(day)
    if (cap === undefined) {
      cap = new StrangerCap(this.config.limits.room.strangersPerDay)
      this.#strangers.set(day, cap)
    }
    const { isKept, dropped } = cap.admit(userKey, this.#hashOf(userKey))
    if (dropped !== null) this.#dropStranger(dropped, day)
    if (!isKept || dropped !== null) this.capped.strangers++
    return isKept
  }

  #dropStranger(userKey: string, day: number): void {
    const account = this.accounts.find(userKey)
    if (account === 0 || this.#hasSucceeded(account)) return
    this.logs.get(day)?.forget(account)
    this.#deleteIfIdle(account)
    this.#dropped.push({ day, userKey })
  }

  /** Days of names that lost their room since the last call. */
  takeDropped(): readonly { readonly day: number; readonly userKey: string }[] {
    return this.#dropped.length === 0 ? this.#dropped : this.#dropped.splice(0)
  }

  #logOf(day: number): UserLog {
    let log = this.logs.get(day)
    if (log === undefined) {
      log = new UserLog(day, this.config, this.vocabulary)
      this.logs.set(day, log)
    }
    return log
  }

  /** Of the day before a completed one the last minutes stay, of earlier ones nothing. */
  #forgetBefore(day: number): void {
    const idle: AccountId[] = []
    for (const [other, log] of this.logs) {
      if (other >= day) continue
      this.#strangers.delete(other)
      for (const account of log.rows.sortedKeys()) {
        if (!this.accounts.hasSucceeded(account)) idle.push(account)
      }
      if (other === day - 1) log.shrink()
      else this.logs.delete(other)
    }
    for (const account of new Set(idle)) this.#deleteIfIdle(account)
    this.#strangers.delete(day)
    for (const past of [this.#withheld, this.#attacks]) {
      for (const other of past.keys()) if (other < day) past.delete(other)
    }
    if (day % CLEANING_DAYS !== 0) return
    const oldest = day - this.config.limits.common.knownUserDays
    for (const account of this.accounts.ids()) {
      if (this.accounts.record(account).latestDay < oldest) this.#deleteIfIdle(account, oldest)
    }
    this.accounts.compact()
  }

  /** Lets go of an account without lines that has not succeeded since `oldest`. */
  #deleteIfIdle(account: AccountId, oldest = Number.NEGATIVE_INFINITY): void {
    const record = this.accounts.record(account)
    if (record.hasSucceeded && record.latestDay >= oldest) return
    for (const log of this.logs.values()) if (log.rows.hasKey(account)) return
    this.accounts.delete(account)
  }
}

function isAttack({ attackPaneStartsMs }: UserFinding): boolean {
  return attackPaneStartsMs.length > 0
}

function mapOf<K, V>(maps: Map<number, Map<K, V>>, day: number): Map<K, V> {
  let map = maps.get(day)
  if (map === undefined) {
    map = new Map()
    maps.set(day, map)
  }
  return map
}
