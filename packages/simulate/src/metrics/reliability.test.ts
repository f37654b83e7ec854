import { describe, expect, test } from '@jest/globals'
import { Random } from '../generate/random.ts'
import { reliabilityOf } from './reliability.ts'

describe('reliabilityOf', () => {
  test('each login is in one bin, 0 and 1 too', () => {
    const posteriors = [0, 0.0009, 0.001, 0.049, 0.05, 0.5, 0.99, 1]
    const { bins, logins } = reliabilityOf(
      posteriors.map((posterior) => ({ posterior, isStolen: false })),
    )
    expect(logins).toBe(8)
    expect(bins.map((bin) => bin.logins)).toEqual([2, 1, 1, 1, 0, 0, 1, 0, 0, 2])
  })

  test('who says what is so is on the diagonal, with the Brier score of its own doubt', () => {
    const random = new Random('reliability')
    const forecasts = Array.from({ length: 20_000 }, () => {
      const posterior = random.fraction()
      return { posterior, isStolen: random.chance(posterior) }
    })
    const { bins, brier, brierOfMix, stolenShare } = reliabilityOf(forecasts)
    for (const { logins, said, stolen } of bins.filter((bin) => bin.logins > 500)) {
      expect(logins).toBeGreaterThan(500)
      expect(Math.abs((said ?? 0) - (stolen ?? 1))).toBeLessThan(0.05)
    }
    // The mean of p (1 - p) for a p that is anywhere is 1/6; that of the mix is 1/4.
    expect(brier).toBeCloseTo(1 / 6, 2)
    expect(brierOfMix).toBeCloseTo(1 / 4, 2)
    expect(stolenShare).toBeCloseTo(0.5, 1)
  })

  test('who says the contrary is worse than the mix', () => {
    const { brier, brierOfMix } = reliabilityOf([
      { posterior: 0.9, isStolen: false },
      { posterior: 0.1, isStolen: true },
    ])
    expect(brier).toBeCloseTo(0.81)
    expect(brierOfMix).toBe(0.25)
  })

  test('of nothing nothing is said', () => {
    expect(reliabilityOf([])).toMatchObject({ logins: 0, brier: null, stolenShare: null })
  })
})
