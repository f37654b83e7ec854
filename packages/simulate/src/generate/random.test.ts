import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { hashOf, Random } from './random.ts'

const numbers = (random: Random): number[] => Array.from({ length: 20 }, () => random.bits())

describe('Random', () => {
  test('the same keys give the same numbers, others give others', () => {
    expect(numbers(new Random(1, 'a', 2))).toEqual(numbers(new Random(1, 'a', 2)))
    const others = [new Random(2, 'a', 2), new Random(1, 'b', 2), new Random(1, 'a', 3)]
    for (const other of [...others, new Random('a', 1, 2), new Random(1, 'a')]) {
      expect(numbers(other)).not.toEqual(numbers(new Random(1, 'a', 2)))
    }
  })

  test('numbers are pinned, so that a seed means the same for ever', () => {
    const random = new Random(1)
    expect([random.bits(), random.bits(), hashOf('sekisho')]).toMatchInlineSnapshot(`
[
  3142475236,
  1282818512,
  4151935072,
]
`)
  })

  test('draws stay in their range', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: -50, max: 50 }),
        fc.nat(100),
        (key, low, more) => {
          const random = new Random(key)
          const whole = random.integer(low, low + more)
          expect(Number.isInteger(whole) && whole >= low && whole <= low + more).toBe(true)
          const part = random.between(low, low + 1)
          expect(part >= low && part < low + 1).toBe(true)
          expect(random.hex(7)).toMatch(/^[0-9a-f]{7}$/)
        },
      ),
    )
  })

  test('a sample holds each at most once; all of it is a permutation', () => {
    const list = Array.from({ length: 30 }, (_, n) => n)
    const some = new Random(3).sample(list, 12)
    expect(new Set(some).size).toBe(12)
    expect(new Random(3).sample(list, 99).sort((a, b) => a - b)).toEqual(list)
  })

  test('frequencies are as asked, within five standard errors', () => {
    const random = new Random(4)
    const count = 20_000
    let [trues, firsts, sum, squares] = [0, 0, 0, 0]
    for (let n = 0; n < count; n++) {
      if (random.chance(0.2)) trues++
      if (random.weighted([3, 1]) === 0) firsts++
      const z = random.normal()
      sum += z
      squares += z * z
    }
    expect(Math.abs(trues / count - 0.2)).toBeLessThan(5 * Math.sqrt(0.16 / count))
    expect(Math.abs(firsts / count - 0.75)).toBeLessThan(5 * Math.sqrt(0.1875 / count))
    expect(Math.abs(sum / count)).toBeLessThan(5 / Math.sqrt(count))
    expect(Math.abs(squares / count - 1)).toBeLessThan(5 * Math.sqrt(2 / count))
  })

  test('nothing cannot be picked from', () => {
    expect(() => new Random(1).pick([])).toThrow(RangeError)
  })
})
