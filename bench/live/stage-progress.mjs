// How far the partitions of both stages have come, as the log says it: every transaction of a stage writes to its changelog how far
// the input was read (packages/pipeline/src/changelog.ts), so that this is the committed offset, at the moment others can see it.

/** One partition of a stage. */
class PartitionProgress {
  /** Next offset of the input as of the last transaction. */
  committed = 0
  /** Behind the last record of the input. */
  end = 0
  hasSnapshot = false
  longestPauseMs = 0
  /** Since when there has been something to do and nothing was done; null when there is nothing to do. */
  #sinceMs = null

  seeInput(offset, nowMs) {
    this.end = Math.max(this.end, offset + 1)
    if (this.end > this.committed) this.#sinceMs ??= nowMs
  }

  seeCommit(offset, nowMs) {
    this.#note(nowMs)
    this.committed = Math.max(this.committed, offset)
    this.#sinceMs = this.end > this.committed ? nowMs : null
  }

  /** Longest pause since the last call, one that has not ended included. */
  takePauseMs(nowMs) {
    this.#note(nowMs)
    const pauseMs = this.longestPauseMs
    this.longestPauseMs = 0
    return pauseMs
  }

  #note(nowMs) {
    if (this.#sinceMs === null) return
    this.longestPauseMs = Math.max(this.longestPauseMs, nowMs - this.#sinceMs)
  }
}

export class StageProgress {
  #partitions
  #tails = []

  /** @param stage `user` or `network` */
  static async read({ broker, topics }, stage, partitions) {
    const [input, changelog] =
      stage === 'user'
        ? [topics.authByUser, topics.changelogUser]
        : [topics.attemptsByNetwork, topics.changelogNetwork]
    const progress = new StageProgress()
    progress.#partitions = Array.from({ length: partitions }, () => new PartitionProgress())
    progress.#tails = [
      await broker.tail(input, ({ partition, offset }) =>
        progress.#partitions[partition].seeInput(offset, performance.now()),
      ),
      await broker.tail(changelog, (record) => progress.#seeChange(record)),
    ]
    return progress
  }

  #seeChange({ partition, key, value }) {
    if (value === null || key === 'owner') return
    const header = JSON.parse(value.toString('utf8', 4, 4 + value.readUInt32LE(0)))
    const progress = this.#partitions[partition]
    if (key === 'snapshot/0') progress.hasSnapshot = true
    progress.seeCommit(header.offset, performance.now())
  }

  /** A new partition has an owner that reads when it has written its first, empty snapshot. */
  get hasBegun() {
    return this.#partitions.every(({ hasSnapshot }) => hasSnapshot)
  }

  /** Records that no transaction has covered yet. */
  get lag() {
    return this.#partitions.reduce(
      (sum, { committed, end }) => sum + Math.max(0, end - committed),
      0,
    )
  }

  /** The longest time since the last call in which a partition had records waiting and committed nothing, ms. */
  takePauseMs() {
    const nowMs = performance.now()
    return Math.max(...this.#partitions.map((partition) => partition.takePauseMs(nowMs)))
  }

  async close() {
    for (const tail of this.#tails) await tail.close()
  }
}
