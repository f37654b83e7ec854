import type { Alert } from '@sekisho/event'

/** Where alerts go. A new sink is one file that implements this. */
export interface AlertSink {
  /** @throws OutputError when the alert cannot be kept; nothing may be lost in silence. */
  write(alert: Alert): void | Promise<void>
  /** Returns when all that was written is safe. @throws OutputError */
  close(): void | Promise<void>
}

/** Facts of the delivery, not of the alert; excluded when alerts are compared. */
export interface AlertRun {
  readonly id: string
  readonly mode: 'batch' | 'live'
  /** When the alert was first emitted. */
  readonly createdMs: number
  /** When this revision of it was emitted. */
  readonly emittedAtMs: number
  /** When the sink took it. */
  readonly ingestedMs: number
}
