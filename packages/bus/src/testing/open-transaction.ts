import { Kafka, logLevel } from 'kafkajs'
import type { OutgoingRecord } from '../broker.ts'
import type { OpenTransaction } from './contract/transactions.ts'

/** A transaction that stays open until the test ends it; its producer is one of the client library itself. */
export async function openTransaction(
  brokers: string[],
  transactionalId: string,
): Promise<OpenTransaction> {
  const kafka = new Kafka({ brokers, clientId: 'sekisho-test', logLevel: logLevel.NOTHING })
  const producer = kafka.producer({
    transactionalId,
    maxInFlightRequests: 1,
    createPartitioner: () => (choice) => choice.message.partition ?? 0,
  })
  await producer.connect()
  const transaction = await producer.transaction()
  const ended = async (end: () => Promise<void>): Promise<void> => {
    try {
      await end()
    } finally {
      await producer.disconnect()
    }
  }
  return {
    async write(records: readonly OutgoingRecord[]) {
      for (const { topic, partition, key, value } of records) {
        await transaction.send({ topic, messages: [{ partition, key, value }] })
      }
    },
    commit: () => ended(() => transaction.commit()),
    abort: () => ended(() => transaction.abort()),
  }
}
