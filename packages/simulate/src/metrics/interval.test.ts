import { describe, expect, test } from '@jest/globals'
import { mean } from 'simple-statistics'
import { Random } from '../generate/random.ts'
import { estimateOf } from './interval.ts'

describe('estimateOf', () => {
  test.each([
    ['equal seeds have no width', [0.5, 0.5, 0.5], { value: 0.5, low: 0.5, high: 0.5 }],
    ['one seed has none either', [0.25], { value: 0.25, low: 0.25, high: 0.25 }],
    ['no seed, no figure', [], { value: null, low: null, high: null }],
  ])('%s', (_name, seeds, expected) => {
    expect(estimateOf(seeds, mean)).toEqual(expected)
  })

  test('is as wide as the normal approximation says, and the same each time', () => {
    const random = new Random('test')
    const seeds = Array.from({ length: 100 }, () => random.normal())
    const estimate = estimateOf(seeds, mean)
    expect(estimate.value).toBe(mean(seeds))
    // 1.96 standard errors of a hundred standard normal variates.
    expect((estimate.high ?? 0) - (estimate.value ?? 0)).toBeCloseTo(0.196, 1)
    expect((estimate.value ?? 0) - (estimate.low ?? 0)).toBeCloseTo(0.196, 1)
    expect(estimateOf(seeds, mean)).toEqual(estimate)
  })

  test('covers the true mean in about 95 of 100 samples', () => {
    let covered = 0
    for (let sample = 0; sample < 200; sample++) {
      const random = new Random('coverage', sample)
      const seeds = Array.from({ length: 40 }, () => random.normal())
      const { low, high } = estimateOf(seeds, mean)
      if (low !== null && high !== null && low <= 0 && high >= 0) covered++
    }
    expect(covered).toBeGreaterThan(178)
    expect(covered).toBeLessThan(200)
  })

  test('draws in which there is nothing to count are left out', () => {
    const seeds = [null, 1, 1]
    const figureOf = (some: readonly (number | null)[]): number | null => {
      const known = some.filter((one) => one !== null)
      return known.length === 0 ? null : mean(known)
    }
    expect(estimateOf(seeds, figureOf)).toEqual({ value: 1, low: 1, high: 1 })
    expect(estimateOf([null], figureOf).value).toBeNull()
  })
})
