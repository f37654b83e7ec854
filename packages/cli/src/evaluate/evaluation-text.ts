import {
  ALERT_SEVERITIES,
  type AlertSeverity,
  type KindSummary,
  type Summary,
} from '@sekisho/simulate'
import type { Style } from '../terminal/style.ts'
import { countOf, numberText } from '../words.ts'
import { alignedRows } from './aligned-rows.ts'
import { durationText, estimateText } from './estimate-text.ts'
import type { Evaluation } from './evaluation.ts'
import { FALSE_BUDGETS } from './false-budgets.ts'

/** Kinds of attack side by side: there are at most twice as many. */
const KINDS_IN_ROW = 10

/** Characters of a terminal that all rows fit into. */
const WIDTH = 100

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
        ['budget', ...ALERT_SEVERITIES.map((severity) => FALSE_BUDGETS[severity].toFixed(2))],
        falseRow('all', all),
        ...(worlds.length > 1 ? perWorld : []),
      ]),
    ],
    promiseRows(evaluation, style),
    curveRows(evaluation, style),
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

/**
 * Recall at medium or above beside ours, and the price of it. A detector to a row, so that there may be many; the kinds
 * of attack are columns named by numbers, which are explained below.
 */
function peerRows({ all, peers }: Evaluation, style: Style): string[] {
  const detectors = [['Sekisho', all] as const, ...Object.entries(peers)]
  const kinds = all.kinds.map(({ kind }) => kind)
  const recallIn = (summary: Summary, wanted: string): string => {
    const recall = summary.kinds.find(({ kind }) => kind === wanted)?.recall.medium.value
    return typeof recall === 'number' ? Math.round(recall * 100).toString() : '-'
  }
  const rateOf = ({ falsePerThousandUsersAndDay }: Summary): string =>
    falsePerThousandUsersAndDay.medium.value?.toFixed(2) ?? '-'
  const legend = kinds.map((kind, index) => `${index + 1} ${kind}`)
  return [
    style.bold('The rules of the field, as they ship, on the same attempts: attacks found, in %'),
    ...[0, KINDS_IN_ROW].flatMap((from) => {
      const part = kinds.slice(from, from + KINDS_IN_ROW)
      return alignedRows([
        ['rule', 'false', ...part.map((_, index) => String(from + index + 1))],
        ...detectors.map(([name, one]) => [
          name,
          rateOf(one),
          ...part.map((kind) => recallIn(one, kind)),
        ]),
      ])
    }),
    ...wrapped(legend, WIDTH).map((row) => style.dim(row)),
    style.dim(
      'false: false alerts per 1,000 users a day; repeated flags of a user or source and day are one',
    ),
  ]
}

/** What was promised of attacks from a source, and of the probabilities. */
function promiseRows({ all, reliability }: Evaluation, style: Style): string[] {
  const { gotInNamed, foundBySixthVictim } = all
  const { logins, stolenShare, brier, brierOfMix } = reliability
  const rows = [
    [
      'users under whose name an attacker got in while trying many, named at high',
      estimateText(gotInNamed.high),
    ],
    ['the same, named at medium or above', estimateText(gotInNamed.medium)],
    ['attacks from one source that were found by the sixth user', estimateText(foundBySixthVictim)],
  ]
  const brierText =
    brier === null || brierOfMix === null || stolenShare === null
      ? []
      : [
          ['Brier score of the probability of a stolen login', brier.toFixed(4)],
          [
            `who says ${stolenShare.toFixed(3)} of each of the ${numberText(logins)} logins that were said`,
            brierOfMix.toFixed(4),
          ],
        ]
  return [style.bold('Besides'), ...alignedRows([['figure', 'value'], ...rows, ...brierText])]
}

/** What another threshold would give. */
function curveRows({ curve }: Evaluation, style: Style): string[] {
  const rows = curve.budgets.map(({ budget, point, recall }) => [
    budget.toFixed(2),
    point === null ? '-' : String(point.risk),
    point === null ? '-' : point.falsePerThousandUsersAndDay.toFixed(3),
    estimateText(recall),
    point?.precision?.toFixed(2) ?? '-',
  ])
  return [
    style.bold('Recall over the budget of false alerts, if the risk alone were the threshold'),
    ...alignedRows([['budget', 'least risk', 'false', 'attacks found', 'precision'], ...rows]),
  ]
}

/** Words in as few rows as fit the width, two blanks before each. */
function wrapped(words: readonly string[], width: number): string[] {
  const rows: string[] = []
  for (const word of words) {
    const longer = `${rows.at(-1) ?? ''}  ${word}`
    if (rows.length > 0 && longer.length <= width) rows[rows.length - 1] = longer
    else rows.push(`  ${word}`)
  }
  return rows
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
