import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { causeOf, codeOf } from '../../sources/input-error.ts'
import type { InputProblem } from '../../sources/source.ts'
import { BATCH_BYTES, type LiveBatch, type LiveLine, type LiveSource } from '../live-source.ts'
import { ToldProblems } from '../told-problems.ts'
import { WakeUp } from '../wake-up.ts'
import { bytesAt } from './opened-spool.ts'
import { HEADER_BYTES, headerOf, type SegmentHeader, segmentName, walkRecords } from './segment.ts'
import type { Spool } from './spool.ts'
import type { SpoolPosition } from './spool-position.ts'

/** A line that came over the network. */
export interface SpooledLine extends LiveLine {
  /** From which it was sent. */
  readonly port: number
}

/** What was in the spool and cannot be read any more. */
export interface SpoolLoss {
  /** Lines, as far as their number can be told. */
  readonly lines: number
  readonly bytes: number
}

export interface SpoolReaderOptions {
  /** Unique among the sources; stable. */
  readonly name: string
  /** Of a former run. */
  readonly position?: SpoolPosition | undefined
  /** Told of each segment with damage. */
  readonly onProblem: (problem: InputProblem) => void
}

interface OpenSegment {
  readonly handle: FileHandle
  /** Null when it is damaged, and with it all that follows. */
  readonly header: SegmentHeader | null
}

const RETRY_MS = 1000

/** Reads the lines of a spool in the order in which they came, and waits for more. */
export class SpoolReader implements LiveSource<SpoolPosition> {
  readonly name: string
  readonly #spool: Spool
  readonly #problems: ToldProblems
  readonly #wakeUp = new WakeUp()
  readonly #stopListening: () => void
  /** The end of what was there when the reader was made. */
  readonly #startedWith: { readonly segment: number; readonly length: number } | null
  #position: SpoolPosition
  /** The one of the position, once it has been read from. */
  #segment: OpenSegment | null = null
  #lostLines = 0
  #lostBytes = 0

  constructor(spool: Spool, { name, position, onProblem }: SpoolReaderOptions) {
    this.name = name
    this.#spool = spool
    this.#problems = new ToldProblems(onProblem)
    this.#position = position ?? { segment: 0, offset: 0, sequence: 1 }
    const last = [...spool.lengths].at(-1)
    this.#startedWith = last === undefined ? null : { segment: last[0], length: last[1] }
    this.#stopListening = spool.whenWritten(() => this.#wakeUp.wake())
  }

  get isCaughtUp(): boolean {
    if (this.#startedWith === null) return true
    const { segment, length } = this.#startedWith
    if (this.#position.segment !== segment) return this.#position.segment > segment
    return this.#position.offset >= length
  }

  /** Lines are in the order in which they came. */
  get isInOrder(): boolean {
    return true
  }

  get lag(): number {
    const { segment, offset } = this.#position
    let bytes = 0
    for (const [number, length] of this.#spool.lengths) {
      if (number > segment) bytes += length
      else if (number === segment) bytes += Math.max(0, length - offset)
    }
    return bytes
  }

  get lost(): SpoolLoss {
    return { lines: this.#lostLines, bytes: this.#lostBytes }
  }

  async next(signal: AbortSignal): Promise<LiveBatch<SpoolPosition> | null> {
    while (!signal.aborted) {
      const { segment, offset } = this.#position
      const length = this.#spool.lengths.get(segment) ?? 0
      if (offset >= length) {
        if (!(await this.#toNextSegment())) await this.#wakeUp.sleep(signal)
        continue
      }
      const lines = await this.#read(segment, length, signal)
      if (lines.length > 0) return { lines, position: this.#position }
    }
    return null
  }

  async release(position: SpoolPosition): Promise<void> {
    await this.#spool.release(position)
  }

  /** The spool stays open. */
  async close(): Promise<void> {
    this.#stopListening()
    await this.#closeSegment()
  }

  /** False when there is none yet. */
  async #toNextSegment(): Promise<boolean> {
    const { sequence } = this.#position
    for (const [segment, length] of this.#spool.lengths) {
      if (segment <= this.#position.segment || length === 0) continue
      await this.#closeSegment()
      this.#position = { segment, offset: 0, sequence }
      return true
    }
    return false
  }

  /** Reads on in a segment that is longer than the position's offset. Moves the position, over damage too. */
  async #read(segment: number, length: number, signal: AbortSignal): Promise<SpooledLine[]> {
    try {
      this.#segment ??= await openedSegment(this.#spool.folder, segment)
      const offset = Math.max(this.#position.offset, HEADER_BYTES)
      const { handle, header } = this.#segment
      const block = await bytesAt(handle, offset, Math.min(BATCH_BYTES, length - offset))
      if (header !== null && block.length > 0) {
        return this.#linesOf(block, header, offset, offset + block.length >= length)
      }
      this.#lose('its header or its end is damaged', length - this.#position.offset)
    } catch (error) {
      if (codeOf(error) === '') throw error
      if (codeOf(error) !== 'ENOENT') {
        this.#tell(`cannot be read: ${causeOf(error)}; tried again`)
        await new WakeUp().sleep(signal, RETRY_MS)
        return []
      }
      this.#lose('it was removed', length - this.#position.offset)
    }
    this.#position = { ...this.#position, offset: length }
    return []
  }

  #linesOf(block: Buffer, header: SegmentHeader, offset: number, isEnd: boolean): SpooledLine[] {
    const lines: SpooledLine[] = []
    let { sequence } = this.#position
    const { end, damagedBytes } = walkRecords(block, header, isEnd, (record) => {
      const number = header.firstSequence + record.index
      this.#lostLines += Math.max(0, number - sequence)
      sequence = number + 1
      const { bytes, tooLongBytes, peer, port } = record
      lines.push({ bytes, tooLongBytes, path: peer, number, port })
    })
    if (damagedBytes > 0) this.#lose('a part of it is damaged', damagedBytes)
    this.#position = { segment: header.number, offset: offset + end, sequence }
    return lines
  }

  #lose(cause: string, bytes: number): void {
    this.#lostBytes += bytes
    this.#tell(`has lines that are lost: ${cause}`)
  }

  #tell(problem: string): void {
    const name = segmentName(this.#position.segment)
    this.#problems.tell(join(this.#spool.folder, name), problem)
  }

  async #closeSegment(): Promise<void> {
    const segment = this.#segment
    this.#segment = null
    // What cannot be closed properly was only read.
    await segment?.handle.close().catch(() => {})
  }
}

async function openedSegment(folder: string, number: number): Promise<OpenSegment> {
  const handle = await open(join(folder, segmentName(number)), 'r')
  const header = headerOf(await bytesAt(handle, 0, HEADER_BYTES), number)
  return { handle, header }
}
