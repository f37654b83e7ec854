import { crc32 } from 'node:zlib'
import { LINE_BYTES_MAX } from '../../sources/line-splitter.ts'
import { VARINT_BYTES_MAX, type Varint, varintAt, writeVarint } from './varint.ts'

/** A line with what sent it, as it is put into the spool. */
export interface SpoolLine {
  /** Transport and address, such as `udp:192.0.2.1`; at most `PEER_BYTES_MAX` bytes. */
  readonly peer: string
  /** Of the peer. */
  readonly port: number
  /** Any bytes, line endings included; at most `LINE_BYTES_MAX`. Copied. */
  readonly bytes: Buffer
  /** Bytes of the whole line when `bytes` is only its beginning; null otherwise. */
  readonly tooLongBytes: number | null
}

export interface SpoolRecord extends SpoolLine {
  /** Records of the segment before this one. */
  readonly index: number
}

/** What makes the records of one segment unlike those of every other. */
export interface SegmentKey {
  /** Random bytes in front of every record. */
  readonly marker: Buffer
  /** Start value of the checksums. */
  readonly seed: number
}

export const MARKER_BYTES = 4
export const PEER_BYTES_MAX = 128
const CHECKSUM_BYTES = 4
const BODY_BYTES_MAX = 4 * VARINT_BYTES_MAX + PEER_BYTES_MAX + LINE_BYTES_MAX
/** No record is longer. */
export const RECORD_BYTES_MAX = MARKER_BYTES + VARINT_BYTES_MAX + BODY_BYTES_MAX + CHECKSUM_BYTES

/**
 * Writes one record. Numbers are LEB128 varints, the checksum is little-endian:
 *
 *     marker     4 bytes  of the segment, random
 *     length     varint   of the body
 *     body:
 *       index    varint   records of the segment before this one
 *       too long varint   0, or bytes of the whole line of which the record holds the beginning
 *       peer     varint length, UTF-8
 *       port     varint
 *       line     the rest
 *     checksum   4 bytes  CRC-32 of length and body, beginning with the segment's seed
 *
 * Lengths tell where a line ends, so it may hold any bytes. The checksum finds a record that was torn, changed, or
 * is left over from another segment, and a missing index tells how many are lost. Behind a damaged record the next marker is
 * where reading goes on. Who sends lines can neither know nor guess marker and seed, so that nothing inside a
 * line can pass for a record.
 *
 * @param target with room for `RECORD_BYTES_MAX` at `at`
 * @returns where it ends
 */
export function writeRecord(
  target: Buffer,
  at: number,
  key: SegmentKey,
  record: SpoolRecord,
): number {
  const { peer, bytes } = record
  const peerBytes = Math.min(Buffer.byteLength(peer), PEER_BYTES_MAX)
  const lineBytes = Math.min(bytes.length, LINE_BYTES_MAX)
  key.marker.copy(target, at)
  const lengthAt = at + MARKER_BYTES
  // The head of the body is written behind the longest length there can be, and moved once its own length is known.
  const headAt = lengthAt + VARINT_BYTES_MAX
  let headEnd = writeVarint(target, headAt, record.index)
  headEnd = writeVarint(target, headEnd, record.tooLongBytes ?? 0)
  headEnd = writeVarint(target, headEnd, peerBytes)
  headEnd += target.write(peer, headEnd, peerBytes)
  headEnd = writeVarint(target, headEnd, record.port)
  const bodyAt = writeVarint(target, lengthAt, headEnd - headAt + lineBytes)
  target.copyWithin(bodyAt, headAt, headEnd)
  const lineAt = bodyAt + headEnd - headAt
  bytes.copy(target, lineAt, 0, lineBytes)
  const end = lineAt + lineBytes
  return target.writeUInt32LE(crc32(target.subarray(lengthAt, end), key.seed), end)
}

/** What stands at a place: a record and where it ends, one that goes on behind the block, or none. */
export type Found = { readonly record: SpoolRecord; readonly end: number } | 'cut' | 'damaged'

/** Reads the record at a place of a block. Its line is a part of the block, not copied. Never throws. */
export function recordAt(block: Buffer, at: number, { marker, seed }: SegmentKey): Found {
  const markerEnd = Math.min(at + MARKER_BYTES, block.length)
  if (block.compare(marker, 0, markerEnd - at, at, markerEnd) !== 0) return 'damaged'
  const lengthAt = at + MARKER_BYTES
  const length = varintAt(block, lengthAt, block.length)
  if (length === null) return block.length < lengthAt + VARINT_BYTES_MAX ? 'cut' : 'damaged'
  if (length.value > BODY_BYTES_MAX) return 'damaged'
  const end = length.end + length.value
  if (end + CHECKSUM_BYTES > block.length) return 'cut'
  if (crc32(block.subarray(lengthAt, end), seed) !== block.readUInt32LE(end)) return 'damaged'
  const record = recordIn(block, length.end, end)
  return record === null ? 'damaged' : { record, end: end + CHECKSUM_BYTES }
}

function recordIn(block: Buffer, start: number, end: number): SpoolRecord | null {
  const index = varintAt(block, start, end)
  const tooLong = index && varintAt(block, index.end, end)
  const peerBytes = tooLong && varintAt(block, tooLong.end, end)
  if (!index || !tooLong || !peerBytes) return null
  const peerEnd = peerBytes.end + peerBytes.value
  const port: Varint | null = varintAt(block, peerEnd, end)
  if (port === null) return null
  return {
    index: index.value,
    tooLongBytes: tooLong.value === 0 ? null : tooLong.value,
    peer: block.toString('utf8', peerBytes.end, peerEnd),
    port: port.value,
    bytes: block.subarray(port.end, end),
  }
}
