import { isTextAt, nextHash } from './key-names.ts'
import { IS_KEY_BYTE, isSeparator } from './key-value-quotes.ts'
import { KEY_BYTES_MAX } from './limits.ts'
import { CEF_VALUE, type PairSyntax } from './pair-syntax.ts'

const BLANK = 32
const EQUALS = 61
const BACKSLASH = 92
const PIPE = 124
const MARK = 'CEF:'

/** Fields of a CEF header in their order (ArcSight Common Event Format, "Header information"). */
export const CEF_FIELD = {
  version: 0,
  vendor: 1,
  product: 2,
  productVersion: 3,
  signature: 4,
  name: 5,
  severity: 6,
} as const

const FIELDS = 7

/**
 * The header of a CEF line, `CEF:0|vendor|product|version|signature|name|severity|`, as places in its bytes. In it
 * `\|` and `\\` are escapes. Readers keep one and fill it again and again.
 */
export class CefHeader {
  readonly starts = new Int32Array(FIELDS)
  readonly ends = new Int32Array(FIELDS)
  /** How many of the fields are there, up to the last `|`. */
  count = 0
  /** Where the extension begins. */
  extension = 0
  #bytes: Buffer = Buffer.alloc(0)

  /** Reads the header from where `CEF:` stands or, where a shipper took that for a tag, from the version behind it. */
  read(bytes: Buffer, at: number, end: number): void {
    let start = at
    if (isTextAt(bytes, at, at + MARK.length, MARK)) {
      start += MARK.length
      while (start < end && bytes[start] === BLANK) start++
    }
    this.#bytes = bytes
    this.count = 0
    for (let i = start; i < end; i++) {
      const code = bytes[i] as number
      if (code === BACKSLASH) i++
      if (code !== PIPE) continue
      this.starts[this.count] = start
      this.ends[this.count] = i
      start = i + 1
      this.count++
      if (this.count === FIELDS) break
    }
    this.extension = start
  }

  get isWhole(): boolean {
    return this.count === FIELDS
  }

  /** True when a field begins with this ASCII text. */
  begins(field: number, text: string): boolean {
    if (field >= this.count) return false
    const start = this.starts[field] as number
    const end = start + text.length
    return end <= (this.ends[field] as number) && isTextAt(this.#bytes, start, end, text)
  }

  /** The text of a field as it is written. */
  text(field: number): string {
    return this.#bytes.toString('latin1', this.starts[field], this.ends[field])
  }

  /** The number of digits of a field, 0 when it is not all digits. */
  digitsIn(field: number): number {
    const start = this.starts[field] as number
    const end = this.ends[field] as number
    for (let i = start; i < end; i++) {
      const digit = (this.#bytes[i] as number) - 48
      if (digit < 0 || digit > 9) return 0
    }
    return end - start
  }

  /** The number that a field writes; ask `digitsIn` first, at most 15. */
  numberIn(field: number): number {
    const end = this.ends[field] as number
    let value = 0
    for (let i = this.starts[field] as number; i < end; i++)
      value = value * 10 + (this.#bytes[i] as number) - 48
    return value
  }
}

/**
 * The `key=value` pairs of a CEF extension. A value is not quoted and may hold blanks: it runs to the blank before the
 * next `key=`, so that a device has to escape `=` as `\=` (and `\` as `\\`) in it. One that forgets to do so lets a
 * value imitate pairs, and nothing here can tell.
 *
 * @param prefixes what a vendor puts before names of its own; it does not count as a part of the key
 */
export function cefExtension(prefixes: readonly string[]): PairSyntax {
  return {
    readPair(bytes, at, end, pair) {
      let start = at
      for (;;) {
        while (start < end && isSeparator(bytes[start] as number)) start++
        if (start >= end) return false
        let i = start
        while (i < end && IS_KEY_BYTE[bytes[i] as number] === 1) i++
        if (i > start && i < end && bytes[i] === EQUALS && i - start <= KEY_BYTES_MAX) {
          pair.keyEnd = i
          break
        }
        while (i < end && (bytes[i] as number) > BLANK) i++
        start = i
      }
      const { keyEnd } = pair
      const keyStart = start + prefixLengthAt(bytes, start, keyEnd, prefixes)
      let hash = 0
      for (let i = keyStart; i < keyEnd; i++) hash = nextHash(hash, bytes[i] as number)
      pair.start = start
      pair.keyStart = keyStart
      pair.keyHash = hash
      pair.valueMark = keyEnd + 1
      readValue(bytes, end, pair)
      return true
    },
    readValue,
  }
}

const readValue: PairSyntax['readValue'] = (bytes, end, pair) => {
  const mark = pair.valueMark
  /** Where the last word begins, -1 once it cannot be a key. */
  let wordStart = -1
  let valueEnd = end
  let settled = 0
  for (let i = mark; i < end; i++) {
    const code = bytes[i] as number
    if (code <= BLANK) {
      wordStart = i + 1
    } else if (code === EQUALS) {
      if (wordStart >= 0 && i > wordStart && i - wordStart <= KEY_BYTES_MAX) {
        valueEnd = wordStart - 1
        settled = i + 1
        break
      }
      wordStart = -1
    } else if (IS_KEY_BYTE[code] !== 1) {
      wordStart = -1
      // A backslash before anything else is one that was not escaped.
      if (code === BACKSLASH && (bytes[i + 1] === EQUALS || bytes[i + 1] === BACKSLASH)) i++
    }
  }
  pair.next = valueEnd
  while (valueEnd > mark && bytes[valueEnd - 1] === BLANK) valueEnd--
  pair.style = CEF_VALUE
  pair.valueStart = mark
  pair.valueEnd = valueEnd
  pair.settled = settled
  pair.isLast = settled === 0
  pair.isGuessed = false
}

function prefixLengthAt(
  bytes: Buffer,
  start: number,
  end: number,
  prefixes: readonly string[],
): number {
  for (const prefix of prefixes) {
    const prefixEnd = start + prefix.length
    if (prefixEnd < end && isTextAt(bytes, start, prefixEnd, prefix)) return prefix.length
  }
  return 0
}
