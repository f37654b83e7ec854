import { writeFileSync } from 'node:fs'
import { type AlertDocument, type DeliveryListener, DeliveryStopped } from '@sekisho/alert-sink'
import { SYSTEM_CLOCK } from '@sekisho/pipeline'
import type { Io } from '../io.ts'
import { Progress, type ProgressMode } from '../terminal/progress.ts'
import { shownText } from '../terminal/shown-text.ts'
import { countOf } from '../words.ts'
import { deliverFile } from './deliver-file.ts'
import { refusedText } from './delivery.ts'
import { destinationsOf } from './destinations.ts'
import type { ElasticsearchTarget } from './elasticsearch-options.ts'

/**
 * Delivers a file of alert documents to a cluster and says how it went. While the cluster is away it is tried again, for as long as
 * the user wants to wait.
 * @param path of the documents, which stays whatever happens
 * @returns false when not everything has arrived
 * @throws UsageError when a secret or certificate cannot be read; the signal's reason
 */
export async function deliverAlerts(
  path: string,
  target: ElasticsearchTarget,
  progressMode: ProgressMode,
  io: Io,
): Promise<boolean> {
  const told = new ToldDelivery(path, target, progressMode, io)
  const tools = { clock: SYSTEM_CLOCK, random: Math.random, listener: told }
  const [destination] = await destinationsOf([target.output], '', tools)
  if (destination === undefined) return false
  try {
    await deliverFile(path, destination, told.signal, (documents) => told.arrived(documents))
    return await told.end()
  } catch (error) {
    if (!(error instanceof DeliveryStopped)) throw error
    io.signal.throwIfAborted()
    return await told.giveUp()
  } finally {
    told.close()
    await destination.close()
  }
}

/** What a person sees of a delivery, and how long it may stand still. */
class ToldDelivery implements DeliveryListener {
  readonly #path: string
  readonly #target: ElasticsearchTarget
  readonly #io: Io
  readonly #progress: Progress
  readonly #late = new AbortController()
  readonly #refusals: string[] = []
  readonly #reasons = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #arrived = 0

  constructor(path: string, target: ElasticsearchTarget, mode: ProgressMode, io: Io) {
    this.#path = path
    this.#target = target
    this.#io = io
    this.#progress = new Progress(io.stderr, mode, io.nowMs, null)
    this.#wait()
  }

  /** Aborted when the user has had enough, or nothing has arrived for too long. */
  get signal(): AbortSignal {
    return AbortSignal.any([this.#io.signal, this.#late.signal])
  }

  arrived(documents: number): void {
    this.#arrived = documents
    this.#progress.step(`Delivered ${countOf(documents, 'alert')} to ${this.#target.output.name}`)
    this.#wait()
  }

  async refused(_name: string, document: AlertDocument, reason: string): Promise<void> {
    this.#refusals.push(refusedText(this.#target.output.name, document, reason))
    if (this.#refusals.length === 1) await this.#tell(`refuses an alert: ${reason}`)
  }

  delivered(): void {}

  retried(name: string, reason: string): void {
    if (this.#reasons.has(reason)) return
    this.#reasons.add(reason)
    const waitS = this.#target.waitMs / 1000
    void this.#tell(`takes nothing now (${reason}); it is tried again for ${waitS} s`, name)
  }

  /** Everything arrived, but for what was refused, which is kept beside the alerts. */
  async end(): Promise<boolean> {
    this.#progress.clear()
    const taken = this.#arrived - this.#refusals.length
    const { name } = this.#target.output
    await this.#io.stderr.write(`${countOf(taken, 'alert')} delivered to ${name}\n`)
    if (this.#refusals.length === 0) return true
    const path = `${this.#path}.refused`
    writeFileSync(path, `${this.#refusals.join('\n')}\n`)
    await this.#tell(`has refused ${countOf(this.#refusals.length, 'alert')}, kept in ${path}`)
    return false
  }

  async giveUp(): Promise<false> {
    this.#progress.clear()
    await this.#tell(
      `has taken ${countOf(this.#arrived, 'alert')} and then nothing for ${this.#target.waitMs / 1000} s. All of them are in ${this.#path}; run the same command again when it is back: nothing will be there twice`,
    )
    return false
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  #wait(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#late.abort(), this.#target.waitMs)
  }

  async #tell(words: string, name = this.#target.output.name): Promise<void> {
    this.#progress.clear()
    await this.#io.stderr.write(`Warning: ${shownText(`${name} ${words}`)}\n`)
  }
}
