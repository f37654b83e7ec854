import { type Alert, type RuleId, SEVERITY_SCORE, type Severity } from '@sekisho/event'
import type { SaidBefore } from '../state/read-state.ts'

/** Which alerts are given out, by their time: from `fromMs` to before `toMs`. Everything read is history. */
export interface Period {
  readonly fromMs: number
  readonly toMs: number
}

/** Severities of alerts, the worst first; what is below is a signal. */
export const ALERT_SEVERITIES = (Object.keys(SEVERITY_SCORE) as Severity[])
  .filter((severity) => severity !== 'low')
  .sort((a, b) => SEVERITY_SCORE[b] - SEVERITY_SCORE[a])

/** A signal is kept and explained, and never among the alerts. */
export function isSignal({ severity }: Pick<Alert, 'severity'>): boolean {
  return severity === 'low'
}

/** Alerts of a period, and signals: kept when somebody wants them, always counted. */
export class FoundAlerts {
  readonly #period: Period
  readonly #alerts: Alert[] = []
  readonly #signals: Alert[] = []
  readonly #keepsSignals: boolean
  readonly #signalsByRule = new Map<RuleId, number>()
  readonly #saidBefore: SaidBefore
  readonly #open = new Map<string, Severity>()
  #outsidePeriod = 0

  constructor(period: Period, keepsSignals: boolean, saidBefore: SaidBefore = new Map()) {
    this.#period = period
    this.#keepsSignals = keepsSignals
    this.#saidBefore = saidBefore
  }

  /** Takes the last word on an alert or signal. */
  add(alert: Alert): void {
    const { timestampMs, ruleId } = alert
    const isInside = timestampMs >= this.#period.fromMs && timestampMs < this.#period.toMs
    if (!isSignal(alert)) {
      if (isInside) this.#alerts.push(alert)
      else this.#outsidePeriod++
      this.#keepOpen(alert, isInside)
    } else if (isInside) {
      this.#signalsByRule.set(ruleId, (this.#signalsByRule.get(ruleId) ?? 0) + 1)
      if (this.#keepsSignals) this.#signals.push(alert)
    }
  }

  /** True when no run before has said the alert, or none that it is so grave. */
  isNew({ id, severity }: Pick<Alert, 'id' | 'severity'>): boolean {
    const before = this.#saidBefore.get(id)
    return before === undefined || SEVERITY_SCORE[before] < SEVERITY_SCORE[severity]
  }

  /** Alerts that a run before has said already. */
  get saidBefore(): number {
    return this.#alerts.filter((alert) => !this.isNew(alert)).length
  }

  /** Alerts of days that are still open, and the gravest that any run has said of each: the next run says them again. */
  get open(): SaidBefore {
    return this.#open
  }

  /** In the order of (time, id). */
  get alerts(): readonly Alert[] {
    return this.#alerts.sort(byTimeAndId)
  }

  /** In the order of (time, id); empty unless they are kept. */
  get signals(): readonly Alert[] {
    return this.#signals.sort(byTimeAndId)
  }

  /** How many signals each rule has, most first. */
  get signalsByRule(): readonly (readonly [RuleId, number])[] {
    return [...this.#signalsByRule].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  }

  /** Alerts that `--from` and `--to` leave out. */
  get outsidePeriod(): number {
    return this.#outsidePeriod
  }

  /** Alerts of each severity, the worst first. */
  get bySeverity(): [Severity, number][] {
    return ALERT_SEVERITIES.map((severity) => [
      severity,
      this.#alerts.filter((alert) => alert.severity === severity).length,
    ])
  }

  /** Alerts of days that are still open. */
  get provisional(): number {
    return this.#alerts.filter(({ state }) => state === 'provisional').length
  }

  #keepOpen(alert: Alert, isSaid: boolean): void {
    const { id, state, severity } = alert
    if (state !== 'provisional') return
    const gravest = isSaid && this.isNew(alert) ? severity : this.#saidBefore.get(id)
    if (gravest !== undefined) this.#open.set(id, gravest)
  }
}

function byTimeAndId(a: Alert, b: Alert): number {
  return a.timestampMs - b.timestampMs || (a.id < b.id ? -1 : 1)
}
