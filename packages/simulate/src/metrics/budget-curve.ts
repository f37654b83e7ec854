import type { AttackKind } from '../simulation.ts'
import type { GradedRun } from './graded-run.ts'
import { type Estimate, estimateOf } from './interval.ts'
import type { MeasuredRun } from './summary.ts'

export type GradedMeasuredRun = MeasuredRun & { readonly graded: GradedRun }

/** What a threshold on the risk gives. */
export interface CurvePoint {
  /** Least risk that is an alert, 0 to 100. */
  readonly risk: number
  readonly falsePerThousandUsersAndDay: number
  /** Share of the alerts that name an attack; null without an alert. */
  readonly precision: number | null
  /** Share of all episodes that are named. */
  readonly recall: number
  readonly recallByKind: Readonly<Partial<Record<AttackKind, number>>>
}

/** The lowest threshold that keeps a budget of false alerts, and what is found at it. */
export interface BudgetPoint {
  /** False alerts per 1,000 users and day. */
  readonly budget: number
  /** Null when no threshold keeps it. */
  readonly point: CurvePoint | null
  /** Recall over all episodes at that threshold. */
  readonly recall: Estimate
}

export interface BudgetCurve {
  /** By falling threshold: more is found and more is false. */
  readonly points: readonly CurvePoint[]
  readonly budgets: readonly BudgetPoint[]
}

/** Budgets at which the curve is read (design of the evaluation), false alerts per 1,000 users and day. */
export const BUDGETS = [0.02, 0.05, 0.1, 0.3, 1, 3] as const

const RISK_MAX = 100

/** Recall over the budget of false alerts: every threshold of the risk is tried, signals below medium included. */
export function budgetCurveOf(runs: readonly GradedMeasuredRun[]): BudgetCurve {
  const points: CurvePoint[] = []
  for (let risk = RISK_MAX; risk >= 0; risk--) {
    const point = pointOf(runs, risk)
    const last = points.at(-1)
    const isNew =
      last === undefined ||
      last.falsePerThousandUsersAndDay !== point.falsePerThousandUsersAndDay ||
      last.recall !== point.recall
    if (isNew) points.push(point)
    // The same at a lower threshold: the threshold is the lower one.
    else points[points.length - 1] = point
  }
  return { points, budgets: BUDGETS.map((budget) => budgetPointOf(runs, points, budget)) }
}

function budgetPointOf(
  runs: readonly GradedMeasuredRun[],
  points: readonly CurvePoint[],
  budget: number,
): BudgetPoint {
  const point = points.findLast(({ falsePerThousandUsersAndDay: rate }) => rate <= budget) ?? null
  if (point === null) return { budget, point, recall: { value: null, low: null, high: null } }
  const seeds = [...Map.groupBy(runs, ({ seed }) => seed).entries()]
    .sort(([a], [b]) => a - b)
    .map(([, ofSeed]) => {
      const risks = ofSeed.flatMap(({ graded }) => graded.episodeRisks)
      return { episodes: risks.length, named: countFrom(risks, point.risk) }
    })
  const recall = estimateOf(seeds, (some) =>
    shareOf(
      some.reduce((sum, { named }) => sum + named, 0),
      some.reduce((sum, { episodes }) => sum + episodes, 0),
    ),
  )
  return { budget, point, recall }
}

function pointOf(runs: readonly GradedMeasuredRun[], risk: number): CurvePoint {
  const kinds = new Map<AttackKind, { episodes: number; named: number }>()
  let userDays = 0
  let right = 0
  let wrong = 0
  for (const { users, judgedDays, judged, graded } of runs) {
    userDays += users * judgedDays
    right += countFrom(graded.trueRisks, risk)
    wrong += countFrom(graded.falseRisks, risk)
    for (const [index, { kind }] of judged.episodes.entries()) {
      const count = kinds.get(kind) ?? { episodes: 0, named: 0 }
      kinds.set(kind, count)
      count.episodes++
      if ((graded.episodeRisks[index] ?? -1) >= risk) count.named++
    }
  }
  const all = [...kinds.values()]
  return {
    risk,
    falsePerThousandUsersAndDay: userDays === 0 ? 0 : (wrong * 1000) / userDays,
    precision: shareOf(right, right + wrong),
    recall:
      shareOf(
        all.reduce((sum, { named }) => sum + named, 0),
        all.reduce((sum, { episodes }) => sum + episodes, 0),
      ) ?? 0,
    recallByKind: Object.fromEntries(
      [...kinds].map(([kind, { named, episodes }]) => [kind, named / episodes]),
    ),
  }
}

function countFrom(risks: readonly number[], least: number): number {
  return risks.reduce((count, risk) => count + Number(risk >= least), 0)
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
