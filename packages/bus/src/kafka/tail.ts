import type { BrokerError, ConsumedRecord, Tail } from '../broker.ts'
import type { CommittedRecords } from './committed-records.ts'
import { FetchLoop, type PartitionSource } from './fetch-loop.ts'
import { brokerErrorOf } from './kafka-errors.ts'
import type { KafkaSettings } from './kafka-options.ts'

/** One partition of a tail: all there is, handed over as it comes. */
class TailedPartition implements PartitionSource {
  readonly topic: string
  readonly partition: number
  readonly #endOffset: number
  readonly #onRecord: (record: ConsumedRecord) => void
  readonly #caughtUp = Promise.withResolvers<void>()
  #position: number

  /** @param from the log's first offset @param endOffset where it has caught up */
  constructor(
    topic: string,
    partition: number,
    from: number,
    endOffset: number,
    onRecord: (record: ConsumedRecord) => void,
  ) {
    this.topic = topic
    this.partition = partition
    this.#position = from
    this.#endOffset = endOffset
    this.#onRecord = onRecord
    // Whoever does not care whether it has caught up need not hear that it has not.
    this.#caughtUp.promise.catch(() => {})
    this.#settle()
  }

  get caughtUp(): Promise<void> {
    return this.#caughtUp.promise
  }

  wanted(): number {
    return this.#position
  }

  accept(offset: number, { records, nextOffset }: CommittedRecords): void {
    if (offset !== this.#position) return
    this.#position = nextOffset
    for (const record of records) this.#onRecord(record)
    this.#settle()
  }

  fail(error: BrokerError): void {
    this.#caughtUp.reject(error)
  }

  /** The position also moves over what is not handed over: control records, aborted and compacted ones. */
  #settle(): void {
    if (this.#position >= this.#endOffset) this.#caughtUp.resolve()
  }
}

/** Reads a topic whole, without a group: every partition has its own position here. */
export async function kafkaTail(
  settings: KafkaSettings,
  topic: string,
  onRecord: (record: ConsumedRecord) => void,
): Promise<Tail> {
  const loop = await FetchLoop.connected(settings, [topic])
  try {
    const { client } = loop
    const partitions = Array.from({ length: client.partitions(topic) }, (_, partition) => partition)
    // High watermarks: what others have committed behind a transaction that is still open counts too.
    const ends = await client.offsets(topic, partitions, 'end')
    const beginnings = await client.offsets(topic, partitions, 'beginning')
    const tailed = partitions.map((partition) => {
      const from = beginnings.get(partition) ?? 0
      return new TailedPartition(topic, partition, from, ends.get(partition) ?? from, onRecord)
    })
    for (const source of tailed) loop.add(source)
    const caughtUp = Promise.all(tailed.map((source) => source.caughtUp)).then(() => {})
    caughtUp.catch(() => {})
    return {
      caughtUp,
      close: async () => {
        for (const source of tailed) loop.remove(source)
        await loop.close()
      },
    }
  } catch (error) {
    await loop.close()
    throw brokerErrorOf(error, { brokers: settings.brokers, topic })
  }
}
