import {
  ALERT_SEVERITIES,
  type AlertSeverity,
  type Estimate,
  type KindSummary,
  type Summary,
} from '@sekisho/simulate'
import type { Style } from '../terminal/style.ts'
import { countOf, numberText } from '../words.ts'
import { alignedRows } from './aligned-rows.ts'
import type { Evaluation } from './evaluation.ts'

/** False alerts per 1,000 users and day that are allowed (docs/evaluation.md). */
const BUDGETS: Readonly<Record<AlertSeverity, string>> = {
  medium: '0.30',
  high: '0.05',
  critical: '0.01',
}

/** Causes of false alerts that are shown; all of them are in the file. */
const SHOWN_CAUSES = 12

/** What `sekisho evaluate` prints for a person. */
export function evaluationText(evaluation: Evaluation, style: Style): string {
  const { worlds, firstSeed, seeds, users, days, learningDays, lines, all, byWorld } = evaluation
  const perWorld = worlds.map((name) => falseRow(name, byWorld[name] as Summary))
  const blocks = [
    [
      style.bold(`Sekisho ${evaluation.version} on ${worlds.join(', ')}`),
      `${countOf(seeds, 'seed')} from ${firstSeed} on, ${countOf(users, 'user')}, ${countOf(days, 'day')}, the first ${learningDays} for learning; ${countOf(lines, 'line')}`,
    ],
    [
      style.bold('Attacks found, with 95 % intervals over the seeds'),
      ...alignedRows([
        ['attack', 'episodes', 'medium or above', 'high or above', 'median', 'p95', 'tried', 'p95'],
        ...all.kinds.map(kindRow),
      ]),
      style.dim('median, p95: event time from first line to first alert; tried: distinct users'),
    ],
    [
      style.bold('False alerts per 1,000 users a day'),
      ...alignedRows([
        ['world', ...ALERT_SEVERITIES.map(orAbove)],
        ['budget', ...ALERT_SEVERITIES.map((severity) => BUDGETS[severity])],
        falseRow('all', all),
        ...(worlds.length > 1 ? perWorld : []),
      ]),
    ],
    peerRows(evaluation, style),
    causeRows(evaluation, style),
  ]
  return `${blocks.map((rows) => rows.join('\n')).join('\n\n')}\n`
}

function orAbove(severity: AlertSeverity): string {
  return severity === 'critical' ? severity : `${severity} or above`
}

function kindRow({ kind, episodes, recall, delayMs, victimsTried }: KindSummary): string[] {
  return [
    kind,
    numberText(episodes),
    estimateText(recall.medium),
    estimateText(recall.high),
    durationText(delayMs.median),
    durationText(delayMs.p95),
    victimsTried.median === null ? '-' : victimsTried.median.toFixed(0),
    victimsTried.p95 === null ? '-' : victimsTried.p95.toFixed(0),
  ]
}

function falseRow(name: string, { falsePerThousandUsersAndDay }: Summary): string[] {
  return [
    name,
    ...ALERT_SEVERITIES.map((severity) => estimateText(falsePerThousandUsersAndDay[severity], 3)),
  ]
}

/** Recall at medium or above beside ours, and the price of it. */
function peerRows({ all, peers }: Evaluation, style: Style): string[] {
  const columns = [['Sekisho', all] as const, ...Object.entries(peers)]
  const recallIn = ({ kinds }: Summary, wanted: string): string =>
    kinds.find(({ kind }) => kind === wanted)?.recall.medium.value?.toFixed(2) ?? '-'
  const rateOf = ({ falsePerThousandUsersAndDay }: Summary): string =>
    falsePerThousandUsersAndDay.medium.value?.toFixed(2) ?? '-'
  return [
    style.bold('The rules of the field, as they ship, on the same attempts'),
    ...alignedRows([
      ['found', ...columns.map(([name]) => name)],
      ...all.kinds.map(({ kind }) => [kind, ...columns.map(([, one]) => recallIn(one, kind))]),
      ['false alerts', ...columns.map(([, one]) => rateOf(one))],
    ]),
    style.dim(
      'false alerts: per 1,000 users a day; repeated flags of a user or source and day are one',
    ),
  ]
}

function causeRows({ falseCauses }: Evaluation, style: Style): string[] {
  if (falseCauses.length === 0) return [style.bold('No false alert')]
  const shown = falseCauses.slice(0, SHOWN_CAUSES)
  const rows = shown.map(({ count, severity, rule, process }) => [
    numberText(count),
    severity,
    rule,
    process === '' ? 'lines of an attack' : process,
  ])
  const hidden = falseCauses.length - shown.length
  return [
    style.bold('Causes of false alerts, by what the decisive line was'),
    ...alignedRows([['alerts', 'severity', 'rule', 'process'], ...rows]),
    ...(hidden > 0 ? [style.dim(`${numberText(hidden)} rarer ones are in the JSON`)] : []),
  ]
}

function estimateText({ value, low, high }: Estimate, digits = 2): string {
  if (value === null || low === null || high === null) return '-'
  return `${value.toFixed(digits)} (${low.toFixed(digits)}-${high.toFixed(digits)})`
}

/** `12 s`, `7 min`, `3.5 h`. */
function durationText(durationMs: number | null): string {
  if (durationMs === null) return '-'
  const seconds = durationMs / 1000
  if (seconds < 90) return `${Math.round(seconds)} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}
