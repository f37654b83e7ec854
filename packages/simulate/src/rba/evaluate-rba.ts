import { byTimeAndId, DEFAULT_CONFIG, type DetectConfig, dayOf } from '@sekisho/detect'
import { type Alert, SEVERITY_SCORE, type Severity } from '@sekisho/event'
import { Scorer } from '@sekisho/scorer'
import { LabelledDays, type RbaVerdict } from './labelled-days.ts'
import type { RbaAttempt } from './rba-attempt.ts'
import type { RbaRejection } from './rba-row.ts'
import { readRba } from './read-rba.ts'

/** Severities of alerts; a signal is none. */
const ALERT_SEVERITIES = ['medium', 'high', 'critical'] as const

type AlertSeverity = (typeof ALERT_SEVERITIES)[number]

export interface RbaEvaluation {
  /** Hash of the configuration that was evaluated. */
  readonly configHash: string
  readonly attempts: number
  readonly rejected: Readonly<Partial<Record<RbaRejection, number>>>
  /** Attempts whose network is a placeholder. */
  readonly placeholders: number
  /** Distinct users who got in. */
  readonly users: number
  /** From the first UTC day to the last, days without attempts too. */
  readonly days: number
  /** Accounts taken over, each UTC day of each user once. */
  readonly takeovers: number
  /** Of them, found at this severity or above. */
  readonly found: Readonly<Record<AlertSeverity, number>>
  /** Alerts at exactly this severity, by what the labels say of them. */
  readonly alerts: Readonly<Record<AlertSeverity, Readonly<Record<RbaVerdict, number>>>>
  /** False alerts at this severity or above, per 1,000 users and day; 0 without users. */
  readonly falsePerThousandUsersAndDay: Readonly<Record<AlertSeverity, number>>
}

export interface RbaEvaluationOptions {
  readonly config?: DetectConfig
  readonly path?: string
  /** Called after each UTC day with the attempts so far. */
  readonly onDay?: (attempts: number) => void
}

/**
 * Scores the RBA data set's CSV and compares the alerts with its labels. Memory holds the scorer's state and one day
 * of attempts; the days of the file must be in order (the data set's are), rows of a day need not be.
 *
 * @param chunks the file, in pieces of any size
 * @throws RbaFileError when it is not the data set's CSV
 */
export async function evaluateRba(
  chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  { config = DEFAULT_CONFIG, path = 'rba.csv', onDay = () => {} }: RbaEvaluationOptions = {},
): Promise<RbaEvaluation> {
  const rejected: Partial<Record<RbaRejection, number>> = {}
  const onRejected = (rejection: RbaRejection): void => {
    rejected[rejection] = (rejected[rejection] ?? 0) + 1
  }
  const run = new RbaRun(config, onRejected, onDay)
  for await (const labelled of readRba(chunks, { path, onRejected })) run.add(labelled)
  return { ...run.finish(), rejected }
}

/** One pass over the data set: collects a day, sorts it, scores it, and judges what comes out. */
class RbaRun {
  readonly #scorer: Scorer
  readonly #labels = new LabelledDays()
  readonly #alerts = Object.fromEntries(
    ALERT_SEVERITIES.map((severity) => [
      severity,
      { takeover: 0, 'attack-address': 0, false: 0 } as Record<RbaVerdict, number>,
    ]),
  ) as Record<AlertSeverity, Record<RbaVerdict, number>>
  readonly #users = new Set<string>()
  readonly #onRejected: (rejection: RbaRejection) => void
  readonly #onDay: (attempts: number) => void
  #ofDay: RbaAttempt[] = []
  #day = Number.NEGATIVE_INFINITY
  #firstDay = Number.NEGATIVE_INFINITY
  #attempts = 0
  #placeholders = 0

  constructor(
    config: DetectConfig,
    onRejected: (rejection: RbaRejection) => void,
    onDay: (attempts: number) => void,
  ) {
    this.#onRejected = onRejected
    this.#onDay = onDay
    this.#scorer = new Scorer({
      config,
      databases: 'country and network of the RBA data set',
      mode: 'batch',
      onAlert: (alert) => this.#judge(alert),
    })
  }

  add(labelled: RbaAttempt): void {
    const day = dayOf(labelled.attempt.event.timestampMs)
    if (day < this.#day) {
      this.#onRejected('day-out-of-order')
      return
    }
    if (day > this.#day) {
      this.#scoreDay()
      this.#day = day
      if (this.#firstDay === Number.NEGATIVE_INFINITY) this.#firstDay = day
    }
    this.#ofDay.push(labelled)
  }

  #scoreDay(): void {
    if (this.#ofDay.length === 0) return
    this.#ofDay.sort((a, b) => byTimeAndId(a.attempt, b.attempt))
    // Labels first: an alert may be about a line that comes after the one at which it is said.
    for (const labelled of this.#ofDay) {
      this.#labels.add(labelled)
      if (labelled.isPlaceholder) this.#placeholders++
      const { outcome, userKey } = labelled.attempt.event
      if (outcome === 'success') this.#users.add(userKey)
    }
    for (const { attempt } of this.#ofDay) this.#scorer.offer(attempt)
    this.#attempts += this.#ofDay.length
    this.#ofDay = []
    this.#onDay(this.#attempts)
  }

  #judge(alert: Alert): void {
    if (alert.severity === 'low') return
    this.#alerts[alert.severity][this.#labels.judge(alert)]++
  }

  finish(): Omit<RbaEvaluation, 'rejected'> {
    this.#scoreDay()
    this.#scorer.finish()
    const users = this.#users.size
    const days = this.#attempts === 0 ? 0 : this.#day - this.#firstDay + 1
    const userDays = users * days
    const falseAt = (least: AlertSeverity): number =>
      atLeast(least).reduce((sum, severity) => sum + this.#alerts[severity].false, 0)
    return {
      configHash: this.#scorer.configHash,
      attempts: this.#attempts,
      placeholders: this.#placeholders,
      users,
      days,
      takeovers: this.#labels.taken.length,
      found: bySeverity(
        (least) => this.#labels.taken.filter(({ found }) => isFoundAt(found, least)).length,
      ),
      alerts: this.#alerts,
      falsePerThousandUsersAndDay: bySeverity((least) =>
        userDays === 0 ? 0 : (falseAt(least) * 1000) / userDays,
      ),
    }
  }
}

function atLeast(least: AlertSeverity): readonly AlertSeverity[] {
  return ALERT_SEVERITIES.slice(ALERT_SEVERITIES.indexOf(least))
}

function isFoundAt(found: ReadonlySet<Severity>, least: AlertSeverity): boolean {
  return [...found].some((severity) => SEVERITY_SCORE[severity] >= SEVERITY_SCORE[least])
}

function bySeverity(
  figureOf: (least: AlertSeverity) => number,
): Readonly<Record<AlertSeverity, number>> {
  return {
    medium: figureOf('medium'),
    high: figureOf('high'),
    critical: figureOf('critical'),
  }
}
