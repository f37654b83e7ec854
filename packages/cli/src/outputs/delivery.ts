import { join } from 'node:path'
import {
  type AlertDocument,
  type DeliveryListener,
  type Destination,
  jsonText,
} from '@sekisho/alert-sink'
import type { Disk } from '@sekisho/bus'
import { Forwarder, Outbox, SYSTEM_CLOCK } from '@sekisho/pipeline'
import type { OutputConfig } from '../config/service-config.ts'
import type { Logger } from '../service/logger.ts'
import type { Measures } from '../service/measures.ts'
import { destinationsOf, isRemote } from './destinations.ts'

/** Alerts that a server will never take, one on a line, with its reason. */
export const REFUSED_FILE = 'refused-alerts.ndjson'

const LOOK_MS = 100
/** Servers that take alerts get the last ones before a service ends, which has ten seconds in all. */
const DRAIN_MS_MAX = 3000

/** What deliveries need of the service around them. */
export interface DeliveryParts {
  readonly outputs: readonly OutputConfig[]
  /** For the outbox, how far each server has come, and what was refused. */
  readonly folder: string
  readonly disk: Disk
  readonly hostname: string
  readonly log: Logger
  readonly measures: Measures
}

/** Alerts on their way to somebody else's servers, by way of an outbox on disk. */
export class Delivery {
  readonly #outbox: Outbox
  readonly #forwarder: Forwarder

  private constructor(outbox: Outbox, destinations: readonly Destination[], parts: DeliveryParts) {
    const { disk, folder } = parts
    this.#outbox = outbox
    this.#forwarder = new Forwarder({ disk, folder, outbox, destinations, clock: SYSTEM_CLOCK })
  }

  /**
   * Null when alerts are only written here.
   * @throws UsageError when a file of secrets or certificates is missing or broken
   */
  static async open(parts: DeliveryParts): Promise<Delivery | null> {
    const { outputs, folder, disk, hostname } = parts
    if (!outputs.some(isRemote)) return null
    const tools = { clock: SYSTEM_CLOCK, random: Math.random, listener: listenerOf(parts) }
    const destinations = await destinationsOf(outputs, hostname, tools)
    return new Delivery(await Outbox.open(disk, folder), destinations, parts)
  }

  /** The file that alerts are to be added to. */
  get path(): string {
    return this.#outbox.path
  }

  /** Servers are so far behind that nothing should be added. */
  get isFull(): boolean {
    return this.#outbox.isFull
  }

  get bytes(): number {
    return this.#outbox.bytes
  }

  /**
   * Delivers while something works, and then what that has left: all of it, or, once the signal is aborted, what some seconds suffice
   * for. The rest is delivered after the next start.
   * @param work ends when the signal that it gets is aborted
   * @throws what the work throws, and what is no failure of a server
   */
  async during(signal: AbortSignal, work: (enough: AbortSignal) => Promise<void>): Promise<void> {
    const ended = new AbortController()
    const forwarding = this.#forwarder.run().finally(() => ended.abort())
    // It is awaited below; until then a failure ends the work by the signal.
    forwarding.catch(() => {})
    try {
      await work(AbortSignal.any([signal, ended.signal]))
      await this.#finish(signal, ended.signal)
    } finally {
      this.#forwarder.stop()
      await forwarding
    }
  }

  async #finish(signal: AbortSignal, ended: AbortSignal): Promise<void> {
    let stopMs = Number.POSITIVE_INFINITY
    while (!ended.aborted && SYSTEM_CLOCK.nowMs() < stopMs) {
      if (await this.#forwarder.isDone()) return
      if (signal.aborted) stopMs = Math.min(stopMs, SYSTEM_CLOCK.nowMs() + DRAIN_MS_MAX)
      await SYSTEM_CLOCK.sleep(LOOK_MS, ended)
    }
  }
}

/** Work that adds to a delivery, if there is one. @throws what the work throws, and what is no failure of a server */
export async function delivering(
  delivery: Delivery | null,
  signal: AbortSignal,
  work: (enough: AbortSignal) => Promise<void>,
): Promise<void> {
  if (delivery === null) await work(signal)
  else await delivery.during(signal, work)
}

function listenerOf({ folder, disk, log, measures }: DeliveryParts): DeliveryListener {
  const path = join(folder, REFUSED_FILE)
  return {
    async refused(destination, document, reason) {
      await disk.append(path, Buffer.from(`${refusedText(destination, document, reason)}\n`))
      await disk.sync(path)
      measures.deliveryRefused(destination)
      log.error('alert-refused', 'A server refuses an alert, which is kept', {
        ...{ destination, reason, path },
        alert: document.body.sekisho.alert.id,
      })
    },
    delivered: (destination, documents) => measures.delivered(destination, documents),
    retried(destination, reason, waitMs) {
      measures.deliveryRetried(destination)
      log.warn('delivery-waits', 'A server takes nothing now and is tried again', {
        ...{ destination, reason, waitMs },
      })
    },
  }
}

/** A refused alert as it is kept: what, by whom and why. */
export function refusedText(destination: string, { body }: AlertDocument, reason: string): string {
  return jsonText({ destination, reason, document: body })
}
