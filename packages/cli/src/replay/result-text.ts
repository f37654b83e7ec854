import { type Alert, SEVERITY_SCORE, type Severity } from '@sekisho/event'
import { lineRows } from '../reading/line-counts.ts'
import { shownText } from '../terminal/shown-text.ts'
import type { Style } from '../terminal/style.ts'
import { countOf, minuteText, numberText } from '../words.ts'
import { alertText } from './alert-text.ts'
import { learningText } from './learning-text.ts'
import type { ScoredInputs } from './scored-inputs.ts'

/** Alerts shown; all of them are in the file. */
const SHOWN_ALERTS = 50

const SEVERITIES = (Object.keys(SEVERITY_SCORE) as Severity[]).sort(
  (a, b) => SEVERITY_SCORE[b] - SEVERITY_SCORE[a],
)

/** Alerts of each severity, the worst first. */
export function bySeverity(alerts: readonly Alert[]): [Severity, number][] {
  return SEVERITIES.map((severity) => [
    severity,
    alerts.filter((alert) => alert.severity === severity).length,
  ])
}

/** What `sekisho replay` prints for a person: the alerts, worst first, then what was read and found. */
export function resultText(
  result: ScoredInputs,
  alertsPath: string,
  columns: number,
  style: Style,
): string {
  const worstFirst = result.alerts.toSorted(
    (a, b) => SEVERITY_SCORE[b.severity] - SEVERITY_SCORE[a.severity],
  )
  const blocks = worstFirst.slice(0, SHOWN_ALERTS).map((alert) => alertText(alert, columns, style))
  const hidden = worstFirst.length - blocks.length
  if (hidden > 0) blocks.push(`${countOf(hidden, 'more alert')} in ${shownText(alertsPath)}`)
  return `${[...blocks, summaryText(result, alertsPath, style)].join('\n\n')}\n`
}

/** A name and what is said under it. */
type Fact = [string, string]

function summaryText(result: ScoredInputs, alertsPath: string, style: Style): string {
  const { read, span, logins, attempts, duplicates, withoutRoom, configPath } = result
  const learning = learningText(result)
  const facts: Fact[] = [
    [
      'period',
      span === null ? 'no event' : `${minuteText(span.firstMs)} to ${minuteText(span.lastMs)}`,
    ],
    [
      'inputs',
      `${numberText(read.filesRead)} read${also(read.leftOut.length, 'left out')}${also(read.problems.length, 'with a problem')}`,
    ],
    ...lineRows(read.counts),
    [
      'scored',
      `${countOf(attempts, 'attempt')}${also(duplicates, 'copies left out')}${also(withoutRoom, 'under invented names had no room')}`,
    ],
    ['logins', `${numberText(logins.succeeded)} succeeded, ${numberText(logins.failed)} failed`],
    ...(learning === null ? [] : [['learning', learning] satisfies Fact]),
    ...(configPath === null ? [] : [['config', shownText(configPath)] satisfies Fact]),
    ['alerts', alertsText(result, alertsPath, style)],
  ]
  const rows = facts.map(([name, text]) => `  ${style.dim(name.padEnd(10))}${text}`)
  return [style.bold('Summary'), ...rows].join('\n')
}

function also(count: number, what: string): string {
  return count === 0 ? '' : `, ${numberText(count)} ${what}`
}

function alertsText(
  { alerts, alertsOutsidePeriod }: ScoredInputs,
  path: string,
  style: Style,
): string {
  const counts = bySeverity(alerts)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => style.severity(severity, `${numberText(count)} ${severity}`))
  return `${counts.length === 0 ? 'none' : counts.join(', ')}, written to ${shownText(path)}${also(alertsOutsidePeriod, 'outside --from and --to')}`
}
