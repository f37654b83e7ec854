import type { Alert, Attempt } from '@sekisho/event'
import { EVERY_RULE, type Property, propertyOf } from './property-definition.ts'
import { Difference } from './property-difference.ts'
import { runBatch } from './run.ts'
import { worldArbitrary } from './world.ts'

/** What is wrong with the evidence of an alert; `''` for nothing. */
function mistakeInEvidence(alert: Alert, lines: ReadonlyMap<string, Attempt>): string {
  for (const { eventId, role, timestampMs, address, outcome } of alert.evidence) {
    const line = lines.get(eventId)
    if (line === undefined) return `${eventId} is no line of the input`
    const { event, prefix } = line
    if (timestampMs !== event.timestampMs || address !== event.sourceAddress) {
      return `${eventId} is told with another time or address`
    }
    if (role !== 'decisive') continue
    const entity = alert.entity.startsWith('user:') ? `user:${event.userKey}` : `prefix:${prefix}`
    if (entity !== alert.entity) return `${eventId} decides, though it is about ${entity}`
    // A refused factor settles what a line means, so only a success and its lines are what they were.
    if (event.attempt === 'success' && outcome !== 'success') {
      return `${eventId} was a success and is shown as ${outcome}`
    }
  }
  if (!alert.evidence.some(({ role }) => role === 'decisive')) return 'no line decides'
  if (alert.evidence.length > alert.evidenceTotal) return 'more lines are shown than there are'
  const indexes = alert.terms.flatMap(({ evidence }) => evidence)
  if (indexes.some((index) => alert.evidence[index] === undefined)) return 'a term points nowhere'
  return ''
}

/** What alerts rest on. */
export const EVIDENCE_PROPERTIES: readonly Property[] = [
  propertyOf({
    name: 'evidence-is-there',
    invariants: ['I13'],
    statement:
      'every line of evidence is a line of the input, and those that decide are about the entity',
    cases: 600,
    rules: EVERY_RULE,
    arbitrary: worldArbitrary,
    holds: (attempts, seen) => {
      const alerts = runBatch(attempts)
      seen.add(alerts)
      const lines = new Map(attempts.map((attempt) => [attempt.id, attempt]))
      for (const alert of alerts) {
        const mistake = mistakeInEvidence(alert, lines)
        if (mistake !== '') throw new Difference(`${alert.ruleId} ${alert.reason}: ${mistake}`)
      }
    },
  }),
]
