import { VALUE_BYTES_MAX } from '../limits.ts'
import { addressIn } from '../text/address-in.ts'
import { decodedOf } from '../text/decoded-text.ts'
import { latin1TextOf } from '../text/latin1-text.ts'
import { unescaped } from '../text/unescaped.ts'
import { IS_PLAIN } from '../text/user-identity.ts'
import type { ValueCache } from '../text/value-cache.ts'
import { isTextAt } from './key-names.ts'
import { type LineTemplate, TEMPLATE_PAIRS_MAX } from './line-template.ts'
import type { ValueStyle } from './pair-syntax.ts'

const BACKSLASH = 92

/** Origins that a template has at most: one before each value that is read, and one behind the last. */
const ORIGINS = TEMPLATE_PAIRS_MAX + 1

/** Values of one line in numbered slots, as places in its bytes; a text is made only of what is asked for. */
export class FieldValues {
  protected bytes: Buffer = Buffer.alloc(0)
  /** Where the value of a slot begins, -1 when it was not read: then it may be one that a template knows. */
  protected readonly starts: Int32Array
  protected readonly ends: Int32Array
  protected readonly styles: Uint8Array
  /** The templates that the line follows, and where their lines would begin in it after each value read. */
  head: LineTemplate | null = null
  rest: LineTemplate | null = null
  protected readonly headOrigins = new Int32Array(ORIGINS)
  protected readonly restOrigins = new Int32Array(ORIGINS)
  /** True once a value of this line had to be guessed, shortened or repaired. */
  recovered = false
  /** True once a field came again that stands once in good lines; the first counts. */
  hasRepeats = false
  /** What `readDigits` read. */
  leadingNumber = 0
  trailingNumber = 0
  /** True when the text that was decoded last had to be shortened or repaired. */
  #isRepaired = false
  /** The place that `#found` found. */
  #start = 0
  #end = 0
  #style: ValueStyle = 0

  protected constructor(slots: number) {
    this.starts = new Int32Array(slots).fill(-1)
    this.ends = new Int32Array(slots)
    this.styles = new Uint8Array(slots)
  }

  protected clear(): void {
    this.starts.fill(-1)
    this.head = null
    this.rest = null
    this.recovered = false
    this.hasRepeats = false
  }

  has(slot: number): boolean {
    return (this.starts[slot] as number) >= 0 || isIn(this.head, slot) || isIn(this.rest, slot)
  }

  /** The value of a slot with escapes undone and UTF-8 decoded, `''` when the line has none. */
  text(slot: number): string {
    if ((this.starts[slot] as number) >= 0) return this.#found(slot) ? this.#decodedText() : ''
    const template = isIn(this.head, slot) ? this.head : this.rest
    if (template === null || !this.#found(slot)) return ''
    const index = template.indexes[slot] as number
    const known = template.texts[index]
    if (known !== undefined) return known
    const text = this.#decodedText()
    // A text that had to be repaired says so on every line.
    if (!this.#isRepaired) template.texts[index] = text
    return text
  }

  /** Finds the place of a value, false when the line has none. */
  #found(slot: number): boolean {
    const start = this.starts[slot] as number
    if (start >= 0) {
      this.#start = start
      this.#end = this.ends[slot] as number
      this.#style = this.styles[slot] as ValueStyle
      return true
    }
    return (
      this.#foundIn(this.head, this.headOrigins, slot) ||
      this.#foundIn(this.rest, this.restOrigins, slot)
    )
  }

  #foundIn(template: LineTemplate | null, origins: Int32Array, slot: number): boolean {
    if (template === null) return false
    const index = template.indexes[slot] as number
    if (index < 0) return false
    const origin = origins[template.segments[index] as number] as number
    this.#start = origin + (template.valueStarts[index] as number)
    this.#end = origin + (template.valueEnds[index] as number)
    this.#style = template.styles[index] as ValueStyle
    return true
  }

  #decodedText(): string {
    const start = this.#start
    const end = Math.min(this.#end, start + VALUE_BYTES_MAX)
    this.#isRepaired = end < this.#end
    if (this.#isRepaired) this.recovered = true
    const raw = latin1TextOf(this.bytes, start, end)
    for (let i = start; i < end; i++) {
      const code = this.bytes[i] as number
      if (code > 127 || code === BACKSLASH) return this.#repaired(raw)
    }
    return raw
  }

  #repaired(raw: string): string {
    const { text, damaged } = decodedOf(raw)
    if (damaged) {
      this.#isRepaired = true
      this.recovered = true
    }
    return unescaped(text, this.#style)
  }

  /** True when the value is this ASCII text. */
  is(slot: number, text: string): boolean {
    return this.#found(slot) && isTextAt(this.bytes, this.#start, this.#end, text)
  }

  /** True when the value begins with this ASCII text. */
  begins(slot: number, text: string): boolean {
    if (!this.#found(slot)) return false
    const end = this.#start + text.length
    return end <= this.#end && isTextAt(this.bytes, this.#start, end, text)
  }

  /** The value of a slot when it is plain (lower-case ASCII, no separator of domains), null otherwise. */
  plainText(slot: number): string | null {
    if (!this.#found(slot)) return ''
    const bytes = this.bytes
    const end = this.#end
    if (end - this.#start > VALUE_BYTES_MAX) return null
    for (let i = this.#start; i < end; i++) if (IS_PLAIN[bytes[i] as number] === 0) return null
    return latin1TextOf(bytes, this.#start, end)
  }

  /** The canonical text of an address, `''` when the value is none. */
  address(slot: number): string {
    if (!this.#found(slot)) return ''
    return addressIn(this.bytes, this.#start, this.#end)
  }

  /** What a cache makes of the value of a slot, `absent` when the line has none. */
  through<T>(slot: number, cache: ValueCache<T>, absent: T): T {
    if (!this.#found(slot)) return absent
    const start = this.#start
    const end = this.#end
    const style = this.#style
    const known = cache.find(this.bytes, start, end, style)
    if (known !== undefined) return known
    const text = this.#decodedText()
    return cache.made(text, this.bytes, start, end, style, !this.#isRepaired)
  }

  /**
   * Reads a value that is all digits: the number of its first 13 digits is then in `leadingNumber`, that of the next
   * ones in `trailingNumber`.
   * @returns how many digits there are, 0 when the value is something else or has more than 26
   */
  readDigits(slot: number): number {
    if (!this.#found(slot)) return 0
    const bytes = this.bytes
    const start = this.#start
    const end = this.#end
    if (end - start > 26) return 0
    const middle = Math.min(end, start + 13)
    let leading = 0
    let trailing = 0
    for (let i = start; i < middle; i++) {
      const digit = (bytes[i] as number) - 48
      if (digit < 0 || digit > 9) return 0
      leading = leading * 10 + digit
    }
    for (let i = middle; i < end; i++) {
      const digit = (bytes[i] as number) - 48
      if (digit < 0 || digit > 9) return 0
      trailing = trailing * 10 + digit
    }
    this.leadingNumber = leading
    this.trailingNumber = trailing
    return end - start
  }
}

function isIn(template: LineTemplate | null, slot: number): boolean {
  return template !== null && (template.indexes[slot] as number) >= 0
}
