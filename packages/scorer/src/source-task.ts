import { dayOf, PROFILE_LAG_DAYS } from '@sekisho/detect'
import { AlertContents } from './alert-contents.ts'
import { Ledger, type SavedLedger } from './ledger.ts'
import { type SourceChange, timestampMsOf } from './source-change.ts'
import { SourcePartition } from './source-partition.ts'
import { SourceStage } from './source-stage.ts'
import { ByteSource, jsonChunks } from './store/byte-source.ts'
import { finiteOrNull } from './store/finite.ts'
import { keyHashOfConfig } from './store/key-slots.ts'
import { Vocabulary } from './store/vocabulary.ts'
import type { TaskChanges, TaskOptions } from './user-task.ts'

export interface SourceTaskOptions extends TaskOptions {
  /** Partitions of stage U, all of which tell this task of their complete days. */
  readonly userPartitions: number
}

interface SavedSourceTask {
  readonly closedThrough: number | null
  readonly usersClosed: readonly (number | null)[]
  readonly ledger: SavedLedger
}

/** One partition of stage N as a unit that can be stopped anywhere and go on elsewhere: `UserTask` has the words. */
export class SourceTask {
  /** Changes of days that were complete when they came; none, as long as nobody's clock or order is broken. */
  lateBeyondHorizon = 0
  readonly #options: SourceTaskOptions
  readonly #vocabulary: Vocabulary
  readonly #partition: SourcePartition
  readonly #ledger: Ledger
  readonly #usersClosed: number[]
  #closedThrough = Number.NEGATIVE_INFINITY

  constructor(options: SourceTaskOptions) {
    this.#options = options
    const { config, databases, dated, organisation, onAlert, userPartitions } = options
    this.#vocabulary = new Vocabulary(config)
    const hashOf = keyHashOfConfig(config.hashKey)
    const stage = new SourceStage({ config, vocabulary: this.#vocabulary, hashOf })
    stage.organisation = organisation
    this.#ledger = new Ledger(onAlert, true)
    const contents = new AlertContents(config, databases, dated, organisation)
    this.#partition = new SourcePartition(stage, contents, this.#ledger)
    this.#usersClosed = Array.from({ length: userPartitions }, () => Number.NEGATIVE_INFINITY)
  }

  get closedThrough(): number {
    return this.#closedThrough
  }

  /** Earliest day of which a profile may still be asked for. */
  get profilesFrom(): number {
    return this.#closedThrough + 1 - PROFILE_LAG_DAYS
  }

  /** Joins what stage U says; `flush` says what it changes. */
  apply(change: SourceChange): void {
    if (dayOf(timestampMsOf(change)) <= this.#closedThrough) this.lateBeyondHorizon++
    else this.#partition.apply(change)
  }

  /** A partition of stage U has said everything of the days up to this one. */
  closeUsers(userPartition: number, through: number): void {
    const known = this.#usersClosed[userPartition] ?? Number.NEGATIVE_INFINITY
    this.#usersClosed[userPartition] = Math.max(known, through)
  }

  /** Says what has changed since the last call. */
  flush(): void {
    this.#partition.flush()
  }

  /**
   * Completes the days whose day after is complete in every partition of stage U, as far as the organisation is known.
   * @returns true when anything was completed: a snapshot is due
   */
  advance(): boolean {
    const limit = Math.min(...this.#usersClosed) - 1
    if (limit <= this.#closedThrough) return false
    this.flush()
    const before = this.#closedThrough
    for (;;) {
      const [day] = this.#partition.stage.openDays
      if (day === undefined || day > limit) {
        this.#closedThrough = limit
        break
      }
      if (this.#options.organisation.closedThrough < day - PROFILE_LAG_DAYS) break
      this.#partition.close(day)
      this.#closedThrough = day
    }
    this.#vocabulary.sweepUnused(this.#partition.stage.logs.values())
    return this.#closedThrough > before
  }

  /** What has changed since the last call; after `flush`. */
  takeChanges(): TaskChanges {
    return { ledger: this.#ledger.takeChanges(), said: [] }
  }

  /** Everything that is kept; after `flush`. The log of changes begins anew with it. */
  *save(): Generator<Uint8Array> {
    this.takeChanges()
    yield* jsonChunks({
      closedThrough: finiteOrNull(this.#closedThrough),
      usersClosed: this.#usersClosed.map(finiteOrNull),
      ledger: this.#ledger.save(),
    } satisfies SavedSourceTask)
    yield* this.#vocabulary.save()
    yield* this.#partition.stage.save(Number.POSITIVE_INFINITY)
  }

  /** Takes over what `save` gave out. @throws SnapshotError */
  restore(chunks: Iterable<Uint8Array>): void {
    const source = new ByteSource(chunks)
    const saved = source.json<SavedSourceTask>()
    this.#closedThrough = saved.closedThrough ?? Number.NEGATIVE_INFINITY
    for (const [partition, through] of saved.usersClosed.entries()) {
      this.#usersClosed[partition] = through ?? Number.NEGATIVE_INFINITY
    }
    this.#ledger.restore(saved.ledger)
    this.#vocabulary.restore(source)
    this.#partition.stage.restore(source)
  }

  /** Joins a change again that was joined after the snapshot: what it changed has been said. */
  repeat(change: SourceChange): void {
    this.apply(change)
  }

  /** Ends the repetition: what was said since the snapshot is said, in the order of the log. */
  resume(changes: readonly TaskChanges[]): void {
    this.#partition.forgetChanges()
    for (const { ledger } of changes) this.#ledger.restore(ledger)
    this.takeChanges()
  }
}
