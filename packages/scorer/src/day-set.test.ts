import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  addDay,
  countDays,
  type DaySet,
  daysOf,
  dropDaysBefore,
  firstDayOf,
  lastDayOf,
} from './day-set.ts'

const SEED = 20261120

/** Days near each other, at the edges of blocks, and far off (a wrong clock). */
const dayArbitrary = fc.oneof(
  fc.integer({ min: 20_500, max: 20_620 }),
  fc.constantFrom(0, 31, 32, 63, 64, -1, -32, -33, 10_957, 47_482),
)

function setOf(days: readonly number[]): DaySet {
  const set: DaySet = []
  for (const day of days) addDay(set, day)
  return set
}

const ascending = (days: Iterable<number>) => [...new Set(days)].sort((a, b) => a - b)

describe('a set of days is a set', () => {
  test('of the days that were added, in any order, however often', () => {
    fc.assert(
      fc.property(fc.array(dayArbitrary, { maxLength: 60 }), (days) => {
        const set = setOf(days)
        const expected = ascending(days)
        expect([...daysOf(set)]).toEqual(expected)
        expect(firstDayOf(set)).toBe(expected[0] ?? null)
        expect(lastDayOf(set)).toBe(expected.at(-1) ?? null)
        expect(setOf([...days].reverse())).toEqual(set)
        expect(setOf([...days, ...days])).toEqual(set)
      }),
      { seed: SEED },
    )
  })

  test('that counts like one', () => {
    fc.assert(
      fc.property(fc.array(dayArbitrary), dayArbitrary, dayArbitrary, (days, from, to) => {
        const expected = new Set(days.filter((day) => day >= from && day <= to)).size
        expect(countDays(setOf(days), from, to)).toBe(expected)
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  test('that drops whole blocks, and nothing that a count from there on sees', () => {
    fc.assert(
      fc.property(fc.array(dayArbitrary), dayArbitrary, (days, from) => {
        const set = setOf(days)
        dropDaysBefore(set, from)
        const kept = [...daysOf(set)]
        expect(kept.filter((day) => day >= from)).toEqual(
          ascending(days).filter((day) => day >= from),
        )
        expect(kept.filter((day) => day < from - 31)).toEqual([])
      }),
      { seed: SEED },
    )
  })
})

test('ninety days take a few numbers, and a day of the year 2000 two more', () => {
  const set = setOf(Array.from({ length: 90 }, (_, i) => 20_500 + i))
  const before = set.length
  addDay(set, 10_957)
  expect(before).toBeLessThanOrEqual(8)
  expect(set).toHaveLength(before + 2)
})

test('an empty set has no days', () => {
  expect([firstDayOf([]), lastDayOf([]), countDays([], 0, 9), [...daysOf([])]]).toEqual([
    null,
    null,
    0,
    [],
  ])
})
