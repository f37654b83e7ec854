import type { Producer } from 'kafkajs'
import { BrokerError, type OutgoingRecord, type Writer } from '../broker.ts'
import { kafkaClient } from './kafka-client.ts'
import { brokerErrorOf } from './kafka-errors.ts'
import type { KafkaSettings } from './kafka-options.ts'
import { RecordSender } from './record-sender.ts'
import { withinTime } from './time-limit.ts'
import type { Topics } from './topics.ts'

/** The library's retries take some 40 s; longer is not waited for it. */
const WRITE_LIMIT_MS = 90_000
const CLOSE_LIMIT_MS = 5_000

/**
 * Writes each record once, whatever is tried again in between. After a failure the library gives the sequence numbers
 * of records that may have been written to others, which the broker would take for the same: so that was its end.
 */
export class IdempotentWriter implements Writer {
  readonly #settings: KafkaSettings
  readonly #sender: RecordSender
  readonly #producer: Producer
  #ended: BrokerError | null = null

  private constructor(settings: KafkaSettings, topics: Topics) {
    this.#settings = settings
    this.#sender = new RecordSender(settings, topics)
    this.#producer = kafkaClient(settings, 'patient').producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: this.#sender.guard.createPartitioner,
    })
  }

  static async connected(settings: KafkaSettings, topics: Topics): Promise<IdempotentWriter> {
    await topics.reachable()
    const writer = new IdempotentWriter(settings, topics)
    try {
      await withinTime(WRITE_LIMIT_MS, writer.#producer.connect())
    } catch (error) {
      await writer.close()
      throw brokerErrorOf(error, { brokers: settings.brokers })
    }
    return writer
  }

  async write(records: readonly OutgoingRecord[]): Promise<void> {
    if (this.#ended !== null) throw this.#ended
    const requests = await this.#sender.requests(records)
    try {
      await withinTime(WRITE_LIMIT_MS, this.#sender.send(this.#producer, requests))
    } catch (error) {
      const { brokers } = this.#settings
      const mapped = brokerErrorOf(error, { brokers, ...topicOf(records) })
      this.#ended = uncertain(mapped)
      throw mapped.problem === 'unavailable' ? this.#ended : mapped
    }
  }

  async close(): Promise<void> {
    this.#ended ??= new BrokerError('closed', 'the writer has been closed')
    await withinTime(CLOSE_LIMIT_MS, this.#producer.disconnect()).catch(() => {})
  }
}

/** Of records to one topic the error is about that topic. */
export function topicOf(records: readonly OutgoingRecord[]): { topic?: string } {
  const topics = new Set(records.map(({ topic }) => topic))
  const [topic] = topics
  return topics.size === 1 && topic !== undefined ? { topic } : {}
}

/** What a writer that has failed says from then on. */
export function uncertain(cause: BrokerError): BrokerError {
  return new BrokerError('uncertain', `not known whether it was written: ${cause.message}`, {
    cause,
  })
}
