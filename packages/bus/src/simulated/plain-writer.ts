import { BrokerError, type OutgoingRecord, type Writer } from '../broker.ts'
import { type Append, appendsOf } from './appends.ts'
import type { Cluster } from './cluster.ts'
import { CallLost, type Connection } from './connection.ts'

/** How often the client library tries a request again before it tells its caller. */
const RETRIES_MAX = 2

/** An idempotent writer: a request that it tries again is not written twice, but a caller who tries again is a new writer. */
export class SimulatedPlainWriter implements Writer {
  readonly #cluster: Cluster
  readonly #connection: Connection
  readonly #producer: string
  /** Number of the next request to each partition. */
  readonly #sequences = new Map<string, number>()
  #ended: BrokerError | null = null

  /** @param producer a name that no other writer has */
  constructor(cluster: Cluster, connection: Connection, producer: string) {
    this.#cluster = cluster
    this.#connection = connection
    this.#producer = producer
  }

  async write(records: readonly OutgoingRecord[]): Promise<void> {
    if (this.#ended !== null) throw this.#ended
    await this.#cluster.metadata(this.#connection, records)
    const { topics, world } = this.#cluster
    let isAnyWritten = false
    for (const append of appendsOf(records, topics, world.random)) {
      try {
        await this.#append(append)
        isAnyWritten = true
      } catch (error) {
        if (!isAnyWritten && error instanceof BrokerError) throw error
        this.#ended = uncertain(error)
        throw this.#ended
      }
    }
  }

  async close(): Promise<void> {
    this.#ended ??= new BrokerError('closed', 'the writer has been closed')
  }

  async #append({ log, records }: Append): Promise<void> {
    const sequence = this.#sequences.get(log.name) ?? 0
    let isPerhapsWritten = false
    for (let retries = this.#cluster.world.random.integer(RETRIES_MAX + 1); ; retries--) {
      try {
        await this.#connection.call(`appends ${records.length} to ${log.name}`, () => {
          if (!log.isNext(this.#producer, sequence)) return
          log.append(records, this.#cluster.world.nowMs)
        })
        this.#sequences.set(log.name, sequence + 1)
        return
      } catch (error) {
        isPerhapsWritten ||= error instanceof CallLost
        if (retries === 0) throw isPerhapsWritten ? new CallLost(this.#producer) : error
      }
    }
  }
}

/** What a writer that has failed says from then on. */
export function uncertain(cause: unknown): BrokerError {
  const message = cause instanceof Error ? cause.message : String(cause)
  return new BrokerError('uncertain', `not known whether it was written: ${message}`, { cause })
}
