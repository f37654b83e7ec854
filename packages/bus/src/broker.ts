/**
 * The port between the stages and a broker of partitioned, replicated logs. Apache Kafka is behind it in service
 * (`kafka/`), a simulated one in the simulation (`simulated/`). Every method may fail with a `BrokerError`.
 */
export interface Broker {
  /** What the broker has of each topic; a topic that does not exist is absent. */
  describe(topics: readonly string[]): Promise<ReadonlyMap<string, TopicDescription>>
  /** Creates topics and returns when their partitions have leaders. A topic that exists is left as it is. */
  create(topics: readonly TopicSpec[]): Promise<void>
  /** An idempotent writer outside transactions: what it acknowledges is on all in-sync replicas. */
  writer(): Promise<Writer>
  /** A transactional writer. The first `write` fences whoever wrote under the id before. */
  transactionalWriter(transactionalId: string): Promise<Writer>
  /** Joins a consumer group whose members share the partitions of `topics` among them. */
  join(options: JoinOptions): Promise<Membership>
  /** Reads one topic whole, every partition from its beginning and then on, without a group of others. */
  tail(topic: string, onRecord: (record: ConsumedRecord) => void): Promise<Tail>
  close(): Promise<void>
}

export interface TopicSpec {
  readonly topic: string
  readonly partitions: number
  readonly replicationFactor: number
  /** Topic configuration in the broker's own words, such as `cleanup.policy`. */
  readonly config: Readonly<Record<string, string>>
}

export interface TopicDescription {
  readonly partitions: number
  readonly config: Readonly<Record<string, string>>
}

/** A record to be written; the partition is chosen by whoever writes, never by the client library. */
export interface OutgoingRecord {
  readonly topic: string
  readonly partition: number
  readonly key: string
  /** Null deletes the key in a compacted topic. */
  readonly value: Buffer | null
  /** Epoch ms; when it is written unless given. Retention counts from it. */
  readonly timestampMs?: number
}

/** A record that was read; offsets are below 2^53. */
export interface ConsumedRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly key: string
  readonly value: Buffer | null
  /** When the broker or the writer says it was written, epoch ms. */
  readonly timestampMs: number
}

export interface Writer {
  /**
   * Writes all records or, of a transactional writer, none. Calls come one after the other.
   * @throws BrokerError: `fenced` when another writer has taken the transactional id (final); `uncertain` when it is
   *   not known whether the records were written: the writer must not be used again; `too-large`, `unauthorised`, `unavailable`
   *   when they were not written
   */
  write(records: readonly OutgoingRecord[]): Promise<void>
  close(): Promise<void>
}

export interface JoinOptions {
  readonly group: string
  /**
   * Topics with equal numbers of partitions. Partition p of all of them goes to the same member (co-partitioned).
   * Group offsets are advice for lag tools; where reading begins is said by `PartitionReader.seek`.
   */
  readonly topics: readonly string[]
  /**
   * This member owns these partitions from now on; called for new ones only, the first time before `join` has settled.
   * @param membership what `join` gives
   */
  readonly onAssigned: (partitions: readonly number[], membership: Membership) => void
  /** It no longer does, or the group has been left. What it still writes is refused by fencing. */
  readonly onRevoked: (partitions: readonly number[]) => void
  /** The membership is lost for good (authorisation withdrawn, too many failures to reconnect). */
  readonly onLost: (error: BrokerError) => void
}

export interface Membership {
  /** Reads one owned partition. Readers are valid until `onRevoked`; then `take` returns [] at once. */
  reader(topic: string, partition: number): PartitionReader
  /** Leaves the group; `onRevoked` is called for what was owned. */
  leave(): Promise<void>
}

/** Reads committed records of one partition, in order. Nothing is read before `seek`. */
export interface PartitionReader {
  /** Offset of the first record that `take` may return; an earlier one than the log has means its beginning. */
  seek(offset: number): void
  /** Offset of the log's first record. */
  beginning(): Promise<number>
  /** Up to `recordsMax` records; waits up to `waitMs` for the first. [] when none came. */
  take(recordsMax: number, waitMs: number): Promise<readonly ConsumedRecord[]>
  /** Records between the last one taken and the end of the log, as last heard of; 0 when nothing is known. */
  readonly lag: number
  /** Tells the group how far this partition has been processed: for lag tools, nothing depends on it. */
  commit(nextOffset: number): Promise<void>
}

export interface Tail {
  /** Settles when everything has been handed over that was in the topic when `tail` was called. */
  readonly caughtUp: Promise<void>
  close(): Promise<void>
}

/** Why a broker did not do what it was asked. */
export type BrokerProblem =
  | 'unavailable'
  | 'unauthorised'
  | 'no-topic'
  | 'fenced'
  | 'uncertain'
  | 'too-large'
  | 'closed'

/** The message is one sentence for the user, with the address or topic it is about, and never a secret. */
export class BrokerError extends Error {
  override readonly name = 'BrokerError'
  readonly problem: BrokerProblem

  constructor(problem: BrokerProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.problem = problem
  }
}
