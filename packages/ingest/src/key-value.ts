import { decodedOf } from './decoded-text.ts'
import { KEY_BYTES_MAX, PAIRS_MAX, VALUE_BYTES_MAX } from './limits.ts'
import type { RawLine } from './raw-line.ts'
import { isKeyByte } from './syslog-envelope.ts'

const BLANK = 32
const QUOTE = 34
const COMMA = 44
const EQUALS = 61
const BACKSLASH = 92

const IS_KEY_BYTE = Uint8Array.from({ length: 256 }, (_, code) => (isKeyByte(code) ? 1 : 0))

/** Places of the table that finds a known key by its hash; a power of two well above the number of keys. */
const HASH_PLACES = 1024

/**
 * Reads the `key=value` pairs of FortiOS into numbered slots, in one pass over the bytes and without an object
 * per pair.
 *
 * - The first of equal keys wins, and a key counts only outside quotes: strangers type what is inside.
 * - In quotes `\"` and `\\` are escapes, and an escaped quote never closes a value, unless the line is damaged:
 *   the closing quote is missing, or more text follows it (a device wrote a name that ends in `\` as it is).
 *   Then the value ends at the last quote before ` key=`, and `recovered` says so.
 */
export class KeyValueFields {
  readonly #names: readonly string[]
  readonly #slots: readonly number[]
  /** For each hash 1 + the index of the name, or 0. */
  readonly #byHash = new Uint8Array(HASH_PLACES)
  readonly #starts: Int32Array
  readonly #ends: Int32Array
  readonly #isQuoted: Uint8Array
  readonly #headSlots: readonly [number, number]
  #line: RawLine | null = null
  #bytes: Buffer = Buffer.alloc(0)
  #next = 0
  #end = 0
  #pairs = 0
  /** True when the first pairs are joined by a comma (the CSV form). */
  isCommaSeparated = false
  /** True once a value of this line had to be guessed, shortened or repaired. */
  recovered = false

