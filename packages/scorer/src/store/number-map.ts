const LOAD_MAX = 0.7
const CAPACITY_MIN = 16

/**
 * From whole numbers to 32-bit numbers, in typed arrays (open addressing, linear probing): a few bytes an entry and
 * nothing for the garbage collector. Keys are 1 … 2^53-1.
 */
export class NumberMap {
  #keys = new Float64Array(CAPACITY_MIN)
  #values = new Uint32Array(CAPACITY_MIN)
  size = 0
  /** What touching came to: it means nothing. */
  touched = 0

  /** A map of entries. */
  static of(entries: Iterable<readonly [number, number]>): NumberMap {
    const map = new NumberMap()
    for (const [key, value] of entries) map.exchange(key, value)
    return map
  }

  get byteLength(): number {
    return this.#keys.byteLength + this.#values.byteLength
  }

  /** @returns 0 when there is none */
  get(key: number): number {
    const slot = this.#slotOf(key)
    return this.#keys[slot] === key ? (this.#values[slot] as number) : 0
  }

  has(key: number): boolean {
    return this.#keys[this.#slotOf(key)] === key
  }

  /** Sets a value. @returns the one before, or 0 */
  exchange(key: number, value: number): number {
    let slot = this.#slotOf(key)
    let before = 0
    if (this.#keys[slot] === key) before = this.#values[slot] as number
    else {
      if (this.size + 1 > this.#keys.length * LOAD_MAX) {
        this.#grow()
        slot = this.#slotOf(key)
      }
      this.#keys[slot] = key
      this.size++
    }
    this.#values[slot] = value
    return before
  }

  /** Adds to a value, which begins at 0. */
  add(key: number, by: number): void {
    const slot = this.#slotOf(key)
    if (this.#keys[slot] === key) this.#values[slot] = (this.#values[slot] as number) + by
    else this.exchange(key, by)
  }

  /**
   * Loads the slot of a key. Slots lie all over memory, and a processor waits for several at a time as long as for one: who looks
   * for many keys touches a few first. @returns what means nothing, and keeps the load from being left out
   */
  touch(key: number): number {
    const home = homeOf(key, this.#keys.length - 1)
    return (this.#keys[home] as number) + (this.#values[home] as number)
  }

  /** `add` of many keys. */
  addAll(keys: Float64Array, by: Uint8Array, count: number): void {
    let touched = 0
    for (let i = 0; i < count; i++) touched += this.touch(keys[i] as number)
    this.touched = touched
    for (let i = 0; i < count; i++) this.add(keys[i] as number, by[i] as number)
  }

  delete(key: number): void {
    let hole = this.#slotOf(key)
    if (this.#keys[hole] !== key) return
    const mask = this.#keys.length - 1
    // What follows moves up, so that no probe ends at the hole before its key.
    for (let next = (hole + 1) & mask; this.#keys[next] !== 0; next = (next + 1) & mask) {
      const home = homeOf(this.#keys[next] as number, mask)
      if (((next - home) & mask) < ((next - hole) & mask)) continue
      this.#keys[hole] = this.#keys[next] as number
      this.#values[hole] = this.#values[next] as number
      hole = next
    }
    this.#keys[hole] = 0
    this.#values[hole] = 0
    this.size--
  }

  /** Entries in no order that means anything. */
  forEach(use: (key: number, value: number) => void): void {
    for (let slot = 0; slot < this.#keys.length; slot++) {
      const key = this.#keys[slot] as number
      if (key !== 0) use(key, this.#values[slot] as number)
    }
  }

  entries(): [number, number][] {
    const entries: [number, number][] = []
    this.forEach((key, value) => {
      entries.push([key, value])
    })
    return entries
  }

  /** Keys, ascending. */
  sortedKeys(): Float64Array {
    const keys = new Float64Array(this.size)
    let at = 0
    this.forEach((key) => {
      keys[at++] = key
    })
    return keys.sort()
  }

  #slotOf(key: number): number {
    const mask = this.#keys.length - 1
    let slot = homeOf(key, mask)
    for (;;) {
      const there = this.#keys[slot]
      if (there === key || there === 0) return slot
      slot = (slot + 1) & mask
    }
  }

  #grow(): void {
    const keys = this.#keys
    const values = this.#values
    this.#keys = new Float64Array(keys.length * 2)
    this.#values = new Uint32Array(keys.length * 2)
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as number
      if (key === 0) continue
      const slot = this.#slotOf(key)
      this.#keys[slot] = key
      this.#values[slot] = values[i] as number
    }
  }
}

/** Fibonacci hashing of both halves of a key. */
function homeOf(key: number, mask: number): number {
  const high = Math.floor(key / 4294967296)
  const mixed = Math.imul((key >>> 0) ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1)
  return (mixed ^ (mixed >>> 15)) & mask
}
