import type { Disk } from '@sekisho/bus'
import { type Broker, BrokerError, type OutgoingRecord, type Writer } from '@sekisho/bus'
import { DAY_MS, type DetectConfig, dayOf } from '@sekisho/detect'
import { keyPartitionsOf } from '@sekisho/scorer'
import type { Clock } from './clock.ts'
import { deadLetterOutgoing } from './dead-letters.ts'
import { InTurn } from './in-turn.ts'
import type { Reach } from './reach.ts'
import type { AttemptReader } from './reading/attempt-reader.ts'
import { FeedWatermarks } from './reading/feed-watermarks.ts'
import type { FeedBatch, LineFeed } from './reading/line-feed.ts'
import { encoded } from './records.ts'
import type { Topics } from './topics.ts'

/** A feed and the reader of its lines. */
export interface ReadFeed {
  readonly feed: LineFeed
  readonly reader: Pick<AttemptReader, 'read'>
}

export interface IngestOptions {
  readonly broker: Broker
  readonly disk: Pick<Disk, 'writeAtomically'>
  /** Where positions are kept. */
  readonly positionsPath: string
  readonly config: DetectConfig
  readonly topics: Topics
  readonly partitions: number
  readonly clock: Clock
  /** Names this ingest in its watermarks; the same after a restart. */
  readonly ingestId: string
  readonly feeds: readonly ReadFeed[]
  /** The feeds end, and nothing follows: then everything is declared complete. */
  readonly endsWithFeeds: boolean
  /** These lines say nothing of how far others have come: lines that were set aside and are fed again. */
  readonly isBeside?: boolean
  readonly reach: Reach
  /** A write failed and is tried again. */
  readonly onRetry: (error: BrokerError) => void
  readonly lag: (feed: string, behind: number) => void
}

/** Positions of feeds, as they are kept. */
export interface SavedPositions {
  readonly ingestId: string
  readonly positions: Readonly<Record<string, unknown>>
  /** Latest time of any line that was read; null before the first. */
  readonly latestMs: number | null
}

/** Positions are written at most this often; after a crash so much is read and written again, which changes nothing. */
const POSITIONS_MS = 1000
const WATERMARK_MS = 1000
const RETRY_MS = 500
const RETRY_MS_MAX = 10_000

/** Lines in, attempts by user out. At least once: an attempt that is written twice is one event. */
export class IngestService {
  readonly #options: IngestOptions
  readonly #partitionOf: (userKey: string) => number
  readonly #watermarks: FeedWatermarks
  readonly #positions: Record<string, unknown>
  readonly #savedLatestMs: number
  readonly #stop = new AbortController()
  #writer: Writer | null = null
  readonly #turn = new InTurn()
  #areNewPositions = false
  #toldWatermarkMs = Number.NEGATIVE_INFINITY
  #open: number

  /** @param saved of a former run; null for a fresh start */
  constructor(options: IngestOptions, saved: SavedPositions | null) {
    const { config, partitions, feeds } = options
    this.#options = options
    this.#partitionOf = keyPartitionsOf(config, partitions).ofUser
    this.#watermarks = new FeedWatermarks(feeds.map(({ feed }) => feed.name))
    this.#positions = { ...saved?.positions }
    this.#savedLatestMs = saved?.latestMs ?? Number.NEGATIVE_INFINITY
    this.#open = feeds.length
  }

