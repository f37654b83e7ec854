import { setTimeout as sleep } from 'node:timers/promises'
import type { Admin, Kafka } from 'kafkajs'
import { BrokerError, type TopicDescription, type TopicSpec } from '../broker.ts'
import { kafkaClient } from './kafka-client.ts'
import { brokerErrorOf } from './kafka-errors.ts'
import { callLimitMs, type KafkaSettings } from './kafka-options.ts'
import { ReadingClient } from './reading-client.ts'
import { withinTime } from './time-limit.ts'

/** What the protocol calls a topic among the things that have a configuration. */
const TOPIC_RESOURCE = 2
const CREATE_TIMEOUT_MS = 15_000
const LEADER_POLL_MS = 50
const ADMIN_LIMIT_MS = 60_000
const CLOSE_LIMIT_MS = 5_000

/** What topics there are. Every call has connections of its own: one topic that is missing spoils them. */
export class Topics {
  readonly #settings: KafkaSettings
  readonly #kafka: Kafka
  readonly #partitions = new Map<string, number>()

  constructor(settings: KafkaSettings) {
    this.#settings = settings
    this.#kafka = kafkaClient(settings, 'prompt')
  }

  /** @throws BrokerError `unavailable`, `unauthorised` at once rather than after the patience of a writer */
  async reachable(): Promise<void> {
    try {
      const client = await this.#client([])
      await client.close()
    } catch (error) {
      throw this.#mapped(error)
    }
  }

  /**
   * Partitions of a topic; asked once, for a topic here never changes.
   * @throws BrokerError `no-topic` when it does not exist
   */
  async partitions(topic: string): Promise<number> {
    const known = this.#partitions.get(topic)
    if (known !== undefined) return known
    try {
      const client = await this.#client([topic])
      const partitions = client.partitions(topic)
      await client.close()
      this.#partitions.set(topic, partitions)
      return partitions
    } catch (error) {
      throw this.#mapped(error, topic)
    }
  }

  async describe(topics: readonly string[]): Promise<ReadonlyMap<string, TopicDescription>> {
    const partitions = new Map<string, number>()
    for (const topic of topics) {
      // Not from memory: whoever asks wants to know how it is now.
      this.#partitions.delete(topic)
      try {
        partitions.set(topic, await this.partitions(topic))
      } catch (error) {
        if (!(error instanceof BrokerError) || error.problem !== 'no-topic') throw error
      }
    }
    if (partitions.size === 0) return new Map()
    const config = await untilKnown(
      () => this.#asAdmin((admin) => configOf(admin, [...partitions.keys()])),
      (error) => error instanceof BrokerError && error.problem === 'no-topic',
    )
    const described = new Map<string, TopicDescription>()
    for (const [topic, count] of partitions) {
      described.set(topic, { partitions: count, config: config.get(topic) ?? {} })
    }
    return described
  }

  async create(topics: readonly TopicSpec[]): Promise<void> {
    // One by one: of several the library forgets to wait for the new ones when one of them existed.
    for (const spec of topics) {
      await this.#asAdmin((admin) => created(admin, spec), spec.topic)
      await this.#untilLed(spec.topic)
    }
  }

  #client(topics: readonly string[]): Promise<ReadingClient> {
    return ReadingClient.connected(this.#kafka, topics, callLimitMs(this.#settings))
  }

  async #untilLed(topic: string): Promise<void> {
    await untilKnown(
      () => this.partitions(topic),
      () => true,
    )
  }

  async #asAdmin<T>(work: (admin: Admin) => Promise<T>, topic?: string): Promise<T> {
    const admin = this.#kafka.admin()
    try {
      const connected = admin.connect().then(() => work(admin))
      return await withinTime(ADMIN_LIMIT_MS, connected)
    } catch (error) {
      throw this.#mapped(error, topic)
    } finally {
      await withinTime(CLOSE_LIMIT_MS, admin.disconnect()).catch(() => {})
    }
  }

  #mapped(error: unknown, topic?: string): BrokerError {
    const { brokers } = this.#settings
    return brokerErrorOf(error, { brokers, ...(topic !== undefined && { topic }) })
  }
}

async function created(
  admin: Admin,
  { topic, partitions, replicationFactor, config }: TopicSpec,
): Promise<void> {
  const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }))
  await admin.createTopics({
    topics: [{ topic, numPartitions: partitions, replicationFactor, configEntries }],
    timeout: CREATE_TIMEOUT_MS,
    waitForLeaders: true,
  })
}

async function configOf(
  admin: Admin,
  topics: readonly string[],
): Promise<ReadonlyMap<string, Record<string, string>>> {
  const { resources } = await admin.describeConfigs({
    resources: topics.map((name) => ({ type: TOPIC_RESOURCE, name })),
    includeSynonyms: false,
  })
  const config = new Map<string, Record<string, string>>()
  for (const { resourceName, configEntries } of resources) {
    const entries = configEntries.map(({ configName, configValue }) => [configName, configValue])
    config.set(resourceName, Object.fromEntries(entries))
  }
  return config
}

/** Tries again what fails for a topic that was just created: not everything in a broker knows of it at once. */
async function untilKnown<T>(
  ask: () => Promise<T>,
  isWorthWaiting: (error: unknown) => boolean,
): Promise<T> {
  const endMs = performance.now() + CREATE_TIMEOUT_MS
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (performance.now() > endMs || !isWorthWaiting(error)) throw error
    }
    await sleep(LEADER_POLL_MS)
  }
}
