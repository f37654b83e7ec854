/** A keyed 32-bit hash of a text. */
export type KeyHash = (text: string) => number

/**
 * HalfSipHash-1-3 over UTF-16 code units (Aumasson and Bernstein, SipHash, 2012; reference code's 32-bit variant).
 * Attackers choose user names, so an index must not be filled by names that collide: the key is the configuration's.
 *
 * @param key0 first half of the key, 32 bits
 * @param key1 second half
 */
export function keyHashOf(key0: number, key1: number): KeyHash {
  return (text) => {
    let v0 = key0 | 0
    let v1 = key1 | 0
    let v2 = key0 ^ 0x6c796765
    let v3 = key1 ^ 0x74656462
    const { length } = text
    const whole = length & ~1
    // One round a word; the fourth and later passes are the last word and the three rounds that finish.
    for (let i = 0; i <= whole + 6; i += 2) {
      let word = 0
      if (i < whole) word = text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16)
      else if (i === whole) word = (length << 24) | (whole < length ? text.charCodeAt(whole) : 0)
      if (i === whole + 2) v2 ^= 0xff
      v3 ^= word
      v0 = (v0 + v1) | 0
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0
      v0 = (v0 << 16) | (v0 >>> 16)
      v2 = (v2 + v3) | 0
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2
      v0 = (v0 + v3) | 0
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0
      v2 = (v2 + v1) | 0
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2
      v2 = (v2 << 16) | (v2 >>> 16)
      v0 ^= word
    }
    return (v1 ^ v3) >>> 0
  }
}
