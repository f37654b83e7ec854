import { dayOf } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import type { AlertContents } from './alert-contents.ts'
import type { Ledger } from './ledger.ts'
import { Said, type SaidChange } from './said.ts'
import type { SourceChange } from './source-change.ts'
import type { AccountId } from './store/account-table.ts'
import type { UserDayResult, UserStage } from './user-stage.ts'

/** How many days after its own a fact can change an answer: vouching and knowledge of the open days. */
const FACT_REACH_DAYS = 3

/** Who hears what a partition of stage U says, beside its alerts. */
export interface UserPartitionListener {
  /** Stage N must learn this. */
  tell(change: SourceChange): void
  /** What was said has changed; for who keeps a log of it. */
  note?(change: SaidChange): void
  /** Instead of `tell` where days are only ever closed (batch): all of a day at once, of which nothing was said before. */
  tellDay?(result: UserDayResult): void
}

/**
 * Stage U of one partition of the users, live: asks again what a new fact can have changed, and says what is new. In batch
 * it only closes days.
 */
export class UserPartition {
  readonly stage: UserStage
  /** What stage N was told. */
  readonly said = new Said()
  readonly #contents: AlertContents
  readonly #ledger: Ledger
  readonly #listener: UserPartitionListener
  readonly #dirty = new Map<AccountId, Set<number>>()

  constructor(
    stage: UserStage,
    contents: AlertContents,
    ledger: Ledger,
    listener: UserPartitionListener,
  ) {
    this.stage = stage
    this.#contents = contents
    this.#ledger = ledger
    this.#listener = listener
  }

  get #isLive(): boolean {
    return this.#listener.tellDay === undefined
  }

  /** Joins one attempt of a day that is not complete. @returns false when it changed nothing */
  join(attempt: Attempt, touched = -1): boolean {
    const account = this.stage.join(attempt, touched)
    this.#takeBackDropped()
    if (account !== 0 && this.#isLive) this.#touch(account, dayOf(attempt.event.timestampMs))
    return account !== 0
  }

  /** Live: says what has changed since the last call. */
  flush(): void {
    for (const [account, days] of this.#dirty) this.#query(account, days)
    this.#dirty.clear()
  }

  /** Forgets what has changed: it was said before, and is only being read again. */
  forgetChanges(): void {
    this.#dirty.clear()
  }

  /** Everything of the open days is asked again at the next `flush`. */
  touchAll(): void {
    for (const day of this.stage.openDays) {
      for (const account of this.stage.logs.get(day)?.rows.sortedKeys() ?? []) {
        this.#touch(account, day)
      }
    }
  }

  /** Completes a day, the earliest that is open, and says everything of it for good. `flush` comes before. */
  close(day: number): void {
    const { tellDay } = this.#listener
    this.stage.close(day, (account, result) => {
      tellDay?.(result)
      if (tellDay !== undefined && result.drafts.length === 0) return
      const userKey = this.stage.accounts.nameOf(account)
      if (tellDay === undefined) this.#publish(day, userKey, result)
      const contents = this.#contents.of(result.drafts, day)
      this.#ledger.close(scopeOf(day, userKey), contents, () => this.#eventsOf(account, day))
      this.#dirty.delete(account)
    })
    this.said.forget(day)
  }

  #query(account: AccountId, days: ReadonlySet<number>): void {
    for (const day of this.stage.openDays) {
      const isTouched = [...days].some(
        (touched) => day >= touched - 2 && day <= touched + FACT_REACH_DAYS,
      )
      if (!isTouched || !this.stage.logs.get(day)?.rows.hasKey(account)) continue
      const result = this.stage.query(account, day)
      const userKey = this.stage.accounts.nameOf(account)
      this.#publish(day, userKey, result)
      const contents = this.#contents.of(result.drafts, day)
      this.#ledger.reconcile(scopeOf(day, userKey), contents, () => this.#eventsOf(account, day))
    }
  }

  /** What was said of names that lost their room is taken back (live); in batch nothing has been said yet. */
  #takeBackDropped(): void {
    for (const { day, userKey } of this.stage.takeDropped()) {
      if (!this.#isLive) continue
      this.#publish(day, userKey, NOTHING_SAID)
      this.#ledger.reconcile(scopeOf(day, userKey), [], () => 0)
    }
  }

  #eventsOf(account: AccountId, day: number): number {
    return this.stage.logs.get(day)?.rows.countOf(account) ?? 0
  }

  #publish(day: number, userKey: string, result: UserDayResult): void {
    const { tell, note } = this.#listener
    this.said.change(day, userKey, result, tell, note)
  }

  #touch(account: AccountId, day: number): void {
    const days = this.#dirty.get(account)
    if (days === undefined) this.#dirty.set(account, new Set([day]))
    else days.add(day)
  }
}

const NOTHING_SAID: UserDayResult = { drafts: [], annotated: [], vouchedLogins: [] }

/** One user's one day in the ledger. */
function scopeOf(day: number, userKey: string): string {
  return `U|${day}|${userKey}`
}
