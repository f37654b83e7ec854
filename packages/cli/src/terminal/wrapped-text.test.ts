import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { widthOf, wrappedLinesOf } from './wrapped-text.ts'

test.each([
  ['abc', 3],
  ['山田', 4],
  ['e\u0301', 1],
  ['😀', 2],
  ['–', 1],
  ['', 0],
])('%j takes %i columns', (text, width) => {
  expect(widthOf(text)).toBe(width)
})

describe('wrappedLinesOf', () => {
  test.each<[string, number, string[]]>([
    ['one two three', 20, ['one two three']],
    ['one two three', 8, ['one two', 'three']],
    ['one two three', 7, ['one two', 'three']],
    ['2001:db8:40:1:2:3:4:5', 10, ['2001:db8:4', '0:1:2:3:4:', '5']],
    ['a verylongword', 6, ['a', 'verylo', 'ngword']],
    ['山田太郎', 5, ['山田', '太郎']],
    ['', 5, ['']],
  ])('%j in %i columns', (text, columns, lines) => {
    expect(wrappedLinesOf(text, columns)).toStrictEqual(lines)
  })

  test('no line is too wide and nothing is lost but single spaces', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 80 }),
        fc.integer({ min: 2, max: 30 }),
        (text, columns) => {
          const lines = wrappedLinesOf(text, columns)
          for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns)
          expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
        },
      ),
      { seed: 3, numRuns: 300 },
    )
  })
})
