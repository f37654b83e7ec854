import type { FileHandle } from 'node:fs/promises'
import { LINE_BYTES_MAX } from '../../sources/line-splitter.ts'
import type { LiveLine } from '../live-source.ts'
import type { BlockLines } from './block-lines.ts'
import { unreadableFormOf } from './compressed.ts'
import type { FilePosition, FoundFile } from './file-position.ts'
import { FINGERPRINT_BYTES, fingerprintOf, hasFingerprint } from './fingerprint.ts'

const LF = 10
const CR = 13

/** What one look at a file gave. */
export type FileStep =
  | { readonly kind: 'lines'; readonly lines: LiveLine[] }
  /** Nothing to hand over, but there is more to look at. */
  | { readonly kind: 'on' }
  /** All whole lines that were there have been handed over, or they cannot be read now. */
  | { readonly kind: 'end' }
  /** Its name leads to another file, or to none; it may have a new name. */
  | { readonly kind: 'renamed' }
  /** It holds other bytes than before; the next step reads them from the start. */
  | { readonly kind: 'replaced' }
  /** It is in a form that cannot be followed. */
  | { readonly kind: 'unreadable'; readonly form: string }

/** One file that is followed, whatever its name is, and where reading it stands. */
export class FollowedFile {
  position: FilePosition
  /** As of the last look. */
  sizeBytes: number
  modifiedNs: bigint
  /** Size when reading began: at this offset the file is caught up. */
  readonly sizeAtStart: number
  /** No name leads to it any longer; what is left can be read while it is open. */
  isGone = false
  isUnreadable = false
  /** The last look failed; it is tried again. */
  hasFailed = false
  /** To be read up to its end before this one, which the same rotation made later. */
  predecessor: FollowedFile | null = null
  successor: FollowedFile | null = null
  /** Beyond the start of a line that is longer than one look: where looking for its end goes on. */
  #searchedTo = 0

  readonly #blockLines: BlockLines

  constructor(found: FoundFile, position: FilePosition, blockLines: BlockLines) {
    this.#blockLines = blockLines
    this.position = position
    this.sizeBytes = found.sizeBytes
    this.sizeAtStart = found.sizeBytes
    this.modifiedNs = found.modifiedNs
  }

  get lag(): number {
    return this.isUnreadable ? 0 : Math.max(0, this.sizeBytes - this.position.offset)
  }

  /**
   * Reads at most `bytesMax` bytes (more than `LINE_BYTES_MAX` + 2) from its position on, and moves the position behind
   * the last whole line of them.
   *
   * What was read is believed only when the file begins as it did before: a file that was cut short and written anew while it was read gives other bytes.
   * @throws the error of the file system
   */
  async step(handle: FileHandle, bytesMax: number): Promise<FileStep> {
    const stats = await handle.stat({ bigint: true })
    this.sizeBytes = Number(stats.size)
    this.modifiedNs = stats.mtimeNs
    const { offset, fingerprint } = this.position
    const from = Math.max(offset, this.#searchedTo)
    const block = await bytesAt(handle, from, Math.min(bytesMax, this.sizeBytes - from))
    const head = await bytesAt(handle, 0, Math.min(FINGERPRINT_BYTES, this.sizeBytes))
    if (this.sizeBytes < offset || !hasFingerprint(head, fingerprint)) return this.#replaced(head)
    const form = offset === 0 ? unreadableFormOf(head) : ''
    if (form !== '') {
      this.isUnreadable = true
      return { kind: 'unreadable', form }
    }
    if (head.length > fingerprint.byteLength) {
      this.position = { ...this.position, fingerprint: fingerprintOf(head) }
    }
    const lines = await this.#linesOf(handle, block, from)
    if (lines.length > 0) return { kind: 'lines', lines }
    return { kind: from + block.length < this.sizeBytes ? 'on' : 'end' }
  }

  /** Starts anew: the bytes are others. */
  #replaced(head: Buffer): FileStep {
    this.position = {
      ...this.position,
      fingerprint: fingerprintOf(head),
      offset: 0,
      lineNumber: 0,
    }
    this.#searchedTo = 0
    return { kind: 'replaced' }
  }

  /** Takes the whole lines out of a block that was read at `from`. */
  async #linesOf(handle: FileHandle, block: Buffer, from: number): Promise<LiveLine[]> {
    const { offset, path, lineNumber } = this.position
    const lastEnd = block.lastIndexOf(LF)
    if (lastEnd < 0) {
      // A tail that can still become a line is read again as a whole when it has grown.
      if (from + block.length - offset > LINE_BYTES_MAX + 1) this.#searchedTo = from + block.length
      return []
    }
    const tooLong: LiveLine[] = []
    let start = 0
    if (from > offset) {
      start = block.indexOf(LF) + 1
      tooLong.push(await this.#tooLongLine(handle, from + start - 1))
    }
    const whole = block.subarray(start, lastEnd + 1)
    const lines = tooLong.concat(this.#blockLines.linesOf(whole, path, lineNumber + tooLong.length))
    this.#searchedTo = 0
    this.position = {
      ...this.position,
      offset: from + lastEnd + 1,
      lineNumber: lineNumber + lines.length,
    }
    return lines
  }

  /** The line at the position, whose end was found in a later block. */
  async #tooLongLine(handle: FileHandle, end: number): Promise<LiveLine> {
    const { offset, path, lineNumber } = this.position
    const last = await bytesAt(handle, end - 1, 1)
    const tooLongBytes = end - offset - (last[0] === CR ? 1 : 0)
    const bytes = await bytesAt(handle, offset, LINE_BYTES_MAX)
    return { bytes, tooLongBytes, path, number: lineNumber + 1 }
  }
}

/** Up to `length` bytes at a place of a file in memory of their own; fewer at its end. */
async function bytesAt(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  if (length <= 0) return Buffer.alloc(0)
  const memory = Buffer.allocUnsafeSlow(length)
  const { bytesRead } = await handle.read(memory, 0, length, offset)
  return memory.subarray(0, bytesRead)
}
