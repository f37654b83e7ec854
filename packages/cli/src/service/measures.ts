import type { RejectionReason, RuleId, Severity } from '@sekisho/event'

/**
 * What the parts of a service tell of themselves, for metrics. Every value of a label is one of a few words of the program:
 * nothing that an attacker types may become a time series. Durations are given in ms.
 */
export interface Measures {
  lines(kind: 'event' | 'ignored' | 'rejected', count: number): void
  /** Lines or records that were set aside; `unreadable-record` is one of a topic between stages. */
  rejected(reason: RejectionReason | 'unreadable-record', count: number): void
  attempts(count: number): void
  /** An alert was written that was not there before; revisions are not counted. */
  alert(rule: RuleId, severity: Severity): void
  /** From the receipt of the line to the alert's acknowledgement. */
  endToEnd(durationMs: number): void
  stage(stage: StageName): StageMeasures
  /** A snapshot was written, at `nowMs` (epoch ms). */
  snapshot(durationMs: number, nowMs: number): void
  spool(bytes: number): void
  /** Bytes or records of a source that wait to be read; by its name in the configuration. */
  sourceLag(source: string, behind: number): void
  /** Datagrams that the kernel has dropped since the last time. */
  udpKernelDrops(count: number): void
  capped(kind: CappedKind, count: number): void
  /** Lines older than what can still change an alert. */
  lateBeyondHorizon(count: number): void
  /** Alerts that a server has taken; by its name in the configuration. */
  delivered(destination: string, documents: number): void
  deliveryRefused(destination: string): void
  deliveryRetried(destination: string): void
  /** Alerts that wait for servers, or are not removed yet. */
  outbox(bytes: number): void
}

/** Stages of the flow that read topics. */
export type StageName = 'user' | 'network' | 'sink'

/** What was refused or cut because of a limit. */
export type CappedKind =
  | 'connections'
  | 'connections-per-address'
  | 'sender-not-allowed'
  | 'line-bytes'
  | 'spool-bytes'
  | 'state-users'
  | 'state-sources'

/** Of one stage, all partitions that this process owns. */
export interface StageMeasures {
  /** Records between the last one read and the end of the log; null when the partition is no longer owned. */
  lag(partition: number, records: number | null): void
  /** A transaction was committed. */
  committed(outputs: number, tookMs: number, isSnapshot: boolean): void
  restored(tookMs: number): void
  /** A partition was lost hold of and is tried again. */
  retried(error: { readonly problem: string }): void
}
