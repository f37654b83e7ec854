import { SEVERITY_SCORE } from '@sekisho/event'
import { lineRows } from '../reading/line-counts.ts'
import { shownText } from '../terminal/shown-text.ts'
import type { Style } from '../terminal/style.ts'
import { countOf, minuteText, numberText } from '../words.ts'
import { alertText } from './alert-text.ts'
import type { Continued } from './gone-on.ts'
import { learningText } from './learning-text.ts'
import type { ResultPaths } from './replay-settings.ts'
import type { ScoredInputs } from './scored-inputs.ts'

/** Alerts shown; all of them are in the file. */
const SHOWN_ALERTS = 50

/** What `sekisho replay` prints for a person: the alerts, worst first, then what was read and found. */
export function resultText(
  result: ScoredInputs,
  paths: ResultPaths,
  columns: number,
  style: Style,
): string {
  const worstFirst = result.found.alerts.toSorted(
    (a, b) => SEVERITY_SCORE[b.severity] - SEVERITY_SCORE[a.severity],
  )
  const blocks = worstFirst
    .slice(0, SHOWN_ALERTS)
    .map((alert) => alertText(alert, columns, style, !result.found.isNew(alert)))
  const hidden = worstFirst.length - blocks.length
  if (hidden > 0) blocks.push(`${countOf(hidden, 'more alert')} in ${shownPath(paths.alerts)}`)
  return `${[...blocks, summaryText(result, paths, style)].join('\n\n')}\n`
}

/** A name and what is said under it. */
type Fact = [string, string]

function summaryText(result: ScoredInputs, paths: ResultPaths, style: Style): string {
  const { read, span, logins, configPath, state } = result
  const learning = learningText(result)
  const late = tooLateText(result)
  const facts: (Fact | null)[] = [
    [
      'period',
      span === null ? 'no event' : `${minuteText(span.firstMs)} to ${minuteText(span.lastMs)}`,
    ],
    [
      'inputs',
      `${numberText(read.filesRead)} read${also(read.leftOut.length, 'left out')}${also(read.problems.length, 'with a problem')}`,
    ],
    ...lineRows(read.counts),
    ['scored', scoredText(result)],
    late === null ? null : ['late', late],
    logins === null
      ? null
      : [
          'logins',
          `${numberText(logins.succeeded)} succeeded, ${numberText(logins.failed)} failed`,
        ],
    learning === null ? null : ['learning', learning],
    configPath === null ? null : ['config', shownText(configPath)],
    state === null ? null : ['state', stateText(state)],
    ['alerts', alertsText(result, paths, style)],
    ['signals', signalsText(result, paths)],
  ]
  const rows = facts
    .filter((fact) => fact !== null)
    .map(([name, text]) => `  ${style.dim(name.padEnd(10))}${text}`)
  return [style.bold('Summary'), ...rows].join('\n')
}

function also(count: number, what: string): string {
  return count === 0 ? '' : `, ${numberText(count)} ${what}`
}

function scoredText({ attempts, duplicates, withoutRoom }: ScoredInputs): string {
  const { strangers, lines } = withoutRoom
  return (
    countOf(attempts, 'attempt') +
    also(duplicates, 'copies left out') +
    also(strangers, 'under invented names had no room') +
    also(lines, 'of users with very many had no room')
  )
}

/** Lines for which it was too late, and what to do about them; null without any. */
export function tooLateText({ tooLate, state }: ScoredInputs): string | null {
  if (tooLate === 0) return null
  const remedy =
    state === null
      ? 'replay without --revisions reads them in the order of their time'
      : 'replay all logs without --state, or give each run only what is new since the one before'
  return `${countOf(tooLate, 'attempt')} of days that were complete: nothing is said of them; ${remedy}`
}

function stateText({ path, isNew, from, known }: Continued): string {
  const before =
    isNew || from === null
      ? 'begun'
      : `went on from ${minuteText(from.firstMs)} to ${minuteText(from.lastMs)}`
  return `${shownText(path)}, ${before}${also(known, 'attempts it knew already or had no room for')}; the last days stay open`
}

function alertsText({ found }: ScoredInputs, { alerts }: ResultPaths, style: Style): string {
  const counts = found.bySeverity
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => style.severity(severity, `${numberText(count)} ${severity}`))
  const { provisional, outsidePeriod, saidBefore, alerts: all } = found
  const news =
    saidBefore === 0
      ? ''
      : `; ${numberText(all.length - saidBefore)} new, ${numberText(saidBefore)} said before`
  return `${counts.length === 0 ? 'none' : counts.join(', ')}${also(provisional, 'of them provisional')}${news}, written to ${shownPath(alerts)}${also(outsidePeriod, 'outside --from and --to')}`
}

function signalsText({ found }: ScoredInputs, { signals }: ResultPaths): string {
  const counts = found.signalsByRule.map(([rule, count]) => `${numberText(count)} ${rule}`)
  if (counts.length === 0) return 'none'
  const where = signals === null ? '--signals FILE writes them' : `written to ${shownPath(signals)}`
  return `${counts.join(', ')}: too weak for an alert; ${where}`
}

function shownPath(path: string): string {
  return path === '-' ? 'standard output' : shownText(path)
}
