import { setImmediate } from 'node:timers/promises'
import type { Io } from './io.ts'

/** Work between two turns of the others: short enough that Ctrl-C seems to be heard at once. */
const TURN_INTERVAL_MS = 50

/** Long work in steps gives signals and streams their turn now and then, and hears when it is asked to stop. */
export class Turns {
  readonly #signal: AbortSignal
  readonly #nowMs: () => number
  #lastMs: number

  constructor({ signal, nowMs }: Pick<Io, 'signal' | 'nowMs'>) {
    this.#signal = signal
    this.#nowMs = nowMs
    this.#lastMs = nowMs()
  }

  /** True when the work has gone on for long enough; cheap enough to ask after every step. */
  get isDue(): boolean {
    // A wall clock may be set back.
    return Math.abs(this.#nowMs() - this.#lastMs) >= TURN_INTERVAL_MS
  }

  /** @throws whatever the signal was aborted with */
  async take(): Promise<void> {
    await setImmediate()
    this.#signal.throwIfAborted()
    this.#lastMs = this.#nowMs()
  }
}
