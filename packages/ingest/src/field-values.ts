import { decodedOf } from './decoded-text.ts'
import { isTextAt } from './key-names.ts'
import { VALUE_BYTES_MAX } from './limits.ts'
import type { PairMemory } from './pair-memory.ts'

const BACKSLASH = 92

/** Values of one line in numbered slots, as places in its bytes; a text is made only of what is asked for. */
export class FieldValues {
  /** Where the value of a slot begins, -1 when the line has none. */
  protected readonly starts: Int32Array
  protected readonly ends: Int32Array
  protected readonly isQuoted: Uint8Array
  /** Where the value of a slot is remembered from an earlier line, if it is. */
  protected readonly memories: (PairMemory | null)[]
  protected readonly memoryIndexes: Int32Array
  protected bytes: Buffer = Buffer.alloc(0)
  /** True once a value of this line had to be guessed, shortened or repaired. */
  recovered = false

  protected constructor(slots: number) {
    this.starts = new Int32Array(slots).fill(-1)
    this.ends = new Int32Array(slots)
    this.isQuoted = new Uint8Array(slots)
    this.memories = new Array(slots).fill(null)
    this.memoryIndexes = new Int32Array(slots)
  }

  has(slot: number): boolean {
    return (this.starts[slot] as number) >= 0
  }

  /** The value of a slot with escapes undone and UTF-8 decoded, `''` when the line has none. */
  text(slot: number): string {
    const start = this.starts[slot] as number
    if (start < 0) return ''
    const memory = this.memories[slot] as PairMemory | null
    if (memory === null) return this.#decodedText(slot, start)
    const index = this.memoryIndexes[slot] as number
    const known = memory.texts[index]
    if (known !== undefined) return known
    const text = this.#decodedText(slot, start)
    // A text that had to be repaired says so on every line.
    if (!this.recovered) memory.texts[index] = text
    return text
  }

  #decodedText(slot: number, start: number): string {
    let end = this.ends[slot] as number
    if (end - start > VALUE_BYTES_MAX) {
      end = start + VALUE_BYTES_MAX
      this.recovered = true
    }
    const raw = this.bytes.toString('latin1', start, end)
    for (let i = start; i < end; i++) {
      const code = this.bytes[i] as number
      if (code > 127 || code === BACKSLASH) return this.#repaired(raw, this.isQuoted[slot] === 1)
    }
    return raw
  }

  #repaired(raw: string, isQuoted: boolean): string {
    const { text, damaged } = decodedOf(raw)
    if (damaged) this.recovered = true
    return isQuoted ? text.replace(/\\(["\\])/g, '$1') : text
  }

  /** True when the value is this ASCII text. */
  is(slot: number, text: string): boolean {
    const start = this.starts[slot] as number
    return start >= 0 && isTextAt(this.bytes, start, this.ends[slot] as number, text)
  }

  /** True when the value begins with this ASCII text. */
  begins(slot: number, text: string): boolean {
    const start = this.starts[slot] as number
    const end = start + text.length
    return (
      start >= 0 && end <= (this.ends[slot] as number) && isTextAt(this.bytes, start, end, text)
    )
  }

  /** The number of digits of a value, 0 when it is not all digits. */
  digitsIn(slot: number): number {
    const start = this.starts[slot] as number
    if (start < 0) return 0
    const end = this.ends[slot] as number
    for (let i = start; i < end; i++) {
      const digit = (this.bytes[i] as number) - 48
      if (digit < 0 || digit > 9) return 0
    }
    return end - start
  }

  /** The number that the first `digits` digits of a value write; ask `digitsIn` first, at most 15. */
  numberOf(slot: number, digits: number): number {
    return this.numberAt(slot, 0, digits)
  }

  /** The number that the digits from `from` to before `to` write, at most 15 of them. */
  numberAt(slot: number, from: number, to: number): number {
    const start = this.starts[slot] as number
    let value = 0
    for (let i = start + from; i < start + to; i++)
      value = value * 10 + (this.bytes[i] as number) - 48
    return value
  }
}
