import { expect, test } from '@jest/globals'
import { SeededRandom } from './random.ts'

const fractions = (seed: number, count: number): number[] => {
  const random = new SeededRandom(seed)
  return Array.from({ length: count }, () => random.fraction())
}

test('the same seed gives the same numbers for ever, another one others', () => {
  expect(fractions(1, 5)).toEqual(fractions(1, 5))
  // Were these to change, every seed that was ever noted would mean something else.
  expect(new SeededRandom(1).integer(1_000_000)).toBe(568_605)
  const firsts = new Set(Array.from({ length: 1000 }, (_, seed) => fractions(seed, 1)[0]))
  expect(firsts.size).toBe(1000)
})

test('fractions are spread evenly between 0 and 1', () => {
  const counts = new Array<number>(10).fill(0)
  for (const fraction of fractions(7, 100_000)) {
    const tenth = Math.floor(fraction * 10)
    counts[tenth] = (counts[tenth] ?? 0) + 1
  }
  // Standard deviation of a count: 95.
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500)
})

test('what is derived keeps its ranges', () => {
  const random = new SeededRandom(3)
  for (let round = 0; round < 1000; round++) {
    const between = random.between(-2, 5)
    expect(between >= -2 && between < 5).toBe(true)
    expect([0, 1, 2]).toContain(random.integer(3))
    expect(random.shuffled([1, 2, 3, 4]).sort()).toEqual([1, 2, 3, 4])
  }
  expect(random.pick([])).toBeUndefined()
  expect([random.chance(0), random.chance(1)]).toEqual([false, true])
  const orders = new Set(Array.from({ length: 200 }, () => random.shuffled([1, 2, 3]).join()))
  expect(orders.size).toBe(6)
})
