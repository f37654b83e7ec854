import { randomUUID } from 'node:crypto'
import { type AlertRun, type LineOutput, NdjsonAlertSink, OutputFile } from '@sekisho/alert-sink'
import type { Alert } from '@sekisho/event'
import type { Io } from '../io.ts'
import type { FoundAlerts } from './found-alerts.ts'
import type { ResultPaths } from './replay-settings.ts'

/** Where the documents of a run go: alerts, and signals when somebody wants them. */
export class AlertOutputs {
  readonly #files: OutputFile[] = []
  readonly #alerts: NdjsonAlertSink
  readonly #signals: NdjsonAlertSink | null
  readonly #stdout: QueuedOutput

  /** @throws OutputError at once when a file cannot be written */
  constructor({ alerts, signals }: ResultPaths, mode: AlertRun['mode'], io: Io) {
    const emittedAtMs = io.nowMs()
    const run: AlertRun = {
      id: randomUUID(),
      mode,
      createdMs: emittedAtMs,
      emittedAtMs,
      ingestedMs: emittedAtMs,
    }
    this.#stdout = new QueuedOutput(io)
    try {
      this.#alerts = this.#sinkOf(alerts, run)
      this.#signals = signals === null ? null : this.#sinkOf(signals, run)
    } catch (error) {
      this.discard()
      throw error
    }
  }

  /** Writes all that was found. */
  write({ alerts, signals }: FoundAlerts): void {
    for (const alert of alerts) this.alert(alert)
    for (const signal of signals) this.signal(signal)
  }

  alert(alert: Alert): void {
    void this.#alerts.write(alert)
  }

  signal(signal: Alert): void {
    void this.#signals?.write(signal)
  }

  /** Puts the files in their places. @throws OutputError */
  async close(): Promise<void> {
    await this.#stdout.finished()
    await this.#alerts.close()
    await this.#signals?.close()
  }

  /** Forgets what was written; after `close` it does nothing. */
  discard(): void {
    for (const file of this.#files) file.discard()
  }

  #sinkOf(path: string, run: AlertRun): NdjsonAlertSink {
    if (path === '-') return new NdjsonAlertSink(this.#stdout, () => run)
    const file = new OutputFile(path)
    this.#files.push(file)
    return new NdjsonAlertSink(file, () => run)
  }
}

/** Standard output for those who cannot wait: what is written waits its turn. */
class QueuedOutput implements LineOutput {
  readonly #io: Io
  #queue: Promise<void> = Promise.resolve()

  constructor(io: Io) {
    this.#io = io
  }

  write(text: string): void {
    this.#queue = this.#queue.then(() => this.#io.stdout.write(text))
    // A failure is told by `finished`.
    this.#queue.catch(() => {})
  }

  commit(): void {}

  /** @throws OutputError when something could not be written */
  finished(): Promise<void> {
    return this.#queue
  }
}
