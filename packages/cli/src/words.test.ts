import { expect, test } from '@jest/globals'
import { bytesText, countOf, minuteText, numberText, oneOf } from './words.ts'

test('counts, sizes and times read as people write them', () => {
  expect([0, 999, 1_000, 1_234_567].map(numberText)).toStrictEqual([
    '0',
    '999',
    '1,000',
    '1,234,567',
  ])
  expect([countOf(1, 'line'), countOf(2_000, 'line'), countOf(2, 'copy', 'copies')]).toStrictEqual([
    '1 line',
    '2,000 lines',
    '2 copies',
  ])
  expect([0, 999, 1_000, 999_949, 999_999, 5e12].map(bytesText)).toStrictEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '999.9 kB',
    '1.0 MB',
    '5.0 TB',
  ])
  expect(minuteText(Date.UTC(2026, 2, 10, 4, 5, 59))).toBe('2026-03-10 04:05 UTC')
  expect([oneOf(['a']), oneOf(['a', 'b']), oneOf(['a', 'b', 'c'])]).toStrictEqual([
    'a',
    'a or b',
    'a, b or c',
  ])
})
