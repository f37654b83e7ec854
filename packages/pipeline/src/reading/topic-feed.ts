import type { Broker, BrokerError, Membership, PartitionReader } from '@sekisho/bus'
import type { Clock } from '../clock.ts'
import type { FeedBatch, LineFeed } from './line-feed.ts'

/** Next offset of each partition. */
type Offsets = Readonly<Record<string, number>>

const RECORDS_MAX = 2000
const WAIT_MS = 200

/** A topic of raw lines, one record a line, as a feed. Positions are kept by whoever reads, not by the group. */
export class TopicFeed implements LineFeed {
  readonly name: string
  readonly #topic: string
  readonly #clock: Clock
  readonly #readers = new Map<number, PartitionReader>()
  readonly #offsets = new Map<number, number>()
  readonly #behind = new Set<number>()
  #membership: Membership | null = null
  #lost: BrokerError | null = null
  #turn = 0

  private constructor(name: string, topic: string, clock: Clock) {
    this.name = name
    this.#topic = topic
    this.#clock = clock
  }

  /** @param position of a former run, or undefined @throws BrokerError */
  static async open(
    broker: Broker,
    {
      name,
      topic,
      group,
    }: { readonly name: string; readonly topic: string; readonly group: string },
    position: unknown,
    clock: Clock,
  ): Promise<TopicFeed> {
    const feed = new TopicFeed(name, topic, clock)
    for (const [partition, offset] of Object.entries((position ?? {}) as Offsets)) {
      feed.#offsets.set(Number(partition), offset)
    }
    feed.#membership = await broker.join({
      group,
      topics: [topic],
      onAssigned: (partitions, membership) => {
        for (const partition of partitions) {
          const reader = membership.reader(topic, partition)
          reader.seek(feed.#offsets.get(partition) ?? 0)
          feed.#readers.set(partition, reader)
          feed.#behind.add(partition)
        }
      },
      onRevoked: (partitions) => {
        for (const partition of partitions) feed.#readers.delete(partition)
      },
      onLost: (error) => {
        feed.#lost = error
      },
    })
    return feed
  }

  get isCaughtUp(): boolean {
    return this.#behind.size === 0
  }

  /** Partitions are read at their own pace. */
  get isInOrder(): boolean {
    return this.isCaughtUp || this.#readers.size <= 1
  }

  get lag(): number {
    let lag = 0
    for (const reader of this.#readers.values()) lag += reader.lag
    return lag
  }

  async next(signal: AbortSignal): Promise<FeedBatch | null> {
    while (!signal.aborted) {
      if (this.#lost !== null) throw this.#lost
      const readers = [...this.#readers]
      const [partition, reader] = readers[this.#turn++ % Math.max(1, readers.length)] ?? []
      if (partition === undefined || reader === undefined) {
        await this.#clock.sleep(WAIT_MS, signal)
        continue
      }
      const records = await reader.take(RECORDS_MAX, Math.ceil(WAIT_MS / readers.length))
      if (reader.lag === 0) this.#behind.delete(partition)
      if (records.length === 0) {
        await this.#clock.sleep(1, signal)
        continue
      }
      for (const { offset } of records) this.#offsets.set(partition, offset + 1)
      const path = `${this.#topic}/${partition}`
      return {
        lines: records.map(({ value, offset }) => ({
          bytes: value ?? Buffer.alloc(0),
          tooLongBytes: null,
          path,
          number: offset,
        })),
        position: Object.fromEntries(this.#offsets),
      }
    }
    return null
  }

  async release(): Promise<void> {
    for (const [partition, reader] of this.#readers) {
      const offset = this.#offsets.get(partition)
      if (offset !== undefined) await reader.commit(offset)
    }
  }

  async close(): Promise<void> {
    await this.#membership?.leave()
  }
}
