import { type BytePage, newBytePage } from './byte-page.ts'
import { PAYLOAD_BYTES_MAX } from './row-log.ts'

/** Texts up to this length are copied by hand: a call into the runtime costs more. */
const SHORT = 48

/** Values of the hex digits by their character code. */
const NIBBLES = new Uint8Array(128)
for (let value = 0; value < 16; value++) NIBBLES[value.toString(16).charCodeAt(0)] = value

/** Writes numbers and texts one after the other into a buffer of its own that is used again for each row. */
export class ByteWriter {
  readonly page: BytePage = newBytePage(PAYLOAD_BYTES_MAX + 1)
  readonly bytes = this.page.bytes
  length = 0

  start(): void {
    this.length = 0
  }

  u8(value: number): void {
    this.bytes[this.length++] = value
  }

  u32(value: number): void {
    const { bytes, length } = this
    bytes[length] = value
    bytes[length + 1] = value >>> 8
    bytes[length + 2] = value >>> 16
    bytes[length + 3] = value >>> 24
    this.length += 4
  }

  /** A whole number below 2^48. */
  u48(value: number): void {
    this.u32(value >>> 0)
    const high = Math.floor(value / 4294967296)
    this.u8(high)
    this.u8(high >>> 8)
  }

  /** A whole number below 2^56. */
  u56(value: number): void {
    this.u48(value % 2 ** 48)
    this.u8(Math.floor(value / 2 ** 48))
  }

  varint(value: number): void {
    let rest = value
    while (rest > 127) {
      this.bytes[this.length++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.bytes[this.length++] = rest
  }

  /** A word of 32 bits; what was written before must fill whole words. */
  word(value: number): void {
    this.page.words[this.length >>> 2] = value
    this.length += 4
  }

  /** Hex digits, two a byte, lower case, as whole words. */
  hexWords(text: string, count: number): void {
    const { words } = this.page
    const first = this.length >>> 2
    for (let i = 0; i < count; i++) {
      const at = 8 * i
      words[first + i] =
        byteOf(text, at) |
        (byteOf(text, at + 2) << 8) |
        (byteOf(text, at + 4) << 16) |
        (byteOf(text, at + 6) << 24)
    }
    this.length += 4 * count
  }

  /** Fills the word that was begun. */
  align(): void {
    this.length = (this.length + 3) & ~3
  }

  /** A text in UTF-8 after its length. */
  text(text: string): void {
    if (!this.#shortAscii(text)) {
      const bytes = Buffer.byteLength(text)
      this.varint(bytes)
      this.length += this.bytes.write(text, this.length, 'utf8')
    }
  }

  #shortAscii(text: string): boolean {
    const { length } = text
    if (length > SHORT) return false
    const start = this.length
    const { bytes } = this
    bytes[start] = length
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i)
      if (code > 127) return false
      bytes[start + 1 + i] = code
    }
    this.length = start + 1 + length
    return true
  }
}

function byteOf(hex: string, at: number): number {
  const high = NIBBLES[hex.charCodeAt(at) & 127] as number
  return (high << 4) | (NIBBLES[hex.charCodeAt(at + 1) & 127] as number)
}

const NOWHERE = newBytePage(0)

/** Reads what a `ByteWriter` wrote, where it began at a whole word. */
export class ByteReader {
  #page = NOWHERE
  #bytes = NOWHERE.bytes
  at = 0

  start(page: BytePage, at: number): void {
    this.#page = page
    this.#bytes = page.bytes
    this.at = at
  }

  /** A word of 32 bits, signed, at a whole word. */
  word(): number {
    this.at += 4
    return this.#page.words[(this.at >>> 2) - 1] as number
  }

  align(): void {
    this.at = (this.at + 3) & ~3
  }

  u8(): number {
    return this.#bytes[this.at++] as number
  }

  u32(): number {
    const value = this.#bytes.readUInt32LE(this.at)
    this.at += 4
    return value
  }

  u48(): number {
    const low = this.u32()
    return low + (this.u8() | (this.u8() << 8)) * 4294967296
  }

  u56(): number {
    return this.u48() + this.u8() * 2 ** 48
  }

  varint(): number {
    let byte = this.u8()
    let value = byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = this.u8()
      value |= (byte & 127) << shift
    }
    return value >>> 0
  }

  hex(bytes: number): string {
    this.at += bytes
    return this.#bytes.toString('hex', this.at - bytes, this.at)
  }

  text(): string {
    const length = this.varint()
    this.at += length
    return this.#bytes.toString('utf8', this.at - length, this.at)
  }
}
