import { GrowingArray } from './growing-array.ts'

/**
 * IPv6 ranges by the upper 64 bits of the address (the lower half names a host inside one network). Ranges whose
 * start has the same first 32 bits form a group, so that a start costs 4 bytes instead of 8: `groups` holds the first
 * halves, `offsets` where each group begins, `lows` the second halves.
 */
export interface RangeTableV6 {
  readonly groups: Uint32Array
  readonly offsets: Uint32Array
  readonly lows: Uint32Array
  readonly ids: Uint32Array
}

/** Index of the last value at or below `wanted` in `values[from, to)`, or `from - 1` when there is none. */
function lastAtOrBelow(values: Uint32Array, from: number, to: number, wanted: number): number {
  let low = from - 1
  let high = to - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((values[middle] as number) <= wanted) low = middle
    else high = middle - 1
  }
  return low
}

/**
 * The id of the range that holds an IPv6 address, given bits 0-31 (`high`) and 32-63 (`low`); 0 means that the
 * database says nothing.
 */
export function idOfIpv6(table: RangeTableV6, high: number, low: number): number {
  const group = lastAtOrBelow(table.groups, 0, table.groups.length, high)
  const from = table.offsets[group] as number
  const to = table.offsets[group + 1] as number
  const range = table.groups[group] === high ? lastAtOrBelow(table.lows, from, to, low) : to - 1
  return table.ids[range] as number
}

const LAST = (1n << 64n) - 1n

/** Builds an IPv6 table from ranges in ascending order; neighbours with one id become one range. */
export class RangeBuilderV6 {
  readonly #groups = new GrowingArray()
  readonly #offsets = new GrowingArray()
  readonly #lows = new GrowingArray()
  readonly #ids = new GrowingArray()
  #next = 0n

  /** From the address with bits 0-31 `high` and 32-63 `low` on, the id is `id`. */
  append(high: number, low: number, id: number): void {
    const { length } = this.#ids
    if (length > 0 && this.#ids.at(length - 1) === id) return
    if (length === 0 || this.#groups.at(this.#groups.length - 1) !== high) {
      this.#groups.push(high)
      this.#offsets.push(length)
    }
    this.#lows.push(low)
    this.#ids.push(id)
  }

  /** A range of upper halves, both ends included. What a range before it already covers is left as it is. */
  add(start: bigint, end: bigint, id: number): void {
    if (end < this.#next) return
    if (start > this.#next) this.#appendAt(this.#next, 0)
    this.#appendAt(start > this.#next ? start : this.#next, id)
    this.#next = end + 1n
  }

  #appendAt(start: bigint, id: number): void {
    this.append(Number(start >> 32n), Number(start & 0xffffffffn), id)
  }

  finish(): RangeTableV6 {
    if (this.#next <= LAST && (this.#next > 0n || this.#ids.length === 0)) {
      this.#appendAt(this.#next, 0)
    }
    this.#offsets.push(this.#ids.length)
    return {
      groups: this.#groups.filled(),
      offsets: this.#offsets.filled(),
      lows: this.#lows.filled(),
      ids: this.#ids.filled(),
    }
  }
}
