import type { OutgoingRecord } from '../broker.ts'
import { Availability } from './availability.ts'
import { Connection } from './connection.ts'
import { Group } from './group.ts'
import type { SimulatedProcess } from './process.ts'
import { TopicStore } from './topic-store.ts'
import { Transactions } from './transactions.ts'
import type { SimulatedWorld } from './world.ts'

export interface ClusterOptions {
  /** After so long a silent member of a group is given up, ms. */
  readonly sessionTimeoutMs: number
  /** After so long an open transaction is aborted, ms. */
  readonly transactionTimeoutMs: number
}

/** The broker's side: what all processes share. */
export class Cluster {
  readonly world: SimulatedWorld
  readonly options: ClusterOptions
  readonly availability: Availability
  readonly topics = new TopicStore()
  readonly transactions: Transactions
  readonly #groups = new Map<string, Group>()
  readonly #knownTopics = new WeakMap<Connection, Set<string>>()

  constructor(world: SimulatedWorld, options: ClusterOptions) {
    this.world = world
    this.options = options
    this.availability = new Availability(world)
    const { transactionTimeoutMs } = options
    this.transactions = new Transactions(world, this.availability, transactionTimeoutMs)
    world.onFault('rebalance', () => world.random.pick([...this.#groups.values()])?.disturb())
  }

  connection(process: SimulatedProcess): Connection {
    return new Connection(this.world, this.availability, process)
  }

  group(name: string): Group {
    const known = this.#groups.get(name)
    if (known !== undefined) return known
    const group = new Group(this.world, this.availability, name, this.options.sessionTimeoutMs)
    this.#groups.set(name, group)
    return group
  }

  /** Asks once for every topic how many partitions it has. @throws BrokerError `no-topic`, `unavailable` */
  async metadata(connection: Connection, records: readonly OutgoingRecord[]): Promise<void> {
    const known = this.#knownTopics.get(connection) ?? new Set<string>()
    this.#knownTopics.set(connection, known)
    for (const { topic, partition } of records) {
      if (!known.has(topic)) {
        await connection.callAgainAndAgain(`asks for ${topic}`, () => this.topics.logs(topic))
        known.add(topic)
      }
      this.topics.log(topic, partition)
    }
  }
}
