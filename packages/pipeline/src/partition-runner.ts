import {
  type Broker,
  BrokerError,
  type ConsumedRecord,
  type Membership,
  type OutgoingRecord,
  type PartitionReader,
  type Writer,
} from '@sekisho/bus'
import { Changelog, ChangelogError, ChangelogReader, type Restored } from './changelog.ts'
import type { Clock } from './clock.ts'
import { deadLetterRecord } from './dead-letters.ts'
import type { StageMeasures } from './measures.ts'
import type { Reach } from './reach.ts'
import type { StageTask } from './stage-task.ts'

/** A fault after which the service cannot go on: the message is a sentence for its operator. */
export class PipelineError extends Error {
  override readonly name = 'PipelineError'
}

export interface RunnerPace {
  /** Least time between two transactions of a partition, unless `recordsMax` records wait. */
  readonly commitMs: number
  /** Most records in one transaction. */
  readonly recordsMax: number
  /** Records after which a snapshot is taken although no day was completed: bounds what restoring reads again. */
  readonly snapshotRecords: number
  /** How long progress without outputs may stay uncommitted. */
  readonly idleCommitMs: number
}

export const DEFAULT_PACE: RunnerPace = {
  commitMs: 100,
  recordsMax: 5000,
  snapshotRecords: 200_000,
  idleCommitMs: 5000,
}

export interface RunnerOptions {
  readonly broker: Broker
  readonly membership: Membership
  readonly clock: Clock
  /** Unique in the deployment and the same for every owner of this partition, such as `sekisho-user-3`. */
  readonly transactionalId: string
  readonly partition: number
  readonly inputTopic: string
  readonly changelogTopic: string
  readonly deadLetterTopic: string
  readonly alertTopic: string
  readonly newTask: () => StageTask
  /** Asked when a task has been restored: settles when everything is known that it will ask for. */
  readonly prepared: (task: StageTask) => Promise<void>
  /** Different for every life of every process. */
  readonly newNonce: () => string
  readonly pace: RunnerPace
  readonly measures: StageMeasures
  readonly reach: Reach
  readonly onFatal: (error: Error) => void
}

/** Waits between two tries to get hold of a partition again. */
const RETRY_MS = 200
const RETRY_MS_MAX = 5000
/** Another owner has fenced this one: the group will say so soon, unless that owner is the one who is mistaken. */
const FENCED_MS = 10_000
const WAIT_MS = 100
const DATED_MS = 3_600_000

/**
 * Owns one partition of a stage: fences whoever owned it before, restores it from its changelog, and then lets each transaction
 * carry what was found, what has changed of the state, and how far the input was read. Nothing depends on the group's offsets.
 */
export class PartitionRunner {
  readonly #options: RunnerOptions
  readonly #stop = new AbortController()
  #isRestored = false
  #ended: Promise<void> = Promise.resolve()

  constructor(options: RunnerOptions) {
    this.#options = options
  }

  /** The partition is restored and reads on. */
  get isReady(): boolean {
    return this.#isRestored
  }

  start(): void {
    this.#ended = this.#run()
  }

  /** Stops after the transaction that is on its way. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#ended
  }

  async #run(): Promise<void> {
    const { clock, onFatal } = this.#options
    for (let retryMs = RETRY_MS; !this.#stop.signal.aborted; ) {
      try {
        await this.#life()
      } catch (error) {
        this.#isRestored = false
        if (this.#stop.signal.aborted) return
        if (!(error instanceof BrokerError)) return onFatal(error as Error)
        this.#options.measures.retried(error)
        if (error.problem === 'unauthorised' || error.problem === 'no-topic') return onFatal(error)
        await clock.sleep(error.problem === 'fenced' ? FENCED_MS : retryMs, this.#stop.signal)
        retryMs = Math.min(2 * retryMs, RETRY_MS_MAX)
      }
    }
  }

  /** From fencing to the end of this ownership, or the first failure. */
  async #life(): Promise<void> {
    const { broker, membership, inputTopic, partition, transactionalId } = this.#options
    const writer = await broker.transactionalWriter(transactionalId)
    try {
      const task = this.#options.newTask()
      const input = membership.reader(inputTopic, partition)
      const changelog = await this.#restored(writer, task, input)
      if (changelog === null) return
      await this.#options.prepared(task)
      this.#isRestored = true
      this.#options.reach('restored')
      await new Ownership(this.#options, writer, task, input, changelog, this.#stop.signal).run()
    } finally {
      this.#isRestored = false
      await writer.close()
    }
  }

