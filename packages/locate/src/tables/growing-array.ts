/** An unsigned 32-bit array that grows as it is filled; the compiler does not know the number of ranges beforehand. */
export class GrowingArray {
  #values = new Uint32Array(1 << 12)
  length = 0

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Uint32Array(this.length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.length++] = value
  }

  /** The value at an index below `length`. */
  at(index: number): number {
    return this.#values[index] as number
  }

  /** The filled part; it shares memory with this array, so nothing may be pushed after it was taken. */
  filled(): Uint32Array {
    return this.#values.subarray(0, this.length)
  }
}
