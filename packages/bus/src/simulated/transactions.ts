import { BrokerError } from '../broker.ts'
import type { Availability } from './availability.ts'
import type { KeyedValue, PartitionLog } from './log.ts'
import type { SimulatedWorld } from './world.ts'

/** What a transactional writer writes under. Whoever has a later epoch has taken the id. */
export interface Producer {
  readonly transactionalId: string
  readonly epoch: number
}

/** The former transaction of the id is still being ended: to be asked again. */
export const CONCURRENT = 'concurrent'

interface IdState {
  readonly transactionalId: string
  epoch: number
  transaction: 'none' | 'open' | 'ending'
  /** Partitions that the transaction has written to. */
  readonly logs: Set<PartitionLog>
  openedMs: number
  isWatched: boolean
}

/**
 * Kafka's transaction coordinator. The decision to commit is one moment; the markers that make it visible are written partition
 * by partition afterwards, and no new transaction of the id begins before the last of them.
 */
export class Transactions {
  readonly #world: SimulatedWorld
  readonly #availability: Availability
  readonly #timeoutMs: number
  readonly #ids = new Map<string, IdState>()

  constructor(world: SimulatedWorld, availability: Availability, timeoutMs: number) {
    this.#world = world
    this.#availability = availability
    this.#timeoutMs = timeoutMs
  }

  /** Fences whoever had the id, and aborts what he has open. */
  begin(transactionalId: string): Producer | typeof CONCURRENT {
    const known = this.#ids.get(transactionalId)
    const id = known ?? newId(transactionalId)
    this.#ids.set(transactionalId, id)
    if (id.transaction === 'ending') return CONCURRENT
    id.epoch++
    if (id.transaction === 'open') {
      this.#end(id, false)
      return CONCURRENT
    }
    return { transactionalId, epoch: id.epoch }
  }

  /** Appends to one partition as a part of the producer's transaction. @throws BrokerError `fenced` */
  append(
    producer: Producer,
    log: PartitionLog,
    records: readonly KeyedValue[],
  ): typeof CONCURRENT | null {
    const id = this.#owned(producer)
    if (id.transaction === 'ending') return CONCURRENT
    if (id.transaction === 'none') this.#open(id)
    id.logs.add(log)
    log.appendOpen(id.transactionalId, records, this.#world.nowMs)
    return null
  }

  /** Decides the producer's transaction. @throws BrokerError `fenced` */
  end(producer: Producer, isCommitted: boolean): void {
    const id = this.#owned(producer)
    if (id.transaction === 'open') this.#end(id, isCommitted)
  }

  #owned({ transactionalId, epoch }: Producer): IdState {
    const id = this.#ids.get(transactionalId)
    if (id?.epoch === epoch) return id
    throw new BrokerError(
      'fenced',
      `another writer has taken the transactional id ${transactionalId}`,
    )
  }

  #open(id: IdState): void {
    id.transaction = 'open'
    id.openedMs = this.#world.nowMs
    if (!id.isWatched) this.#watch(id, this.#timeoutMs)
  }

  /** One step for many transactions: it looks again later when the one that is open then is a younger one. */
  #watch(id: IdState, inMs: number): void {
    id.isWatched = true
    this.#availability.plan(
      `time limit of a transaction of ${id.transactionalId}`,
      () => {
        id.isWatched = false
        if (id.transaction !== 'open') return
        const leftMs = id.openedMs + this.#timeoutMs - this.#world.nowMs
        if (leftMs > 0) {
          this.#watch(id, leftMs)
        } else {
          id.epoch++
          this.#end(id, false)
        }
      },
      inMs,
    )
  }

  #end(id: IdState, isCommitted: boolean): void {
    id.transaction = 'ending'
    for (const log of id.logs) {
      const label = `${isCommitted ? 'commit' : 'abort'} marker of ${id.transactionalId} in ${log.name}`
      this.#availability.plan(label, () => {
        log.end(id.transactionalId, isCommitted, this.#world.nowMs)
        id.logs.delete(log)
        if (id.logs.size === 0) id.transaction = 'none'
      })
    }
  }
}

function newId(transactionalId: string): IdState {
  return {
    transactionalId,
    epoch: -1,
    transaction: 'none',
    logs: new Set(),
    openedMs: 0,
    isWatched: false,
  }
}
