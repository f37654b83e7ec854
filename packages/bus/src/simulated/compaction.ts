import type { LogEntry, PartitionLog } from './log.ts'

export interface CompactionLimits {
  /** Nothing at or behind this offset is touched: the segment that is being written. */
  readonly beforeOffset: number
  /** Virtual time now, epoch ms. */
  readonly nowMs: number
  /** `min.compaction.lag.ms`: what is younger stays. */
  readonly lagMs: number
  /** `delete.retention.ms`: how long a deletion stays to be seen. */
  readonly deleteRetentionMs: number
}

/**
 * Compacts one partition as Kafka's log cleaner does (`org.apache.kafka.storage.internals.log.Cleaner`): of every key only the last
 * committed value before the first entry that may not be cleaned stays, under its old offset; aborted records go; deletions
 * go some time after they were first met.
 */
export function compact(log: PartitionLog, limits: CompactionLimits): void {
  const { nowMs, deleteRetentionMs } = limits
  const end = cleanableEnd(log, limits)
  const last = new Map<string, number>()
  for (const entry of log.entries) {
    if (entry.offset < end && isData(entry)) last.set(entry.key, entry.offset)
  }
  log.retain(end, (entry) => {
    if (entry.isControl) return isRetained(entry, nowMs, deleteRetentionMs)
    if (!isData(entry) || last.get(entry.key) !== entry.offset) return false
    return entry.value !== null || isRetained(entry, nowMs, deleteRetentionMs)
  })
}

/** Offset of the first entry that may not be cleaned. */
function cleanableEnd(log: PartitionLog, { beforeOffset, nowMs, lagMs }: CompactionLimits): number {
  const end = Math.min(beforeOffset, log.stableOffset)
  const young = log.entries.find(({ timestampMs }) => timestampMs > nowMs - lagMs)
  return Math.min(end, young?.offset ?? end)
}

function isData({ isControl, transaction }: LogEntry): boolean {
  return !isControl && transaction?.state !== 'aborted'
}

/** The first time a deletion is met its time is set, and later it goes. */
function isRetained(entry: LogEntry, nowMs: number, deleteRetentionMs: number): boolean {
  entry.deleteAtMs ??= nowMs + deleteRetentionMs
  return nowMs < entry.deleteAtMs
}
