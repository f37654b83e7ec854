import { isTextAt } from './key-names.ts'

const BLANK = 32
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
