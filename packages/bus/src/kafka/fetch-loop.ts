import type { BrokerError } from '../broker.ts'
import { type CommittedRecords, committedRecords } from './committed-records.ts'
import { kafkaClient } from './kafka-client.ts'
import { brokerErrorOf, isRefusal } from './kafka-errors.ts'
import { callLimitMs, type KafkaLog, type KafkaSettings } from './kafka-options.ts'
import { type FetchFrom, type FetchLimits, ReadingClient } from './reading-client.ts'
import { TimeLimitError } from './time-limit.ts'

/** Who reads one partition; the loop asks it again and again what it wants. */
export interface PartitionSource {
  readonly topic: string
  readonly partition: number
  /** The offset to fetch from; null when nothing is wanted now (`wake` the loop when that changes). */
  wanted(): number | null
  /** What there was from the offset on. It may have moved on meanwhile: then this is to be ignored. */
  accept(offset: number, fetched: CommittedRecords): void
  /** It cannot be read for a reason that is not passing; tried again all the same. */
  fail(error: BrokerError): void
}

interface Answer {
  readonly source: PartitionSource
  readonly offset: number
  readonly fetched: CommittedRecords
}

/** Latency of the first record after the loop was idle, where a broker leads no partition that has any. */
const LIMITS: FetchLimits = { waitMs: 100, bytesPerPartition: 1_048_576, bytesMax: 8_388_608 }
const RETRY_MS = 200
/** After this many failures one after the other the connections are made anew. */
const FAILURES_MAX = 25

/**
 * Fetches for many partitions with one request at a time to every broker (Kafka answers the requests of one
 * connection in order, so a second one would wait for the first). A partition whose source wants nothing is left out:
 * that is all there is to back-pressure.
 */
export class FetchLoop {
  readonly #connect: () => Promise<ReadingClient>
  readonly #brokers: readonly string[]
  readonly #log: KafkaLog
  readonly #sources = new Set<PartitionSource>()
  readonly #busyNodes = new Set<string>()
  #client: ReadingClient
  #failures = 0
  /** A request was never answered, so none may be on these connections. */
  #isStuck = false
  #pause: NodeJS.Timeout | null = null
  #isClosed = false

  private constructor(
    client: ReadingClient,
    connect: () => Promise<ReadingClient>,
    { brokers, log }: KafkaSettings,
  ) {
    this.#client = client
    this.#connect = connect
    this.#brokers = brokers
    this.#log = log
  }

  /** @throws BrokerError `no-topic` and others when the topics cannot be read */
  static async connected(settings: KafkaSettings, topics: readonly string[]): Promise<FetchLoop> {
    const kafka = kafkaClient(settings, 'prompt')
    const connect = () => ReadingClient.connected(kafka, topics, callLimitMs(settings))
    try {
      return new FetchLoop(await connect(), connect, settings)
    } catch (error) {
      throw brokerErrorOf(error, { brokers: settings.brokers, ...only(topics) })
    }
  }

  get client(): ReadingClient {
    return this.#client
  }

  add(source: PartitionSource): void {
    this.#sources.add(source)
    this.wake()
  }

  remove(source: PartitionSource): void {
    this.#sources.delete(source)
  }

