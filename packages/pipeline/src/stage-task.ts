import type { ConsumedRecord, OutgoingRecord } from '@sekisho/bus'

/** What a partition of a stage wants written. */
export interface Collected {
  readonly outputs: readonly OutgoingRecord[]
  /** What has changed since the last time, for the changelog; null when nothing has. */
  readonly delta: Buffer | null
  /** Days were completed: what that changed is not in the delta, so a snapshot is due. */
  readonly isSnapshotDue: boolean
}

/** One partition of a stage, as the protocol sees it. All calls are synchronous and come one after the other. */
export interface StageTask {
  /** Earliest day of which the profile may still be asked for. */
  readonly profilesFrom: number
  /** Takes over a snapshot, before anything else. */
  restore(snapshot: readonly Buffer[]): void
  /** Takes a record again that was processed after the snapshot: what follows from it has been written. */
  repeat(record: ConsumedRecord): void
  /** Ends the repetition: what was said since the snapshot. */
  resume(deltas: readonly Buffer[]): void
  /** Takes a record. @returns null, or why it is none of ours: one sentence */
  process(record: ConsumedRecord): string | null
  /** Everything that follows from what was processed, and from what has become known of the organisation. */
  collect(): Collected
  /** Everything that is kept; comes after `collect`. */
  save(): Iterable<Uint8Array>
}
