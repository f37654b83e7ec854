import type { CompressionTypes, ProducerBatch, TopicMessages } from 'kafkajs'
import type { OutgoingRecord } from '../broker.ts'

/** The records as the library wants them, grouped by topic, in their order. */
export function producerBatch(
  records: readonly OutgoingRecord[],
  compression: CompressionTypes,
): ProducerBatch & { topicMessages: TopicMessages[] } {
  const byTopic = new Map<string, TopicMessages>()
  for (const { topic, partition, key, value, timestampMs } of records) {
    let messages = byTopic.get(topic)
    if (messages === undefined) {
      messages = { topic, messages: [] }
      byTopic.set(topic, messages)
    }
    const timestamp = timestampMs === undefined ? {} : { timestamp: String(timestampMs) }
    messages.messages.push({ partition, key, value, ...timestamp })
  }
  // All in-sync replicas.
  return { acks: -1, compression, topicMessages: [...byTopic.values()] }
}
