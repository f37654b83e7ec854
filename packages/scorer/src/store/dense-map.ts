const CAPACITY_MIN = 16

/** From numbers from 1 up, of which most are there, to 32-bit numbers that are not 0: an array that grows. */
export class DenseMap {
  #values = new Uint32Array(CAPACITY_MIN)
  size = 0

  get byteLength(): number {
    return this.#values.byteLength
  }

  /** @returns 0 when there is none */
  get(key: number): number {
    return key < this.#values.length ? (this.#values[key] as number) : 0
  }

  /** Loads a value. @returns what means nothing, and keeps the load from being left out */
  touch(key: number): number {
    return this.get(key)
  }

  /** Sets a value. @returns the one before, or 0 */
  exchange(key: number, value: number): number {
    if (key >= this.#values.length) this.#grow(key)
    const before = this.#values[key] as number
    if (before === 0) this.size++
    this.#values[key] = value
    return before
  }

  delete(key: number): void {
    if (this.get(key) === 0) return
    this.#values[key] = 0
    this.size--
  }

  /** Keys, ascending. */
  sortedKeys(): Uint32Array {
    const keys = new Uint32Array(this.size)
    let at = 0
    for (let key = 0; key < this.#values.length; key++) {
      if (this.#values[key] !== 0) keys[at++] = key
    }
    return keys
  }

  #grow(key: number): void {
    const values = new Uint32Array(Math.max(key + 1, Math.ceil(this.#values.length * 1.5)))
    values.set(this.#values)
    this.#values = values
  }
}
