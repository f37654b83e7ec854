import type { ScannedPair } from './pair-syntax.ts'

/** Pairs that a template can have; lines with more are read pair by pair. */
export const TEMPLATE_PAIRS_MAX = 96

/** Longest line that is a pattern, in bytes: those with a name of many KiB would only fill the memory. */
const LINE_BYTES_MAX = 4096

/**
 * One line as a pattern for later ones: most pairs of a gateway (its name, the level, the message) are the same on
 * every line of a kind. Between the values that change, whole runs of bytes are compared, which is cheaper than
 * reading them; where they are equal, they are the same pairs at the same places.
 *
 * Which values change is learnt: a value that differs once is read from then on. All offsets are counted from where
 * the line was learnt.
 */
export class LineTemplate {
  /** Pairs of the line in their order; of equal keys only the first has a slot. */
  count = 0
  readonly slots = new Int16Array(TEMPLATE_PAIRS_MAX)
  /** After the sign that ends the key. */
  readonly valueMarks = new Int32Array(TEMPLATE_PAIRS_MAX)
  readonly valueStarts = new Int32Array(TEMPLATE_PAIRS_MAX)
  readonly valueEnds = new Int32Array(TEMPLATE_PAIRS_MAX)
  readonly nexts = new Int32Array(TEMPLATE_PAIRS_MAX)
  readonly styles = new Uint8Array(TEMPLATE_PAIRS_MAX)
  /** For every slot the index of its pair, or -1. */
  readonly indexes: Int8Array
  readonly isVariable = new Uint8Array(TEMPLATE_PAIRS_MAX)
  /** Indexes of the pairs whose values are read, in their order. */
  variables: readonly number[] = []
  /** The same pairs for those in a hurry: `valueMarks`, `nexts` and `slots` of each, one after the other. */
  steps = new Int32Array(0)
  /** For every pair, how many values that are read stand before it. */
  readonly segments = new Uint8Array(TEMPLATE_PAIRS_MAX)
  /** Decoded values of the pairs that do not change, once they were asked for. */
  readonly texts: (string | undefined)[] = new Array(TEMPLATE_PAIRS_MAX).fill(undefined)
  /** Grows whenever a value is found to change: then what was concluded from the constant ones no longer holds. */
  version = 0
  /** What a reader concluded from this template; its own business. */
  conclusion: unknown = null
  /** The template of the line's head with which this one was found to share no slot. */
  companion: LineTemplate | null = null
  /** True when a field came again in the line that stands once in good ones. */
  hasRepeats = false
  /** Bytes of the pattern. */
  length = 0
  #view = new DataView(new ArrayBuffer(0))
  #isUsable = true

  /** @param slots how many slots there are */
  constructor(slots: number) {
    this.indexes = new Int8Array(slots).fill(-1)
  }

  /** Adds the next pair of a line that is learnt from `origin` on. @param slot -1 when nobody asks for it */
  add(pair: ScannedPair, origin: number, slot: number, isVariable: boolean): void {
    if (this.count === TEMPLATE_PAIRS_MAX || pair.isGuessed) {
      this.#isUsable = false
      return
    }
    const index = this.count++
    this.slots[index] = slot
    this.valueMarks[index] = pair.valueMark - origin
    this.valueStarts[index] = pair.valueStart - origin
    this.valueEnds[index] = pair.valueEnd - origin
    this.nexts[index] = pair.next - origin
    this.styles[index] = pair.style
    this.isVariable[index] = isVariable ? 1 : 0
    if (slot >= 0) this.indexes[slot] = index
  }

  /** The line is no pattern for others. */
  spoil(): void {
    this.#isUsable = false
  }

  /**
   * Takes over the bytes of the line up to `end`.
   * @returns false when the line is no pattern for others
   */
  finish(bytes: Buffer, origin: number, end: number): boolean {
    if (!this.#isUsable || this.count === 0 || end - origin > LINE_BYTES_MAX) return false
    const copy = Uint8Array.from(bytes.subarray(origin, end))
    this.#view = new DataView(copy.buffer)
    this.length = copy.length
    this.#arrange()
    return true
  }

  /** True when no slot is in both, so that neither can hold the first of two equal keys for the other. */
  isApartFrom(head: LineTemplate): boolean {
    if (this.companion === head) return true
    const isApart = this.indexes.every(
      (index, slot) => index < 0 || (head.indexes[slot] as number) < 0,
    )
    if (isApart) this.companion = head
    return isApart
  }

  /**
   * True when the bytes of the pattern from `from` to before `to` are those of a line at an offset. If they differ
   * in a value, it is read from now on; a key that differs says nothing.
   */
  equals(from: number, to: number, view: DataView, at: number, end: number): boolean {
    const length = to - from
    if (at + length > end) return this.#differAt(from, end - at, view, at, 0)
    const known = this.#view
    if (length < 8) return this.#equalsShort(from, length, view, at)
    const last = length - 8
    let i = 0
    for (;;) {
      const low = known.getInt32(from + i, true) ^ view.getInt32(at + i, true)
      const high = known.getInt32(from + i + 4, true) ^ view.getInt32(at + i + 4, true)
      if ((low | high) !== 0) return this.#differAt(from, length, view, at, i)
      if (i === last) return true
      // The last step goes over bytes again rather than one by one.
      i = i + 8 < last ? i + 8 : last
    }
  }

  #equalsShort(from: number, length: number, view: DataView, at: number): boolean {
    const known = this.#view
    if (length >= 4) {
      const last = length - 4
      const low = known.getInt32(from, true) ^ view.getInt32(at, true)
      const high = known.getInt32(from + last, true) ^ view.getInt32(at + last, true)
      return (low | high) === 0 || this.#differAt(from, length, view, at, 0)
    }
    for (let i = 0; i < length; i++) {
      if (known.getUint8(from + i) !== view.getUint8(at + i))
        return this.#differAt(from, length, view, at, i)
    }
    return true
  }

  #differAt(from: number, length: number, view: DataView, at: number, begin: number): false {
    let i = begin
    while (i < length && this.#view.getUint8(from + i) === view.getUint8(at + i)) i++
    const offset = from + i
    for (let index = 0; index < this.count; index++) {
      if (offset > (this.nexts[index] as number)) continue
      if (offset < (this.valueMarks[index] as number) || this.isVariable[index] === 1) break
      this.isVariable[index] = 1
      this.version++
      this.#arrange()
      break
    }
    return false
  }

  #arrange(): void {
    const variables: number[] = []
    for (let index = 0; index < this.count; index++) {
      this.segments[index] = variables.length
      if (this.isVariable[index] === 1) variables.push(index)
    }
    this.variables = variables
    this.steps = Int32Array.from(
      variables.flatMap((index) => [
        this.valueMarks[index] as number,
        this.nexts[index] as number,
        this.slots[index] as number,
      ]),
    )
  }
}
