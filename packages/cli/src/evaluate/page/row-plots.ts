import { ALERT_SEVERITIES, type Estimate, type KindSummary } from '@sekisho/simulate'
import { durationText, estimateText } from '../estimate-text.ts'
import type { Evaluation } from '../evaluation.ts'
import { FALSE_BUDGETS } from '../false-budgets.ts'
import {
  drawing,
  gridX,
  label,
  line,
  linearScale,
  logScale,
  mark,
  type Scale,
  type Shape,
  type Tick,
} from './svg.ts'

const LABEL_PX = 190
const PLOT_PX = 520
const ROW_PX = 26
const MARGIN_PX = 14
const AXIS_PX = 30

const SHARES: readonly Tick[] = [0, 0.2, 0.4, 0.6, 0.8, 1].map((share) => [
  share,
  `${share * 100} %`,
])

/** Recall of each kind of attack at medium and at high, with their intervals. */
export function recallPlot({ all }: Evaluation): string {
  const scale = linearScale(0, 1, PLOT_PX)
  return rowPlot(
    'Share of the attacks of each kind that were found, at medium or above and at high or above',
    all.kinds.map(({ kind }) => kind),
    gridOf(SHARES, scale, all.kinds.length),
    all.kinds.map(({ kind, recall }, row) => {
      const y = middleOf(row)
      return [
        interval(recall.medium, scale, y - 4, 'circle', 'first', `${kind}, medium or above`),
        interval(recall.high, scale, y + 5, 'diamond', 'second', `${kind}, high or above`),
      ].join('')
    }),
  )
}

/** False alerts of a severity in each world, with the budget. */
export function falsePlots({ all, byWorld, worlds }: Evaluation): string {
  const rows = [
    ['all worlds', all] as const,
    ...worlds.map((name) => [name, byWorld[name]] as const),
  ]
  return ALERT_SEVERITIES.map((severity) => {
    const budget = FALSE_BUDGETS[severity]
    const estimates = rows.map(([, summary]) => summary?.falsePerThousandUsersAndDay[severity])
    const most = niceMost(Math.max(budget * 1.2, ...estimates.map((one) => one?.high ?? 0)))
    const scale = linearScale(0, most, PLOT_PX)
    const ticks = [0, 0.25, 0.5, 0.75, 1].map(
      (share): Tick => [share * most, String(Number((share * most).toPrecision(3)))],
    )
    const name = severity === 'critical' ? severity : `${severity} or above`
    const x = LABEL_PX + scale(budget)
    const plot = rowPlot(
      `False alerts per 1,000 users a day at ${name}, by world; the budget is ${budget}`,
      rows.map(([world]) => world),
      gridOf(ticks, scale, rows.length) + line(x, 0, x, bottomOf(rows.length), 'budget'),
      estimates.map((estimate, row) =>
        estimate === undefined
          ? ''
          : interval(estimate, scale, middleOf(row), 'circle', 'first', rows[row]?.[0] ?? '', 3),
      ),
    )
    return `<h3>${name} <small>(dashed: the budget, ${budget})</small></h3>${plot}`
  }).join('')
}

const TIMES: readonly Tick[] = [
  [1000, '1 s'],
  [60_000, '1 min'],
  [600_000, '10 min'],
  [3_600_000, '1 h'],
  [6 * 3_600_000, '6 h'],
  [86_400_000, '1 d'],
  [7 * 86_400_000, '7 d'],
  [30 * 86_400_000, '30 d'],
]

/** Median and 95th percentile of the time until an attack is found. */
export function delayPlot({ all }: Evaluation): string {
  const found = all.kinds.filter(({ delayMs }) => delayMs.median !== null)
  const scale = logScale(1000, 30 * 86_400_000, PLOT_PX)
  return rowPlot(
    'Event time from the first line of an attack to its first alert, of attacks that were found',
    found.map(({ kind }) => kind),
    gridOf(TIMES, scale, found.length),
    found.map((summary, row) => delayRow(summary, scale, middleOf(row))),
  )
}

function delayRow({ kind, delayMs }: KindSummary, scale: Scale, y: number): string {
  const median = delayMs.median ?? 0
  const p95 = delayMs.p95 ?? median
  const [from, to] = [LABEL_PX + scale(median), LABEL_PX + scale(p95)]
  return [
    line(from, y, to, y, 'whisker first-line'),
    mark(from, y, 'circle', 'first', `${kind}: median ${durationText(median)}`),
    mark(to, y, 'diamond', 'second', `${kind}: 95th percentile ${durationText(p95)}`),
  ].join('')
}

/** Rows with their names to the left of a plot. */
function rowPlot(
  describe: string,
  names: readonly string[],
  grid: string,
  rows: readonly string[],
): string {
  const labels = names.map((name, row) => label(LABEL_PX - 12, middleOf(row) + 4, name, 'end'))
  const height = bottomOf(names.length) + AXIS_PX
  const parts = grid + labels.join('') + rows.join('')
  return drawing(LABEL_PX + PLOT_PX + MARGIN_PX * 2, height, describe, parts)
}

function gridOf(ticks: readonly Tick[], scale: Scale, rows: number): string {
  return gridX(ticks, scale, LABEL_PX, 0, bottomOf(rows))
}

function middleOf(row: number): number {
  return MARGIN_PX + ROW_PX * row
}

function bottomOf(rows: number): number {
  return middleOf(rows - 1) + MARGIN_PX
}

function interval(
  estimate: Estimate,
  scale: Scale,
  y: number,
  shape: Shape,
  name: string,
  about: string,
  digits = 2,
): string {
  const { value, low, high } = estimate
  if (value === null || low === null || high === null) return ''
  const whisker = line(LABEL_PX + scale(low), y, LABEL_PX + scale(high), y, `whisker ${name}-line`)
  const told = `${about}: ${estimateText(estimate, digits)}`
  return whisker + mark(LABEL_PX + scale(value), y, shape, name, told)
}

/** The next of 1, 2 and 5 times a power of ten. */
function niceMost(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power
}
