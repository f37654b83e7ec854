import { byTimeAndId, DEFAULT_CONFIG, type DetectConfig, MINUTE_MS } from '@sekisho/detect'
import type { Alert, Attempt } from '@sekisho/event'
import { contentDigestOf } from '../ledger.ts'
import { Scorer, type ScorerOptions } from '../scorer.ts'

/** Final alerts by id, as text that two runs can be compared by. */
export function digestsOf(alerts: readonly Alert[]): string[] {
  return alerts
    .map(
      (alert) =>
        `${alert.id} ${alert.ruleId} ${alert.entity} ${alert.day} ${contentDigestOf(alert)}`,
    )
    .sort()
}

/** A scorer as the tests make it: of the default configuration in one partition unless said. */
export function newScorer(
  mode: ScorerOptions['mode'],
  onAlert: (alert: Alert) => void,
  said: Partial<ScorerOptions> = {},
): Scorer {
  return new Scorer({ config: DEFAULT_CONFIG, databases: 'test', ...said, mode, onAlert })
}

/** Batch: duplicates out, sorted, one pass. */
export function runBatch(
  attempts: readonly Attempt[],
  config: DetectConfig = DEFAULT_CONFIG,
  partitions = 1,
): Alert[] {
  const distinct = new Map(attempts.map((attempt) => [attempt.id, attempt]))
  return runInOrder([...distinct.values()].sort(byTimeAndId), config, partitions)
}

/** A batch in the order given, which must be by day, many at a time; live joins one by one, so that the two are compared. */
export function runInOrder(
  attempts: readonly Attempt[],
  config: DetectConfig = DEFAULT_CONFIG,
  partitions = 1,
): Alert[] {
  const alerts: Alert[] = []
  const scorer = newScorer('batch', (alert) => alerts.push(alert), { config, partitions })
  scorer.joinAll(attempts)
  scorer.finish()
  return alerts
}

/** Live: one attempt at a time in the order given; the watermark follows the latest event time. */
export function runLive(
  arrivals: readonly Attempt[],
  config: DetectConfig = DEFAULT_CONFIG,
  partitions = 1,
): Alert[] {
  const said: Alert[] = []
  const scorer = newScorer('live', (alert) => said.push(alert), { config, partitions })
  const advance = watermarkOf(scorer)
  for (const attempt of arrivals) {
    scorer.offer(attempt)
    advance(attempt)
  }
  scorer.finish()
  return said
}

/** Live: attempts in the order given, in blocks of these sizes, again and again. */
export function runLiveInBlocks(
  arrivals: readonly Attempt[],
  blockSizes: readonly number[],
  config: DetectConfig = DEFAULT_CONFIG,
  partitions = 1,
): Alert[] {
  const said: Alert[] = []
  const scorer = newScorer('live', (alert) => said.push(alert), { config, partitions })
  const advance = watermarkOf(scorer)
  let from = 0
  for (let block = 0; from < arrivals.length; block++) {
    const size = blockSizes[block % blockSizes.length] as number
    const attempts = arrivals.slice(from, from + size)
    for (const attempt of attempts) scorer.join(attempt)
    scorer.flush()
    for (const attempt of attempts) advance(attempt)
    from += size
  }
  scorer.finish()
  return said
}

/** Keeps the watermark of a scorer ten minutes behind the latest event time that has come. */
export function watermarkOf(scorer: Scorer): (attempt: Attempt) => void {
  let latestMs = Number.NEGATIVE_INFINITY
  return ({ event }) => {
    latestMs = Math.max(latestMs, event.timestampMs)
    scorer.advance(latestMs - 10 * MINUTE_MS)
  }
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

/** Those that are alerts: what is of low severity is a signal, which is kept and explained but alerts nobody. */
export function withoutSignals(alerts: readonly Alert[]): Alert[] {
  return alerts.filter(({ severity }) => severity !== 'low')
}

/** What was said of one consideration. */
export function whyNot(alert: Alert, name: string) {
  return alert.considered.find((consideration) => consideration.name === name)
}
