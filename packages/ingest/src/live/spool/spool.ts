import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  writeSync,
} from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { causeOf, codeOf } from '../../sources/input-error.ts'
import type { InputProblem } from '../../sources/source.ts'
import { BATCH_BYTES } from '../live-source.ts'
import { ToldProblems } from '../told-problems.ts'
import { type OpenedSpool, openedSpool } from './opened-spool.ts'
import { RECORD_BYTES_MAX, type SpoolLine, writeRecord } from './record.ts'
import { headerOf, newHeader, type SegmentHeader, segmentName } from './segment.ts'
import type { SpoolPosition } from './spool-position.ts'

export interface SpoolOptions {
  readonly folder: string
  /** Of a former run: where its reader stood. */
  readonly position?: SpoolPosition | undefined
  /** Size from which on a new segment is begun; 64 MiB unless given, and never more than a quarter of `bytesMax`. */
  readonly segmentBytes?: number
  /** Size of all segments from which on the spool is full; 1 GiB unless given. */
  readonly bytesMax?: number
  /**
   * When lines are forced to the disk; the default is `every-second`. Whatever it is, lines outlive a killed process;
   * it decides what a machine that loses power loses.
   */
  readonly sync?: 'always' | 'every-second' | 'off'
  /** Told once while lines cannot be written. */
  readonly onProblem: (problem: InputProblem) => void
}

const MEBIBYTE = 1024 ** 2
const SYNC_MS = 1000
const RETRY_MS = 1000

/**
 * Lines that came in over the network, in files until they have been processed. One writer, in the process of the one
 * reader (`SpoolReader`).
 *
 * Lines are written at the end of the turn of the event loop in which they were appended: a process that is killed loses only those
 * of one turn. They are written at once and not in the background, since nothing may be accepted that is not
 * written, and the data go to the memory of the kernel in well under a millisecond.
 */
export class Spool {
  readonly folder: string
  /** Bytes of a record that a killed process left unfinished, cut off when the spool was opened. */
  readonly tornBytes: number
  readonly #lengths: Map<number, number>
  readonly #segmentBytes: number
  readonly #bytesMax: number
  readonly #sync: 'always' | 'every-second' | 'off'
  readonly #problems: ToldProblems
  readonly #onWritten = new Set<() => void>()
  readonly #onRoom = new Set<() => void>()
  readonly #syncing: NodeJS.Timeout | null
  #totalBytes = 0
  #nextSegment: number
  #nextSequence: number
  /** The segment that is being written. */
  #header: SegmentHeader | null = null
  #descriptor = -1
  #pending = Buffer.allocUnsafeSlow(BATCH_BYTES)
  #pendingBytes = 0
  #flushing: NodeJS.Immediate | null = null
  #retrying: NodeJS.Timeout | null = null
  #isDirty = false

  private constructor(options: SpoolOptions, { lengths, ...opened }: OpenedSpool) {
    this.folder = options.folder
    this.tornBytes = opened.tornBytes
    this.#lengths = lengths
    for (const length of lengths.values()) this.#totalBytes += length
    this.#nextSegment = opened.nextSegment
    this.#nextSequence = opened.nextSequence
    this.#bytesMax = options.bytesMax ?? 1024 * MEBIBYTE
    this.#segmentBytes = Math.min(options.segmentBytes ?? 64 * MEBIBYTE, this.#bytesMax / 4)
    this.#sync = options.sync ?? 'every-second'
    this.#problems = new ToldProblems(options.onProblem)
    this.#syncing =
      this.#sync === 'every-second' ? setInterval(() => this.#syncLater(), SYNC_MS).unref() : null
  }

  /** @throws LiveError when the folder cannot be used */
  static async open(options: SpoolOptions): Promise<Spool> {
    return new Spool(options, await openedSpool(options.folder, options.position))
  }

  /** Bytes of all segments. */
  get totalBytes(): number {
    return this.#totalBytes
  }

  /** Lines should not be appended now: the limit is reached, or the disk takes none. */
  get isFull(): boolean {
    return this.#retrying !== null || this.#totalBytes + this.#pendingBytes >= this.#bytesMax
  }

  /** Length of each segment by number, ascending, as far as it is written; each ends with a whole record. */
  get lengths(): ReadonlyMap<number, number> {
    return this.#lengths
  }

  /** Calls back whenever lines have been written. */
  whenWritten(callback: () => void): () => void {
    this.#onWritten.add(callback)
    return () => this.#onWritten.delete(callback)
  }

  /** Calls back whenever a full spool has room again. */
  whenRoom(callback: () => void): () => void {
    this.#onRoom.add(callback)
    return () => this.#onRoom.delete(callback)
  }

