/** A set of small whole numbers, one bit each. */
export class BitSet {
  #bytes = new Uint8Array(1024)

  add(number: number): void {
    const at = Math.floor(number / 8)
    if (at >= this.#bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, at + 1))
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.#bytes[at] = (this.#bytes[at] ?? 0) | (1 << (number % 8))
  }

  has(number: number): boolean {
    return ((this.#bytes[Math.floor(number / 8)] ?? 0) & (1 << (number % 8))) !== 0
  }
}
