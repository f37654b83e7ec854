import type { Producer, Transaction } from 'kafkajs'
import { BrokerError, type OutgoingRecord, type Writer } from '../broker.ts'
import { topicOf, uncertain } from './idempotent-writer.ts'
import { kafkaClient } from './kafka-client.ts'
import { brokerErrorOf } from './kafka-errors.ts'
import type { KafkaSettings } from './kafka-options.ts'
import { RecordSender } from './record-sender.ts'
import { withinTime } from './time-limit.ts'
import type { Topics } from './topics.ts'

/** A commit is one request, which the library does not try again. */
const COMMIT_LIMIT_MS = 60_000
const ABORT_LIMIT_MS = 5_000
const CLOSE_LIMIT_MS = 5_000

/**
 * Writes all records of a call in one transaction. The library asks for the producer id, which fences whoever had the
 * transactional id before, with the first transaction and never again; were it asked for again by a writer that had
 * been fenced, that would fence the one who owns the partition now. So a writer that has failed stays failed.
 */
export class TransactionalWriter implements Writer {
  readonly #settings: KafkaSettings
  readonly #transactionalId: string
  readonly #sender: RecordSender
  readonly #producer: Producer
  #ended: BrokerError | null = null

  private constructor(settings: KafkaSettings, topics: Topics, transactionalId: string) {
    this.#settings = settings
    this.#transactionalId = transactionalId
    this.#sender = new RecordSender(settings, topics)
    // Without `idempotent`, which is for what it writes outside transactions: that would ask for one more producer id.
    this.#producer = kafkaClient(settings, 'patient').producer({
      transactionalId,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      transactionTimeout: settings.transactionTimeoutMs,
      createPartitioner: this.#sender.guard.createPartitioner,
    })
  }

  static async connected(
    settings: KafkaSettings,
    topics: Topics,
    transactionalId: string,
  ): Promise<TransactionalWriter> {
    await topics.reachable()
    const writer = new TransactionalWriter(settings, topics, transactionalId)
    try {
      await withinTime(settings.transactionTimeoutMs, writer.#producer.connect())
    } catch (error) {
      await writer.close()
      throw writer.#mapped(error)
    }
    return writer
  }

  async write(records: readonly OutgoingRecord[]): Promise<void> {
    if (this.#ended !== null) throw this.#ended
    const requests = await this.#sender.requests(records)
    const transaction = await this.#begun()
    try {
      // The broker aborts it after that time.
      const limitMs = this.#settings.transactionTimeoutMs
      await withinTime(limitMs, this.#sender.send(transaction, requests))
    } catch (error) {
      const failure = this.#failed(this.#mapped(error, topicOf(records)))
      await this.#abort(transaction, failure)
      throw failure
    }
    try {
      await withinTime(COMMIT_LIMIT_MS, transaction.commit())
    } catch (error) {
      throw this.#failed(this.#mapped(error))
    }
  }

  async close(): Promise<void> {
    this.#ended ??= new BrokerError('closed', 'the writer has been closed')
    await withinTime(CLOSE_LIMIT_MS, this.#producer.disconnect()).catch(() => {})
  }

  /** The first time, this fences. If it fails nothing has been written, and it may be tried again. */
  async #begun(): Promise<Transaction> {
    try {
      return await withinTime(this.#settings.transactionTimeoutMs, this.#producer.transaction())
    } catch (error) {
      const mapped = this.#mapped(error)
      if (mapped.problem === 'fenced') this.#ended = mapped
      throw mapped
    }
  }

  /**
   * Ends this writer. Once a request has been sent the library's sequence numbers are not those of the broker any
   * more, whatever the answer was.
   */
  #failed(error: BrokerError): BrokerError {
    const { problem } = error
    this.#ended = problem === 'fenced' ? error : uncertain(error)
    return problem === 'unavailable' ? this.#ended : error
  }

  /** So that readers need not wait for the broker to do it. */
  async #abort(transaction: Transaction, { problem }: BrokerError): Promise<void> {
    if (problem === 'fenced') return
    await withinTime(ABORT_LIMIT_MS, transaction.abort()).catch((error) => {
      const { message } = this.#mapped(error)
      this.#settings.log('warn', `a transaction is left for the broker to abort: ${message}`, {
        transactionalId: this.#transactionalId,
      })
    })
  }

  #mapped(error: unknown, topic: { topic?: string } = {}): BrokerError {
    const { brokers } = this.#settings
    return brokerErrorOf(error, { brokers, id: this.#transactionalId, ...topic })
  }
}
