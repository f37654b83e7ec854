import { describe, expect, test } from '@jest/globals'
import type { AttackKind } from '../simulation.ts'
import { budgetCurveOf, type GradedMeasuredRun } from './budget-curve.ts'

const NONE = { medium: 0, high: 0, critical: 0 }

/** 1,000 user-days, so that a false alert is one per 1,000 users and day. */
function run(
  seed: number,
  risks: readonly (readonly [AttackKind, number])[],
  falseRisks: readonly number[],
): GradedMeasuredRun {
  const found = { medium: null, high: null, critical: null }
  const episodes = risks.map(([kind], index) => ({
    ...{ id: `${kind}-${index}`, kind, traits: {}, found, gotIn: 0, gotInNamed: NONE },
  }))
  const judged = { episodes, falseFindings: NONE, trueFindings: NONE, falseByRule: {} }
  const episodeRisks = risks.map(([, risk]) => risk)
  const trueRisks = episodeRisks.filter((risk) => risk >= 0)
  const graded = { episodeRisks, trueRisks, falseRisks, forecasts: [] }
  return { seed, users: 100, judgedDays: 10, judged, graded }
}

describe('budgetCurveOf', () => {
  const { points, budgets } = budgetCurveOf([
    run(
      1,
      [
        ['ordered-spray', 90],
        ['branch-pivot', 40],
      ],
      [60],
    ),
    run(
      2,
      [
        ['ordered-spray', 70],
        ['branch-pivot', -1],
      ],
      [30, 20, 10, 5, 4],
    ),
  ])

  test('the lower the threshold, the more is found and the more is false', () => {
    expect(points.length).toBeGreaterThan(4)
    for (const [index, point] of points.entries()) {
      const before = points[index - 1] ?? { risk: 101, recall: 0, falsePerThousandUsersAndDay: 0 }
      expect(point.risk).toBeLessThan(before.risk)
      expect(point.recall).toBeGreaterThanOrEqual(before.recall)
      expect(point.falsePerThousandUsersAndDay).toBeGreaterThanOrEqual(
        before.falsePerThousandUsersAndDay,
      )
    }
    // What nothing names is found at no threshold.
    expect(points.at(-1)).toMatchObject({ recall: 0.75, falsePerThousandUsersAndDay: 3 })
  })

  test('at a budget: the lowest threshold that keeps it, with what it finds', () => {
    const at = (budget: number) => budgets.find((one) => one.budget === budget)
    expect(at(0.3)?.point).toMatchObject({
      risk: 61,
      precision: 1,
      recallByKind: { 'ordered-spray': 1, 'branch-pivot': 0 },
    })
    expect(at(0.3)?.recall.value).toBe(0.5)
    expect(at(1)?.point).toMatchObject({ risk: 21, precision: 0.6 })
    expect(at(3)?.recall).toEqual({ value: 0.75, low: 0.5, high: 1 })
  })

  test('a budget that no threshold keeps', () => {
    const { budgets: none } = budgetCurveOf([run(1, [['ordered-spray', 90]], [100])])
    expect(none[0]).toEqual({
      budget: 0.02,
      point: null,
      recall: { value: null, low: null, high: null },
    })
  })
})
