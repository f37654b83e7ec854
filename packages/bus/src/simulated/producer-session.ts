import { BrokerError, type OutgoingRecord } from '../broker.ts'
import { type Append, appendsOf } from './appends.ts'
import type { Cluster } from './cluster.ts'
import type { Connection } from './connection.ts'
import { CONCURRENT, type Producer } from './transactions.ts'

/** Pause before the coordinator is asked again that is still ending a transaction, ms. */
const AGAIN_MS = 20
/** So long the end of a transaction is waited for, ms. */
const PATIENCE_MS = 60_000

/** The requests of which a transaction is made. Errors are those of `Connection.call`. */
export class ProducerSession {
  readonly #cluster: Cluster
  readonly #connection: Connection
  readonly #transactionalId: string
  #producer: Producer | null = null

  constructor(cluster: Cluster, connection: Connection, transactionalId: string) {
    this.#cluster = cluster
    this.#connection = connection
    this.#transactionalId = transactionalId
  }

  /** Fences whoever had the id, the first time. */
  async begin(): Promise<void> {
    if (this.#producer !== null) return
    const { transactions } = this.#cluster
    const id = this.#transactionalId
    this.#producer = await this.#whenEnded(`fences ${id}`, () => transactions.begin(id))
  }

  /** What the writing of records is made of. @throws BrokerError `no-topic`, `too-large` */
  async appends(records: readonly OutgoingRecord[]): Promise<readonly Append[]> {
    await this.#cluster.metadata(this.#connection, records)
    return appendsOf(records, this.#cluster.topics, this.#cluster.world.random)
  }

  async append({ log, records }: Append): Promise<void> {
    const { transactions } = this.#cluster
    const producer = this.#begun()
    const label = `appends ${records.length} to ${log.name} as ${this.#transactionalId}`
    await this.#whenEnded(label, () => transactions.append(producer, log, records))
  }

  async end(isCommitted: boolean): Promise<void> {
    const { transactions } = this.#cluster
    const producer = this.#begun()
    const label = `${isCommitted ? 'commits' : 'aborts'} ${this.#transactionalId}`
    await this.#connection.call(label, () => transactions.end(producer, isCommitted))
  }

  #begun(): Producer {
    if (this.#producer === null) throw new TypeError('the session has not begun')
    return this.#producer
  }

  async #whenEnded<T>(label: string, serve: () => T | typeof CONCURRENT): Promise<T> {
    const { clock } = this.#connection.process
    for (const endMs = clock.nowMs() + PATIENCE_MS; clock.nowMs() < endMs; ) {
      const answer = await this.#connection.call(label, serve)
      if (answer !== CONCURRENT) return answer
      await clock.sleep(AGAIN_MS)
    }
    throw new BrokerError('unavailable', `a transaction of ${this.#transactionalId} does not end`)
  }
}
