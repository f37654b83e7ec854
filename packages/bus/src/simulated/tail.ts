import type { ConsumedRecord, Tail } from '../broker.ts'
import type { Cluster } from './cluster.ts'
import type { Connection } from './connection.ts'
import { type Fetch, fetchFrom } from './fetch.ts'
import type { PartitionLog } from './log.ts'

const RECORDS_MAX = 500

/** Reads a topic whole, without a group: every partition has its own position here. */
export class SimulatedTail implements Tail {
  readonly caughtUp: Promise<void>
  readonly #cluster: Cluster
  readonly #connection: Connection
  readonly #onRecord: (record: ConsumedRecord) => void
  readonly #fetches = new Map<PartitionLog, Fetch>()
  #isClosed = false

  private constructor(
    cluster: Cluster,
    connection: Connection,
    ends: ReadonlyMap<PartitionLog, number>,
    onRecord: (record: ConsumedRecord) => void,
  ) {
    this.#cluster = cluster
    this.#connection = connection
    this.#onRecord = onRecord
    const caughtUp = [...ends].map(([log, end]) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      void this.#follow(log, end, resolve).catch((error) => cluster.world.fail(error))
      return promise
    })
    this.caughtUp = Promise.all(caughtUp).then(() => {})
  }

  /** @throws BrokerError `no-topic`, `unavailable` */
  static async begun(
    cluster: Cluster,
    connection: Connection,
    topic: string,
    onRecord: (record: ConsumedRecord) => void,
  ): Promise<SimulatedTail> {
    const ends = await connection.callAgainAndAgain(`asks where ${topic} ends`, () => {
      const logs = cluster.topics.logs(topic)
      return new Map(logs.map((log) => [log, log.endOffset]))
    })
    return new SimulatedTail(cluster, connection, ends, onRecord)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const fetch of this.#fetches.values()) fetch.giveUp()
  }

  async #follow(log: PartitionLog, end: number, onCaughtUp: () => void): Promise<void> {
    const { process } = this.#connection
    const { random } = this.#cluster.world
    for (let position = log.startOffset; ; ) {
      if (position >= end) onCaughtUp()
      const count = 1 + random.integer(RECORDS_MAX)
      const fetch = fetchFrom(this.#cluster, process, log, position, count)
      this.#fetches.set(log, fetch)
      const fetched = await fetch.fetched
      if (fetched === null || this.#isClosed) return
      for (const record of fetched.records) this.#onRecord(record)
      position = fetched.nextOffset
    }
  }
}
