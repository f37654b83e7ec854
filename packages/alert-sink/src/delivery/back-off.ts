import { DeliveryStopped, type DeliveryTools } from './destination.ts'

const FIRST_MS = 200
const LONGEST_MS = 30_000

/**
 * Waits between attempts that fail: longer each time, at a random moment of that time, so that many who wait for the same server
 * do not come back at once (exponential back-off with full jitter, https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export class BackOff {
  readonly #tools: DeliveryTools
  readonly #destination: string
  #limitMs = FIRST_MS

  constructor(tools: DeliveryTools, destination: string) {
    this.#tools = tools
    this.#destination = destination
  }

  /**
   * @param reason why the attempt failed, for the log
   * @param atLeastMs what the destination asked for
   * @throws DeliveryStopped
   */
  async wait(reason: string, signal: AbortSignal, atLeastMs = 0): Promise<void> {
    const { clock, random, listener } = this.#tools
    if (signal.aborted) throw new DeliveryStopped()
    const waitMs = Math.round(Math.max(atLeastMs, FIRST_MS / 2 + random() * this.#limitMs))
    this.#limitMs = Math.min(LONGEST_MS, this.#limitMs * 2)
    listener.retried(this.#destination, reason, waitMs)
    await clock.sleep(waitMs, signal)
    if (signal.aborted) throw new DeliveryStopped()
  }

  /** An attempt came through. */
  reset(): void {
    this.#limitMs = FIRST_MS
  }
}
