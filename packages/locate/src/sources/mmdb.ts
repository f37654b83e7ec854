import type { Buffer } from 'node:buffer'
import { MmdbDecoder } from './mmdb-decoder.ts'

/**
 * Reader of the MaxMind DB file format, version 2 (https://maxmind.github.io/MaxMind-DB/), for walking a whole
 * database: the libraries at hand answer one address at a time.
 */
export interface MmdbFile {
  readonly bytes: Buffer
  readonly nodeCount: number
  /** Bits of one record: 24, 28 or 32. */
  readonly recordSize: number
  readonly buildEpochSeconds: number
  /** Where the data section begins. */
  readonly dataOffset: number
}

const METADATA_MARKER = '\xab\xcd\xefMaxMind.com'
const DATA_SEPARATOR_BYTES = 16

/** @throws Error when the bytes are no MaxMind DB of version 2. */
export function openMmdb(bytes: Buffer): MmdbFile {
  const marker = bytes.lastIndexOf(METADATA_MARKER, undefined, 'latin1')
  if (marker < 0) throw new Error('not a MaxMind DB: no metadata')
  const start = marker + METADATA_MARKER.length
  const metadata = new MmdbDecoder(bytes, start).valueAt(start) as Record<string, unknown>
  const nodeCount = Number(metadata.node_count)
  const recordSize = Number(metadata.record_size)
  if (metadata.binary_format_major_version !== 2 || ![24, 28, 32].includes(recordSize)) {
    throw new Error('not a MaxMind DB of version 2')
  }
  return {
    bytes,
    nodeCount,
    recordSize,
    buildEpochSeconds: Number(metadata.build_epoch),
    dataOffset: (nodeCount * recordSize) / 4 + DATA_SEPARATOR_BYTES,
  }
}

/** The file position of a record that the tree points to. */
export function positionOf(file: MmdbFile, record: number): number {
  return record - file.nodeCount - DATA_SEPARATOR_BYTES + file.dataOffset
}

/** The record of a node's left (bit 0) or right (bit 1) side: a node, `nodeCount` for nothing, or a data pointer. */
function recordOf({ bytes, recordSize }: MmdbFile, node: number, bit: number): number {
  if (recordSize === 28) {
    const at = node * 7
    const middle = bytes[at + 3] as number
    return bit === 0
      ? (middle >>> 4) * 16_777_216 + bytes.readUIntBE(at, 3)
      : (middle & 15) * 16_777_216 + bytes.readUIntBE(at + 4, 3)
  }
  const width = recordSize / 8
  return bytes.readUIntBE(node * width * 2 + bit * width, width)
}

/** Called for each leaf in ascending order; `record` is 0 where the database says nothing. */
export type LeafVisitor = (high: number, low: number, record: number) => void

/**
 * Visits every leaf down to a depth (32 for IPv4, 64 for the upper half of IPv6), with the first 32 bits of its
 * first address in `high` and the next 32 in `low`. Finer leaves answer for their network with the first that says
 * anything.
 */
export function walkMmdb(file: MmdbFile, maxDepth: 32 | 64, visit: LeafVisitor): void {
  const { nodeCount } = file
  const descend = (record: number, depth: number, high: number, low: number): void => {
    if (record >= nodeCount || depth === maxDepth) {
      visit(high, low, firstDataBelow(file, record, depth))
      return
    }
    descend(recordOf(file, record, 0), depth + 1, high, low)
    const right = recordOf(file, record, 1)
    if (depth < 32) descend(right, depth + 1, high + 2 ** (31 - depth), low)
    else descend(right, depth + 1, high, low + 2 ** (63 - depth))
  }
  descend(0, 0, 0, 0)
}

function firstDataBelow(file: MmdbFile, record: number, depth: number): number {
  if (record > file.nodeCount) return record
  if (record === file.nodeCount || depth >= 128) return 0
  const left = firstDataBelow(file, recordOf(file, record, 0), depth + 1)
  return left !== 0 ? left : firstDataBelow(file, recordOf(file, record, 1), depth + 1)
}
