import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { BIT_DAYS, DAY_WORDS, DayBits } from './day-bits.ts'

fc.configureGlobal({ seed: 20_261_122 })

const OFFSET = 3
const ages = fc.array(fc.integer({ min: 0, max: BIT_DAYS + 10 }), { maxLength: 40 })
const edge = fc.oneof(
  fc.integer({ min: -5, max: BIT_DAYS + 5 }),
  fc.constantFrom(0, 31, 32, 63, 64, 95, 96, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
)

/** The days in the middle of other words, which must not change. */
function bitsOf(days: readonly number[]): Int32Array {
  const words = new Int32Array(OFFSET + DAY_WORDS + 2).fill(0x55)
  words.fill(0, OFFSET, OFFSET + DAY_WORDS)
  for (const age of days) DayBits.set(words, OFFSET, age)
  return words
}

function expectAs(words: Int32Array, days: ReadonlySet<number>): void {
  for (let age = 0; age < BIT_DAYS; age++) {
    expect([age, DayBits.hasAny(words, OFFSET, age, age)]).toEqual([age, days.has(age)])
  }
  const others = [...words.subarray(0, OFFSET), ...words.subarray(OFFSET + DAY_WORDS)]
  expect(others).toEqual(new Array(OFFSET + 2).fill(0x55))
}

function kept(days: Iterable<number>): Set<number> {
  return new Set([...days].filter((age) => age >= 0 && age < BIT_DAYS))
}

describe('bits of days', () => {
  test('are a set of ages below 96', () => {
    fc.assert(fc.property(ages, (days) => expectAs(bitsOf(days), kept(days))))
  })

  test('count and tell of a span as the set does', () => {
    fc.assert(
      fc.property(ages, edge, edge, (days, from, to) => {
        const inside = [...kept(days)].filter((age) => age >= from && age <= to)
        expect(DayBits.count(bitsOf(days), OFFSET, from, to)).toBe(inside.length)
        expect(DayBits.hasAny(bitsOf(days), OFFSET, from, to)).toBe(inside.length > 0)
      }),
    )
  })

  test('grow older together, and the oldest are forgotten', () => {
    const byDays = fc.oneof(
      fc.integer({ min: 0, max: 130 }),
      fc.constantFrom(31, 32, 64, 95, 96, 100_000),
    )
    fc.assert(
      fc.property(ages, byDays, (days, by) => {
        const words = bitsOf(days)
        DayBits.shift(words, OFFSET, by)
        expectAs(words, kept([...kept(days)].map((age) => age + by)))
      }),
    )
  })

  test('know the latest day', () => {
    fc.assert(
      fc.property(ages, (days) => {
        const latest = Math.min(BIT_DAYS, ...kept(days))
        expect(DayBits.latestAge(bitsOf(days), OFFSET)).toBe(latest)
      }),
    )
  })
})
