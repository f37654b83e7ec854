/** Taken out of the global once: test runners make every look at a global slow, and these are needed all the time. */
const { floor, imul } = Math

/** Turns one 32-bit seed into as many as are needed: the finaliser of MurmurHash3 over a Weyl sequence (Steele et al. 2014, SplitMix). */
function splitMix32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = imul(state ^ (state >>> 16), 0x85ebca6b)
    mixed = imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    return mixed ^ (mixed >>> 16)
  }
}

function rotatedLeft(bits: number, by: number): number {
  return (bits << by) | (bits >>> (32 - by))
}

/**
 * Pseudorandom numbers that are the same for the same seed on every machine: xoshiro128** 1.1 (Blackman and Vigna, "Scrambled
 * linear pseudorandom number generators", 2021), which is fast in 32-bit integers. Not for secrets.
 */
export class SeededRandom {
  #a: number
  #b: number
  #c: number
  #d: number

  /** @param seed any integer; its lowest 32 bits count */
  constructor(seed: number) {
    const next = splitMix32(seed)
    this.#a = next()
    this.#b = next()
    this.#c = next()
    // A state of zeros only would stay there.
    this.#d = next() | 1
  }

  /** At least 0 and below 1, in steps of 2^-32. */
  fraction(): number {
    const result = imul(rotatedLeft(imul(this.#b, 5), 7), 9)
    const shifted = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= shifted
    this.#d = rotatedLeft(this.#d, 11)
    return (result >>> 0) / 4_294_967_296
  }

  /** At least `from` and below `to`. */
  between(from: number, to: number): number {
    return from + this.fraction() * (to - from)
  }

  /** One of 0 to `count` - 1. */
  integer(count: number): number {
    return floor(this.fraction() * count)
  }

  /** True with that probability. */
  chance(probability: number): boolean {
    return probability > 0 && this.fraction() < probability
  }

  /** One of them, or undefined when there is none. */
  pick<T>(items: readonly T[]): T | undefined {
    return items[this.integer(items.length)]
  }

  /** The items in random order, in a new array. */
  shuffled<T>(items: Iterable<T>): T[] {
    const left = [...items]
    const shuffled: T[] = []
    while (left.length > 0) shuffled.push(...left.splice(this.integer(left.length), 1))
    return shuffled
  }
}
