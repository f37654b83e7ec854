/** Times at which a scheduled search runs: the clock is that of delivery, and it only goes forward. */
export class Schedule {
  readonly #everyMs: number
  readonly #offsetMs: number
  #nextMs = Number.NaN

  /** Runs at each multiple of `everyMs` in epoch time, and `offsetMs` after it. */
  constructor(everyMs: number, offsetMs = 0) {
    this.#everyMs = everyMs
    this.#offsetMs = offsetMs
  }

  /** Runs what is due at a time, the oldest first. Nothing is due before the first call. */
  runUntil(nowMs: number, search: (atMs: number) => void): void {
    if (Number.isNaN(this.#nextMs)) {
      const periods = Math.floor((nowMs - this.#offsetMs) / this.#everyMs) + 1
      this.#nextMs = periods * this.#everyMs + this.#offsetMs
    }
    while (this.#nextMs <= nowMs) {
      search(this.#nextMs)
      this.#nextMs += this.#everyMs
    }
  }

  /** Runs what would still have been due within a time after the last. */
  finish(afterMs: number, search: (atMs: number) => void): void {
    if (!Number.isNaN(this.#nextMs)) this.runUntil(this.#nextMs + afterMs, search)
  }
}
