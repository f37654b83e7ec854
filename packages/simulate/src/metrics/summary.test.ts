import { describe, expect, test } from '@jest/globals'
import type { AttackKind } from '../simulation.ts'
import type { Detection, EpisodeResult } from './judged-run.ts'
import { type MeasuredRun, summaryOf } from './summary.ts'

type Counts = MeasuredRun['judged']['falseFindings']

const NONE: Counts = { medium: 0, high: 0, critical: 0 }

function episode(kind: AttackKind, medium: Detection | null, high: Detection | null = null) {
  const found = { medium, high, critical: null }
  const named = Number(high !== null)
  const gotInNamed = { medium: named, high: named, critical: 0 }
  return { id: `${kind}-1`, kind, traits: {}, found, gotIn: 1, gotInNamed } satisfies EpisodeResult
}

function run(
  seed: number,
  episodes: readonly EpisodeResult[],
  falseFindings: Counts = NONE,
  trueFindings: Counts = NONE,
): MeasuredRun {
  const judged = { episodes, falseFindings, trueFindings, falseByRule: {} }
  return { seed, users: 500, judgedDays: 10, judged }
}

const after = (delayMs: number, victimsTried = 1): Detection => ({ delayMs, victimsTried })

describe('summaryOf', () => {
  test('recall by kind and severity, times of what was found', () => {
    const { kinds } = summaryOf([
      run(1, [
        episode('ordered-spray', after(1000, 4), after(1000, 4)),
        episode('ordered-spray', after(3000, 6)),
        episode('branch-pivot', null),
      ]),
      run(2, [episode('ordered-spray', null), episode('ordered-spray', after(2000, 5))]),
    ])
    expect(kinds.map(({ kind, episodes }) => [kind, episodes])).toEqual([
      ['branch-pivot', 1],
      ['ordered-spray', 4],
    ])
    const [pivot, spray] = kinds
    expect(pivot?.recall.medium.value).toBe(0)
    expect(pivot?.delayMs).toEqual({ median: null, p95: null })
    expect(spray?.recall.medium).toEqual({ value: 0.75, low: 0.5, high: 1 })
    expect(spray?.recall.high.value).toBe(0.25)
    expect(spray?.delayMs).toEqual({ median: 2000, p95: 2900 })
    expect(spray?.victimsTried).toEqual({ median: 5, p95: 5.9 })
  })

  test('false alerts per 1,000 users and day: a severity counts for those below it too', () => {
    const { falsePerThousandUsersAndDay, precision } = summaryOf([
      run(1, [], { medium: 3, high: 1, critical: 1 }, { medium: 0, high: 3, critical: 1 }),
    ])
    // 5,000 user days.
    expect(falsePerThousandUsersAndDay.medium.value).toBe(1)
    expect(falsePerThousandUsersAndDay.high.value).toBe(0.4)
    expect(falsePerThousandUsersAndDay.critical.value).toBe(0.2)
    expect(precision.medium.value).toBeCloseTo(4 / 9)
    expect(precision.critical.value).toBe(0.5)
  })

  test('successes inside an attack are those of attackers who try many users', () => {
    const { gotInNamed } = summaryOf([
      run(1, [episode('ordered-spray', after(1), after(1)), episode('hosting-fleet', after(1))]),
      run(2, [episode('stolen-hosting-abroad', null), episode('ordered-spray', null, after(1))]),
    ])
    expect(gotInNamed.high.value).toBeCloseTo(2 / 3)
    expect(gotInNamed.critical.value).toBe(0)
    expect(summaryOf([run(1, [episode('branch-pivot', null)])]).gotInNamed.high.value).toBeNull()
  })

  test('by the sixth user tried, and of attacks from one source', () => {
    const kind = 'single-source-stuffing'
    const { foundBySixthVictim } = summaryOf([
      run(1, [episode(kind, after(1, 6)), episode(kind, after(1, 7)), episode(kind, null)]),
      run(2, [episode(kind, after(1, 4)), episode('ordered-spray', after(1, 90))]),
    ])
    expect(foundBySixthVictim.value).toBe(0.5)
  })

  test('without a judged day or an alert there is no rate', () => {
    const { falsePerThousandUsersAndDay, precision } = summaryOf([{ ...run(1, []), judgedDays: 0 }])
    expect(falsePerThousandUsersAndDay.medium.value).toBeNull()
    expect(precision.medium.value).toBeNull()
  })

  test('the order of the runs changes nothing, worlds of a seed stay together', () => {
    const runs = [
      run(1, [episode('branch-pivot', null)], { medium: 2, high: 0, critical: 0 }),
      run(1, [episode('branch-pivot', after(1))]),
      run(2, [episode('branch-pivot', after(5))], { medium: 1, high: 0, critical: 0 }),
      run(3, [episode('branch-pivot', after(9))]),
    ]
    expect(summaryOf(runs.toReversed())).toEqual(summaryOf(runs))
    // Seed 1 always brings both of its episodes: no draw is worse than a half.
    expect(summaryOf(runs).kinds[0]?.recall.medium.low).toBeGreaterThanOrEqual(0.5)
  })
})
