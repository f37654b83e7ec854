import {
  type Broker,
  BrokerError,
  type ConsumedRecord,
  type JoinOptions,
  type Membership,
  type Tail,
  type TopicDescription,
  type TopicSpec,
  type Writer,
} from '../broker.ts'
import type { Cluster } from './cluster.ts'
import type { Connection } from './connection.ts'
import { SimulatedMembership } from './membership.ts'
import { SimulatedPlainWriter } from './plain-writer.ts'
import { SimulatedTail } from './tail.ts'
import { SimulatedTransactionalWriter } from './transactional-writer.ts'

/** The broker as one process sees it. */
export class ConnectedBroker implements Broker {
  readonly #cluster: Cluster
  readonly #connection: Connection
  readonly #id: string
  readonly #closings = new Set<() => Promise<void>>()
  #writers = 0
  #isClosed = false

  /** @param id a name that no other connection has */
  constructor(cluster: Cluster, connection: Connection, id: string) {
    this.#cluster = cluster
    this.#connection = connection
    this.#id = id
  }

  async describe(topics: readonly string[]): Promise<ReadonlyMap<string, TopicDescription>> {
    return await this.#call('describes topics', () => this.#cluster.topics.describe(topics))
  }

  async create(topics: readonly TopicSpec[]): Promise<void> {
    await this.#call('creates topics', () => {
      for (const spec of topics) this.#cluster.topics.create(spec)
    })
  }

  async writer(): Promise<Writer> {
    await this.#call('connects a writer', () => {})
    const producer = `${this.#id}/writer-${++this.#writers}`
    return this.#closing(new SimulatedPlainWriter(this.#cluster, this.#connection, producer))
  }

  async transactionalWriter(transactionalId: string): Promise<Writer> {
    await this.#call(`connects a writer as ${transactionalId}`, () => {})
    return this.#closing(
      new SimulatedTransactionalWriter(this.#cluster, this.#connection, transactionalId),
    )
  }

  async join(options: JoinOptions): Promise<Membership> {
    this.#refuseIfClosed()
    const membership = await SimulatedMembership.joined(this.#cluster, this.#connection, options)
    this.#closings.add(() => membership.leave())
    return membership
  }

  async tail(topic: string, onRecord: (record: ConsumedRecord) => void): Promise<Tail> {
    this.#refuseIfClosed()
    const begun = SimulatedTail.begun(this.#cluster, this.#connection, topic, onRecord)
    return this.#closing(await begun)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#closings].map((close) => close()))
  }

  async #call<T>(label: string, serve: () => T): Promise<T> {
    this.#refuseIfClosed()
    return await this.#connection.callAgainAndAgain(label, serve)
  }

  /** Remembers what is to be closed with this. */
  #closing<T extends { close(): Promise<void> }>(closable: T): T {
    this.#closings.add(() => closable.close())
    return closable
  }

  #refuseIfClosed(): void {
    if (this.#isClosed) throw new BrokerError('closed', 'the connection to the broker is closed')
  }
}
