import { GrowingArray } from './growing-array.ts'

/**
 * IPv4 ranges that cover the whole space: the range of an address is the last one that starts at or before it.
 * `jump[b]` is the range of `b.b.0.0` for each of the 65,536 leading halves (and one more for the end), which leaves
 * a handful of steps to the binary search.
 */
export interface RangeTableV4 {
  readonly starts: Uint32Array
  readonly ids: Uint32Array
  readonly jump: Uint32Array
}

/** The id of the range that holds an IPv4 value (0 … 2^32-1); 0 means that the database says nothing. */
export function idOfIpv4(table: RangeTableV4, value: number): number {
  const { starts } = table
  const half = value >>> 16
  let low = table.jump[half] as number
  let high = table.jump[half + 1] as number
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((starts[middle] as number) <= value) low = middle
    else high = middle - 1
  }
  return table.ids[low] as number
}

/** Builds an IPv4 table from ranges in ascending order; neighbours with one id become one range. */
export class RangeBuilderV4 {
  readonly #starts = new GrowingArray()
  readonly #ids = new GrowingArray()
  #next = 0

  /** From `start` on the id is `id`. */
  append(start: number, id: number): void {
    const { length } = this.#ids
    if (length > 0 && this.#ids.at(length - 1) === id) return
    this.#starts.push(start)
    this.#ids.push(id)
  }

  /** A range with both ends included. What a range before it already covers is left as it is. */
  add(start: number, end: number, id: number): void {
    if (end < this.#next) return
    if (start > this.#next) this.append(this.#next, 0)
    this.append(Math.max(start, this.#next), id)
    this.#next = end + 1
  }

  finish(): RangeTableV4 {
    if (this.#next < 2 ** 32 && (this.#next > 0 || this.#ids.length === 0)) {
      this.append(this.#next, 0)
    }
    const starts = this.#starts.filled()
    const jump = new Uint32Array(65_537)
    let range = 0
    for (let half = 0; half <= 65_536; half++) {
      while (range + 1 < starts.length && (starts[range + 1] as number) <= half * 65_536) range++
      jump[half] = range
    }
    return { starts, ids: this.#ids.filled(), jump }
  }
}
