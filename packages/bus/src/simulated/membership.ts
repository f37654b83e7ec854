import { BrokerError, type JoinOptions, type Membership, type PartitionReader } from '../broker.ts'
import { OwnedPartitions } from '../owned-partitions.ts'
import type { Cluster } from './cluster.ts'
import { CallLost, type Connection, unavailable } from './connection.ts'
import type { Group, GroupMember } from './group.ts'
import { SimulatedReader } from './reader.ts'

/** Pause before a member that was given up joins again, and between its tries, ms. */
const REJOIN_MS = 1_000

/** Membership in a group that outlives being given up by it, each time as another member. */
export class SimulatedMembership implements Membership {
  readonly #cluster: Cluster
  readonly #connection: Connection
  readonly #options: JoinOptions
  readonly #group: Group
  readonly #partitionCount: number
  readonly #owned: OwnedPartitions<SimulatedReader>
  readonly #firstAssignment = Promise.withResolvers<void>()
  #memberId: string | null = null
  #generation = 0
  #hasLeft = false

  private constructor(cluster: Cluster, connection: Connection, options: JoinOptions) {
    this.#cluster = cluster
    this.#connection = connection
    this.#options = options
    this.#owned = new OwnedPartitions(this, options)
    this.#group = cluster.group(options.group)
    const counts = new Set(options.topics.map((topic) => cluster.topics.logs(topic).length))
    const [count = 0] = counts
    if (counts.size > 1) {
      const list = options.topics.join(', ')
      throw new Error(`the topics ${list} must have equal numbers of partitions`)
    }
    this.#partitionCount = count
  }

  /** Returns when the group has given this member its first partitions, or none for now. */
  static async joined(
    cluster: Cluster,
    connection: Connection,
    options: JoinOptions,
  ): Promise<SimulatedMembership> {
    await connection.callAgainAndAgain(`asks for ${options.topics.join(', ')}`, () => {
      for (const topic of options.topics) cluster.topics.logs(topic)
    })
    const membership = new SimulatedMembership(cluster, connection, options)
    try {
      await membership.#join()
    } catch (error) {
      membership.#hasLeft = true
      throw error
    }
    await membership.#firstAssignment.promise
    // Whoever asked hears of it some time after `onAssigned` was called.
    await connection.process.clock.sleep(0)
    return membership
  }

  reader(topic: string, partition: number): PartitionReader {
    if (!this.#options.topics.includes(topic)) {
      throw new Error(`topic ${topic} is none of those that were joined for`)
    }
    const log = this.#cluster.topics.log(topic, partition)
    const known = this.#owned.reader(log.name)
    if (known !== undefined) return known
    const reader = new SimulatedReader(this.#cluster, this.#connection, log, ({ name }, offset) =>
      this.#group.offsets.set(name, offset),
    )
    this.#owned.admit(log.name, reader)
    return reader
  }

  async leave(): Promise<void> {
    if (this.#hasLeft) return
    this.#hasLeft = true
    this.#owned.revokeAll()
    const id = this.#memberId
    this.#memberId = null
    if (id === null) return
    try {
      await this.#connection.call(`leaves ${this.#group.name}`, () => this.#group.leave(id))
    } catch {
      this.#group.expire(id)
    }
  }

  /** @throws BrokerError `unavailable` */
  async #join(): Promise<void> {
    const { process } = this.#connection
    const id = this.#group.newMemberId(process)
    const member: GroupMember = {
      ...{ id, process, partitionCount: this.#partitionCount },
      onAssigned: (generation, partitions) => {
        if (this.#memberId === id) this.#assign(generation, partitions)
      },
      onEvicted: () => {
        isEvicted = true
        if (isAnswered && this.#memberId === id) void this.#rejoin()
      },
    }
    let isAnswered = false
    let isEvicted = false
    let isGivenUp = false
    this.#memberId = id
    this.#generation = 0
    try {
      await this.#connection.call(`joins ${this.#group.name} as ${id}`, () => {
        this.#group.join(member)
        if (isGivenUp) this.#group.expire(id)
      })
    } catch (error) {
      isGivenUp = true
      this.#memberId = null
      this.#group.expire(id)
      throw error instanceof CallLost ? unavailable() : error
    }
    isAnswered = true
    if (isEvicted && !this.#hasLeft) void this.#rejoin()
  }

  /** As another member: others may have had its partitions in between, so they count as lost. */
  async #rejoin(): Promise<void> {
    this.#memberId = null
    this.#owned.revokeAll()
    while (!this.#hasLeft) {
      await this.#connection.process.clock.sleep(REJOIN_MS)
      if (this.#hasLeft) return
      try {
        return await this.#join()
      } catch (error) {
        if (!(error instanceof BrokerError)) throw error
      }
    }
  }

  #assign(generation: number, partitions: readonly number[]): void {
    // What was decided before may be heard of later.
    if (generation <= this.#generation || this.#hasLeft) return
    this.#generation = generation
    this.#firstAssignment.resolve()
    this.#owned.assign(partitions)
  }
}
