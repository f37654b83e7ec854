import type { LineSink } from './source.ts'

/** Longest line that is read, in bytes without its line ending; longer ones are reported, not read. */
export const LINE_BYTES_MAX = 65_536

const LF = 10
const CR = 13

/**
 * Cuts blocks of bytes into lines ended by LF or CRLF and hands each to a sink. Lines inside one block are handed
 * over in place, without a copy; only a line that spans blocks is put together, in a buffer of fixed size.
 */
export class LineSplitter {
  readonly #sink: LineSink
  /** Start of a line whose end has not been seen: room for the longest line and the CR of its ending. */
  readonly #carried = Buffer.allocUnsafe(LINE_BYTES_MAX + 1)
  #carriedLength = 0
  #carriedLast = 0
  #lines = 0

  constructor(sink: LineSink) {
    this.#sink = sink
  }

  /** Lines handed over so far. */
  get lines(): number {
    return this.#lines
  }

  /** Bytes of the line whose end has not been seen. */
  get unfinishedBytes(): number {
    return this.#carriedLength
  }

  /** Takes the next block, which may be reused by the caller afterwards. */
  push(block: Buffer): void {
    let start = 0
    if (this.#carriedLength > 0) {
      const newline = block.indexOf(LF)
      this.#carry(block, 0, newline < 0 ? block.length : newline)
      if (newline < 0) return
      this.end()
      start = newline + 1
    }
    for (;;) {
      const newline = block.indexOf(LF, start)
      if (newline < 0) break
      const end = newline > start && block[newline - 1] === CR ? newline - 1 : newline
      this.#deliver(block, start, end - start)
      start = newline + 1
    }
    if (start < block.length) this.#carry(block, start, block.length)
  }

  /** Hands over the last line when it has no line ending. */
  end(): void {
    if (this.#carriedLength === 0) return
    const byteLength = this.#carriedLength - (this.#carriedLast === CR ? 1 : 0)
    this.#carriedLength = 0
    this.#deliver(this.#carried, 0, byteLength)
  }

  #carry(block: Buffer, start: number, end: number): void {
    if (start === end) return
    if (this.#carriedLength < this.#carried.length) {
      block.copy(this.#carried, this.#carriedLength, start, end)
    }
    this.#carriedLength += end - start
    this.#carriedLast = block[end - 1] ?? 0
  }

  #deliver(bytes: Buffer, start: number, byteLength: number): void {
    this.#lines++
    if (byteLength <= LINE_BYTES_MAX) {
      this.#sink.line(bytes, start, start + byteLength, this.#lines)
    } else {
      this.#sink.tooLong(bytes.subarray(start, start + LINE_BYTES_MAX), this.#lines, byteLength)
    }
  }
}
