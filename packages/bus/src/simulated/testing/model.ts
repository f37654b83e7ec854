import {
  BrokerError,
  type BrokerProblem,
  type ConsumedRecord,
  type Membership,
} from '../../broker.ts'
import type { SimulatedProcess } from '../process.ts'
import { SeededRandom } from '../random.ts'
import { BrokerWorld, outgoing } from './broker-world.ts'

export const PARTITIONS = 3

/** A transaction that somebody tried to write: a record of this key into each of the partitions. */
export interface Attempt {
  readonly key: string
  readonly partitions: readonly number[]
  /** Of one id and writer they are written in the order of their numbers. */
  readonly id: string
  readonly writer: string
  readonly number: number
  outcome: 'pending' | 'written' | BrokerProblem
}

/** Writers and readers in processes that crash and come back, with a note of what they were told. */
export class Model {
  readonly under: BrokerWorld
  readonly attempts: Attempt[] = []
  /** What was read from the beginning of a partition on without a break. */
  readonly readings: ConsumedRecord[][] = []
  readonly owners = new Map<SimulatedProcess, Set<number>>()
  crashes = 0
  sharedLooks = 0
  #isWritingOver = false
  readonly #random: SeededRandom
  #writers = 0

  constructor(seed: number) {
    this.under = new BrokerWorld(seed, PARTITIONS)
    this.#random = new SeededRandom(~seed)
    this.#start('writer-1')
    this.#start('writer-2')
    this.#start('reader-1')
    this.#start('reader-2')
    this.under.world.onCrash(({ name }) => {
      this.crashes++
      this.under.world.after(this.#random.between(0, 5_000), `${name} again`, () =>
        this.#start(name),
      )
    })
  }

  /** Counts when two processes that live believe to own one partition. To be called between steps; never ends a run. */
  look(): false {
    const owned = new Set<number>()
    for (const [{ state }, own] of this.owners) {
      if (state === 'crashed') continue
      for (const partition of own) {
        if (owned.has(partition)) this.sharedLooks++
        owned.add(partition)
      }
    }
    return false
  }

  /** Kills the writers for good, wherever they are. */
  endWriting(): void {
    this.#isWritingOver = true
    for (const process of this.under.world.processes) if (isWriter(process.name)) process.crash()
  }

  #start(name: string): void {
    if (this.#isWritingOver && isWriter(name)) return
    const { world } = this.under
    const process = this.under.process(name)
    world.start(process, () => (isWriter(name) ? this.#write(process) : this.#read(process)))
  }

  /** Two processes write under the same two ids, so they fence each other again and again. */
  async #write(process: SimulatedProcess): Promise<void> {
    const { broker } = this.under
    const connection = broker.of(process)
    for (;;) {
      const id = `id-${this.#random.integer(2)}`
      const writer = await tried(process, () => connection.transactionalWriter(id))
      const name = `w${++this.#writers}`
      for (let number = 0; this.#random.chance(0.9); number++) {
        const attempt = this.#attempt(id, name, number)
        const records = attempt.partitions.map((partition) => outgoing('t', partition, attempt.key))
        attempt.outcome = await writer.write(records).then(
          () => 'written',
          (error: BrokerError) => error.problem,
        )
        if (attempt.outcome === 'fenced' || attempt.outcome === 'uncertain') break
        await process.clock.sleep(this.#random.between(0, 100))
      }
    }
  }

  #attempt(id: string, writer: string, number: number): Attempt {
    const key = `${writer}.${number}`
    const all = Array.from({ length: PARTITIONS }, (_, partition) => partition)
    const partitions = this.#random.shuffled(all).slice(0, 1 + this.#random.integer(PARTITIONS))
    const attempt: Attempt = { key, partitions, id, writer, number, outcome: 'pending' }
    this.attempts.push(attempt)
    return attempt
  }

  async #read(process: SimulatedProcess): Promise<void> {
    const { broker } = this.under
    const own = new Set<number>()
    this.owners.set(process, own)
    const early = new Set<number>()
    let membership: Membership | null = null
    const follow = (partition: number): void => {
      if (membership === null) early.add(partition)
      else void this.#follow(process, membership, partition)
    }
    const options = {
      ...{ group: 'g', topics: ['t'] },
      onAssigned: (partitions: readonly number[]) => {
        for (const partition of partitions) own.add(partition)
        partitions.forEach(follow)
      },
      onRevoked: (partitions: readonly number[]) => {
        for (const partition of partitions) {
          own.delete(partition)
          early.delete(partition)
        }
      },
      onLost: (error: BrokerError) => this.under.world.fail(error),
    }
    membership = await tried(process, () => broker.of(process).join(options))
    early.forEach(follow)
  }

  async #follow(
    process: SimulatedProcess,
    membership: Membership,
    partition: number,
  ): Promise<void> {
    const reader = membership.reader('t', partition)
    const reading: ConsumedRecord[] = []
    this.readings.push(reading)
    reader.seek(0)
    // Of a partition that was revoked and given back meanwhile there is another reader.
    while (membership.reader('t', partition) === reader) {
      reading.push(...(await tried(process, () => reader.take(20, 2_000))))
    }
  }
}

function isWriter(name: string): boolean {
  return name.startsWith('writer')
}

/** Tries until it works. */
async function tried<T>(process: SimulatedProcess, act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act()
    } catch (error) {
      if (!(error instanceof BrokerError)) throw error
      await process.clock.sleep(200)
    }
  }
}
