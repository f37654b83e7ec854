import type { BrokerError, ConsumedRecord, PartitionReader } from '../broker.ts'
import type { CommittedRecords } from './committed-records.ts'
import type { PartitionSource } from './fetch-loop.ts'

/** No more is fetched while this much waits to be taken; what is fetched then may come on top once. */
const WAITING_BYTES_MAX = 1_048_576

/** What a reader asks of those around it. */
export interface ReaderSurroundings {
  /** Wants to be asked what it wants. */
  readonly wake: () => void
  readonly beginning: () => Promise<number>
  readonly commit: (nextOffset: number) => Promise<void>
}

/**
 * One partition, read at a position that is this reader's own. What was fetched from another position than the one it
 * is at when it arrives, because of a `seek` meanwhile, is thrown away.
 */
export class KafkaPartitionReader implements PartitionReader, PartitionSource {
  readonly topic: string
  readonly partition: number
  readonly #surroundings: ReaderSurroundings
  /** Where the next fetch begins; null before the first `seek`. */
  #position: number | null = null
  #endOffset: number | null = null
  #waiting: ConsumedRecord[] = []
  #waitingBytes = 0
  #failure: BrokerError | null = null
  #isRevoked = false
  #taker: (() => void) | null = null

  constructor(topic: string, partition: number, surroundings: ReaderSurroundings) {
    this.topic = topic
    this.partition = partition
    this.#surroundings = surroundings
  }

  seek(offset: number): void {
    this.#position = Math.max(0, offset)
    this.#waiting = []
    this.#waitingBytes = 0
    this.#failure = null
    this.#surroundings.wake()
  }

  beginning(): Promise<number> {
    return this.#surroundings.beginning()
  }

  async take(recordsMax: number, waitMs: number): Promise<readonly ConsumedRecord[]> {
    if (this.#isIdle() && waitMs > 0) await this.#somethingNew(waitMs)
    if (this.#isRevoked) return []
    if (this.#waiting.length === 0) {
      if (this.#failure !== null) throw this.#failure
      return []
    }
    const taken = this.#waiting.slice(0, recordsMax)
    this.#waiting = this.#waiting.slice(recordsMax)
    this.#waitingBytes -= bytesOf(taken)
    this.#surroundings.wake()
    return taken
  }

  get lag(): number {
    const next = this.#waiting[0]?.offset ?? this.#position
    if (this.#endOffset === null || next === null) return 0
    return Math.max(0, this.#endOffset - next)
  }

  async commit(nextOffset: number): Promise<void> {
    if (!this.#isRevoked) await this.#surroundings.commit(nextOffset)
  }

  revoke(): void {
    this.#isRevoked = true
    this.#waiting = []
    this.#waitingBytes = 0
    this.#taker?.()
  }

  wanted(): number | null {
    return this.#isRevoked || this.#waitingBytes >= WAITING_BYTES_MAX ? null : this.#position
  }

  accept(offset: number, { records, nextOffset, endOffset }: CommittedRecords): void {
    if (this.#isRevoked || offset !== this.#position) return
    this.#position = nextOffset
    this.#endOffset = endOffset
    this.#failure = null
    if (records.length === 0) return
    for (const record of records) this.#waiting.push(record)
    this.#waitingBytes += bytesOf(records)
    this.#taker?.()
  }

  fail(error: BrokerError): void {
    this.#failure = error
    this.#taker?.()
  }

  #isIdle(): boolean {
    return !this.#isRevoked && this.#waiting.length === 0 && this.#failure === null
  }

  async #somethingNew(waitMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, waitMs)
    this.#taker = resolve
    try {
      await promise
    } finally {
      clearTimeout(timer)
      this.#taker = null
    }
  }
}

function bytesOf(records: readonly ConsumedRecord[]): number {
  let bytes = 0
  for (const { key, value } of records) bytes += key.length + (value?.length ?? 0)
  return bytes
}
