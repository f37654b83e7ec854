import type { Consumer, Kafka } from 'kafkajs'
import { coPartitionedAssigner } from './co-partitioned-assigner.ts'
import type { KafkaSettings } from './kafka-options.ts'
import { TimeLimitError } from './time-limit.ts'

/** How soon a member hears of a rebalance; the broker counts it as alive for the session timeout. */
const HEARTBEAT_MS = 1_000
/** How long the others wait for a member to join again. */
const REBALANCE_TIMEOUT_MS = 30_000
/** How often the consumer looks whether a heartbeat is due. */
const ROUND_MS = 100
/**
 * Without a heartbeat for so long the library must be stuck: longer than any rebalance and the retries of an outage.
 */
const SILENCE_MS_MAX = 120_000

export interface GroupOptions {
  readonly group: string
  readonly topics: readonly string[]
  /** What the member has, so that it may keep it. */
  readonly ownPartitions: () => Iterable<number>
  /** Joined, or joined again: `memberId` is another one when the group had given it up meanwhile. */
  readonly onAssigned: (memberId: string, partitions: readonly number[]) => void
}

/**
 * One life of a member of a consumer group, by the consumer of the client library. The library keeps up the
 * membership and nothing else: all its partitions are paused, because it begins again at the group's offsets after
 * every rebalance. Its own way of starting again after a failure is off; who has this makes a new one.
 */
export class GroupConsumer {
  readonly #consumer: Consumer
  readonly #options: GroupOptions
  readonly #silence: NodeJS.Timeout
  /** Resolves with the error that ended it. */
  readonly failed: Promise<unknown>

  constructor(kafka: Kafka, settings: KafkaSettings, options: GroupOptions) {
    this.#options = options
    this.#consumer = kafka.consumer({
      groupId: options.group,
      allowAutoTopicCreation: false,
      partitionAssigners: [coPartitionedAssigner(options.ownPartitions)],
      sessionTimeout: settings.sessionTimeoutMs,
      rebalanceTimeout: REBALANCE_TIMEOUT_MS,
      heartbeatInterval: HEARTBEAT_MS,
      maxWaitTimeInMs: ROUND_MS,
      retry: { restartOnFailure: async () => false },
    })
    const { promise, resolve } = Promise.withResolvers<unknown>()
    this.failed = promise
    this.#silence = setTimeout(() => resolve(new TimeLimitError('no heartbeat')), SILENCE_MS_MAX)
    const { events } = this.#consumer
    this.#consumer.on(events.CRASH, ({ payload }) => resolve(payload.error))
    this.#consumer.on(events.HEARTBEAT, () => this.#silence.refresh())
    this.#consumer.on(events.GROUP_JOIN, ({ payload }) => {
      this.#silence.refresh()
      this.#consumer.pause(options.topics.map((topic) => ({ topic })))
      const partitions = new Set(Object.values(payload.memberAssignment).flat())
      options.onAssigned(payload.memberId, [...partitions])
    })
  }

  /** Joins. @throws the library's error; one that comes of joining is told by `failed` instead */
  async start(): Promise<void> {
    await this.#consumer.connect()
    await this.#consumer.subscribe({ topics: [...this.#options.topics] })
    await this.#consumer.run({ autoCommit: false, eachBatch: async () => {} })
  }

  async commit(topic: string, partition: number, offset: number): Promise<void> {
    await this.#consumer.commitOffsets([{ topic, partition, offset: String(offset) }])
  }

  /** Leaves the group. */
  async stop(): Promise<void> {
    clearTimeout(this.#silence)
    await this.#consumer.disconnect()
  }
}
