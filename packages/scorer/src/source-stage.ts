import {
  type AlertDraft,
  type AnnotatedAttempt,
  type DetectConfig,
  dayOf,
  type NameMask,
  PROFILE_LAG_DAYS,
  SOURCE_RULES,
  type VouchedLogin,
} from '@sekisho/detect'
import type { ProfileSource } from './organisation.ts'
import type { SourceChange } from './source-change.ts'
import { SourceDays } from './source-days.ts'
import { type RowCounts, SourceLog } from './source-log.ts'
import { TOUCHED } from './store/account-table.ts'
import { type ByteSource, jsonChunks } from './store/byte-source.ts'
import { finiteOrNull } from './store/finite.ts'
import type { KeyHash } from './store/key-hash.ts'
import { prefixKeyOf, prefixTextOf } from './store/prefix-key.ts'
import type { Vocabulary } from './store/vocabulary.ts'
import type { StageShared } from './user-stage.ts'

/** Who takes the alerts of a source network's complete day. */
export type SourceDayConsumer = (prefix: number, drafts: readonly AlertDraft[]) => void

/** What a snapshot keeps beside rows. */
interface SavedSourceStage {
  readonly closedThrough: number | null
  readonly days: readonly (readonly [day: number, capped: readonly number[]])[]
}

/** Days before a complete one whose rows a query still reads: windows of the day before reach into the day before that. */
const DAYS_BEFORE = 2

/**
 * Stage N, keyed by source network (/24 or /48), for one partition of the networks: what stage U says of attempts joins,
 * rules query one network and UTC day at a time.
 */
export class SourceStage {
  readonly logs = new Map<number, SourceLog>()
  closedThrough = Number.NEGATIVE_INFINITY
  readonly #config: DetectConfig
  readonly #vocabulary: Vocabulary
  readonly #hashOf: KeyHash
  readonly #strangeFailuresMin: number
  #organisation: ProfileSource | null = null

  constructor({ config, vocabulary, hashOf }: StageShared) {
    this.#config = config
    this.#vocabulary = vocabulary
    this.#hashOf = hashOf
    this.#strangeFailuresMin = strangeFailuresMinOf(config)
  }

  set organisation(organisation: ProfileSource) {
    this.#organisation = organisation
  }

  /** Days with rows that are not complete yet, ascending. */
  get openDays(): number[] {
    return [...this.logs.keys()].filter((day) => day > this.closedThrough).sort((a, b) => a - b)
  }

  /** Joins an attempt as stage U sees it now; a later word on the same event replaces the earlier one. */
  put(annotated: AnnotatedAttempt): void {
    const { event } = annotated.attempt
    this.#logOf(dayOf(event.timestampMs)).put(prefixKeyOf(event.sourceAddress), annotated)
  }

  putLogin(prefix: number, login: VouchedLogin): void {
    this.#logOf(dayOf(login.timestampMs)).putLogin(prefix, login)
  }

  /** Joins what stage U says, or takes back what it no longer says. */
  apply(change: SourceChange): void {
    const { kind, prefix } = change
    if (kind === 'attempt') this.put(change.annotated)
    else if (kind === 'login') this.putLogin(prefix, change.login)
    else if (kind === 'attempt-withdrawn') {
      this.logs.get(dayOf(change.timestampMs))?.remove(prefix, change.id)
    } else this.logs.get(dayOf(change.login.timestampMs))?.removeLogin(prefix, change.login)
  }

