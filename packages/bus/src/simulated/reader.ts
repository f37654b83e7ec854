import type { ConsumedRecord, PartitionReader } from '../broker.ts'
import type { Cluster } from './cluster.ts'
import { type Connection, unavailable } from './connection.ts'
import { fetchFrom } from './fetch.ts'
import type { Fetched, PartitionLog } from './log.ts'

/** One partition of one member, read at a position that is this reader's own. */
export class SimulatedReader implements PartitionReader {
  readonly partition: number
  readonly #cluster: Cluster
  readonly #connection: Connection
  readonly #log: PartitionLog
  readonly #commit: (log: PartitionLog, nextOffset: number) => void
  #position: number | null = null
  #endOffset: number | null = null
  #isRevoked = false
  /** Ends what `take` waits for; it looks again then. */
  #wake = (): void => {}

  constructor(
    cluster: Cluster,
    connection: Connection,
    log: PartitionLog,
    commit: (log: PartitionLog, nextOffset: number) => void,
  ) {
    this.partition = log.partition
    this.#cluster = cluster
    this.#connection = connection
    this.#log = log
    this.#commit = commit
  }

  seek(offset: number): void {
    this.#position = Math.max(0, offset)
    this.#wake()
  }

  beginning(): Promise<number> {
    const label = `asks where ${this.#log.name} begins`
    return this.#connection.callAgainAndAgain(label, () => this.#log.startOffset)
  }

  async take(recordsMax: number, waitMs: number): Promise<readonly ConsumedRecord[]> {
    const { clock } = this.#connection.process
    this.#failAtRandom()
    const endMs = clock.nowMs() + waitMs
    for (;;) {
      const fetched = await this.#fetched(recordsMax, endMs - clock.nowMs())
      if (this.#isRevoked) return []
      if (fetched !== null && fetched.records.length > 0) return fetched.records
      if (clock.nowMs() >= endMs) return []
    }
  }

  get lag(): number {
    if (this.#endOffset === null || this.#position === null) return 0
    return Math.max(0, this.#endOffset - this.#position)
  }

  async commit(nextOffset: number): Promise<void> {
    if (this.#isRevoked) return
    const label = `tells how far ${this.#log.name}: ${nextOffset}`
    await this.#connection.callAgainAndAgain(label, () => this.#commit(this.#log, nextOffset))
  }

  revoke(): void {
    this.#isRevoked = true
    this.#wake()
  }

  /** What came within that time for the position at which the reader still is then; null when nothing did. */
  async #fetched(recordsMax: number, waitMs: number): Promise<Fetched | null> {
    const { process } = this.#connection
    const { scheduler, random } = this.#cluster.world
    const position = this.#position
    if (this.#isRevoked || position === null) {
      const woken = new AbortController()
      this.#wake = () => woken.abort()
      await process.clock.sleep(this.#isRevoked ? 0 : waitMs, woken.signal)
      return null
    }
    const count = random.chance(0.5) ? recordsMax : 1 + random.integer(recordsMax)
    const fetch = fetchFrom(this.#cluster, process, this.#log, position, count)
    this.#wake = fetch.giveUp
    // What is there already comes even when there is no time to wait.
    const patienceMs = Math.max(0, waitMs) + scheduler.latencyMs() + scheduler.latencyMs()
    const label = `${process.id} waits no more for ${this.#log.name}`
    const deadline = process.plan(patienceMs, label, () => fetch.giveUp())
    const fetched = await fetch.fetched
    deadline.isCancelled = true
    if (fetched === null || this.#position !== position || this.#isRevoked) return null
    this.#position = fetched.nextOffset
    this.#endOffset = fetched.endOffset
    return fetched
  }

  #failAtRandom(): void {
    const { world } = this.#cluster
    if (world.random.chance(world.faults.refusedCall ?? 0)) throw unavailable()
  }
}
