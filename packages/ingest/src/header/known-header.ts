/** Longest header that is remembered. */
export const HEADER_BYTES_MAX = 128

/**
 * A header of a line before, to compare later ones with: relays and gateways write the same again and again, but for
 * the digits of times and counts.
 */
export class KnownHeader {
  readonly #bytes = new Uint8Array(HEADER_BYTES_MAX)
  /** 1 where digits may be others. */
  readonly #mayDiffer = new Uint8Array(HEADER_BYTES_MAX)
  #length = -1

  /** Bytes of the header, -1 when none is known. */
  get length(): number {
    return this.#length
  }

  forget(): void {
    this.#length = -1
  }

  /** Remembers a header of at most `HEADER_BYTES_MAX` bytes; all of its digits may be others. */
  remember(bytes: Buffer, start: number, end: number): void {
    this.#length = end - start
    for (let i = 0; i < this.#length; i++) this.#bytes[i] = bytes[start + i] as number
    this.#mayDiffer.fill(1)
  }

  /** From one offset to before another even the digits must be the same. */
  fix(from: number, to: number): void {
    this.#mayDiffer.fill(0, from, to)
  }

  /** True when the bytes from `start` on are those of the header, but for digits. */
  isLike(bytes: Buffer, start: number): boolean {
    const known = this.#bytes
    for (let i = 0; i < this.#length; i++) {
      const code = bytes[start + i] as number
      if (code === known[i]) continue
      if (this.#mayDiffer[i] === 0 || !isDigit(code) || !isDigit(known[i] as number)) return false
    }
    return true
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}