  /** To be called when a source wants something that wanted nothing before. */
  wake(): void {
    if (this.#isClosed || this.#pause !== null) return
    for (const [node, sources] of this.#wantedByNode()) {
      if (this.#busyNodes.has(node)) continue
      this.#busyNodes.add(node)
      void this.#fetchFrom(node, sources)
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#pause !== null) clearTimeout(this.#pause)
    await this.#client.close()
  }

  #wantedByNode(): Map<string, PartitionSource[]> {
    const byNode = new Map<string, PartitionSource[]>()
    let isLeaderless = false
    for (const source of this.#sources) {
      if (source.wanted() === null) continue
      const node = this.#leader(source)
      if (node === null) isLeaderless = true
      else byNode.set(node, [...(byNode.get(node) ?? []), source])
    }
    if (isLeaderless) void this.#recover()
    return byNode
  }

  #leader({ topic, partition }: PartitionSource): string | null {
    try {
      return this.#client.leader(topic, partition)
    } catch {
      // Metadata are not loaded, after the connections were lost.
      return null
    }
  }

  async #fetchFrom(node: string, sources: readonly PartitionSource[]): Promise<void> {
    const answered = await this.#answered(node, sources, LIMITS.waitMs)
    this.#busyNodes.delete(node)
    if (this.#isClosed) return
    // Outside of what is caught: a reader that throws is a fault of the program.
    for (const { source, offset, fetched } of answered ?? []) {
      if (this.#sources.has(source)) source.accept(offset, fetched)
    }
    if (answered === null) {
      await this.#recover()
    } else {
      this.#failures = 0
      this.wake()
    }
  }

  /** What came of the sources; null when one of them failed. */
  async #answered(
    node: string,
    sources: readonly PartitionSource[],
    waitMs: number,
  ): Promise<Answer[] | null> {
    try {
      return await this.#request(node, sources, waitMs)
    } catch (error) {
      const [only] = sources
      if (sources.length === 1 && only !== undefined) await this.#failed(only, error)
    }
    if (sources.length === 1) return null
    // The library names the first partition that failed at most, and drops what came of the others.
    for (const source of sources) {
      if (this.#isClosed) break
      const answers = await this.#answered(node, [source], 0)
      for (const { offset, fetched } of answers ?? []) source.accept(offset, fetched)
    }
    return null
  }

  async #request(
    node: string,
    sources: readonly PartitionSource[],
    waitMs: number,
  ): Promise<Answer[]> {
    const wanted = new Map<string, { source: PartitionSource; offset: number }>()
    const from: FetchFrom[] = []
    for (const source of sources) {
      const offset = source.wanted()
      if (offset === null) continue
      const { topic, partition } = source
      wanted.set(`${topic} ${partition}`, { source, offset })
      from.push({ topic, partition, offset })
    }
    if (from.length === 0) return []
    const answers: Answer[] = []
    for (const response of await this.#client.fetch(node, from, { ...LIMITS, waitMs })) {
      for (const partition of response.partitions) {
        const want = wanted.get(`${response.topicName} ${partition.partition}`)
        if (want === undefined) continue
        const fetched = committedRecords(response.topicName, want.offset, partition)
        answers.push({ ...want, fetched })
      }
    }
    return answers
  }

  async #failed(source: PartitionSource, error: unknown): Promise<void> {
    const { topic, partition } = source
    if (error instanceof TimeLimitError) this.#isStuck = true
    if ((error as { name?: string }).name === 'KafkaJSOffsetOutOfRange') {
      await this.#backInRange(source).catch(() => {})
      return
    }
    const mapped = brokerErrorOf(error, { brokers: this.#brokers, topic })
    this.#warn(mapped, { topic, partition })
    // A topic may be unknown for a moment while brokers restart.
    const isPassing = mapped.problem === 'no-topic' && this.#failures < FAILURES_MAX
    if (isRefusal(mapped) && !isPassing) source.fail(mapped)
  }

  /** What was wanted has been deleted from the log by age or size: it begins later now. */
  async #backInRange(source: PartitionSource): Promise<void> {
    const { topic, partition } = source
    const wanted = source.wanted()
    const offsets = await this.#client.offsets(topic, [partition], 'beginning')
    const beginning = offsets.get(partition)
    if (wanted === null || beginning === undefined) return
    if (wanted < beginning) {
      source.accept(wanted, { records: [], nextOffset: beginning, endOffset: beginning })
    } else {
      const message = `topic ${topic} ends before offset ${wanted} of partition ${partition}`
      this.#log('error', `${message}; it must have been deleted and made anew`, {})
    }
  }

  /** Waits a little, learns the leaders anew, and goes on. */
  async #recover(): Promise<void> {
    if (this.#isClosed || this.#pause !== null) return
    this.#failures += 1
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#pause = setTimeout(resolve, RETRY_MS)
    await promise
    try {
      if (this.#isStuck || this.#failures % FAILURES_MAX === 0) await this.#reconnect()
      else await this.#client.refreshMetadata()
    } catch (error) {
      this.#metadataFailed(brokerErrorOf(error, { brokers: this.#brokers }))
    }
    this.#pause = null
    this.wake()
  }

  /** Says it once, not with every try that follows. */
  #warn({ message }: BrokerError, fields: Readonly<Record<string, unknown>>): void {
    this.#log(this.#failures === 0 ? 'warn' : 'debug', `cannot read: ${message}`, fields)
  }

  #metadataFailed(error: BrokerError): void {
    this.#warn(error, {})
    if (!isRefusal(error) || this.#failures < FAILURES_MAX) return
    for (const source of this.#sources) source.fail(error)
  }

  async #reconnect(): Promise<void> {
    const client = await this.#connect()
    const former = this.#client
    this.#isStuck = false
    this.#client = client
    void former.close()
    if (this.#isClosed) await client.close()
  }
}

/** With one topic the error can only be about that. */
function only(topics: readonly string[]): { topic?: string } {
  const [topic] = topics
  return topics.length === 1 && topic !== undefined ? { topic } : {}
}
