/** How a value is written, hence which escapes it holds. */
export const BARE = 0
export const QUOTED = 1
export const CEF_VALUE = 2
export const JSON_TEXT = 3
export type ValueStyle = typeof BARE | typeof QUOTED | typeof CEF_VALUE | typeof JSON_TEXT

/** One pair of a line, as places in its bytes. Readers reuse one and fill it again and again. */
export class ScannedPair {
  /** Where the pair begins, and where its key does, which may have a prefix. */
  start = 0
  keyStart = 0
  keyEnd = 0
  /** `nextHash` over the bytes of the key. */
  keyHash = 0
  /** After the sign that ends the key; the value begins there or behind a quote. */
  valueMark = 0
  valueStart = 0
  valueEnd = 0
  style: ValueStyle = BARE
  /** After the value and its closing quote. */
  next = 0
  /** True when the end of the value had to be guessed. */
  isGuessed = false
  /**
   * A line with the same bytes from `start` to here has the same pair there: after what ends the value. 0 when the
   * reading hangs on what comes later, or when the line ends with the value (`isLast`).
   */
  settled = 0
  isLast = false
}

/** A syntax of `key` and `value`: how the next pair of a line is found. One pass, no state, linear in the bytes. */
export interface PairSyntax {
  /**
   * Reads the next pair from `at` on, skipping what is none, into all places of `pair`.
   * @returns false at the end of the line
   */
  readPair(bytes: Buffer, at: number, end: number, pair: ScannedPair): boolean
  /**
   * Reads the value behind a key that is known, from `pair.valueMark` on, into the places from `valueStart` to `next`
   * and `isGuessed`.
   */
  readValue(bytes: Buffer, end: number, pair: ScannedPair): void
}
