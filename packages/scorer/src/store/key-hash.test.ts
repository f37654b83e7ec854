import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { keyHashOf } from './key-hash.ts'
import { keyHashOfConfig, slotOfHash } from './key-slots.ts'

fc.configureGlobal({ seed: 20_261_122 })

type State = [number, number, number, number]

function rotl(value: number, bits: number): number {
  return ((value << bits) | (value >>> (32 - bits))) >>> 0
}

/** One SipRound of HalfSipHash, as its authors write it. */
function sipRound([a, b, c, d]: State): State {
  let [v0, v1, v2, v3] = [a, b, c, d]
  v0 = (v0 + v1) >>> 0
  v1 = (rotl(v1, 5) ^ v0) >>> 0
  v0 = rotl(v0, 16)
  v2 = (v2 + v3) >>> 0
  v3 = (rotl(v3, 8) ^ v2) >>> 0
  v0 = (v0 + v3) >>> 0
  v3 = (rotl(v3, 7) ^ v0) >>> 0
  v2 = (v2 + v1) >>> 0
  v1 = (rotl(v1, 13) ^ v2) >>> 0
  v2 = rotl(v2, 16)
  return [v0, v1, v2, v3]
}

/** HalfSipHash-c-d over words, the last of which carries the length in its highest byte. */
function halfSipHash(
  words: readonly number[],
  [k0, k1]: readonly [number, number],
  c: number,
  d: number,
) {
  let state: State = [k0, k1, (0x6c796765 ^ k0) >>> 0, (0x74656462 ^ k1) >>> 0]
  for (const word of words) {
    state[3] = (state[3] ^ word) >>> 0
    for (let i = 0; i < c; i++) state = sipRound(state)
    state[0] = (state[0] ^ word) >>> 0
  }
  state[2] = (state[2] ^ 0xff) >>> 0
  for (let i = 0; i < d; i++) state = sipRound(state)
  return (state[1] ^ state[3]) >>> 0
}

/** Two code units a word, and a last word of the odd unit and the number of units. */
function wordsOf(text: string): number[] {
  const words: number[] = []
  for (let i = 0; i + 1 < text.length; i += 2) {
    words.push((text.charCodeAt(i) + text.charCodeAt(i + 1) * 65_536) >>> 0)
  }
  const odd = text.length % 2 === 1 ? text.charCodeAt(text.length - 1) : 0
  words.push((((text.length % 256) << 24) | odd) >>> 0)
  return words
}

const uint32 = fc.integer({ min: 0, max: 0xffffffff })

/** Well-formed and broken texts alike: a hash is of code units. */
const texts = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 300 })
  .map((codes) => String.fromCharCode(...codes))

describe('HalfSipHash', () => {
  test('the independent one gives the published vectors of HalfSipHash-2-4', () => {
    // Key 00 01 … 07, message of 0, 1, 2 … bytes 00 01 02 …, first vectors of 32 bits of the reference code.
    const key = [0x03020100, 0x07060504] as const
    const words = [[0x00000000], [0x01000000], [0x02000100], [0x03020100], [0x03020100, 0x04000000]]
    expect(words.map((message) => halfSipHash(message, key, 2, 4).toString(16))).toEqual([
      '5b9f35a9',
      'b85a4727',
      '3a662fa',
      '4e7fe8a',
      '89466e2a',
    ])
  })

  test('equals the independent one with one and three rounds', () => {
    fc.assert(
      fc.property(uint32, uint32, texts, (key0, key1, text) => {
        expect(keyHashOf(key0, key1)(text)).toBe(halfSipHash(wordsOf(text), [key0, key1], 1, 3))
      }),
    )
  })

  test('depends on the key, on every unit and on the length', () => {
    const of = keyHashOf(1, 2)
    const hashes = ['', '\0', '\0\0', 'a', 'b', 'ab', 'ba', 'a\0', 'aoki', 'aokI'].map(of)
    expect(new Set(hashes).size).toBe(hashes.length)
    expect(keyHashOf(1, 3)('aoki')).not.toBe(of('aoki'))
    expect(keyHashOf(2, 2)('aoki')).not.toBe(of('aoki'))
  })
})

test('slots are filled evenly, whatever the names', () => {
  const hashOf = keyHashOfConfig('key')
  const counts = new Map<number, number>()
  for (let i = 0; i < 25_600; i++) {
    const slot = slotOfHash(hashOf(`guess${i}`))
    counts.set(slot, (counts.get(slot) ?? 0) + 1)
  }
  expect(counts.size).toBe(256)
  // A hundred in each, and five standard deviations of ten.
  expect(Math.max(...counts.values())).toBeLessThan(150)
  expect(Math.min(...counts.values())).toBeGreaterThan(50)
  expect(keyHashOfConfig('another')('aoki')).not.toBe(hashOf('aoki'))
})
