import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { jsonText } from './json-text.ts'

/** First and last of each range that is escaped. */
const UNSAFE: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0x200e, 0x200f],
  [0x2028, 0x2029],
  [0x202a, 0x202e],
  [0x2066, 0x2069],
]

function isUnsafe(code: number): boolean {
  return UNSAFE.some(([first, last]) => code >= first && code <= last)
}

test('every unsafe character is escaped, none of its neighbours is, and parsing gives it back', () => {
  for (const [first, last] of UNSAFE) {
    for (let code = Math.max(0, first - 1); code <= last + 1; code++) {
      const name = `a${String.fromCharCode(code)}b`
      const text = jsonText({ name })
      expect([...text].some((character) => isUnsafe(character.charCodeAt(0)))).toBe(false)
      expect(text.includes(name)).toBe(!isUnsafe(code))
      expect(JSON.parse(text)).toStrictEqual({ name })
    }
  }
})

test('a backslash before such a character stays a backslash', () => {
  const name = '\\\u202e\\\\\u0085\\u202e'
  expect(jsonText({ name })).toBe(String.raw`{"name":"\\\u202e\\\\\u0085\\u202e"}`)
  expect(JSON.parse(jsonText({ name }))).toStrictEqual({ name })
})

test('parsing gives back any text, as a key and as a value', () => {
  const character = fc.oneof(
    fc.constantFrom(...UNSAFE.flat().map((code) => String.fromCharCode(code)), '\\', '"', 'u'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  )
  const text = fc.array(character).map((characters) => characters.join(''))
  fc.assert(
    fc.property(text, (name) => {
      const document = { [`k${name}`]: [name, { name }] }
      expect(JSON.parse(jsonText(document))).toStrictEqual(document)
    }),
    { seed: 4, numRuns: 300 },
  )
})
