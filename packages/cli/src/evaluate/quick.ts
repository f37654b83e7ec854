import type { CommandRun } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { type Style, styleOf } from '../terminal/style.ts'
import { alignedRows } from './aligned-rows.ts'
import { type EvaluationSize, jobsOf, processesOf, progressModeOf } from './evaluate-settings.ts'
import { evaluationOf } from './evaluation.ts'
import {
  type Bound,
  type Comparison,
  comparisonsOf,
  figuresOf,
  isRefused,
} from './quick-figures.ts'
import { readQuickResult, writeQuickResult } from './quick-result.ts'
import { refuseOptions } from './refused-options.ts'
import { runsOf } from './runs.ts'

/** Where the last result lies in a checkout. */
const COMMITTED = 'bench/evaluation/quick.json'

/**
 * What a quick evaluation runs. Worlds for tuning, for it is what somebody looks at who changes a rule, and published
 * figures must come from worlds that nobody looked at.
 */
export const QUICK_SIZE: EvaluationSize = {
  worlds: ['workshop', 'college', 'agency'],
  firstSeed: 1001,
  seeds: 3,
  users: 400,
  days: 36,
  learningDays: 12,
}

/** Options that would change what is run or printed. */
const FIXED = [
  ...['worlds', 'tune', 'seeds', 'first-seed', 'users', 'days', 'control', 'rba'],
  ...['out', 'html', 'output'],
]

/** `sekisho evaluate --quick`: what a change to a rule does, beside the last committed result. */
export const evaluateQuick: CommandRun = async (_operands, values, io) => {
  refuseOptions(values, FIXED, '--quick, which is the same each time')
  const path = values.text('baseline') ?? COMMITTED
  const updates = values.isOn('update', false)
  const last = updates ? null : readQuickResult(path, QUICK_SIZE)
  const settings = { processes: processesOf(values), progressMode: progressModeOf(values) }
  const runs = await runsOf(jobsOf(QUICK_SIZE), settings, io)
  const figures = figuresOf(evaluationOf(runs, QUICK_SIZE))
  if (last === null) {
    writeQuickResult(path, { size: QUICK_SIZE, figures })
    await io.stdout.write(`${path}: ${figures.length} figures\n`)
    return EXIT.done
  }
  const comparisons = comparisonsOf(last.figures, figures)
  await io.stdout.write(comparisonText(comparisons, styleOf(io.stdout, io.environment)))
  return comparisons.some(isRefused) ? EXIT.alertsFound : EXIT.done
}

function comparisonText(comparisons: readonly Comparison[], style: Style): string {
  const rows = comparisons.map(({ name, before, now, bound, verdict }) => [
    name,
    numberTextOf(before),
    numberTextOf(now),
    bound === null ? '-' : boundText(bound),
    verdict,
  ])
  const refused = comparisons.filter(isRefused)
  const said =
    refused.length === 0
      ? 'Every figure is inside its bounds.'
      : `${refused.length} of ${comparisons.length} figures left their bounds; where that is meant, --update writes the new ones.`
  const table = alignedRows([['figure', 'then', 'now', 'bound', 'verdict'], ...rows])
  return `${[...table, '', style.bold(said)].join('\n')}\n`
}

function numberTextOf(value: number | null): string {
  return value === null ? '-' : value.toFixed(3)
}

function boundText(bound: Bound): string {
  return 'least' in bound ? `>= ${bound.least.toFixed(3)}` : `<= ${bound.most.toFixed(3)}`
}
