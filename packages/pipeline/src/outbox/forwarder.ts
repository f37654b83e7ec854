import { join } from 'node:path'
import { DeliveryStopped, type Destination, documentOf } from '@sekisho/alert-sink'
import type { Disk } from '@sekisho/bus'
import type { Clock } from '../clock.ts'
import type { Outbox, OutboxPosition } from './outbox.ts'

export interface ForwarderOptions {
  readonly disk: Disk
  /** Where it keeps how far each destination has come. */
  readonly folder: string
  readonly outbox: Outbox
  readonly destinations: readonly Destination[]
  readonly clock: Clock
}

const DOCUMENTS_MAX = 500
const BYTES_MAX = 4 * 1024 * 1024
const POLL_MS = 200

/**
 * Brings documents from the outbox to each destination, in order and at least once: how far it has come is kept after a batch has
 * arrived. A destination that is away holds up nobody else, and at most one batch of it is in memory.
 */
export class Forwarder {
  readonly #options: ForwarderOptions
  readonly #positions = new Map<string, OutboxPosition>()
  readonly #stop = new AbortController()

  constructor(options: ForwarderOptions) {
    this.#options = options
  }

  /** Runs until `stop`. @throws what a destination throws that is broken rather than away */
  async run(): Promise<void> {
    const { destinations } = this.#options
    try {
      for (const { name } of destinations) this.#positions.set(name, await this.#begin(name))
      await Promise.all([...destinations.map((each) => this.#forward(each)), this.#tidy()])
    } finally {
      this.#stop.abort()
      await Promise.allSettled(destinations.map((each) => each.close()))
    }
  }

  /** Ends after the batches on their way, or at once where a destination is away. */
  stop(): void {
    this.#stop.abort()
  }

  /** Everything that is in the outbox has arrived everywhere. */
  async isDone(): Promise<boolean> {
    const positions = [...this.#positions.values()]
    const rest = await Promise.all(
      positions.map((position) => this.#options.outbox.read(position, 1, 1)),
    )
    return positions.length > 0 && rest.every((batch) => batch === null)
  }

  async #begin(name: string): Promise<OutboxPosition> {
    const { disk, outbox } = this.#options
    const saved = await disk.read(this.#pathOf(name))
    return saved === null
      ? await outbox.beginning()
      : (JSON.parse(saved.toString('utf8')) as OutboxPosition)
  }

  async #forward(destination: Destination): Promise<void> {
    const { disk, outbox, clock } = this.#options
    const { signal } = this.#stop
    try {
      while (!signal.aborted) {
        const position = this.#positions.get(destination.name) as OutboxPosition
        const batch = await outbox.read(position, DOCUMENTS_MAX, BYTES_MAX)
        if (batch === null) {
          await clock.sleep(POLL_MS, signal)
          continue
        }
        await destination.deliver(batch.texts.map(documentOf), signal)
        const kept = [Buffer.from(JSON.stringify(batch.next))]
        await disk.writeAtomically(this.#pathOf(destination.name), kept)
        this.#positions.set(destination.name, batch.next)
      }
    } catch (error) {
      this.#stop.abort()
      if (!(error instanceof DeliveryStopped)) throw error
    }
  }

  async #tidy(): Promise<void> {
    const { outbox, clock } = this.#options
    while (!this.#stop.signal.aborted) {
      await outbox.look()
      await outbox.forget([...this.#positions.values()])
      await clock.sleep(POLL_MS, this.#stop.signal)
    }
  }

  #pathOf(name: string): string {
    return join(this.#options.folder, `${name}.position`)
  }
}
