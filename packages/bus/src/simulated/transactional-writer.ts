import { BrokerError, type OutgoingRecord, type Writer } from '../broker.ts'
import type { Append } from './appends.ts'
import type { Cluster } from './cluster.ts'
import { CallLost, type Connection, unavailable } from './connection.ts'
import { uncertain } from './plain-writer.ts'
import { ProducerSession } from './producer-session.ts'

/** Writes all records of a call in one transaction. */
export class SimulatedTransactionalWriter implements Writer {
  readonly #cluster: Cluster
  readonly #session: ProducerSession
  #ended: BrokerError | null = null

  constructor(cluster: Cluster, connection: Connection, transactionalId: string) {
    this.#cluster = cluster
    this.#session = new ProducerSession(cluster, connection, transactionalId)
  }

  async write(records: readonly OutgoingRecord[]): Promise<void> {
    if (this.#ended !== null) throw this.#ended
    const appends = await this.#session.appends(records)
    await this.#begin()
    await this.#append(appends)
    if (appends.length === 0) return
    try {
      await this.#session.end(true)
    } catch (error) {
      throw this.#endedBy(error)
    }
  }

  async close(): Promise<void> {
    this.#ended ??= new BrokerError('closed', 'the writer has been closed')
  }

  /** Nothing has been written when this fails, and it may be tried again. */
  async #begin(): Promise<void> {
    try {
      await this.#session.begin()
    } catch (error) {
      throw error instanceof CallLost ? unavailable() : error
    }
  }

  async #append(appends: readonly Append[]): Promise<void> {
    for (const [index, append] of appends.entries()) {
      try {
        await this.#session.append(append)
      } catch (error) {
        const isRefused = error instanceof BrokerError && error.problem === 'unavailable'
        if (!isRefused) throw await this.#lost(error)
        // Of the first one it is sure that nothing was written, of later ones once they are aborted.
        if (index > 0) await this.#abort()
        throw error
      }
    }
  }

  async #abort(): Promise<void> {
    try {
      await this.#session.end(false)
    } catch (error) {
      throw this.#endedBy(error)
    }
  }

  /** A request may still arrive, so there must be no later transaction that it could become a part of. */
  async #lost(error: unknown): Promise<unknown> {
    const ended = this.#endedBy(error)
    const isLeftOpen = !(error instanceof CallLost) || this.#cluster.world.random.chance(0.5)
    if (!isLeftOpen) await this.#session.end(false).catch(() => {})
    return ended
  }

  #endedBy(error: unknown): unknown {
    const isKnown = error instanceof BrokerError || error instanceof CallLost
    if (!isKnown) return error
    const isFenced = error instanceof BrokerError && error.problem === 'fenced'
    this.#ended = isFenced ? error : uncertain(error)
    return this.#ended
  }
}
