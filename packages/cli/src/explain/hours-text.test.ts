import { expect, test } from '@jest/globals'
import { hoursText } from './hours-text.ts'

function hoursOf(counts: Readonly<Record<number, number>>): number[] {
  return Array.from({ length: 24 }, (_, hour) => counts[hour] ?? 0)
}

test.each<[string, readonly number[]]>([
  ['none remembered', hoursOf({})],
  ['08 (2) UTC', hoursOf({ 8: 2 })],
  ['08–09 (3), 17 (1) UTC', hoursOf({ 8: 2, 9: 1, 17: 1 })],
  ['05 (1), 22–01 (10) UTC', hoursOf({ 22: 1, 23: 2, 0: 3, 1: 4, 5: 1 })],
  ['every hour (UTC)', Array.from({ length: 24 }, () => 1)],
])('%s', (text, counts) => {
  expect(hoursText(counts)).toBe(text)
})
