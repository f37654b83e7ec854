import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { timeOrderOf } from './time-order.ts'

function expectedOrder(times: readonly number[], compareTies: (a: number, b: number) => number) {
  const rows = times.map((_, row) => row)
  return rows.sort((a, b) => (times[a] as number) - (times[b] as number) || compareTies(a, b))
}

/** Ties in the reverse of the order they came in: never what a sort would leave by chance. */
const latestFirst = (a: number, b: number): number => b - a

describe('the order of rows', () => {
  const spans = [
    ['one time', fc.constant(7)],
    ['few times', fc.integer({ min: 0, max: 5 })],
    ['a day', fc.integer({ min: 1_763_600_000_000, max: 1_763_686_400_000 })],
    ['all that a sort key holds', fc.integer({ min: 0, max: 2 ** 44 - 1 })],
    ['more than a sort key holds', fc.maxSafeInteger()],
  ] as const
  test.each(spans)('within %s', (_name, time) => {
    fc.assert(
      fc.property(fc.array(time, { maxLength: 60 }), (times) => {
        const order = timeOrderOf(Float64Array.from(times), latestFirst)
        expect([...order]).toEqual(expectedOrder(times, latestFirst))
      }),
      { seed: 3 },
    )
  })

  test('of many rows', () => {
    const times = Array.from({ length: 70_000 }, (_, i) => (i * 48_271) % 65_537)
    const order = timeOrderOf(Float64Array.from(times), latestFirst)
    expect([...order]).toEqual(expectedOrder(times, latestFirst))
  })
})
