import type { Page } from './page.ts'

/** Most bytes of a varint of 32 bits. */
export const VARINT_BYTES_MAX = 5

/** Writes numbers of 0 … 2^32-1: seven bits a byte, the low ones first; the high bit says that more follow (LEB128). */
export class VarintWriter {
  #bytes: Buffer = Buffer.alloc(0)
  /** Where the next number goes. */
  at = 0

  start({ bytes }: Page, at: number): void {
    this.#bytes = bytes
    this.at = at
  }

  write(number: number): void {
    let rest = number
    while (rest > 127) {
      this.#bytes[this.at++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.#bytes[this.at++] = rest
  }
}

/** Reads what a `VarintWriter` wrote. */
export class VarintReader {
  #bytes: Buffer = Buffer.alloc(0)
  #at = 0

  start({ bytes }: Page, at: number): void {
    this.#bytes = bytes
    this.#at = at
  }

  next(): number {
    let byte = this.#bytes[this.#at++] as number
    let number = byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = this.#bytes[this.#at++] as number
      number |= (byte & 127) << shift
    }
    return number >>> 0
  }
}
