import type { Alert } from '@sekisho/event'
import type { AlertRun, AlertSink } from './alert-sink.ts'
import { ecsOfAlert } from './ecs-alert.ts'
import { jsonText } from './json-text.ts'

/** Where lines go: an `OutputFile`, or anything that takes text, such as standard output. */
export interface LineOutput {
  write(text: string): void | Promise<void>
  /** All lines were written. */
  commit(): void | Promise<void>
}

/** Writes one document per line (NDJSON), in the order given. */
export class NdjsonAlertSink implements AlertSink {
  readonly #output: LineOutput
  readonly #runOf: (alert: Alert) => AlertRun

  /** @param runOf the facts of the delivery, asked for when an alert is written */
  constructor(output: LineOutput, runOf: (alert: Alert) => AlertRun) {
    this.#output = output
    this.#runOf = runOf
  }

  write(alert: Alert): void | Promise<void> {
    return this.#output.write(`${jsonText(ecsOfAlert(alert, this.#runOf(alert)))}\n`)
  }

  close(): void | Promise<void> {
    return this.#output.commit()
  }
}
