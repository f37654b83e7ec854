import type { Alert } from '@sekisho/event'
import { contentDigestOf } from '../ledger.ts'

/** Longest text of one value that is shown. */
const SHOWN_LENGTH_MAX = 400

/** Two sets of alerts that should be equal are not; the message says how. */
export class Difference extends Error {
  override readonly name = 'Difference'
}

/** Where a copy of a line was read, and where an alert stands in its life, are no content. */
const NO_CONTENT = new Set([
  'state',
  'revision',
  'materialRevision',
  'isMaterial',
  'isFresh',
  'reopened',
  'lateBeyondHorizon',
])

/**
 * Checks that two runs say the same.
 *
 * @param what the run that is compared with the other, for the message
 * @throws Difference naming the alerts that only one has, and what the others say differently
 */
export function expectSameAlerts(
  what: string,
  actual: readonly Alert[],
  expected: readonly Alert[],
): void {
  const actualById = byId(actual)
  const expectedById = byId(expected)
  const mistakes = [
    ...[...actualById.values()]
      .filter(({ id }) => !expectedById.has(id))
      .map((alert) => `too much: ${shownAlert(alert)}`),
    ...[...expectedById.values()].flatMap((alert) => {
      const other = actualById.get(alert.id)
      if (other === undefined) return [`missing: ${shownAlert(alert)}`]
      const isSame = contentDigestOf(other) === contentDigestOf(alert)
      if (isSame && other.joinedEvents === alert.joinedEvents) return []
      return [`different: ${shownAlert(alert)}`, ...differingFields(other, alert)]
    }),
  ]
  if (mistakes.length > 0) throw new Difference(`${what}\n${mistakes.join('\n')}`)
}

function byId(alerts: readonly Alert[]): Map<string, Alert> {
  const found = new Map(alerts.map((alert) => [alert.id, alert]))
  if (found.size < alerts.length) throw new Difference('two alerts of one run have the same id')
  return found
}

function shownAlert({ ruleId, severity, entity, day, score, reason }: Alert): string {
  return `${ruleId} ${severity} ${entity} ${day} score ${score}: ${reason}`
}

function differingFields(actual: Alert, expected: Alert): string[] {
  return (Object.keys(expected) as (keyof Alert)[])
    .filter((field) => !NO_CONTENT.has(field))
    .map((field) => ({ field, a: textOf(actual[field]), e: textOf(expected[field]) }))
    .filter(({ a, e }) => a !== e)
    .map(({ field, a, e }) => `  ${field}: ${cut(a)}\n    expected ${cut(e)}`)
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (name, each) => (name === 'line' ? undefined : each)) ?? ''
}

function cut(text: string): string {
  return text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)} …` : text
}
