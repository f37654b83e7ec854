import { LINE_BYTES_MAX } from '../../sources/line-splitter.ts'

/** The longest message and the CR that may follow it. */
const KEPT_BYTES_MAX = LINE_BYTES_MAX + 1
const FIRST_BYTES = 1024

/** The beginning of a message whose end has not come; grows with it, up to the longest that is read. */
export class CarriedBytes {
  #memory = Buffer.alloc(0)
  #kept = 0
  #byteLength = 0
  #last = 0

  /** Bytes added, also those that were not kept. */
  get byteLength(): number {
    return this.#byteLength
  }

  /** The last byte added. */
  get last(): number {
    return this.#last
  }

  /** What is kept; valid until bytes are added. */
  get bytes(): Buffer {
    return this.#memory.subarray(0, this.#kept)
  }

  add(piece: Buffer): void {
    if (piece.length === 0) return
    const kept = Math.min(this.#kept + piece.length, KEPT_BYTES_MAX)
    if (kept > this.#memory.length) {
      // Doubled, so that bytes that come one by one cost no more than bytes that come together.
      const size = Math.max(kept, 2 * this.#memory.length, FIRST_BYTES)
      const memory = Buffer.allocUnsafeSlow(Math.min(size, KEPT_BYTES_MAX))
      this.#memory.copy(memory, 0, 0, this.#kept)
      this.#memory = memory
    }
    piece.copy(this.#memory, this.#kept, 0, kept - this.#kept)
    this.#kept = kept
    this.#byteLength += piece.length
    this.#last = piece[piece.length - 1] as number
  }

  clear(): void {
    this.#kept = 0
    this.#byteLength = 0
  }
}
