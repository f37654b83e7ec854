import { NumberMap } from './number-map.ts'

/** Keys that are added together. */
const ADDED_AT_ONCE = 64

/** Sums by key that are made of very many small additions: these are added to the map a few at a time, whose slots are touched first. */
export class Regulars {
  readonly #map = new NumberMap()
  readonly #keys = new Float64Array(ADDED_AT_ONCE)
  readonly #by = new Uint8Array(ADDED_AT_ONCE)
  #count = 0

  /** @param by 0 or 1 */
  add(key: number, by: number): void {
    this.#keys[this.#count] = key
    this.#by[this.#count] = by
    if (++this.#count === ADDED_AT_ONCE) this.#flush()
  }

  /** The sums; nothing is added after this. */
  get map(): NumberMap {
    this.#flush()
    return this.#map
  }

  #flush(): void {
    this.#map.addAll(this.#keys, this.#by, this.#count)
    this.#count = 0
  }
}
