import { randomUUID } from 'node:crypto'
import type { Cluster, Consumer, Kafka } from 'kafkajs'
import type { FetchedPartition } from './committed-records.ts'
import { withinTime } from './time-limit.ts'

/** What is fetched of one partition. */
export interface FetchFrom {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

export interface FetchLimits {
  /** How long the broker waits for the first record. */
  readonly waitMs: number
  readonly bytesPerPartition: number
  readonly bytesMax: number
}

export interface FetchedTopic {
  readonly topicName: string
  readonly partitions: readonly FetchedPartition[]
}

const CLOSE_LIMIT_MS = 5_000

/** Records of transactions that are open or aborted are marked, and not passed over at the end. */
const READ_COMMITTED = 1

/**
 * The connections of the client library, for requests that its consumer makes badly for us: a reader here keeps its
 * own position, over rebalances and without a group. The library gives its connections only to the assigner of
 * partitions of a consumer, so each of these has a consumer that never joins its group.
 */
export class ReadingClient {
  readonly #consumer: Consumer
  readonly #cluster: Cluster
  readonly #limitMs: number

  private constructor(consumer: Consumer, cluster: Cluster, limitMs: number) {
    this.#consumer = consumer
    this.#cluster = cluster
    this.#limitMs = limitMs
  }

  /**
   * @param limitMs how long any call may take: requests of the library that were waiting when a connection broke may
   *   never be answered, nor time out
   * @throws the library's error when no broker can be reached or the topic does not exist; `TimeLimitError`
   */
  static async connected(
    kafka: Kafka,
    topics: readonly string[],
    limitMs: number,
  ): Promise<ReadingClient> {
    let cluster: Cluster | undefined
    const consumer = kafka.consumer({
      groupId: `never-joined-${randomUUID()}`,
      allowAutoTopicCreation: false,
      // Ends of the log are high watermarks then; what is fetched is committed all the same.
      readUncommitted: true,
      partitionAssigners: [
        (of) => {
          cluster = of.cluster
          return { name: 'none', version: 0, assign: async () => [], protocol: refused }
        },
      ],
    })
    if (cluster === undefined) throw new Error('kafkajs has not handed over its connections')
    const client = new ReadingClient(consumer, cluster, limitMs)
    try {
      await withinTime(limitMs, cluster.connect())
      if (topics.length > 0) {
        await withinTime(limitMs, cluster.addMultipleTargetTopics([...topics]))
      }
    } catch (error) {
      void client.close()
      throw error
    }
    return client
  }

  partitions(topic: string): number {
    return this.#cluster.findTopicPartitionMetadata(topic).length
  }

  /** The node that leads the partition, or null while none is known to. */
  leader(topic: string, partition: number): string | null {
    const [node] = Object.keys(this.#cluster.findLeaderForPartitions(topic, [partition]))
    return node === undefined || Number(node) < 0 ? null : node
  }

  async refreshMetadata(): Promise<void> {
    await withinTime(this.#limitMs, this.#cluster.refreshMetadata())
  }

  /** Asks for records, all of partitions that the node leads. @throws the library's error if one of them fails */
  async fetch(
    node: string,
    from: readonly FetchFrom[],
    limits: FetchLimits,
  ): Promise<readonly FetchedTopic[]> {
    return await withinTime(this.#limitMs, this.#fetch(node, from, limits))
  }

  async #fetch(
    node: string,
    from: readonly FetchFrom[],
    limits: FetchLimits,
  ): Promise<readonly FetchedTopic[]> {
    await this.#cluster.refreshMetadataIfNecessary()
    const broker = await this.#cluster.findBroker({ nodeId: node })
    const { responses } = await broker.fetch({
      isolationLevel: READ_COMMITTED,
      maxWaitTime: limits.waitMs,
      minBytes: 1,
      maxBytes: limits.bytesMax,
      topics: from.map(({ topic, partition, offset }) => ({
        topic,
        partitions: [
          { partition, fetchOffset: String(offset), maxBytes: limits.bytesPerPartition },
        ],
      })),
    })
    return responses
  }

  /** Offsets by partition of the first record of the log, or behind its last. */
  async offsets(
    topic: string,
    partitions: readonly number[],
    which: 'beginning' | 'end',
  ): Promise<ReadonlyMap<number, number>> {
    const wanted = {
      topic,
      partitions: partitions.map((partition) => ({ partition })),
      fromBeginning: which === 'beginning',
    }
    const [found] = await withinTime(this.#limitMs, this.#cluster.fetchTopicsOffset([wanted]))
    const offsets = new Map<number, number>()
    for (const { partition, offset } of found?.partitions ?? []) {
      offsets.set(partition, Number(offset))
    }
    return offsets
  }

  /** Never fails, and never takes long. */
  async close(): Promise<void> {
    await withinTime(CLOSE_LIMIT_MS, this.#consumer.disconnect()).catch(() => {})
  }
}

function refused(): never {
  throw new Error('this consumer never joins its group')
}
