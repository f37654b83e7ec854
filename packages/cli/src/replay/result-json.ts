import { jsonText } from '@sekisho/alert-sink'
import { dayTextOf, ruleOf } from '@sekisho/detect'
import { byCount, totalOf } from '../reading/line-counts.ts'
import { bySeverity } from './result-text.ts'
import type { ScoredInputs } from './scored-inputs.ts'

/** What `sekisho replay --output json` prints: the same facts as the text, for programs. One line. */
export function resultJson(
  result: ScoredInputs,
  alertsPath: string,
  rejectedPath: string | null,
): string {
  const { read, span, logins, alerts } = result
  const { lines, events, ignored, rejected, recovered, signs } = read.counts
  const summary = {
    period: span === null ? null : { first: isoOf(span.firstMs), last: isoOf(span.lastMs) },
    inputs: {
      read: read.filesRead,
      bytes: read.bytes,
      left_out: read.leftOut,
      problems: read.problems,
    },
    lines: {
      total: lines,
      events,
      ignored: totalOf(ignored),
      rejected: totalOf(rejected),
      ignored_by_kind: Object.fromEntries(byCount(ignored)),
      rejected_by_reason: Object.fromEntries(byCount(rejected)),
      recovered,
      signs_by_kind: Object.fromEntries(byCount(signs)),
    },
    attempts: {
      scored: result.attempts,
      duplicates: result.duplicates,
      without_room: result.withoutRoom,
    },
    logins,
    learning_until: result.learningUntilDay === null ? null : dayTextOf(result.learningUntilDay),
    alerts: {
      total: alerts.length,
      outside_period: result.alertsOutsidePeriod,
      by_severity: Object.fromEntries(bySeverity(alerts)),
      list: alerts.map((alert) => ({
        id: alert.id,
        '@timestamp': isoOf(alert.timestampMs),
        rule: { id: alert.ruleId, name: ruleOf(alert.ruleId).name },
        severity: alert.severity,
        risk_score: alert.riskScore,
        entity: alert.entity,
        reason: alert.reason,
      })),
    },
    paths: { alerts: alertsPath, ...(rejectedPath === null ? {} : { rejected: rejectedPath }) },
    databases: result.databases,
    config: { hash: result.configHash, path: result.configPath },
  }
  return `${jsonText(summary)}\n`
}

function isoOf(timestampMs: number): string {
  return new Date(timestampMs).toISOString()
}
