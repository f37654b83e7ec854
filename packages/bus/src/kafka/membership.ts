import { setTimeout as sleep } from 'node:timers/promises'
import { BrokerError, type JoinOptions, type Membership, type PartitionReader } from '../broker.ts'
import { OwnedPartitions } from '../owned-partitions.ts'
import { FetchLoop } from './fetch-loop.ts'
import { GroupConsumer } from './group-consumer.ts'
import { kafkaClient } from './kafka-client.ts'
import { brokerErrorOf, isRefusal } from './kafka-errors.ts'
import type { KafkaSettings } from './kafka-options.ts'
import { KafkaPartitionReader } from './partition-reader.ts'
import { withinTime } from './time-limit.ts'

/** Between two tries to join after a failure: doubled each time, up to the most. */
const REJOIN_MS = 200
const REJOIN_MS_MAX = 5_000
/** A coordinator that is just starting is given this long before the first join is said to have failed. */
const FIRST_JOIN_PATIENCE_MS = 15_000
/** Leaving waits for a rebalance that is under way; then the session runs out instead. */
const LEAVE_LIMIT_MS = 10_000
const COMMIT_LIMIT_MS = 5_000

/** Membership in a consumer group that outlives failures of its connections, each time as another member. */
export class KafkaMembership implements Membership {
  readonly #settings: KafkaSettings
  readonly #options: JoinOptions
  readonly #loop: FetchLoop
  readonly #owned: OwnedPartitions<KafkaPartitionReader>
  readonly #left = new AbortController()
  readonly #firstJoin = Promise.withResolvers<void>()
  #memberId: string | null = null
  #consumer: GroupConsumer | null = null

  private constructor(settings: KafkaSettings, options: JoinOptions, loop: FetchLoop) {
    this.#settings = settings
    this.#options = options
    this.#loop = loop
    this.#owned = new OwnedPartitions(this, options, (reader) => loop.remove(reader))
  }

  /** Returns when the group has given this member its first partitions, or none for now. */
  static async joined(settings: KafkaSettings, options: JoinOptions): Promise<KafkaMembership> {
    const loop = await FetchLoop.connected(settings, options.topics)
    const counts = new Set(options.topics.map((topic) => loop.client.partitions(topic)))
    if (counts.size !== 1) {
      await loop.close()
      const list = options.topics.join(', ')
      throw new Error(`the topics ${list} must have equal numbers of partitions`)
    }
    const membership = new KafkaMembership(settings, options, loop)
    void membership.#keepUp()
    try {
      await membership.#firstJoin.promise
    } catch (error) {
      await membership.leave()
      throw error
    }
    return membership
  }

  reader(topic: string, partition: number): PartitionReader {
    const id = `${topic} ${partition}`
    const known = this.#owned.reader(id)
    if (known !== undefined) return known
    if (!this.#options.topics.includes(topic)) {
      throw new Error(`topic ${topic} is none of those that were joined for`)
    }
    const reader = new KafkaPartitionReader(topic, partition, {
      wake: () => this.#loop.wake(),
      beginning: () => this.#beginning(topic, partition),
      commit: (nextOffset) => this.#commit(topic, partition, nextOffset),
    })
    if (this.#owned.admit(id, reader)) this.#loop.add(reader)
    return reader
  }

  async leave(): Promise<void> {
    if (this.#left.signal.aborted) return
    this.#left.abort()
    this.#owned.revokeAll()
    await withinTime(LEAVE_LIMIT_MS, this.#stopConsumer()).catch(() => {})
    await this.#loop.close()
  }

  async #stopConsumer(): Promise<void> {
    await this.#consumer?.stop()
  }

  /** Joins, and joins anew whenever the library gives up, until it is left or refused. */
  async #keepUp(): Promise<void> {
    const { signal } = this.#left
    const patienceEndMs = performance.now() + FIRST_JOIN_PATIENCE_MS
    let hasJoined = false
    let waitMs = REJOIN_MS
    while (!signal.aborted) {
      const error = await this.#live(() => {
        waitMs = REJOIN_MS
        hasJoined = true
        this.#firstJoin.resolve()
      })
      if (signal.aborted) return
      this.#owned.revokeAll()
      this.#memberId = null
      const mapped = this.#mapped(error)
      if (!hasJoined && (isRefusal(mapped) || performance.now() > patienceEndMs)) {
        this.#firstJoin.reject(mapped)
        return
      }
      if (isRefusal(mapped)) {
        this.#options.onLost(mapped)
        return
      }
      this.#settings.log('warn', `not in the group, joining anew: ${mapped.message}`, {
        group: this.#options.group,
      })
      await sleep(waitMs, undefined, { signal }).catch(() => {})
      waitMs = Math.min(REJOIN_MS_MAX, 2 * waitMs)
    }
  }

  /** Is a member until that fails. @returns why it did */
  async #live(onJoined: () => void): Promise<unknown> {
    const consumer = new GroupConsumer(kafkaClient(this.#settings, 'patient'), this.#settings, {
      group: this.#options.group,
      topics: this.#options.topics,
      ownPartitions: () => this.#owned.partitions,
      onAssigned: (memberId, partitions) => {
        if (this.#left.signal.aborted || this.#consumer !== consumer) return
        onJoined()
        this.#assign(memberId, partitions)
      },
    })
    this.#consumer = consumer
    const error = await Promise.race([consumer.failed, consumer.start().then(never, same)])
    // It may be stuck; whatever it still has is the broker's to end.
    void consumer.stop().catch(() => {})
    return error
  }

  /** A new member id says that the group had given this member up. */
  #assign(memberId: string, partitions: readonly number[]): void {
    const isNewMember = memberId !== this.#memberId
    this.#memberId = memberId
    this.#owned.assign(partitions, isNewMember)
  }

  async #beginning(topic: string, partition: number): Promise<number> {
    try {
      const offsets = await this.#loop.client.offsets(topic, [partition], 'beginning')
      const offset = offsets.get(partition)
      if (offset !== undefined) return offset
    } catch (error) {
      throw this.#mapped(error, topic)
    }
    throw new BrokerError('unavailable', `nobody leads partition ${partition} of topic ${topic}`)
  }

  /** Advice only: what cannot be said during a rebalance is said with the next commit. */
  async #commit(topic: string, partition: number, offset: number): Promise<void> {
    const consumer = this.#consumer
    if (consumer === null || this.#memberId === null) return
    try {
      await withinTime(COMMIT_LIMIT_MS, consumer.commit(topic, partition, offset))
    } catch (error) {
      const { message } = this.#mapped(error, topic)
      this.#settings.log('debug', `the group was not told how far: ${message}`, { topic })
    }
  }

  #mapped(error: unknown, topic?: string): BrokerError {
    const { brokers } = this.#settings
    const id = this.#options.group
    return brokerErrorOf(error, { brokers, id, ...(topic !== undefined && { topic }) })
  }
}

/** A start that succeeds says nothing; the member lives on. */
function never(): Promise<never> {
  return new Promise(() => {})
}

function same(error: unknown): unknown {
  return error
}
