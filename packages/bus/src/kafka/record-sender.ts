import type { CompressionTypes, ProducerBatch, RecordMetadata } from 'kafkajs'
import { BrokerError, type OutgoingRecord } from '../broker.ts'
import { compressionType } from './kafka-client.ts'
import type { KafkaSettings } from './kafka-options.ts'
import { LeaderGuard } from './leader-guard.ts'
import { producerBatch } from './producer-requests.ts'
import { recordBatches } from './record-batches.ts'
import type { Topics } from './topics.ts'

/** A producer or a transaction of the library. */
export interface BatchTarget {
  sendBatch(batch: ProducerBatch): Promise<RecordMetadata[]>
}

/** What the plain and the transactional writer have in common: records checked, cut into requests, and sent. */
export class RecordSender {
  readonly guard = new LeaderGuard()
  readonly #topics: Topics
  readonly #batchBytesMax: number
  readonly #compression: CompressionTypes

  constructor(settings: KafkaSettings, topics: Topics) {
    this.#topics = topics
    this.#batchBytesMax = settings.batchBytesMax
    this.#compression = compressionType(settings)
  }

  /**
   * The requests that the records make; nothing is sent.
   * @throws BrokerError `too-large`, `no-topic`, `unauthorised`, `unavailable`
   */
  async requests(records: readonly OutgoingRecord[]): Promise<OutgoingRecord[][]> {
    const requests = recordBatches(records, this.#batchBytesMax)
    for (const topic of new Set(records.map((record) => record.topic))) {
      const partitions = await this.#topics.partitions(topic)
      const wrong = records.find(
        (record) =>
          record.topic === topic && !(record.partition >= 0 && record.partition < partitions),
      )
      if (wrong !== undefined) {
        const message = `topic ${topic} has ${partitions} partitions, and none is ${wrong.partition}`
        throw new BrokerError('no-topic', message)
      }
    }
    return requests
  }

  /** Sends the requests one after the other. @throws the library's error, and nobody knows what was written */
  async send(target: BatchTarget, requests: readonly OutgoingRecord[][]): Promise<void> {
    for (const records of requests) {
      const batch = producerBatch(records, this.#compression)
      const first = batch.topicMessages[0]?.messages[0]
      if (first === undefined) continue
      this.guard.begin(first)
      await target.sendBatch(batch)
    }
  }
}
