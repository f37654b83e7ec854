import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isOneEditApart, misspeltNamesOf } from './misspelt-names.ts'

test.each([
  ['aoki', 'aok', true],
  ['aoki', 'aokii', true],
  ['aoki', 'aoko', true],
  ['aoki', 'aoik', true],
  ['aoki', 'oaki', true],
  ['aoki', 'aoki', false],
  ['aoki', 'ao', false],
  ['aoki', 'akio', false],
  ['aoki', 'iako', false],
  ['', 'a', true],
  ['', '', false],
  ['ab', 'cd', false],
])('%p and %p are one edit apart: %p', (a, b, isOne) => {
  expect(isOneEditApart(a, b)).toBe(isOne)
  expect(isOneEditApart(b, a)).toBe(isOne)
  expect([...misspeltNamesOf([a], [b])]).toEqual(isOne ? [a] : [])
})

describe('misspelt names', () => {
  test('are those one edit from any name that belongs there', () => {
    expect(misspeltNamesOf(['aokii', 'brg', 'doi', 'aoki'], ['aoki', 'berg'])).toEqual(
      new Set(['aokii', 'brg']),
    )
    expect(misspeltNamesOf(['aokii'], []).size).toBe(0)
    expect(misspeltNamesOf([], ['aoki']).size).toBe(0)
  })

  test('are found as by comparing all with all', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 })
    fc.assert(
      fc.property(fc.array(name), fc.array(name), (unknown, known) => {
        const expected = unknown.filter((a) => known.some((b) => isOneEditApart(a, b)))
        expect(misspeltNamesOf(unknown, known)).toEqual(new Set(expected))
      }),
      { seed: 20261122, numRuns: 500 },
    )
  })

  test('are no longer than 64 characters, whatever is typed', () => {
    const name = 'a'.repeat(64)
    expect(misspeltNamesOf([name], [name.slice(1)]).size).toBe(1)
    expect(misspeltNamesOf([`${name}a`], [name]).size).toBe(0)
    expect(misspeltNamesOf(['a'.repeat(1_000_000)], ['a'.repeat(999_999)]).size).toBe(0)
  })

  test('of thousands are found without comparing all with all', () => {
    // Twenty thousand names each: four hundred million comparisons would not end within the time of a test.
    const known = Array.from({ length: 20_000 }, (_, i) => `known.user.${i * 7919}`)
    const unknown = Array.from({ length: 20_000 }, (_, i) => `guess.${i * 104_729}`)
    expect(misspeltNamesOf([...unknown, 'known.user.79l9'], known)).toEqual(
      new Set(['known.user.79l9']),
    )
  })
})
