import type { OutgoingRecord } from '../broker.ts'
import { recordBatches } from '../kafka/record-batches.ts'
import type { PartitionLog } from './log.ts'
import type { SeededRandom } from './random.ts'
import type { TopicStore } from './topic-store.ts'

/** `max.message.bytes` of a broker that was not told otherwise. */
const BATCH_BYTES_MAX = 1_048_588

/** Records that go into one partition at once. */
export interface Append {
  readonly log: PartitionLog
  readonly records: readonly OutgoingRecord[]
}

/**
 * What the writing of records is made of: partition by partition in any order, and now and then in several parts.
 * @throws BrokerError `no-topic`, `too-large`; nothing has been written then
 */
export function appendsOf(
  records: readonly OutgoingRecord[],
  topics: TopicStore,
  random: SeededRandom,
): Append[] {
  const appends: Append[] = []
  for (const batch of recordBatches(records, BATCH_BYTES_MAX)) {
    const byLog = new Map<PartitionLog, OutgoingRecord[]>()
    for (const record of batch) {
      const log = topics.log(record.topic, record.partition)
      const those = byLog.get(log)
      if (those === undefined) byLog.set(log, [record])
      else those.push(record)
    }
    for (const [log, those] of random.shuffled(byLog)) {
      for (const part of partsOf(those, random)) appends.push({ log, records: part })
    }
  }
  return appends
}

function partsOf<T>(items: readonly T[], random: SeededRandom): readonly (readonly T[])[] {
  if (items.length < 2 || random.chance(0.8)) return [items]
  const at = 1 + random.integer(items.length - 1)
  return [items.slice(0, at), items.slice(at)]
}
