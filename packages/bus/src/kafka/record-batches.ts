import { BrokerError, type OutgoingRecord } from '../broker.ts'

/** More than what Kafka's record format adds to key and value of one record (five varints and an attribute). */
const RECORD_OVERHEAD_BYTES = 32
/** More than the head of a batch (61 bytes). */
const BATCH_OVERHEAD_BYTES = 100
/** Of one request, over all its partitions. */
const REQUEST_BYTES_MAX = 8_000_000

function bytesOf({ key, value }: OutgoingRecord): number {
  return RECORD_OVERHEAD_BYTES + Buffer.byteLength(key) + (value?.length ?? 0)
}

/**
 * The records in as few requests as the sizes allow, in their order. The library makes one batch of all records of a
 * partition in a request, and a batch that is larger than `max.message.bytes` is refused whole.
 * @param batchBytesMax of one partition in one request
 * @throws BrokerError `too-large` when a record is larger than that alone
 */
export function recordBatches(
  records: readonly OutgoingRecord[],
  batchBytesMax: number,
): OutgoingRecord[][] {
  const batches: OutgoingRecord[][] = []
  let current: OutgoingRecord[] = []
  let requestBytes = 0
  let partitionBytes = new Map<string, number>()
  for (const record of records) {
    const bytes = bytesOf(record)
    if (bytes + BATCH_OVERHEAD_BYTES > batchBytesMax) {
      const message = `a record of ${bytes} bytes for topic ${record.topic} is larger than the ${batchBytesMax} that are sent at once`
      throw new BrokerError('too-large', message)
    }
    const id = `${record.topic} ${record.partition}`
    const before = partitionBytes.get(id) ?? BATCH_OVERHEAD_BYTES
    if (before + bytes > batchBytesMax || requestBytes + bytes > REQUEST_BYTES_MAX) {
      batches.push(current)
      current = []
      requestBytes = 0
      partitionBytes = new Map()
    }
    current.push(record)
    requestBytes += bytes
    partitionBytes.set(id, (partitionBytes.get(id) ?? BATCH_OVERHEAD_BYTES) + bytes)
  }
  if (current.length > 0) batches.push(current)
  return batches
}
