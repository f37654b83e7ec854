import type { ConsumedRecord, OutgoingRecord } from '@sekisho/bus'

/** Bytes kept of what could not be read. */
export const KEPT_BYTES = 4096

/** What was set aside, and why. */
export interface DeadLetter {
  /** A word: the reason of a rejected line, or `unreadable-record`. */
  readonly reason: string
  /** A sentence. */
  readonly detail: string
  /** Where it was read: a path or `topic/partition`, and the line's number or the offset. */
  readonly path: string
  readonly number: number
  /** Bytes of the whole. */
  readonly length: number
  /** The first `KEPT_BYTES` of it, base64: it need not be text. */
  readonly start: string
  /** When it was set aside, RFC 3339. */
  readonly setAside: string
}

/** Keyed by where it was read, so that what is set aside twice is listed once. */
export function deadLetterOutgoing(topic: string, letter: DeadLetter): OutgoingRecord {
  return {
    topic,
    partition: 0,
    key: `${letter.path}#${letter.number}`,
    value: Buffer.from(JSON.stringify(letter)),
  }
}

/** A record of a topic between stages that is none of ours. */
export function deadLetterRecord(
  topic: string,
  record: ConsumedRecord,
  detail: string,
): OutgoingRecord {
  const value = record.value ?? Buffer.alloc(0)
  return deadLetterOutgoing(topic, {
    reason: 'unreadable-record',
    detail,
    path: `${record.topic}/${record.partition}`,
    number: record.offset,
    length: value.length,
    start: value.subarray(0, KEPT_BYTES).toString('base64'),
    setAside: new Date(record.timestampMs).toISOString(),
  })
}
