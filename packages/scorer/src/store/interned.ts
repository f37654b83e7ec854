/**
 * Values that many rows share (places, origins), each kept once under a number from 1 up. Values that no row names any
 * more are swept out, so that what strangers make us see does not stay.
 */
export class Interned<T extends object> {
  readonly #ids = new Map<string, number>()
  readonly #values: (T | undefined)[] = [undefined]
  readonly #free: number[] = []
  /** Spares the key of values that are one object. */
  #known = new WeakMap<T, number>()
  readonly #keyOf: (value: T) => string

  /** @param keyOf equal for equal values only */
  constructor(keyOf: (value: T) => string) {
    this.#keyOf = keyOf
  }

  get size(): number {
    return this.#ids.size
  }

  idOf(value: T): number {
    const known = this.#known.get(value)
    if (known !== undefined && this.#values[known] !== undefined) return known
    const key = this.#keyOf(value)
    let id = this.#ids.get(key)
    if (id === undefined) {
      id = this.#free.pop() ?? this.#values.length
      this.#values[id] = value
      this.#ids.set(key, id)
    }
    this.#known.set(value, id)
    return id
  }

  value(id: number): T {
    const value = this.#values[id]
    if (value === undefined) throw new Error(`no value is kept under ${id}`)
    return value
  }

  /** Lets go of everything that is not in use. */
  sweep(isUsed: (id: number) => boolean): void {
    for (const [key, id] of this.#ids) {
      if (isUsed(id)) continue
      this.#ids.delete(key)
      this.#values[id] = undefined
      this.#free.push(id)
    }
    // Equal copies of what was let go are known too, and nobody has a list of them.
    this.#known = new WeakMap()
  }

  entries(): [number, T][] {
    return [...this.#ids.values()].map((id) => [id, this.value(id)])
  }

  /** Takes over entries of another table; this one must be empty. */
  restore(entries: readonly (readonly [number, T])[]): void {
    for (const [id, value] of entries) {
      this.#values[id] = value
      this.#ids.set(this.#keyOf(value), id)
      this.#known.set(value, id)
    }
    for (let id = 1; id < this.#values.length; id++) {
      if (this.#values[id] === undefined) this.#free.push(id)
    }
  }
}
