/** xorshift32 with a mixed seed: the same numbers on every run. Returns whole numbers from 0 to before `limit`. */
export function randomOf(seed) {
  let state = mixed(seed) || 1
  return (limit) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % limit
  }
}

/** Neighbouring seeds give unrelated states (the finaliser of MurmurHash3, in the public domain). */
function mixed(seed) {
  let h = (seed + 0x9e3779b9) | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
