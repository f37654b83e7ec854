import {
  type BudgetCurve,
  budgetCurveOf,
  type EvaluatedRun,
  PEERS,
  type Reliability,
  reliabilityOf,
  type Summary,
  summaryOf,
} from '@sekisho/simulate'
import { versionOf } from '../version.ts'
import type { EvaluationSize } from './evaluate-settings.ts'

/** Alerts of one rule that were false, and the honest process behind them. */
export interface FalseCause {
  readonly rule: string
  readonly severity: string
  readonly process: string
  readonly count: number
  /** Reason of the first. */
  readonly example: string
}

/** Everything that `sekisho evaluate` says. */
export interface Evaluation {
  readonly version: string
  readonly worlds: readonly string[]
  readonly firstSeed: number
  readonly seeds: number
  readonly users: number
  readonly days: number
  readonly learningDays: number
  /** Of the configurations in force, one for each world. */
  readonly configHashes: readonly string[]
  readonly lines: number
  /** Alerts that were said and taken back before they were final, of all days. */
  readonly takenBack: number
  readonly all: Summary
  /** Recall over the budget of false alerts: every threshold of the risk. */
  readonly curve: BudgetCurve
  readonly reliability: Reliability
  readonly byWorld: Readonly<Record<string, Summary>>
  readonly falseCauses: readonly FalseCause[]
  /** The same figures of the rules of the field, by their names. */
  readonly peers: Readonly<Record<string, Summary>>
}

/** Sums up runs. */
export function evaluationOf(runs: readonly EvaluatedRun[], settings: EvaluationSize): Evaluation {
  const { worlds, firstSeed, seeds, users, days, learningDays } = settings
  const ofWorld = (name: string): Summary => summaryOf(runs.filter(({ world }) => world === name))
  return {
    version: versionOf(),
    ...{ worlds, firstSeed, seeds, users, days, learningDays },
    configHashes: [...new Set(runs.map(({ configHash }) => configHash))].sort(),
    lines: runs.reduce((sum, { lines }) => sum + lines, 0),
    takenBack: runs.reduce((sum, { takenBack }) => sum + takenBack, 0),
    all: summaryOf(runs),
    curve: budgetCurveOf(runs),
    reliability: reliabilityOf(runs.flatMap(({ graded }) => graded.forecasts)),
    byWorld: Object.fromEntries(worlds.map((name) => [name, ofWorld(name)])),
    falseCauses: falseCausesOf(runs),
    peers: Object.fromEntries(PEERS.map(({ name }) => [name, peerSummary(runs, name)])),
  }
}

function peerSummary(runs: readonly EvaluatedRun[], name: string): Summary {
  return summaryOf(
    runs.flatMap((run) => {
      const judged = run.peers[name]
      return judged === undefined ? [] : [{ ...run, judged }]
    }),
  )
}

/** The most frequent first. */
function falseCausesOf(runs: readonly EvaluatedRun[]): FalseCause[] {
  const alerts = runs.flatMap(({ falseAlerts }) => falseAlerts)
  const groups = Map.groupBy(alerts, ({ rule, severity, process }) =>
    [rule, severity, process].join('\n'),
  )
  return [...groups.entries()]
    .map(([key, group]) => {
      const [rule = '', severity = '', process = ''] = key.split('\n')
      return { rule, severity, process, count: group.length, example: group[0]?.reason ?? '' }
    })
    .sort((a, b) => b.count - a.count || (keyOf(a) < keyOf(b) ? -1 : 1))
}

function keyOf({ rule, severity, process }: FalseCause): string {
  return `${rule} ${severity} ${process}`
}
