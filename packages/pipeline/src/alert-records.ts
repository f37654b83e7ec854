import type { OutgoingRecord } from '@sekisho/bus'
import type { Alert } from '@sekisho/event'
import type { Clock } from './clock.ts'
import { liveDocumentOf } from './live-document.ts'

/** When alerts that are not settled were first emitted, epoch ms. */
export type CreatedTimes = readonly (readonly [id: string, createdMs: number])[]

/** Makes records of alerts: the ECS document under the alert's id. Remembers when each was first emitted. */
export class AlertRecords {
  readonly #topic: string
  readonly #partitions: number
  readonly #runId: string
  readonly #clock: Clock
  readonly #created = new Map<string, number>()
  #news: [string, number][] = []

  constructor(topic: string, partitions: number, runId: string, clock: Clock) {
    this.#topic = topic
    this.#partitions = partitions
    this.#runId = runId
    this.#clock = clock
  }

  of(alert: Alert): OutgoingRecord {
    const nowMs = this.#clock.nowMs()
    const createdMs = this.#createdMsOf(alert, nowMs)
    return {
      topic: this.#topic,
      partition: Number.parseInt(alert.id.slice(0, 8), 16) % this.#partitions,
      key: alert.id,
      value: Buffer.from(liveDocumentOf(alert, this.#runId, createdMs, nowMs)),
    }
  }

  /** First emissions since the last call, for a log. */
  takeNews(): CreatedTimes {
    const news = this.#news
    this.#news = []
    return news
  }

  entries(): CreatedTimes {
    return [...this.#created]
  }

  restore(times: CreatedTimes): void {
    for (const [id, createdMs] of times) this.#created.set(id, createdMs)
  }

  #createdMsOf({ id, state }: Alert, nowMs: number): number {
    const known = this.#created.get(id)
    if (state === 'final') this.#created.delete(id)
    else if (known === undefined) {
      this.#created.set(id, nowMs)
      this.#news.push([id, nowMs])
    }
    return known ?? nowMs
  }
}
