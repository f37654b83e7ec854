/**
 * Seeded random numbers: the same seed gives the same logs on every machine.
 * The state of xoshiro128** (Blackman and Vigna, public domain) is filled by FNV-1a hashes of the seed.
 */
export class Random {
  #seed
  #state

  constructor(seed) {
    this.#seed = seed
    this.#state = Uint32Array.from({ length: 4 }, (_, index) => fnv1a(`${index}/${seed}`) || 1)
    for (let i = 0; i < 16; i++) this.#next()
  }

  /** An independent stream, so that a change in one part of the story leaves the others as they were. */
  fork(label) {
    return new Random(`${this.#seed}/${label}`)
  }

  #next() {
    const s = this.#state
    const result = Math.imul(rotateLeft(Math.imul(s[1], 5), 7), 9) >>> 0
    const carry = s[1] << 9
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= carry
    s[3] = rotateLeft(s[3], 11)
    return result
  }

  /** A whole number from `low` to `high`, both included. */
  integer(low, high) {
    return low + Math.floor((this.#next() / 2 ** 32) * (high - low + 1))
  }

  /** True with the given probability, 0 … 1. */
  chance(probability) {
    return this.#next() / 2 ** 32 < probability
  }

  pick(list) {
    return list[this.integer(0, list.length - 1)]
  }

  shuffled(list) {
    const copy = [...list]
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.integer(0, i)
      ;[copy[i], copy[j]] = [copy[j], copy[i]]
    }
    return copy
  }

  digits(count) {
    return Array.from({ length: count }, () => this.integer(0, 9)).join('')
  }

  hex(count) {
    return Array.from({ length: count }, () => this.integer(0, 15).toString(16)).join('')
  }
}

function rotateLeft(value, bits) {
  return ((value << bits) | (value >>> (32 - bits))) >>> 0
}

function fnv1a(text) {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
