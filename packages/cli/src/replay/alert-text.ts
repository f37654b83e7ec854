import { networkTextOf, ruleOf } from '@sekisho/detect'
import type { Alert } from '@sekisho/event'
import { shownText } from '../terminal/shown-text.ts'
import type { Style } from '../terminal/style.ts'
import { wrappedLinesOf } from '../terminal/wrapped-text.ts'
import { countOf, minuteText } from '../words.ts'

const LABEL_COLUMNS = 10
const SEVERITY_COLUMNS = 9

/** Names listed before the rest is only counted. */
const LISTED = 3

/** Names that a document holds. */
const RELATED_MAX = 100

/** Lines named to check an alert by; all are in its document. */
const CHECKED_LINES = 6

/**
 * One alert as a block of lines: how bad and what, who, from where, when, how sure, why, and the lines to check it
 * by. Every text of the log is made safe for a terminal.
 */
export function alertText(
  alert: Alert,
  columns: number,
  style: Style,
  isSaidBefore = false,
): string {
  const { severity } = alert
  const label = severity.toUpperCase().padEnd(SEVERITY_COLUMNS)
  const rule = ruleOf(alert.ruleId)
  const open = alert.state === 'provisional' ? ', provisional: its day is still open' : ''
  const said = isSaidBefore ? ', said by a run before' : ''
  const head = `${style.severity(severity, label)} ${style.bold(rule.name)} (${rule.id}${open}${said})`
  const facts: [string, string][] = [
    ['who', whoOf(alert)],
    ['from', fromOf(alert)],
    ['when', minuteText(alert.timestampMs)],
    ['how sure', howSureOf(alert)],
    ['why', alert.reason],
    ['lines', linesOf(alert)],
  ]
  const body = facts.flatMap(([name, text]) => factLinesOf(name, shownText(text), columns, style))
  return [head, ...body].join('\n')
}

function factLinesOf(name: string, text: string, columns: number, style: Style): string[] {
  const indent = ' '.repeat(LABEL_COLUMNS)
  return wrappedLinesOf(text, columns - LABEL_COLUMNS).map((line, i) =>
    i === 0 ? `${style.dim(name.padEnd(LABEL_COLUMNS))}${line}` : `${indent}${line}`,
  )
}

function whoOf(alert: Alert): string {
  const { userName, userDomain, userKey, relatedUsers, counts } = alert
  if (userKey !== '') {
    const name = userName === '' ? userKey : userName
    return userDomain === '' ? name : `${name} (${userDomain})`
  }
  const failed = counts.users_failed
  const users = failed === undefined ? `${relatedUsers.length}` : `${failed}`
  const named = relatedUsers.length === 0 ? '' : `, among them ${listed(relatedUsers)}`
  const masked = maskedOf(alert)
  const hidden = masked === 0 ? '' : `; ${masked} masked, as the names never succeeded`
  return `${users} users${named}${hidden}`
}

/**
 * How many of the users who failed are not among the names: whoever never succeeded may be a mistyped password. Those who
 * got in are among the names, and not among those who failed. Where more are named than a document holds, it is what the
 * alert counts as unknown.
 */
function maskedOf({ relatedUsers, counts, terms }: Alert): number {
  const { users_failed: failed = 0, users_unknown: unknown = 0 } = counts
  const gotIn = terms.find(({ name }) => name === 'other_success')?.quantities.users ?? 0
  if (relatedUsers.length >= RELATED_MAX) return unknown
  return Math.max(unknown, failed - (relatedUsers.length - gotIn))
}

function fromOf({ source, relatedAddresses }: Alert): string {
  if (source !== null) {
    return `${source.address === '' ? source.prefix : source.address}, ${networkTextOf(source)}`
  }
  if (relatedAddresses.length === 0) return 'no address is known'
  return `${countOf(relatedAddresses.length, 'address', 'addresses')}: ${listed(relatedAddresses)}`
}

function howSureOf({ riskScore, score, threshold }: Alert): string {
  const shown = (value: number): string => value.toFixed(1)
  return `risk ${riskScore} of 100; score ${shown(score)}, an alert from ${shown(threshold)}`
}

/** `a.log 12, 14; b.log 3; and 4 more lines`, decisive ones first. */
function linesOf({ evidence, evidenceTotal }: Alert): string {
  const first = evidence.filter(({ role }) => role === 'decisive')
  const rest = evidence.filter(({ role }) => role !== 'decisive')
  const shown = [...first, ...rest].slice(0, CHECKED_LINES).map(({ line }) => line)
  const parts = [...Map.groupBy(shown, ({ path }) => path)].map(
    ([path, lines]) => `${path} ${lines.map(({ number }) => number).join(', ')}`,
  )
  const more = evidenceTotal - shown.length
  return [...parts, ...(more > 0 ? [`and ${countOf(more, 'more line')}`] : [])].join('; ')
}

function listed(names: readonly string[]): string {
  const more = names.length - LISTED
  const first = names.slice(0, LISTED).join(', ')
  return more > 0 ? `${first} and ${more} more` : first
}
