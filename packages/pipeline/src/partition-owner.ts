import type { ConsumedRecord, OutgoingRecord, PartitionReader, Writer } from '@sekisho/bus'
import type { Changelog } from './changelog.ts'
import { deadLetterRecord } from './dead-letters.ts'
import { type RunnerOptions, taken } from './runner-options.ts'
import type { StageTask } from './stage-task.ts'

/** Records carry the time of what they follow from only while it is that young: retention counts from it. */
const DATED_MS = 3_600_000

/** A partition that has been restored. */
export interface OwnedChangelog {
  readonly changelog: Changelog
  /** Next offset of the input. */
  readonly position: number
  /** Records since the last snapshot, about. */
  readonly since: number
  /** There was nothing to restore from. */
  readonly isNew: boolean
}

/** The loop of an owner: read, process, commit. */
export class PartitionOwner {
  readonly #options: RunnerOptions
  readonly #writer: Writer
  readonly #task: StageTask
  readonly #input: PartitionReader
  readonly #changelog: Changelog
  readonly #signal: AbortSignal
  #position: number
  #committed: number
  #sinceSnapshot: number
  #isSnapshotOwed: boolean
  #committedAtMs: number
  /** When the first record of the transaction was written: receipt of its line, for what follows carries it on. */
  #oldestMs = Number.POSITIVE_INFINITY
  readonly #deadLetters: { readonly record: ConsumedRecord; readonly problem: string }[] = []

  constructor(
    options: RunnerOptions,
    writer: Writer,
    task: StageTask,
    input: PartitionReader,
    { changelog, position, since, isNew }: OwnedChangelog,
    signal: AbortSignal,
  ) {
    this.#options = options
    this.#writer = writer
    this.#task = task
    this.#input = input
    this.#changelog = changelog
    this.#signal = signal
    this.#position = position
    this.#committed = position
    this.#sinceSnapshot = since
    this.#isSnapshotOwed = isNew
    this.#committedAtMs = options.clock.nowMs()
  }

  async run(): Promise<void> {
    while (!this.#signal.aborted) {
      await this.#read()
      if (this.#signal.aborted) return
      await this.#commit()
    }
  }

  /** Takes records until a commit is due. */
  async #read(): Promise<void> {
    const { clock, pace, measures, partition } = this.#options
    const dueMs = clock.nowMs() + pace.commitMs
    let count = 0
    do {
      const waitMs = Math.max(1, dueMs - clock.nowMs())
      const records = await taken(this.#input, pace.recordsMax - count, waitMs, clock)
      for (const record of records) {
        const problem = this.#task.process(record)
        this.#oldestMs = Math.min(this.#oldestMs, record.timestampMs)
        if (problem !== null) this.#deadLetters.push({ record, problem })
        this.#position = record.offset + 1
      }
      count += records.length
    } while (clock.nowMs() < dueMs && count < pace.recordsMax && !this.#signal.aborted)
    this.#sinceSnapshot += count
    measures.lag(partition, this.#input.lag)
  }

  /** Outputs carry the time of what they follow from, unless that is so old that retention could take them for old, too. */
  #dated(outputs: readonly OutgoingRecord[], nowMs: number): readonly OutgoingRecord[] {
    if (this.#oldestMs < nowMs - DATED_MS || this.#oldestMs > nowMs) return outputs
    const timestampMs = this.#oldestMs
    return outputs.map((record) => ({ ...record, timestampMs }))
  }

  async #commit(): Promise<void> {
    const { clock, pace, measures, reach } = this.#options
    const { outputs, delta, isSnapshotDue } = this.#task.collect()
    this.#isSnapshotOwed ||= isSnapshotDue
    const isSnapshot = this.#isSnapshotOwed || this.#sinceSnapshot >= pace.snapshotRecords
    const isIdle = clock.nowMs() - this.#committedAtMs >= pace.idleCommitMs
    const hasNews = outputs.length > 0 || delta !== null || this.#deadLetters.length > 0
    const isDue = isSnapshot || hasNews || (isIdle && this.#position > this.#committed)
    if (!isDue) {
      if (!hasNews) this.#oldestMs = Number.POSITIVE_INFINITY
      return
    }
    const startMs = clock.nowMs()
    const state = isSnapshot
      ? this.#changelog.snapshotRecords(this.#position, this.#task.save())
      : this.#changelog.deltaRecords(this.#position, delta ?? Buffer.alloc(0))
    const letters = this.#deadLetters.map(({ record, problem }) =>
      deadLetterRecord(this.#options.deadLetterTopic, record, problem),
    )
    reach('before-commit')
    // Whatever fails, this life ends with it: what was collected is gone from the task, and restoring brings it back.
    await this.#writer.write([...this.#dated(outputs, startMs), ...letters, ...state])
    reach('after-commit')
    this.#deadLetters.length = 0
    this.#committed = this.#position
    this.#committedAtMs = clock.nowMs()
    if (isSnapshot) {
      this.#isSnapshotOwed = false
      this.#sinceSnapshot = 0
    }
    measures.committed(outputs.length, this.#committedAtMs - startMs, isSnapshot)
    if (outputs.some(({ topic }) => topic === this.#options.alertTopic)) {
      measures.endToEnd(Math.max(0, this.#committedAtMs - this.#oldestMs))
    }
    this.#oldestMs = Number.POSITIVE_INFINITY
    await this.#input.commit(this.#position)
  }
}
