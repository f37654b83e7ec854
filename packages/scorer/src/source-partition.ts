import { dayOf } from '@sekisho/detect'
import type { AlertContents } from './alert-contents.ts'
import type { Ledger } from './ledger.ts'
import { type SourceChange, timestampMsOf } from './source-change.ts'
import type { SourceStage } from './source-stage.ts'

/**
 * Stage N of one partition of the source networks, live: asks again what a change can have touched, and says what is new.
 * In batch it only closes days.
 */
export class SourcePartition {
  readonly stage: SourceStage
  readonly #contents: AlertContents
  readonly #ledger: Ledger
  readonly #dirty = new Map<number, Set<number>>()

  constructor(stage: SourceStage, contents: AlertContents, ledger: Ledger) {
    this.stage = stage
    this.#contents = contents
    this.#ledger = ledger
  }

  /** Live: joins what stage U says. */
  apply(change: SourceChange): void {
    this.stage.apply(change)
    this.#touch(change.prefix, dayOf(timestampMsOf(change)))
  }

  /** Live: says what has changed since the last call. */
  flush(): void {
    for (const [prefix, days] of this.#dirty) {
      for (const day of days) {
        if (day <= this.stage.closedThrough) continue
        const drafts = this.stage.query(prefix, day)
        const contents = this.#contents.of(drafts, day)
        this.#ledger.reconcile(scopeOf(day, prefix), contents, () => this.#eventsOf(prefix, day))
      }
    }
    this.#dirty.clear()
  }

  /** Forgets what has changed: it was said before, and is only being read again. */
  forgetChanges(): void {
    this.#dirty.clear()
  }

  /** Completes a day, the earliest that is open, and says everything of it for good. Live: `flush` comes before. */
  close(day: number): void {
    this.stage.close(day, (prefix, drafts) => {
      if (drafts.length === 0 && this.#ledger.openScopes === 0) return
      const contents = this.#contents.of(drafts, day)
      this.#ledger.close(scopeOf(day, prefix), contents, () => this.#eventsOf(prefix, day))
    })
  }

  #eventsOf(prefix: number, day: number): number {
    return this.stage.logs.get(day)?.countOf(prefix) ?? 0
  }

  #touch(prefix: number, day: number): void {
    const days = this.#dirty.get(prefix) ?? new Set<number>()
    // A window reaches into the day before, an attack's neighbours a day further.
    for (const near of [day - 1, day, day + 1, day + 2]) days.add(near)
    this.#dirty.set(prefix, days)
  }
}

/** One source network's one day in the ledger. */
function scopeOf(day: number, prefix: number): string {
  return `N|${day}|${prefix}`
}
