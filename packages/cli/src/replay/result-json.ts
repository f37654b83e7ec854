import { jsonText } from '@sekisho/alert-sink'
import { dayTextOf, ruleOf } from '@sekisho/detect'
import { byCount, totalOf } from '../reading/line-counts.ts'
import type { TimeSpan } from '../state/state-header.ts'
import type { ResultPaths } from './replay-settings.ts'
import type { ScoredInputs } from './scored-inputs.ts'

/** What `sekisho replay --output json` prints: the same facts as the text, for programs. One line. */
export function resultJson(
  result: ScoredInputs,
  { alerts: alertsPath, signals: signalsPath, rejected: rejectedPath }: ResultPaths,
): string {
  const { read, span, logins, found, withoutRoom, state } = result
  const { alerts } = found
  const { lines, events, ignored, rejected, recovered, signs } = read.counts
  const summary = {
    period: span === null ? null : periodOf(span),
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
      without_room: withoutRoom.strangers,
      lines_without_room: withoutRoom.lines,
      too_late: result.tooLate,
    },
    logins,
    learning_until: result.learningUntilDay === null ? null : dayTextOf(result.learningUntilDay),
    alerts: {
      total: alerts.length,
      outside_period: found.outsidePeriod,
      provisional: found.provisional,
      said_before: found.saidBefore,
      by_severity: Object.fromEntries(found.bySeverity),
      list: alerts.map((alert) => ({
        id: alert.id,
        '@timestamp': isoOf(alert.timestampMs),
        rule: { id: alert.ruleId, name: ruleOf(alert.ruleId).name },
        severity: alert.severity,
        state: alert.state,
        said_before: !found.isNew(alert),
        risk_score: alert.riskScore,
        entity: alert.entity,
        reason: alert.reason,
      })),
    },
    signals: {
      total: found.signalsByRule.reduce((total, [, count]) => total + count, 0),
      by_rule: Object.fromEntries(found.signalsByRule),
    },
    paths: {
      alerts: alertsPath,
      ...(signalsPath === null ? {} : { signals: signalsPath }),
      ...(rejectedPath === null ? {} : { rejected: rejectedPath }),
    },
    ...(state === null
      ? {}
      : {
          state: {
            path: state.path,
            is_new: state.isNew,
            from: state.from === null ? null : periodOf(state.from),
            known_or_without_room: state.known,
          },
        }),
    databases: result.databases,
    config: { hash: result.configHash, path: result.configPath },
  }
  return `${jsonText(summary)}\n`
}

function periodOf({ firstMs, lastMs }: TimeSpan) {
  return { first: isoOf(firstMs), last: isoOf(lastMs) }
}

function isoOf(timestampMs: number): string {
  return new Date(timestampMs).toISOString()
}
