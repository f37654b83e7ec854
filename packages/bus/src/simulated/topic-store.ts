import { BrokerError, type TopicDescription, type TopicSpec } from '../broker.ts'
import { PartitionLog } from './log.ts'

interface StoredTopic {
  readonly config: Readonly<Record<string, string>>
  readonly logs: readonly PartitionLog[]
}

/** What the broker keeps: topics and their partitions. */
export class TopicStore {
  readonly #topics = new Map<string, StoredTopic>()

  get names(): readonly string[] {
    return [...this.#topics.keys()]
  }

  /** A topic that exists is left as it is. */
  create({ topic, partitions, config }: TopicSpec): void {
    if (this.#topics.has(topic)) return
    const logs = Array.from({ length: partitions }, (_, index) => new PartitionLog(topic, index))
    this.#topics.set(topic, { config, logs })
  }

  describe(topics: readonly string[]): ReadonlyMap<string, TopicDescription> {
    const described = new Map<string, TopicDescription>()
    for (const topic of topics) {
      const stored = this.#topics.get(topic)
      if (stored === undefined) continue
      described.set(topic, { partitions: stored.logs.length, config: stored.config })
    }
    return described
  }

  /** @throws BrokerError `no-topic` */
  logs(topic: string): readonly PartitionLog[] {
    return this.#stored(topic).logs
  }

  /** @throws BrokerError `no-topic` when the topic or the partition is missing */
  log(topic: string, partition: number): PartitionLog {
    const logs = this.logs(topic)
    const log = logs[partition]
    if (log !== undefined) return log
    const message = `topic ${topic} has ${logs.length} partitions, and none is ${partition}`
    throw new BrokerError('no-topic', message)
  }

  /** @throws BrokerError `no-topic` */
  config(topic: string): Readonly<Record<string, string>> {
    return this.#stored(topic).config
  }

  #stored(topic: string): StoredTopic {
    const stored = this.#topics.get(topic)
    if (stored === undefined) throw new BrokerError('no-topic', `there is no topic ${topic}`)
    return stored
  }
}
