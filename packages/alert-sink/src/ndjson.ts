import type { Alert } from '@sekisho/event'
import type { AlertRun, AlertSink } from './alert-sink.ts'
import { ecsOfAlert } from './ecs-alert.ts'
import type { OutputFile } from './output-file.ts'

/** Where lines go: an `OutputFile`, or anything that takes text, such as standard output. */
export type LineOutput = Pick<OutputFile, 'write' | 'commit'>

/** Writes one document per line (NDJSON), in the order given. */
export class NdjsonAlertSink implements AlertSink {
  readonly #output: LineOutput
  readonly #runOf: (alert: Alert) => AlertRun

  /** @param runOf the facts of the delivery, asked for when an alert is written */
  constructor(output: LineOutput, runOf: (alert: Alert) => AlertRun) {
    this.#output = output
    this.#runOf = runOf
  }

  write(alert: Alert): void {
    this.#output.write(`${JSON.stringify(ecsOfAlert(alert, this.#runOf(alert)))}\n`)
  }

  close(): void {
    this.#output.commit()
  }
}
