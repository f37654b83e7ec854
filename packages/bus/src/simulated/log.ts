import type { ConsumedRecord } from '../broker.ts'

/** A transaction as one partition knows it; the entries that it wrote share it. */
export interface LogTransaction {
  readonly firstOffset: number
  state: 'open' | 'committed' | 'aborted'
}

export interface LogEntry {
  readonly offset: number
  readonly key: string
  readonly value: Buffer | null
  readonly timestampMs: number
  readonly transaction: LogTransaction | null
  /** The mark of a commit or abort, which no reader is given. */
  readonly isControl: boolean
  /** Of a deletion: when it may go itself, virtual ms; null before compaction has met it. */
  deleteAtMs: number | null
}

/** What a read-committed reader is given. */
export interface Fetched {
  readonly records: readonly ConsumedRecord[]
  /** Where to read on: behind control records and what was aborted or compacted away. */
  readonly nextOffset: number
  /** Offset behind the last entry, of open transactions too. */
  readonly endOffset: number
}

export interface KeyedValue {
  readonly key: string
  readonly value: Buffer | null
  readonly timestampMs?: number
}

/** A reader that waits until there is something to read from its offset on. */
interface Waiter {
  readonly offset: number
  readonly wake: () => void
}

/** One partition: entries in the order of their offsets, which have gaps where transactions ended or keys were compacted away. */
export class PartitionLog {
  readonly topic: string
  readonly partition: number
  #entries: LogEntry[] = []
  #startOffset = 0
  #endOffset = 0
  readonly #open = new Map<string, LogTransaction>()
  readonly #sequences = new Map<string, number>()
  readonly #waiters = new Set<Waiter>()

  constructor(topic: string, partition: number) {
    this.topic = topic
    this.partition = partition
  }

  get name(): string {
    return `${this.topic}/${this.partition}`
  }

  get entries(): readonly LogEntry[] {
    return this.#entries
  }

  get startOffset(): number {
    return this.#startOffset
  }

  get endOffset(): number {
    return this.#endOffset
  }

  /** Last stable offset: the first one of the oldest open transaction, or the end. Readers do not pass it. */
  get stableOffset(): number {
    let stable = this.#endOffset
    for (const { firstOffset } of this.#open.values()) stable = Math.min(stable, firstOffset)
    return stable
  }

  append(records: readonly KeyedValue[], timestampMs: number): void {
    for (const { key, value, timestampMs: given } of records) {
      this.#add(key, value, given ?? timestampMs, null)
    }
    this.#woken()
  }

  /** Appends what belongs to a transaction of that producer, which begins here with its first record. */
  appendOpen(producer: string, records: readonly KeyedValue[], timestampMs: number): void {
    const known = this.#open.get(producer)
    const transaction = known ?? { firstOffset: this.#endOffset, state: 'open' }
    this.#open.set(producer, transaction)
    for (const { key, value, timestampMs: given } of records) {
      this.#add(key, value, given ?? timestampMs, transaction)
    }
  }

  /** Writes the marker that ends the producer's transaction. */
  end(producer: string, isCommitted: boolean, timestampMs: number): void {
    const transaction = this.#open.get(producer)
    if (transaction !== undefined) transaction.state = isCommitted ? 'committed' : 'aborted'
    this.#open.delete(producer)
    this.#add('', null, timestampMs, null, true)
    this.#woken()
  }

  /**
   * Whether the producer's batch of that number is the next one of it: one that comes again was written already.
   * @throws RangeError when one before it is missing: a fault of the simulated client
   */
  isNext(producer: string, sequence: number): boolean {
    const next = this.#sequences.get(producer) ?? 0
    if (sequence > next) throw new RangeError(`${producer} skips a batch in ${this.name}`)
    if (sequence === next) this.#sequences.set(producer, next + 1)
    return sequence === next
  }

  /** Up to `recordsMax` committed records from an offset on; from before the log's beginning means from there. */
  read(fromOffset: number, recordsMax: number): Fetched {
    const stable = this.stableOffset
    const records: ConsumedRecord[] = []
    let nextOffset = Math.max(fromOffset, this.#startOffset)
    for (let at = this.#indexOf(nextOffset); ; at++) {
      const entry = this.#entries[at]
      if (entry === undefined || entry.offset >= stable) {
        nextOffset = Math.max(nextOffset, stable)
        break
      }
      const isData = !entry.isControl && entry.transaction?.state !== 'aborted'
      if (isData && records.length >= recordsMax) break
      nextOffset = entry.offset + 1
      if (!isData) continue
      const { offset, key, value, timestampMs } = entry
      records.push({
        topic: this.topic,
        partition: this.partition,
        offset,
        key,
        value,
        timestampMs,
      })
    }
    return { records, nextOffset, endOffset: this.#endOffset }
  }

  /** Calls back once when a reader at that offset would get on; at once when it would now. Returns how to wait no more. */
  whenReadable(offset: number, wake: () => void): () => void {
    if (this.#isReadable(offset)) {
      wake()
      return () => {}
    }
    const waiter = { offset, wake }
    this.#waiters.add(waiter)
    return () => this.#waiters.delete(waiter)
  }

  /** Deletes what is before an offset, as retention by age or size does; never what an open transaction wrote. */
  deleteBefore(offset: number): void {
    this.#startOffset = Math.max(this.#startOffset, Math.min(offset, this.stableOffset))
    this.#entries = this.#entries.filter((entry) => entry.offset >= this.#startOffset)
    this.#woken()
  }

  /** Keeps only some of the entries before an offset. */
  retain(beforeOffset: number, isKept: (entry: LogEntry) => boolean): void {
    this.#entries = this.#entries.filter((entry) => entry.offset >= beforeOffset || isKept(entry))
  }

  #add(
    key: string,
    value: Buffer | null,
    timestampMs: number,
    transaction: LogTransaction | null,
    isControl = false,
  ): void {
    const offset = this.#endOffset++
    // The caller's buffer may change afterwards; what was written may not.
    const copy = value === null ? null : Buffer.from(value)
    const entry = {
      offset,
      key,
      value: copy,
      timestampMs,
      transaction,
      isControl,
      deleteAtMs: null,
    }
    this.#entries.push(entry)
  }

  #isReadable(offset: number): boolean {
    return offset < this.#startOffset || offset < this.stableOffset
  }

  #woken(): void {
    for (const waiter of [...this.#waiters]) {
      if (!this.#isReadable(waiter.offset)) continue
      this.#waiters.delete(waiter)
      waiter.wake()
    }
  }

  /** Index of the first entry at or behind an offset. */
  #indexOf(offset: number): number {
    let low = 0
    let high = this.#entries.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#entries[middle]?.offset ?? 0) < offset) low = middle + 1
      else high = middle
    }
    return low
  }
}
