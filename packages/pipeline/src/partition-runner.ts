import { BrokerError, type PartitionReader, type Writer } from '@sekisho/bus'
import { Changelog, ChangelogError, ChangelogReader, type Restored } from './changelog.ts'
import { type OwnedChangelog, PartitionOwner } from './partition-owner.ts'
import { PipelineError, type RunnerOptions, taken, WAIT_MS } from './runner-options.ts'
import type { StageTask } from './stage-task.ts'

/** Waits between two tries to get hold of a partition again. */
const RETRY_MS = 200
const RETRY_MS_MAX = 5000
/** Another owner has fenced this one: the group will say so soon, unless that owner is the one who is mistaken. */
const FENCED_MS = 10_000

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
      await new PartitionOwner(
        this.#options,
        writer,
        task,
        input,
        changelog,
        this.#stop.signal,
      ).run()
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
