import { byTimeAndId, DEFAULT_CONFIG, type DetectConfig, MINUTE_MS } from '@sekisho/detect'
import type { Alert, Attempt } from '@sekisho/event'
import { contentDigestOf } from '../ledger.ts'
import { Scorer } from '../scorer.ts'

/** Final alerts by id, as text that two runs can be compared by. */
export function digestsOf(alerts: readonly Alert[]): string[] {
  return alerts
    .map(
      (alert) =>
        `${alert.id} ${alert.ruleId} ${alert.entity} ${alert.day} ${contentDigestOf(alert)}`,
    )
    .sort()
}

/** Batch: duplicates out, sorted, one pass. */
export function runBatch(
  attempts: readonly Attempt[],
  config: DetectConfig = DEFAULT_CONFIG,
): Alert[] {
  const alerts: Alert[] = []
  const scorer = new Scorer({
    config,
    databases: 'test',
    mode: 'batch',
    onAlert: (a) => alerts.push(a),
  })
  const distinct = new Map(attempts.map((attempt) => [attempt.id, attempt]))
  for (const attempt of [...distinct.values()].sort(byTimeAndId)) scorer.offer(attempt)
  scorer.finish()
  return alerts
}

/** Live: one attempt at a time in the order given; the watermark follows the latest event time. */
export function runLive(
  arrivals: readonly Attempt[],
  config: DetectConfig = DEFAULT_CONFIG,
): Alert[] {
  const said: Alert[] = []
  const scorer = new Scorer({
    config,
    databases: 'test',
    mode: 'live',
    onAlert: (a) => said.push(a),
  })
  let latestMs = Number.NEGATIVE_INFINITY
  for (const attempt of arrivals) {
    scorer.offer(attempt)
    latestMs = Math.max(latestMs, attempt.event.timestampMs)
    scorer.advance(latestMs - 10 * MINUTE_MS)
  }
  scorer.finish()
  return said
}

/** The last word on each alert id; throws where a life breaks its rules. */
export function lastWords(said: readonly Alert[]): Alert[] {
  const last = new Map<string, Alert>()
  for (const alert of said) {
    const before = last.get(alert.id)
    if (before !== undefined && alert.revision <= before.revision) {
      throw new Error(`revision ${alert.revision} of ${alert.id} came after ${before.revision}`)
    }
    if (before?.state === 'final') throw new Error(`${alert.id} was final and spoke again`)
    last.set(alert.id, alert)
  }
  for (const alert of last.values()) {
    if (alert.state === 'provisional') throw new Error(`${alert.id} was never settled`)
  }
  return [...last.values()].filter((alert) => alert.state === 'final')
}

/** What was said of one consideration. */
export function whyNot(alert: Alert, name: string) {
  return alert.considered.find((consideration) => consideration.name === name)
}
