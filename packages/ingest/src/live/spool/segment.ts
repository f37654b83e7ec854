import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import {
  MARKER_BYTES,
  RECORD_BYTES_MAX,
  recordAt,
  type SegmentKey,
  type SpoolRecord,
} from './record.ts'

const MAGIC = Buffer.from('SKSPOOL1')
const NUMBER_AT = MAGIC.length
const SEQUENCE_AT = NUMBER_AT + 8
const MARKER_AT = SEQUENCE_AT + 8
const CHECKSUM_AT = MARKER_AT + MARKER_BYTES
export const HEADER_BYTES = CHECKSUM_AT + 4

export interface SegmentHeader extends SegmentKey {
  readonly number: number
  /** Of its first record; numbers go on from segment to segment. */
  readonly firstSequence: number
}

/** The header of a new segment: format and version, number, first sequence, marker, CRC-32 of these, which is also the seed. */
export function newHeader(number: number, firstSequence: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  MAGIC.copy(header)
  header.writeBigUInt64LE(BigInt(number), NUMBER_AT)
  header.writeBigUInt64LE(BigInt(firstSequence), SEQUENCE_AT)
  randomBytes(MARKER_BYTES).copy(header, MARKER_AT)
  header.writeUInt32LE(crc32(header.subarray(0, CHECKSUM_AT)), CHECKSUM_AT)
  return header
}

/** Reads the header of the segment with a number; null when it is cut, damaged, or another one's. */
export function headerOf(bytes: Buffer, number: number): SegmentHeader | null {
  if (bytes.length < HEADER_BYTES || !bytes.subarray(0, NUMBER_AT).equals(MAGIC)) return null
  const seed = bytes.readUInt32LE(CHECKSUM_AT)
  if (crc32(bytes.subarray(0, CHECKSUM_AT)) !== seed) return null
  if (Number(bytes.readBigUInt64LE(NUMBER_AT)) !== number) return null
  const firstSequence = Number(bytes.readBigUInt64LE(SEQUENCE_AT))
  return {
    number,
    firstSequence,
    marker: Buffer.from(bytes.subarray(MARKER_AT, CHECKSUM_AT)),
    seed,
  }
}

/** File name of a segment. */
export function segmentName(number: number): string {
  return `${String(number).padStart(12, '0')}.spool`
}

/** Number of the segment with a file name; null for files that are none. */
export function segmentNumberOf(name: string): number | null {
  return /^\d{12}\.spool$/.test(name) ? Number.parseInt(name, 10) : null
}

export interface Walked {
  /** Behind the last byte that need not be looked at again. */
  readonly end: number
  /** Behind the last good record; 0 without any. */
  readonly goodEnd: number
  readonly damagedBytes: number
}

/**
 * Hands the records of a block to `take`, in order. Skips damaged bytes up to the next good record.
 *
 * @param block begins with a record, or in the midst of damage
 * @param isEnd the segment ends with the block; otherwise a record that is cut there is left for the next block, which begins
 *   with it and is longer than `RECORD_BYTES_MAX`
 */
export function walkRecords(
  block: Buffer,
  key: SegmentKey,
  isEnd: boolean,
  take: (record: SpoolRecord) => void,
): Walked {
  let at = 0
  let goodEnd = 0
  let damagedBytes = 0
  while (at < block.length) {
    const found = recordAt(block, at, key)
    if (typeof found === 'object') {
      take(found.record)
      at = found.end
      goodEnd = at
      continue
    }
    if (found === 'cut' && !isEnd && block.length - at < RECORD_BYTES_MAX) break
    const next = nextMarker(block, at + 1, key, isEnd)
    damagedBytes += next - at
    at = next
  }
  return { end: at, goodEnd, damagedBytes }
}

/** Where the next marker is or may begin, or the end. */
function nextMarker(block: Buffer, from: number, { marker }: SegmentKey, isEnd: boolean): number {
  const next = block.indexOf(marker, from)
  if (next >= 0) return next
  return isEnd ? block.length : Math.max(from, block.length - MARKER_BYTES + 1)
}
