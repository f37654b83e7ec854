import type { ConsumedRecord } from '../broker.ts'

/** One partition of a fetch response, as the library decodes it; offsets are decimal texts. */
export interface FetchedPartition {
  readonly partition: number
  readonly highWatermark: string
  readonly abortedTransactions:
    | readonly { readonly producerId: string; readonly firstOffset: string }[]
    | null
  readonly messages: readonly FetchedMessage[]
}

export interface FetchedMessage {
  readonly offset: string
  readonly timestamp: string
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly isControlRecord: boolean
  readonly batchContext: {
    readonly firstOffset: string
    readonly lastOffsetDelta: number
    readonly producerId: string
    readonly inTransaction: boolean
  }
}

export interface CommittedRecords {
  readonly records: readonly ConsumedRecord[]
  /** Where the next fetch begins: behind everything in the response, control records and compacted ones too. */
  readonly nextOffset: number
  /** Offset behind the last record of the partition. */
  readonly endOffset: number
}

/** The key of a control record: version and type, both int16; type 0 ends a transaction that was aborted. */
const ABORT_MARKER_TYPE = 0

/**
 * The records of a fetch response that were committed, from the offset that was asked for on. What stands before it
 * in the first batch, control records and aborted transactions are left out, as Kafka's own consumer does it
 * (`CompletedFetch`); the filter of the client library forgets an aborted transaction when two of them began before
 * the response does.
 */
export function committedRecords(
  topic: string,
  fromOffset: number,
  fetched: FetchedPartition,
): CommittedRecords {
  const aborted = new AbortedTransactions(fetched.abortedTransactions ?? [])
  const records: ConsumedRecord[] = []
  for (const message of fetched.messages) {
    const offset = Number(message.offset)
    aborted.startUpTo(offset)
    if (message.isControlRecord) {
      if (isAbortMarker(message)) aborted.end(message.batchContext.producerId)
      continue
    }
    if (offset < fromOffset || aborted.includes(message)) continue
    records.push({
      topic,
      partition: fetched.partition,
      offset,
      key: message.key?.toString('utf8') ?? '',
      // A copy, for the library's buffer is the whole response of all partitions.
      value: message.value && Buffer.from(message.value),
      timestampMs: Number(message.timestamp),
    })
  }
  const last = fetched.messages.at(-1)?.batchContext
  const nextOffset =
    last === undefined ? fromOffset : Number(last.firstOffset) + last.lastOffsetDelta + 1
  return {
    records,
    nextOffset: Math.max(fromOffset, nextOffset),
    endOffset: Number(fetched.highWatermark),
  }
}

function isAbortMarker({ key }: FetchedMessage): boolean {
  return key !== null && key.length >= 4 && key.readInt16BE(2) === ABORT_MARKER_TYPE
}

/** Which producers have an aborted transaction open while the log is gone through. */
class AbortedTransactions {
  readonly #coming: { readonly producerId: string; readonly firstOffset: number }[]
  readonly #open = new Set<string>()

  constructor(list: NonNullable<FetchedPartition['abortedTransactions']>) {
    this.#coming = list
      .map(({ producerId, firstOffset }) => ({ producerId, firstOffset: Number(firstOffset) }))
      .sort((left, right) => right.firstOffset - left.firstOffset)
  }

  startUpTo(offset: number): void {
    for (let next = this.#coming.at(-1); next !== undefined; next = this.#coming.at(-1)) {
      if (next.firstOffset > offset) return
      this.#open.add(next.producerId)
      this.#coming.pop()
    }
  }

  end(producerId: string): void {
    this.#open.delete(producerId)
  }

  includes({ batchContext }: FetchedMessage): boolean {
    return batchContext.inTransaction && this.#open.has(batchContext.producerId)
  }
}
