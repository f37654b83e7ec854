import type { Broker, ConsumedRecord, TopicSpec } from '../broker.ts'
import { Cluster } from './cluster.ts'
import { compact } from './compaction.ts'
import { ConnectedBroker } from './connected-broker.ts'
import type { PartitionLog } from './log.ts'
import type { SimulatedProcess } from './process.ts'
import { ProducerSession } from './producer-session.ts'
import type { SimulatedWorld } from './world.ts'

export interface SimulatedBrokerOptions {
  /** After so long a silent member of a group is given up, ms. */
  readonly sessionTimeoutMs?: number
  /** After so long an open transaction is aborted, ms. */
  readonly transactionTimeoutMs?: number
}

const SESSION_TIMEOUT_MS = 10_000
const TRANSACTION_TIMEOUT_MS = 60_000
/** Kafka's default of `delete.retention.ms`. */
const DELETE_RETENTION_MS = 86_400_000

/**
 * A broker with the semantics of Apache Kafka, and its moods: every call takes its time, may be refused or lost or arrive late, as
 * the faults of the world's run say. Nothing that was acknowledged is ever lost.
 */
export class SimulatedBroker {
  readonly #world: SimulatedWorld
  readonly #cluster: Cluster
  #connections = 0

  constructor(
    world: SimulatedWorld,
    {
      sessionTimeoutMs = SESSION_TIMEOUT_MS,
      transactionTimeoutMs = TRANSACTION_TIMEOUT_MS,
    }: SimulatedBrokerOptions = {},
  ) {
    this.#world = world
    this.#cluster = new Cluster(world, { sessionTimeoutMs, transactionTimeoutMs })
    world.onFault('compaction', () => {
      const log = world.random.pick(this.#logs(({ topic }) => this.#isCompacted(topic)))
      if (log !== undefined) this.#compact(log, world.random.integer(log.endOffset + 1))
    })
  }

  /** A connection of that process. */
  of(process: SimulatedProcess): Broker {
    const id = `${process.id}/${++this.#connections}`
    return new ConnectedBroker(this.#cluster, this.#cluster.connection(process), id)
  }

  /** The requests of a transaction one by one, which no writer of the port gives away. */
  sessionOf(process: SimulatedProcess, transactionalId: string): ProducerSession {
    return new ProducerSession(this.#cluster, this.#cluster.connection(process), transactionalId)
  }

  /** At once. A topic that exists is left as it is. */
  create(...topics: readonly TopicSpec[]): void {
    for (const spec of topics) this.#cluster.topics.create(spec)
  }

  get isDown(): boolean {
    return this.#cluster.availability.isDown
  }

  /** Takes the broker down until `restart`. */
  stop(): void {
    this.#cluster.availability.begin()
  }

  restart(): void {
    this.#cluster.availability.end()
  }

  /** What a reader could read of a topic now, partition by partition. */
  committed(topic: string): ConsumedRecord[] {
    return this.#cluster.topics
      .logs(topic)
      .flatMap((log) => [...log.read(0, Number.POSITIVE_INFINITY).records])
  }

  /** First offset, last stable offset and end of a partition. */
  offsets(
    topic: string,
    partition: number,
  ): { readonly start: number; readonly stable: number; readonly end: number } {
    const log = this.#cluster.topics.log(topic, partition)
    return { start: log.startOffset, stable: log.stableOffset, end: log.endOffset }
  }

  /** What a group was told by `commit`; null when nothing was. */
  groupOffset(group: string, topic: string, partition: number): number | null {
    const { name } = this.#cluster.topics.log(topic, partition)
    return this.#cluster.group(group).offsets.get(name) ?? null
  }

  /** Which member of a group has which partitions, as the coordinator has decided. */
  shares(group: string): ReadonlyMap<string, readonly number[]> {
    return this.#cluster.group(group).shares
  }

  /** Lets all members of a group join again. */
  rebalance(group: string): void {
    this.#cluster.group(group).disturb()
  }

  /** Compacts a partition up to an offset, as far as its topic's configuration allows. */
  compact(topic: string, partition: number, beforeOffset = Number.POSITIVE_INFINITY): void {
    this.#compact(this.#cluster.topics.log(topic, partition), beforeOffset)
  }

  /** Deletes the head of a partition, as retention by age does. */
  deleteBefore(topic: string, partition: number, offset: number): void {
    this.#cluster.topics.log(topic, partition).deleteBefore(offset)
  }

  #compact(log: PartitionLog, beforeOffset: number): void {
    const config = this.#cluster.topics.config(log.topic)
    const { trace, nowMs } = this.#world.scheduler
    trace.note(nowMs, `${log.name} is compacted before ${beforeOffset}`)
    compact(log, {
      beforeOffset,
      nowMs: this.#world.nowMs,
      lagMs: Number(config['min.compaction.lag.ms'] ?? 0),
      deleteRetentionMs: Number(config['delete.retention.ms'] ?? DELETE_RETENTION_MS),
    })
  }

  #isCompacted(topic: string): boolean {
    const policy = this.#cluster.topics.config(topic)['cleanup.policy'] ?? ''
    return policy.split(',').includes('compact')
  }

  #logs(isWanted: (log: PartitionLog) => boolean): PartitionLog[] {
    const { topics } = this.#cluster
    return topics.names.flatMap((topic) => topics.logs(topic).filter(isWanted))
  }
}
