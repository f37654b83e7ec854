// Taken out of the global object once: a sandbox (that of the tests) makes each look-up there slow.
const { imul, floor, sqrt, log, cos, min, PI } = Math

/**
 * Seeded random numbers: the same keys give the same numbers on every machine.
 * xoshiro128** (Blackman and Vigna, public domain), its state filled by the finaliser of MurmurHash3 (public domain).
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #d: number

  /** @param keys whole numbers and texts; another list of keys is an independent stream */
  constructor(...keys: readonly (number | string)[]) {
    let state = 0x9e3779b9
    for (const key of keys) {
      state = mixed(state ^ (typeof key === 'number' ? mixed(key + 0x632be5ab) : hashOf(key)))
    }
    this.#a = mixed(state + 0x9e3779b9)
    this.#b = mixed(state + 0x3c6ef372)
    this.#c = mixed(state + 0xdaa66d2b)
    this.#d = mixed(state + 0x78dde6e4) | 1
  }

  /** A whole number of 32 bits, 0 … 2^32-1. */
  bits(): number {
    const scrambled = imul(this.#b, 5)
    const result = imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0
    const carry = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= carry
    this.#d = (this.#d << 11) | (this.#d >>> 21)
    return result
  }

  /** 0 (included) … 1 (excluded). */
  fraction(): number {
    return this.bits() / 4_294_967_296
  }

  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + floor(this.fraction() * (high - low + 1))
  }

  /** A number from `low` to `high`. */
  between(low: number, high: number): number {
    return low + this.fraction() * (high - low)
  }

  /** True with the given probability, 0 … 1. */
  chance(probability: number): boolean {
    return this.fraction() < probability
  }

  /** One of a list. @throws RangeError when it is empty. */
  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('nothing to pick from')
    return list[floor(this.fraction() * list.length)] as T
  }

  /** Some of a list, each at most once; all of it in another order when it has no more. */
  sample<T>(list: readonly T[], count: number): T[] {
    const copy = [...list]
    const length = min(count, copy.length)
    for (let i = 0; i < length; i++) {
      const j = this.integer(i, copy.length - 1)
      ;[copy[i], copy[j]] = [copy[j] as T, copy[i] as T]
    }
    return copy.slice(0, length)
  }

  /** A standard normal variate (Box and Muller 1958). */
  normal(): number {
    const radius = sqrt(-2 * log(1 - this.fraction()))
    return radius * cos(2 * PI * this.fraction())
  }

  /** Index of a list of weights, drawn in their proportion. */
  weighted(weights: readonly number[]): number {
    let left = this.fraction() * weights.reduce((sum, weight) => sum + weight, 0)
    for (const [index, weight] of weights.entries()) {
      left -= weight
      if (left < 0) return index
    }
    return weights.length - 1
  }

  /** So many hexadecimal digits. */
  hex(count: number): string {
    let text = ''
    while (text.length < count) text += this.bits().toString(16).padStart(8, '0')
    return text.slice(0, count)
  }
}

function mixed(value: number): number {
  let h = value | 0
  h = imul(h ^ (h >>> 16), 0x85ebca6b)
  h = imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** FNV-1a of the text's UTF-16 units, mixed. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = imul(hash ^ text.charCodeAt(i), 0x01000193)
  return mixed(hash)
}
