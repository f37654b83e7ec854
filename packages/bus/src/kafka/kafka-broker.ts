import {
  type Broker,
  BrokerError,
  type ConsumedRecord,
  type JoinOptions,
  type Membership,
  type Tail,
  type TopicDescription,
  type TopicSpec,
  type Writer,
} from '../broker.ts'
import { IdempotentWriter } from './idempotent-writer.ts'
import { type KafkaOptions, type KafkaSettings, kafkaSettings } from './kafka-options.ts'
import { KafkaMembership } from './membership.ts'
import { kafkaTail } from './tail.ts'
import { Topics } from './topics.ts'
import { TransactionalWriter } from './transactional-writer.ts'

/**
 * Apache Kafka 2.5 or later as the broker. Connections are made when they are needed: this returns at once.
 * @throws TypeError when the options make no sense
 */
export function kafkaBroker(options: KafkaOptions): Broker {
  return new KafkaBroker(kafkaSettings(options))
}

class KafkaBroker implements Broker {
  readonly #settings: KafkaSettings
  readonly #topics: Topics
  readonly #closings = new Set<() => Promise<void>>()
  #isClosed = false

  constructor(settings: KafkaSettings) {
    this.#settings = settings
    this.#topics = new Topics(settings)
  }

  async describe(topics: readonly string[]): Promise<ReadonlyMap<string, TopicDescription>> {
    this.#refuseIfClosed()
    return await this.#topics.describe(topics)
  }

  async create(topics: readonly TopicSpec[]): Promise<void> {
    this.#refuseIfClosed()
    await this.#topics.create(topics)
  }

  async writer(): Promise<Writer> {
    this.#refuseIfClosed()
    return await this.#writer(IdempotentWriter.connected(this.#settings, this.#topics))
  }

  async transactionalWriter(transactionalId: string): Promise<Writer> {
    this.#refuseIfClosed()
    const id = transactionalId
    return await this.#writer(TransactionalWriter.connected(this.#settings, this.#topics, id))
  }

  async join(options: JoinOptions): Promise<Membership> {
    this.#refuseIfClosed()
    const membership = await KafkaMembership.joined(this.#settings, options)
    const leave = await this.#closing(() => membership.leave())
    return { reader: (topic, partition) => membership.reader(topic, partition), leave }
  }

  async tail(topic: string, onRecord: (record: ConsumedRecord) => void): Promise<Tail> {
    this.#refuseIfClosed()
    const tail = await kafkaTail(this.#settings, topic, onRecord)
    const close = await this.#closing(() => tail.close())
    return { caughtUp: tail.caughtUp, close }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#closings].map((close) => close()))
  }

  async #writer(connected: Promise<Writer>): Promise<Writer> {
    const writer = await connected
    const close = await this.#closing(() => writer.close())
    return { write: (records) => writer.write(records), close }
  }

  /** Remembers how to close what is handed out, until it is; what is ready only after all was closed goes too. */
  async #closing(close: () => Promise<void>): Promise<() => Promise<void>> {
    if (this.#isClosed) await close()
    this.#refuseIfClosed()
    const closing = (): Promise<void> => {
      this.#closings.delete(closing)
      return close()
    }
    this.#closings.add(closing)
    return closing
  }

  #refuseIfClosed(): void {
    if (this.#isClosed) throw new BrokerError('closed', 'the connection to Kafka has been closed')
  }
}
