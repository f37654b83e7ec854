const QUOTE = 34

/** Pairs that are remembered of a line; the rest of a longer line is read one by one. */
const PAIRS_REMEMBERED = 96

/** Shortest pair that is compared, so that it can be by words of four bytes. */
const PAIR_BYTES_MIN = 4

/** Pairs are learnt anew when fewer than one in so many came back. */
const USEFUL_SHARE = 4

/** How a remembered pair compares with what stands in a line: nothing, key and opening quote, or all of it. */
export const EQUAL_NONE = 0
export const EQUAL_KEY = 1
export const EQUAL_PAIR = 2

/**
 * The pairs of one line, with which those of later lines are compared: most pairs of a gateway (its name, the level,
 * the message) are the same on every line of a kind, and comparing four bytes at a time is cheaper than reading them.
 *
 * A pair is remembered with the separator after it: equal bytes at the start of a pair are then read equally.
 */
export class PairMemory {
  /** False before the first line, and when lines have become different. */
  isUseful = false
  count = 0
  readonly slots = new Int16Array(PAIRS_REMEMBERED)
  /** Bytes of the pair with its separator, 0 when it cannot be compared as a whole. */
  readonly lengths = new Int32Array(PAIRS_REMEMBERED)
  /** Where the value begins (after an opening quote) and ends, counted from the start of the pair. */
  readonly valueStarts = new Int32Array(PAIRS_REMEMBERED)
  readonly valueEnds = new Int32Array(PAIRS_REMEMBERED)
  readonly isQuoted = new Uint8Array(PAIRS_REMEMBERED)
  /** The decoded values that were asked for. */
  readonly texts: (string | undefined)[] = new Array(PAIRS_REMEMBERED).fill(undefined)
  readonly #starts = new Int32Array(PAIRS_REMEMBERED)
  #view = new DataView(new ArrayBuffer(0))
  #origin = 0

  /** Begins to learn a line that is read from this offset. */
  forget(origin: number): void {
    this.#origin = origin
    this.count = 0
    this.texts.fill(undefined)
  }

  /** Adds the next pair of the line; `next` is after its separator, or equals `start` if there is none. */
  add(
    slot: number,
    start: number,
    valueStart: number,
    valueEnd: number,
    quoted: number,
    next: number,
  ): void {
    if (this.count === PAIRS_REMEMBERED) return
    const index = this.count++
    this.slots[index] = slot
    this.#starts[index] = start - this.#origin
    this.lengths[index] = next - start >= PAIR_BYTES_MIN ? next - start : 0
    this.valueStarts[index] = valueStart - start
    this.valueEnds[index] = valueEnd - start
    this.isQuoted[index] = quoted
  }

  /** Takes over the bytes of the line that was learnt, up to the separator after its last pair. */
  learn(bytes: Buffer, end: number): void {
    const copy = Uint8Array.from(bytes.subarray(this.#origin, end))
    this.#view = new DataView(copy.buffer)
    this.isUseful = true
  }

  /** Compares a remembered pair with the bytes at an offset of a line. */
  compare(index: number, view: DataView, at: number, end: number): number {
    const length = this.lengths[index] as number
    if (length === 0 || at + length > end) return EQUAL_NONE
    const known = this.#view
    const start = this.#starts[index] as number
    const last = length - 4
    let i = 0
    while (i < last && known.getInt32(start + i, true) === view.getInt32(at + i, true)) i += 4
    if (i >= last && known.getInt32(start + last, true) === view.getInt32(at + last, true))
      return EQUAL_PAIR
    const keyBytes = this.valueStarts[index] as number
    for (i = Math.min(i, last); i < keyBytes; i++) {
      if (known.getUint8(start + i) !== view.getUint8(at + i)) return EQUAL_NONE
    }
    const isQuoted = (this.isQuoted[index] as number) === 1
    // The key is the same, but now it has a quoted value.
    if (!isQuoted && view.getUint8(at + keyBytes) === QUOTE) return EQUAL_NONE
    return EQUAL_KEY
  }

  /** Counts how many pairs of a line came back. */
  judge(equalPairs: number): void {
    if (equalPairs * USEFUL_SHARE < this.count) this.isUseful = false
  }
}
