import type { ConsumedRecord, OutgoingRecord } from '@sekisho/bus'
import { prefixedJson, splitJson } from './prefixed-json.ts'

/** What the bytes mean; another format is refused. */
export const CHANGELOG_FORMAT = 2

const PIECE_BYTES = 512 * 1024

/** What a partition of a stage can be restored from. */
export interface Restored {
  readonly generation: number
  /** Next offset of the input when the snapshot was taken. */
  readonly snapshotOffset: number
  /** Next offset of the input at the last commit: records before it have been processed. */
  readonly committedOffset: number
  readonly snapshot: readonly Buffer[]
  /** Since the snapshot, in order. */
  readonly deltas: readonly Buffer[]
}

interface PieceHeader {
  readonly format: number
  readonly generation: number
  readonly index: number
  /** Next offset of the input. */
  readonly offset: number
  /** Of a snapshot: no piece follows. */
  readonly isLast?: boolean
}

/** A changelog that cannot be understood; the message is a clause about it. */
export class ChangelogError extends Error {
  override readonly name = 'ChangelogError'
}

/**
 * The records of one partition of a changelog, a compacted topic: pieces of the last snapshot (`snapshot/<i>`), the changes since
 * then (`delta/<i>`), and a mark of whoever began to write last (`owner`). All of a transaction's records are written by it.
 */
export class Changelog {
  readonly #topic: string
  readonly #partition: number
  #generation = -1
  #deltas = 0
  #pieces = 0

  constructor(topic: string, partition: number) {
    this.#topic = topic
    this.#partition = partition
  }

  /** The mark of a new owner; whoever reads up to it has read everything that was committed before. */
  ownerRecord(nonce: string): OutgoingRecord {
    return this.#record('owner', Buffer.from(nonce))
  }

  /** The records of a snapshot that takes the place of everything before. */
  snapshotRecords(offset: number, chunks: Iterable<Uint8Array>): OutgoingRecord[] {
    const records: OutgoingRecord[] = []
    const pieces = [...piecesOf(chunks)]
    const generation = this.#generation + 1
    for (const [index, piece] of pieces.entries()) {
      const isLast = index === pieces.length - 1
      const header = { format: CHANGELOG_FORMAT, generation, index, offset, isLast }
      records.push(this.#record(`snapshot/${index}`, pieceOf(header, piece)))
    }
    for (let index = pieces.length; index < this.#pieces; index++) {
      records.push(this.#record(`snapshot/${index}`, null))
    }
    this.#generation = generation
    this.#deltas = 0
    this.#pieces = pieces.length
    return records
  }

  /** The records of what has changed since the snapshot or the last delta. */
  deltaRecords(offset: number, payload: Buffer): OutgoingRecord[] {
    const records: OutgoingRecord[] = []
    for (let at = 0; at === 0 || at < payload.length; at += PIECE_BYTES) {
      const isLast = at + PIECE_BYTES >= payload.length
      const header = {
        ...{ format: CHANGELOG_FORMAT, generation: this.#generation, index: this.#deltas },
        ...{ offset, isLast },
      }
      const piece = payload.subarray(at, at + PIECE_BYTES)
      records.push(this.#record(`delta/${this.#deltas++}`, pieceOf(header, piece)))
    }
    return records
  }

  /**
   * Goes on where another owner stopped.
   * @param deltaPieces `ChangelogReader.deltaPieces`
   */
  continue({ generation, snapshot }: Restored, deltaPieces: number): void {
    this.#generation = generation
    this.#pieces = snapshot.length
    this.#deltas = deltaPieces
  }

  #record(key: string, value: Buffer | null): OutgoingRecord {
    return { topic: this.#topic, partition: this.#partition, key, value }
  }
}

/** Puts together what a changelog says, from its records in the order of the log. */
export class ChangelogReader {
  #generation = -1
  #snapshotOffset = 0
  #committedOffset = 0
  #isWhole = false
  #snapshot: Buffer[] = []
  #deltas: Buffer[] = []
  #unfinished: Buffer[] = []
  #pieces = 0

  /** @throws ChangelogError for a record of another format */
  read({ key, value }: ConsumedRecord): void {
    const [kind] = key.split('/')
    if (value === null || (kind !== 'snapshot' && kind !== 'delta')) return
    const { header, payload } = partsOf(value)
    if (kind === 'snapshot') this.#readSnapshot(header, payload)
    else this.#readDelta(header, payload)
  }

  /** Pieces of deltas, which `Changelog.continue` counts on from. */
  get deltaPieces(): number {
    return this.#pieces
  }

  /** Null when there is nothing to restore from. @throws ChangelogError when a piece is missing */
  result(): Restored | null {
    if (this.#generation < 0) return null
    if (!this.#isWhole || this.#unfinished.length > 0) {
      throw new ChangelogError('a part of it is missing')
    }
    return {
      generation: this.#generation,
      snapshotOffset: this.#snapshotOffset,
      committedOffset: this.#committedOffset,
      snapshot: this.#snapshot,
      deltas: this.#deltas,
    }
  }

  #readSnapshot({ generation, index, offset, isLast }: PieceHeader, payload: Buffer): void {
    if (index === 0) {
      this.#generation = generation
      this.#snapshotOffset = offset
      this.#snapshot = []
      this.#deltas = []
      this.#unfinished = []
      this.#pieces = 0
      this.#isWhole = false
    }
    // A piece of an older and longer snapshot that was not compacted away yet.
    if (generation !== this.#generation || index !== this.#snapshot.length) return
    this.#snapshot.push(payload)
    this.#committedOffset = offset
    this.#isWhole = isLast === true
  }

  #readDelta({ generation, index, offset, isLast }: PieceHeader, payload: Buffer): void {
    if (generation !== this.#generation) return
    if (index !== this.#pieces) throw new ChangelogError(`change ${this.#pieces} of it is missing`)
    this.#pieces++
    this.#unfinished.push(payload)
    if (isLast !== true) return
    const delta = Buffer.concat(this.#unfinished)
    // One without bytes says only how far the input was read.
    if (delta.length > 0) this.#deltas.push(delta)
    this.#unfinished = []
    this.#committedOffset = offset
  }
}

function* piecesOf(chunks: Iterable<Uint8Array>): Generator<Buffer> {
  let waiting: Uint8Array[] = []
  let bytes = 0
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length || (at === 0 && chunk.length === 0); ) {
      const part = chunk.subarray(at, at + PIECE_BYTES - bytes)
      waiting.push(Uint8Array.from(part))
      bytes += part.length
      at += Math.max(1, part.length)
      if (bytes < PIECE_BYTES) continue
      yield Buffer.concat(waiting)
      waiting = []
      bytes = 0
    }
  }
  yield Buffer.concat(waiting)
}

function pieceOf(header: PieceHeader, payload: Buffer): Buffer {
  return Buffer.concat([prefixedJson(header), payload])
}

function partsOf(value: Buffer): { readonly header: PieceHeader; readonly payload: Buffer } {
  let parts: { readonly value: PieceHeader; readonly rest: Buffer }
  try {
    parts = splitJson<PieceHeader>(value)
  } catch {
    throw new ChangelogError('it holds something else')
  }
  const { value: header, rest: payload } = parts
  if (header.format !== CHANGELOG_FORMAT) {
    throw new ChangelogError(
      `it has the format ${header.format}, and this program reads the format ${CHANGELOG_FORMAT}`,
    )
  }
  return { header, payload }
}
