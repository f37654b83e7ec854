import type { BrokerError } from '@sekisho/bus'

/** What the protocol tells of itself, for metrics and logs. */
export interface StageMeasures {
  /** Records between the last one read and the end of the log. */
  lag(partition: number, records: number): void
  committed(outputs: number, tookMs: number, isSnapshot: boolean): void
  /** From the receipt of the first line of a transaction to its alerts being on their topic. */
  endToEnd(durationMs: number): void
  restored(tookMs: number): void
  /** A partition was lost hold of and is tried again. */
  retried(error: BrokerError): void
}
