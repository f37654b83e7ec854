import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { type AlertDocument, type Destination, documentOf } from '@sekisho/alert-sink'

/** What is in memory at a time. */
const DOCUMENTS_MAX = 500
const BYTES_MAX = 4 * 1024 * 1024

/**
 * Delivers a file of alert documents, one on each line, in their order.
 * @param onDelivered is told how many have been
 * @throws DeliveryStopped when the signal is aborted
 */
export async function deliverFile(
  path: string,
  destination: Destination,
  signal: AbortSignal,
  onDelivered: (documents: number) => void,
): Promise<void> {
  let count = 0
  for await (const batch of batchesIn(path)) {
    await destination.deliver(batch, signal)
    count += batch.length
    onDelivered(count)
  }
}

async function* batchesIn(path: string): AsyncGenerator<AlertDocument[]> {
  const input = createReadStream(path)
  let batch: AlertDocument[] = []
  let bytes = 0
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      batch.push(documentOf(line))
      bytes += line.length
      if (batch.length < DOCUMENTS_MAX && bytes < BYTES_MAX) continue
      yield batch
      batch = []
      bytes = 0
    }
  } finally {
    input.destroy()
  }
  if (batch.length > 0) yield batch
}
