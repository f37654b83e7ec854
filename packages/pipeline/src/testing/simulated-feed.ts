import type { Attempt } from '@sekisho/event'
import type { Clock } from '../clock.ts'
import type { ReadFeed } from '../ingest-service.ts'
import type { ReadLine } from '../reading/attempt-reader.ts'
import type { FeedBatch, LineFeed } from '../reading/line-feed.ts'

const LINES_MAX = 7
/** Time between two batches, so that stages work while lines still come. */
const BATCH_MS = 40

/** Attempts that arrive one after the other, as lines that name them by their number. */
export function simulatedFeed(
  arrivals: readonly Attempt[],
  position: unknown,
  clock: Clock,
): ReadFeed {
  return {
    feed: new ArrivalsFeed(arrivals.length, Number(position ?? 0), clock),
    reader: {
      read({ number }): ReadLine {
        const attempt = arrivals[number] as Attempt
        const { gateway, timestampMs } = attempt.event
        return { attempt, rejected: null, gateway, timestampMs }
      },
    },
  }
}

class ArrivalsFeed implements LineFeed {
  readonly name = 'arrivals'
  readonly isInOrder = true
  readonly #count: number
  readonly #clock: Clock
  #next: number

  constructor(count: number, next: number, clock: Clock) {
    this.#count = count
    this.#next = next
    this.#clock = clock
  }

  get isCaughtUp(): boolean {
    return this.#next === this.#count
  }

  get lag(): number {
    return this.#count - this.#next
  }

  async next(signal: AbortSignal): Promise<FeedBatch | null> {
    await this.#clock.sleep(BATCH_MS, signal)
    if (signal.aborted || this.isCaughtUp) return null
    const from = this.#next
    this.#next = Math.min(this.#count, from + LINES_MAX)
    const lines = Array.from({ length: this.#next - from }, (_, i) => ({
      bytes: Buffer.alloc(0),
      tooLongBytes: null,
      path: 'arrivals',
      number: from + i,
    }))
    return { lines, position: this.#next }
  }

  async release(): Promise<void> {}

  async close(): Promise<void> {}
}
