import type { Alert } from '@sekisho/event'
import {
  ALERT_SEVERITIES,
  type AlertSeverity,
  type Finding,
  findingOf,
  isAlertSeverity,
  isAtLeast,
} from '../metrics/finding.ts'

/** A finding and the last word on its alert. */
export type AlertFinding = Finding & { readonly alert: Alert }

/** What a live scorer says, word by word, with the time at which it says it. */
export class SaidAlerts {
  readonly #saidMs = new Map<string, Partial<Record<AlertSeverity, number>>>()
  readonly #final = new Map<string, Alert>()
  #takenBack = 0

  /** @param streamMs event time that the stream has come to, epoch ms */
  add(alert: Alert, streamMs: number): void {
    const { id, state, severity, timestampMs } = alert
    if (state === 'retracted') {
      if (this.#saidMs.delete(id)) this.#takenBack++
      return
    }
    if (state === 'final') this.#final.set(id, alert)
    if (!isAlertSeverity(severity)) return
    const times = this.#saidMs.get(id) ?? {}
    this.#saidMs.set(id, times)
    for (const least of ALERT_SEVERITIES) {
      if (isAtLeast(severity, least)) times[least] ??= Math.max(streamMs, timestampMs)
    }
  }

  /** Everything that is final, signals among it, in no particular order. */
  get final(): readonly Alert[] {
    return [...this.#final.values()]
  }

  /** Alerts that are final, in no particular order. */
  get findings(): readonly AlertFinding[] {
    return [...this.#final.values()].flatMap((alert) => {
      const finding = findingOf(alert, this.#lastingTimes(alert))
      return finding === null ? [] : [{ ...finding, alert }]
    })
  }

  /** Alerts that were said and taken back before they were final. */
  get takenBack(): number {
    return this.#takenBack
  }

  /** Severities that the last word does not reach were a mistake, however early. */
  #lastingTimes({ id, severity }: Alert): Partial<Record<AlertSeverity, number>> {
    const times = this.#saidMs.get(id) ?? {}
    return Object.fromEntries(
      ALERT_SEVERITIES.filter(
        (least) => isAlertSeverity(severity) && isAtLeast(severity, least),
      ).map((least) => [least, times[least]]),
    )
  }
}