  /** Runs until every feed has ended, or `stop`. @throws BrokerError when going on makes no sense */
  async run(): Promise<void> {
    const { feeds, endsWithFeeds } = this.#options
    const loops = [
      ...feeds.map((each) => this.#readFeed(each)),
      this.#every(WATERMARK_MS, () => this.#tellWatermark()),
      this.#every(POSITIONS_MS, () => this.#savePositions()),
    ]
    try {
      await Promise.all(loops)
      if (endsWithFeeds && !this.#stop.signal.aborted) await this.#tellEnd()
      await this.#savePositions()
    } finally {
      this.#stop.abort()
      await Promise.allSettled(loops)
      await this.#writer?.close()
      for (const { feed } of feeds) await feed.close()
    }
  }

  /** Finishes what is being written, keeps the positions, and lets `run` return. */
  stop(): void {
    this.#stop.abort()
  }

  async #readFeed({ feed, reader }: ReadFeed): Promise<void> {
    for (;;) {
      const batch = await feed.next(this.#stop.signal)
      if (batch === null) break
      await this.#write(this.#recordsOf(feed.name, reader, batch))
      this.#positions[feed.name] = batch.position
      this.#areNewPositions = true
    }
    this.#open--
  }

  #recordsOf(feed: string, reader: ReadFeed['reader'], { lines }: FeedBatch): OutgoingRecord[] {
    const { topics, clock } = this.#options
    const nowMs = clock.nowMs()
    const records: OutgoingRecord[] = []
    for (const line of lines) {
      const { attempt, rejected, gateway, timestampMs } = reader.read(line, nowMs)
      if (timestampMs !== null) this.#watermarks.observe(feed, gateway, timestampMs, nowMs)
      if (rejected !== null) records.push(deadLetterOutgoing(topics.deadLetters, rejected))
      if (attempt === null) continue
      const key = attempt.event.userKey
      const partition = this.#partitionOf(key)
      records.push({ topic: topics.authByUser, partition, key, value: encoded({ attempt }) })
    }
    return records
  }

  /** Writes in turn, again and again until the broker takes it. */
  async #write(records: readonly OutgoingRecord[]): Promise<void> {
    if (records.length > 0) await this.#turn.do(() => this.#written(records))
  }

  async #written(records: readonly OutgoingRecord[]): Promise<void> {
    const { broker, clock, onRetry, reach } = this.#options
    for (let retryMs = RETRY_MS; ; retryMs = Math.min(2 * retryMs, RETRY_MS_MAX)) {
      try {
        this.#writer ??= await broker.writer()
        reach('before-write')
        await this.#writer.write(records)
        reach('after-write')
        return
      } catch (error) {
        if (!(error instanceof BrokerError) || !canBeTriedAgain(error)) throw error
        onRetry(error)
        await this.#writer?.close().catch(() => {})
        this.#writer = null
        if (this.#stop.signal.aborted) throw error
        await clock.sleep(retryMs, this.#stop.signal)
      }
    }
  }

  async #tellWatermark(): Promise<void> {
    const { clock, feeds, lag } = this.#options
    for (const { feed } of feeds) lag(feed.name, feed.lag)
    const progress = feeds.map(({ feed }) => feed)
    const watermarkMs = this.#watermarks.watermarkMs(clock.nowMs(), progress)
    if (watermarkMs <= this.#toldWatermarkMs || this.#options.isBeside === true) return
    // Behind everything that was read so far: the turn keeps the order.
    await this.#writeWatermark(watermarkMs)
  }

  /** Nothing follows: a watermark that completes every day that has lines, for stage N too. */
  async #tellEnd(): Promise<void> {
    // A line of a wrong clock must not make all that follow late.
    const latestMs = Math.min(this.#latestMs, this.#options.clock.nowMs())
    if (latestMs === Number.NEGATIVE_INFINITY) return
    await this.#writeWatermark((dayOf(latestMs) + 2 + 2) * DAY_MS)
  }

  get #latestMs(): number {
    return Math.max(this.#savedLatestMs, this.#watermarks.latestMs)
  }

  async #writeWatermark(watermarkMs: number): Promise<void> {
    const { topics, partitions, ingestId } = this.#options
    this.#toldWatermarkMs = watermarkMs
    const value = encoded({ watermark: { ingest: ingestId, watermarkMs } })
    const key = `watermark/${ingestId}`
    await this.#write(
      Array.from({ length: partitions }, (_, partition) => ({
        ...{ topic: topics.authByUser, partition, key, value },
      })),
    )
  }

  async #savePositions(): Promise<void> {
    if (!this.#areNewPositions) return
    this.#areNewPositions = false
    const { disk, positionsPath, ingestId, feeds } = this.#options
    const latestMs = Number.isFinite(this.#latestMs) ? this.#latestMs : null
    const saved: SavedPositions = { ingestId, positions: { ...this.#positions }, latestMs }
    await disk.writeAtomically(positionsPath, [Buffer.from(JSON.stringify(saved))])
    for (const { feed } of feeds) {
      const position = saved.positions[feed.name]
      if (position !== undefined) await feed.release(position)
    }
  }

  async #every(ms: number, action: () => Promise<void>): Promise<void> {
    const { clock } = this.#options
    while (!this.#stop.signal.aborted && this.#open > 0) {
      await clock.sleep(ms, this.#stop.signal)
      await action()
    }
  }
}

function canBeTriedAgain({ problem }: BrokerError): boolean {
  return problem === 'unavailable' || problem === 'uncertain' || problem === 'closed'
}