  /**
   * @param keys names (at most 255) and the slot of each; several names may share a slot.
   * @param headSlots the two slots that `readHead` looks for.
   */
  constructor(keys: Readonly<Record<string, number>>, headSlots: readonly [number, number]) {
    this.#names = Object.keys(keys)
    this.#slots = Object.values(keys)
    this.#headSlots = headSlots
    const slots = Math.max(...this.#slots) + 1
    this.#starts = new Int32Array(slots)
    this.#ends = new Int32Array(slots)
    this.#isQuoted = new Uint8Array(slots)
    for (const [index, name] of this.#names.entries()) {
      let place = 0
      for (let i = 0; i < name.length; i++) place = nextHash(place, name.charCodeAt(i))
      place &= HASH_PLACES - 1
      while (this.#byHash[place] !== 0) place = (place + 1) & (HASH_PLACES - 1)
      this.#byHash[place] = index + 1
    }
  }

  /** Reads from the body of a line until both head slots are known, or to the end. */
  readHead(line: RawLine): void {
    this.#line = line
    this.#bytes = line.bytes
    this.#next = line.body
    this.#end = line.end
    this.#pairs = 0
    this.recovered = false
    this.isCommaSeparated = false
    this.#starts.fill(-1)
    this.#read(true)
  }

  /** Reads on to the end of the line. */
  readRest(): void {
    this.#read(false)
  }

  has(slot: number): boolean {
    return (this.#starts[slot] as number) >= 0
  }

  #read(isHead: boolean): void {
    const bytes = this.#bytes
    const end = this.#end
    const starts = this.#starts
    const [headA, headB] = this.#headSlots
    let i = this.#next
    while (i < end && this.#pairs < PAIRS_MAX) {
      let code = bytes[i] as number
      if (code <= BLANK || code === COMMA) {
        i++
        continue
      }
      const keyStart = i
      let hash = 0
      while (IS_KEY_BYTE[code] === 1 && i < end) {
        hash = nextHash(hash, code)
        code = bytes[++i] as number
      }
      if (code !== EQUALS || i >= end || i === keyStart || i - keyStart > KEY_BYTES_MAX) {
        while (i < end && (bytes[i] as number) > BLANK) i++
        continue
      }
      const slot = this.#slotOf(hash, keyStart, i)
      i++
      const quoted = i < end && bytes[i] === QUOTE ? 1 : 0
      const valueStart = i + quoted
      const valueEnd = quoted === 1 ? this.#closingQuoteOf(valueStart) : this.#bareEndOf(i)
      i = valueEnd + quoted
      if (this.#pairs === 0) this.isCommaSeparated = bytes[i] === COMMA
      this.#pairs++
      if (slot < 0 || (starts[slot] as number) >= 0) continue
      starts[slot] = valueStart
      this.#ends[slot] = valueEnd
      this.#isQuoted[slot] = quoted
      if (isHead && (starts[headA] as number) >= 0 && (starts[headB] as number) >= 0) break
    }
    this.#next = i
  }

  #slotOf(hash: number, start: number, end: number): number {
    let place = hash & (HASH_PLACES - 1)
    for (;;) {
      const entry = this.#byHash[place] as number
      if (entry === 0) return -1
      if (this.#isName(this.#names[entry - 1] as string, start, end))
        return this.#slots[entry - 1] as number
      place = (place + 1) & (HASH_PLACES - 1)
    }
  }

  #isName(name: string, start: number, end: number): boolean {
    const bytes = this.#bytes
    const length = end - start
    if (name.length !== length) return false
    for (let i = 0; i < length; i++) if (bytes[start + i] !== name.charCodeAt(i)) return false
    return true
  }

  #bareEndOf(from: number): number {
    const bytes = this.#bytes
    let i = from
    while (i < this.#end && (bytes[i] as number) > BLANK && bytes[i] !== COMMA) i++
    return i
  }

  #closingQuoteOf(from: number): number {
    const bytes = this.#bytes
    const end = this.#end
    let i = from
    while (i < end) {
      const code = bytes[i] as number
      if (code === QUOTE) {
        const next = bytes[i + 1] as number
        if (i + 1 >= end || next <= BLANK || next === COMMA) return i
        break
      }
      i += code === BACKSLASH ? 2 : 1
    }
    this.recovered = true
    return this.#guessedQuoteOf(from, Math.min(i, end - 1))
  }

  /**
   * The end of a value whose closing quote is not where the grammar has it: the last quote before ` key=` up to
   * where the grammar broke, else the first one after, else the end of the line.
   */
  #guessedQuoteOf(from: number, brokenAt: number): number {
    for (let i = brokenAt; i >= from; i--) if (this.#isBeforeKey(i)) return i
    for (let i = Math.max(from, brokenAt + 1); i < this.#end; i++) {
      if (this.#isBeforeKey(i)) return i
    }
    return this.#bytes[this.#end - 1] === QUOTE && this.#end > from ? this.#end - 1 : this.#end
  }

  #isBeforeKey(at: number): boolean {
    const bytes = this.#bytes
    if (bytes[at] !== QUOTE) return false
    let i = at + 1
    if (i >= this.#end || ((bytes[i] as number) > BLANK && bytes[i] !== COMMA)) return false
    i++
    const limit = Math.min(this.#end, i + KEY_BYTES_MAX)
    const keyStart = i
    while (i < limit && IS_KEY_BYTE[bytes[i] as number] === 1) i++
    return i > keyStart && i < this.#end && bytes[i] === EQUALS
  }

  /** The value of a slot with escapes undone and UTF-8 decoded, `''` when the line has none. */
  text(slot: number): string {
    const start = this.#starts[slot] as number
    const line = this.#line
    if (start < 0 || line === null) return ''
    const bytes = this.#bytes
    let end = this.#ends[slot] as number
    if (end - start > VALUE_BYTES_MAX) {
      end = start + VALUE_BYTES_MAX
      this.recovered = true
    }
    let isPlain = true
    for (let i = start; i < end; i++) {
      const code = bytes[i] as number
      if (code > 127 || code === BACKSLASH) {
        isPlain = false
        break
      }
    }
    const raw = line.text().slice(start - line.start, end - line.start)
    return isPlain ? raw : this.#decoded(raw, this.#isQuoted[slot] === 1)
  }

  #decoded(raw: string, isQuoted: boolean): string {
    const { text, damaged } = decodedOf(raw)
    if (damaged) this.recovered = true
    return isQuoted ? text.replace(/\\(["\\])/g, '$1') : text
  }

  /** True when the value is this ASCII text. */
  is(slot: number, text: string): boolean {
    const start = this.#starts[slot] as number
    return start >= 0 && this.#isName(text, start, this.#ends[slot] as number)
  }

  /** True when the value begins with this ASCII text. */
  begins(slot: number, text: string): boolean {
    const start = this.#starts[slot] as number
    const end = start + text.length
    return start >= 0 && end <= (this.#ends[slot] as number) && this.#isName(text, start, end)
  }

  /** The number of digits of a value, 0 when it is not all digits. */
  digitsIn(slot: number): number {
    const start = this.#starts[slot] as number
    if (start < 0) return 0
    const end = this.#ends[slot] as number
    for (let i = start; i < end; i++) {
      const digit = (this.#bytes[i] as number) - 48
      if (digit < 0 || digit > 9) return 0
    }
    return end - start
  }

  /** The number that the first `digits` digits of a value write; ask `digitsIn` first, at most 15. */
  numberOf(slot: number, digits: number): number {
    const start = this.#starts[slot] as number
    let value = 0
    for (let i = start; i < start + digits; i++)
      value = value * 10 + (this.#bytes[i] as number) - 48
    return value
  }
}

function nextHash(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0
}