  /** The alerts of one source network's day: a pure function of the facts joined so far. */
  query(prefix: number, day: number): AlertDraft[] {
    if (!this.#canSpeak(prefix, day)) return []
    const profile = (this.#organisation as ProfileSource).profile(day - PROFILE_LAG_DAYS)
    const days = new SourceDays(this.logs, prefixTextOf(prefix), prefix, this.#config, profile)
    const persons = days.personsAround(day)
    const mask: NameMask = {
      hashKey: this.#config.hashKey,
      isPerson: (userKey) => persons.has(userKey),
    }
    const attacks = days.attacksAround(day)
    const view = days.viewOf(day)
    return SOURCE_RULES.flatMap((rule) => rule(view, day, attacks, mask))
  }

  /** Completes a day, the earliest that is open, and lets go of what nothing asks for any more. */
  close(day: number, consume: SourceDayConsumer): void {
    const prefixes = this.logs.get(day)?.prefixes() ?? []
    for (let i = 0; i < prefixes.length; i++) {
      if (i % TOUCHED === 0) this.#touch(prefixes, i, day)
      const prefix = prefixes[i] as number
      consume(prefix, this.query(prefix, day))
    }
    this.closedThrough = day
    for (const other of this.logs.keys()) if (other <= day - DAYS_BEFORE) this.logs.delete(other)
  }

  /** Complete days of stage U that are kept, for a snapshot; what is said of open ones is said again. */
  *save(closedUserDay: number): Generator<Uint8Array> {
    const logs = [...this.logs.values()].filter(({ day }) => day <= closedUserDay)
    yield* jsonChunks({
      closedThrough: finiteOrNull(this.closedThrough),
      days: logs.map((log) => [log.day, log.capped()]),
    } satisfies SavedSourceStage)
    for (const log of logs) yield* log.save()
  }

  /** Takes over what `save` gave out; nothing must have been joined. */
  restore(source: ByteSource): void {
    const { closedThrough, days } = source.json<SavedSourceStage>()
    this.closedThrough = closedThrough ?? Number.NEGATIVE_INFINITY
    for (const [day, capped] of days) this.#logOf(day).restore(source, capped)
  }

  /**
   * Most networks see their own people and hardly a stranger: a look that spares them everything else. An alert needs
   * something else than vouched logins on the day, and in the days that a query reads enough failures of strangers
   * (N1, N2, X1), enough logins of strangers (P2, which mobile networks do not count for), or one by a user under attack.
   */
  #canSpeak(prefix: number, day: number): boolean {
    const counts: RowCounts = {
      vouchedFailures: 0,
      strangeFailures: 0,
      mobileLogins: 0,
      strangeLogins: 0,
      attacked: 0,
    }
    this.logs.get(day)?.count(prefix, counts)
    const { vouchedFailures, strangeFailures, mobileLogins, strangeLogins } = counts
    if (vouchedFailures + strangeFailures + mobileLogins + strangeLogins === 0) return false
    if (counts.attacked > 0) return true
    for (const near of [day - DAYS_BEFORE, day - 1, day + 1]) {
      this.logs.get(near)?.count(prefix, counts)
    }
    return (
      counts.strangeFailures >= this.#strangeFailuresMin ||
      counts.strangeLogins >= this.#config.limits.reuse.usersMin
    )
  }

  /** Loads what is asked of the next networks. */
  #touch(prefixes: ArrayLike<number>, from: number, day: number): void {
    const to = Math.min(prefixes.length, from + TOUCHED)
    for (let near = day - DAYS_BEFORE; near <= day + 1; near++) {
      const log = this.logs.get(near)
      for (let i = from; i < to; i++) log?.touch(prefixes[i] as number)
    }
  }

  #logOf(day: number): SourceLog {
    let log = this.logs.get(day)
    if (log === undefined) {
      log = new SourceLog(day, this.#config, this.#vocabulary, this.#hashOf)
      this.logs.set(day, log)
    }
    return log
  }
}

/**
 * The fewest failures of strangers that an attack on a source, or a success inside one, needs; 0 where the numbers in force
 * let users who belong there, or logins, make one.
 */
function strangeFailuresMinOf({ limits: { source, successInside } }: DetectConfig): number {
  const harmless = [
    ...[source.vouchedFailure, source.vouchedSuccess],
    ...[source.ordinarySuccess, source.otherSuccess],
  ]
  if (harmless.some((value) => value > 0)) return 0
  const loudest = Math.max(
    ...[source.factorDenied, source.operatorKnownFailure, source.unvouchedFailure],
    ...[source.locked, source.unknownUser, source.misspelt],
  )
  if (loudest <= 0) return 0
  return Math.min(
    Math.ceil(source.threshold / loudest),
    successInside.failingUsersBeforeFirstSuccess,
  )
}