  /** Fences, reads the changelog to its end, and brings the task to the last commit. Null when it was stopped. */
  async #restored(
    writer: Writer,
    task: StageTask,
    input: PartitionReader,
  ): Promise<OwnedChangelog | null> {
    const { changelogTopic, partition, newNonce, reach, membership, clock, measures } =
      this.#options
    const startMs = clock.nowMs()
    const changelog = new Changelog(changelogTopic, partition)
    const nonce = newNonce()
    // From here on nobody else can commit, so what is read now is all there is.
    await writer.write([changelog.ownerRecord(nonce)])
    reach('fenced')
    const reader = new ChangelogReader()
    const records = membership.reader(changelogTopic, partition)
    records.seek(0)
    for (let isOwn = false; !isOwn; ) {
      const batch = await taken(records, 1000, WAIT_MS, clock)
      if (this.#stop.signal.aborted) return null
      for (const record of batch) {
        reader.read(record)
        isOwn ||= record.key === 'owner' && record.value?.toString() === nonce
      }
    }
    reach('restoring')
    const restored = this.#understood(reader)
    const position = await this.#repeated(restored, task, input)
    if (position === null) return null
    if (restored !== null) changelog.continue(restored, reader.deltaPieces)
    measures.restored(clock.nowMs() - startMs)
    return {
      changelog,
      position,
      since: position - (restored?.snapshotOffset ?? position),
      isNew: restored === null,
    }
  }

  #understood(reader: ChangelogReader): Restored | null {
    try {
      return reader.result()
    } catch (error) {
      if (!(error instanceof ChangelogError)) throw error
      const { changelogTopic, partition } = this.#options
      throw new PipelineError(
        `partition ${partition} of ${changelogTopic} cannot be restored: ${error.message}; score the retained input anew under another kafka.prefix`,
      )
    }
  }

  /** Reads the input again from the snapshot to the last commit. Null when it was stopped. */
  async #repeated(
    restored: Restored | null,
    task: StageTask,
    input: PartitionReader,
  ): Promise<number | null> {
    const { inputTopic, partition, clock } = this.#options
    const beginning = await input.beginning()
    if (restored === null) {
      input.seek(beginning)
      task.resume([])
      return beginning
    }
    const { snapshotOffset, committedOffset } = restored
    if (beginning > snapshotOffset && committedOffset > snapshotOffset) {
      throw new PipelineError(
        `${inputTopic} partition ${partition} no longer has what was read since the last snapshot (offset ${snapshotOffset}, the log begins at ${beginning}): its retention is too short; score the archive anew under another kafka.prefix`,
      )
    }
    task.restore(restored.snapshot)
    input.seek(snapshotOffset)
    let next = snapshotOffset
    while (next < committedOffset) {
      const records = await taken(input, 5000, WAIT_MS, clock)
      if (this.#stop.signal.aborted) return null
      for (const record of records) {
        if (record.offset < committedOffset) task.repeat(record)
        next = record.offset + 1
      }
    }
    task.resume(restored.deltas)
    // The last take may have gone beyond.
    if (next > committedOffset) input.seek(committedOffset)
    return committedOffset
  }
}

interface OwnedChangelog {
  readonly changelog: Changelog
  /** Next offset of the input. */
  readonly position: number
  /** Records since the last snapshot, about. */
  readonly since: number
  /** There was nothing to restore from. */
  readonly isNew: boolean
}

/** The loop of an owner: read, process, commit. */
class Ownership {
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

/** Records; when there are none the others have had their turn, for a reader that was revoked does not wait. */
async function taken(
  reader: PartitionReader,
  recordsMax: number,
  waitMs: number,
  clock: Clock,
): Promise<readonly ConsumedRecord[]> {
  const records = await reader.take(recordsMax, waitMs)
  if (records.length === 0) await clock.sleep(1)
  return records
}
