import type { Buffer } from 'node:buffer'

/** Types of the MaxMind DB data section, version 2. */
const POINTER = 1
const TEXT = 2
const DOUBLE = 3
const BYTES = 4
const MAP = 7
const SIGNED = 8
const ARRAY = 11
const BOOLEAN = 14
const FLOAT = 15

/** Added to a pointer's value, by its size. */
const POINTER_BASES = [0, 2048, 526_336, 0] as const

/** Decodes the values of a data section; pointers count from its beginning. */
export class MmdbDecoder {
  readonly #bytes: Buffer
  readonly #base: number
  #at = 0

  constructor(bytes: Buffer, base: number) {
    this.#bytes = bytes
    this.#base = base
  }

  /** The value at a file position. @throws RangeError when it runs over the end of the file. */
  valueAt(position: number): unknown {
    this.#at = position
    return this.#value()
  }

  #value(): unknown {
    const control = this.#bytes.readUInt8(this.#at++)
    let type = control >>> 5
    if (type === POINTER) return this.#pointed(control)
    if (type === 0) type = this.#bytes.readUInt8(this.#at++) + 7
    const size = this.#size(control & 31)
    if (type === MAP) return this.#map(size)
    if (type === ARRAY) return Array.from({ length: size }, () => this.#value())
    if (type === BOOLEAN) return size !== 0
    const start = this.#at
    this.#at += size
    if (type === TEXT) return this.#bytes.toString('utf8', start, this.#at)
    if (type === DOUBLE) return this.#bytes.readDoubleBE(start)
    if (type === FLOAT) return this.#bytes.readFloatBE(start)
    if (type === BYTES) return this.#bytes.subarray(start, this.#at)
    if (type === SIGNED) return size === 0 ? 0 : this.#bytes.readIntBE(start, size)
    let unsigned = 0
    for (let i = start; i < this.#at; i++) unsigned = unsigned * 256 + (this.#bytes[i] as number)
    return unsigned
  }

  #size(size: number): number {
    if (size < 29) return size
    const width = size - 28
    const more = this.#bytes.readUIntBE(this.#at, width)
    this.#at += width
    return more + ([29, 285, 65_821][width - 1] as number)
  }

  #map(size: number): Record<string, unknown> {
    const map: Record<string, unknown> = {}
    for (let i = 0; i < size; i++) {
      const key = String(this.#value())
      map[key] = this.#value()
    }
    return map
  }

  #pointed(control: number): unknown {
    const width = ((control >>> 3) & 3) + 1
    const upper = width === 4 ? 0 : (control & 7) * 2 ** (8 * width)
    const target = upper + this.#bytes.readUIntBE(this.#at, width)
    const after = this.#at + width
    const value = this.valueAt(this.#base + target + (POINTER_BASES[width - 1] as number))
    this.#at = after
    return value
  }
}
