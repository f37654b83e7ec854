import type {
  Broker,
  BrokerError,
  ConsumedRecord,
  Disk,
  Membership,
  PartitionReader,
} from '@sekisho/bus'
import type { AlertState, Severity } from '@sekisho/event'
import type { Clock } from './clock.ts'
import { InTurn } from './in-turn.ts'
import { OutputJournal, type OutputText } from './outputs/output-journal.ts'
import { OutputTexts } from './outputs/output-texts.ts'
import type { Rotation } from './outputs/rotation.ts'
import { type Channel, type Told, ToldAlerts } from './outputs/told-alerts.ts'
import type { Reach } from './reach.ts'

export interface SinkOptions {
  readonly broker: Broker
  readonly topic: string
  readonly group: string
  readonly disk: Disk
  /** Where the sink keeps how far it has come. */
  readonly folder: string
  readonly paths: Readonly<Record<Channel, readonly string[]>>
  readonly rotation: Rotation | null
  /** True while there is no room for what would be written: then nothing is taken. */
  readonly isHeld: () => boolean
  /** Also told of every document, at least once: standard output. */
  readonly onDocument: (channel: Channel, text: string) => void
  readonly clock: Clock
  readonly reach: Reach
  readonly written: (documents: number) => void
  readonly lag: (partition: number, records: number) => void
  readonly onFatal: (error: Error) => void
}

/** What is noted with outputs: how far each partition has been written. */
interface Note {
  readonly offsets: Readonly<Record<string, number>>
  readonly told: readonly Told[]
}

/** Entries after which a new journal is begun that holds the last note only. */
const ENTRIES_MAX = 2000
const RECORDS_MAX = 1000
const WAIT_MS = 200

/**
 * Alerts out of their topic into files, each exactly once: how far it has come is noted with what it adds, and the group's offsets
 * are advice only. One process writes to one set of files; others of the group have files of their own.
 */
export class SinkService {
  readonly #options: SinkOptions
  readonly #journal: OutputJournal<Note>
  readonly #offsets = new Map<number, number>()
  readonly #told = new ToldAlerts()
  readonly #stop = new AbortController()
  readonly #loops = new Map<number, { readonly stop: AbortController; ended: Promise<void> }>()
  #membership: Membership | null = null
  readonly #texts: OutputTexts
  /** Partitions write in turn. */
  readonly #turn = new InTurn()
  #entries = 0

  constructor(options: SinkOptions) {
    this.#options = options
    this.#texts = new OutputTexts(options.paths, options.onDocument)
    this.#journal = new OutputJournal(options.disk, options.folder, 0, options.rotation)
  }

  /** Returns when the group has been joined. @throws BrokerError */
  async start(): Promise<void> {
    await this.#recover()
    const { broker, group, topic, onFatal } = this.#options
    this.#membership = await broker.join({
      group,
      topics: [topic],
      onAssigned: (partitions, membership) => {
        for (const partition of partitions) this.#own(partition, membership)
      },
      onRevoked: (partitions) => {
        for (const partition of partitions) this.#loops.get(partition)?.stop.abort()
      },
      onLost: (error: BrokerError) => onFatal(error),
    })
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    for (const { stop } of this.#loops.values()) stop.abort()
    await Promise.all([...this.#loops.values()].map(({ ended }) => ended))
    await this.#membership?.leave()
  }

  #own(partition: number, membership: Membership): void {
    const before = this.#loops.get(partition)
    before?.stop.abort()
    const stop = new AbortController()
    const ended = (before?.ended ?? Promise.resolve())
      .then(() => this.#drain(partition, membership, stop.signal))
      .catch((error: Error) => {
        if (!stop.signal.aborted) this.#options.onFatal(error)
      })
    this.#loops.set(partition, { stop, ended })
  }

  async #drain(partition: number, membership: Membership, signal: AbortSignal): Promise<void> {
    const { topic, clock, lag, isHeld } = this.#options
    const reader = membership.reader(topic, partition)
    reader.seek(this.#offsets.get(partition) ?? 0)
    while (!signal.aborted && !this.#stop.signal.aborted) {
      if (isHeld()) {
        await clock.sleep(WAIT_MS, signal)
        continue
      }
      const records = await reader.take(RECORDS_MAX, WAIT_MS)
      lag(partition, reader.lag)
      if (records.length === 0) await clock.sleep(1, signal)
      else await this.#write(partition, records, reader)
    }
  }

  #write(
    partition: number,
    records: readonly ConsumedRecord[],
    reader: PartitionReader,
  ): Promise<void> {
    return this.#turn.do(async () => {
      const { reach, written } = this.#options
      const outputs = this.#outputsOf(records)
      const next = (records.at(-1) as ConsumedRecord).offset + 1
      this.#offsets.set(partition, next)
      const note = { offsets: { [partition]: next }, told: this.#told.takeChanges() }
      reach('before-write')
      await this.#journal.commit(note, outputs)
      reach('after-write')
      written(records.length)
      if (++this.#entries >= ENTRIES_MAX) await this.#beginJournal()
      await reader.commit(next)
    })
  }

  #outputsOf(records: readonly ConsumedRecord[]): OutputText[] {
    const { clock } = this.#options
    for (const { value } of records) {
      if (value === null) continue
      const text = `${value.toString('utf8')}\n`
      this.#texts.addDocument(this.#toldOf(text, clock.nowMs()).channels, text)
    }
    return this.#texts.take()
  }

  #toldOf(text: string, nowMs: number): Told {
    const { sekisho } = JSON.parse(text) as {
      readonly sekisho: {
        readonly alert: { readonly id: string }
        readonly severity: Severity
        readonly state: AlertState
      }
    }
    return this.#told.tell(sekisho.alert.id, sekisho.severity, sekisho.state, nowMs)
  }

  async #recover(): Promise<void> {
    const numbers = await this.#journal.recover(0, ({ offsets, told }) => {
      for (const [partition, offset] of Object.entries(offsets)) {
        this.#offsets.set(Number(partition), offset)
      }
      this.#told.restore(told)
    })
    await this.#journal.begin((numbers.at(-1) ?? 0) + 1)
    await this.#noteAll()
  }

  /** A new journal begins with everything that the older ones say, which then are not needed. */
  async #beginJournal(): Promise<void> {
    await this.#journal.begin(this.#journal.number + 1)
    await this.#noteAll()
  }

  async #noteAll(): Promise<void> {
    this.#told.takeChanges()
    await this.#journal.commit(
      { offsets: Object.fromEntries(this.#offsets), told: this.#told.entries() },
      [],
    )
    await this.#journal.removeBefore(this.#journal.number)
    this.#entries = 0
  }
}