  /**
   * Takes a line, also when the spool is full: what a caller had already received need not be dropped. Callers stop
   * receiving while `isFull`.
   */
  append(line: SpoolLine): void {
    const header = this.#header ?? this.#begin()
    this.#makeRoom(RECORD_BYTES_MAX)
    const index = this.#nextSequence++ - header.firstSequence
    const { peer, port, bytes, tooLongBytes } = line
    const record = { index, peer, port, bytes, tooLongBytes }
    this.#pendingBytes = writeRecord(this.#pending, this.#pendingBytes, header, record)
    if (this.#retrying !== null) return
    if (this.#pendingBytes >= BATCH_BYTES) this.flush()
    else this.#flushing ??= setImmediate(() => this.flush())
  }

  /** Writes what was appended. What cannot be written now is kept and tried again. */
  flush(): void {
    if (this.#flushing !== null) clearImmediate(this.#flushing)
    if (this.#retrying !== null) clearTimeout(this.#retrying)
    this.#flushing = null
    const wasFailing = this.#retrying !== null
    this.#retrying = null
    if (this.#header === null || this.#pendingBytes === 0) return
    const { number } = this.#header
    try {
      this.#write(number)
    } catch (error) {
      if (codeOf(error) === '') throw error
      const problem = `lines cannot be written: ${causeOf(error)}; no more are taken until they can`
      this.#problems.tell(this.folder, problem)
      this.#retrying = setTimeout(() => this.flush(), RETRY_MS).unref()
      return
    }
    this.#problems.isWell(this.folder)
    if ((this.#lengths.get(number) as number) >= this.#segmentBytes) this.#end()
    for (const written of this.#onWritten) written()
    if (wasFailing) this.#tellRoom()
  }

  /** Removes the segments that a reader has behind it. */
  async release({ segment }: SpoolPosition): Promise<void> {
    const wasFull = this.isFull
    const newest = Math.max(...this.#lengths.keys())
    for (const [number, length] of this.#lengths) {
      // The newest stays although it was read: numbers go on from it after a restart.
      if (number >= segment || number === newest) continue
      await rm(join(this.folder, segmentName(number)), { force: true }).catch(() => {})
      this.#lengths.delete(number)
      this.#totalBytes -= length
    }
    if (wasFull) this.#tellRoom()
  }

  /** Writes and forces to the disk what was appended. */
  async close(): Promise<void> {
    if (this.#syncing !== null) clearInterval(this.#syncing)
    this.flush()
    if (this.#retrying !== null) clearTimeout(this.#retrying)
    if (this.#descriptor >= 0) this.#end()
  }

  #begin(): SegmentHeader {
    const number = this.#nextSegment++
    const bytes = newHeader(number, this.#nextSequence)
    this.#makeRoom(bytes.length)
    bytes.copy(this.#pending)
    this.#pendingBytes = bytes.length
    this.#lengths.set(number, 0)
    const header = headerOf(bytes, number) as SegmentHeader
    this.#header = header
    return header
  }

  #makeRoom(bytes: number): void {
    const needed = this.#pendingBytes + bytes
    if (needed <= this.#pending.length) return
    const pending = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#pending.length))
    this.#pending.copy(pending, 0, 0, this.#pendingBytes)
    this.#pending = pending
  }

  #write(number: number): void {
    const length = this.#lengths.get(number) as number
    if (this.#descriptor < 0) {
      this.#descriptor = openSync(join(this.folder, segmentName(number)), 'wx', 0o640)
      if (this.#sync !== 'off') synchroniseFolder(this.folder)
    }
    let written = 0
    try {
      while (written < this.#pendingBytes) {
        const rest = this.#pendingBytes - written
        written += writeSync(this.#descriptor, this.#pending, written, rest, length + written)
      }
      if (this.#sync === 'always') fdatasyncSync(this.#descriptor)
    } catch (error) {
      // The reader goes by `lengths`; a process that is killed now must not leave half a record either.
      if (written > 0) ftruncateSync(this.#descriptor, length)
      throw error
    }
    this.#isDirty = true
    this.#lengths.set(number, length + written)
    this.#totalBytes += written
    this.#pendingBytes = 0
    if (this.#pending.length > 4 * BATCH_BYTES) this.#pending = Buffer.allocUnsafeSlow(BATCH_BYTES)
  }

  #end(): void {
    try {
      if (this.#sync !== 'off') fdatasyncSync(this.#descriptor)
      closeSync(this.#descriptor)
    } catch (error) {
      this.#problems.tell(this.folder, `lines may not be on the disk: ${causeOf(error)}`)
    }
    this.#descriptor = -1
    this.#header = null
  }

  #syncLater(): void {
    if (!this.#isDirty || this.#descriptor < 0) return
    this.#isDirty = false
    fdatasync(this.#descriptor, (error) => {
      if (error === null || error.code === 'EBADF') return
      this.#problems.tell(this.folder, `lines may not be on the disk: ${causeOf(error)}`)
    })
  }

  #tellRoom(): void {
    if (!this.isFull) for (const room of this.#onRoom) room()
  }
}

/** A new file is found after a crash of the machine only when its folder was forced to the disk too. */
function synchroniseFolder(folder: string): void {
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
