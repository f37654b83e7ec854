import { DAY_MS, MINUTE_MS } from '@sekisho/detect'

/** How late lines usually are: the watermark stays this far behind the clock (B of C.4). */
export const LATENESS_MS = 10 * MINUTE_MS

/**
 * A line that is further ahead than this does not set the clock by itself: its gateway's clock may be wrong. One that is
 * wrong by less completes no day too early, for a day stays open two days.
 */
const AHEAD_MS = 2 * DAY_MS

/** So many lines in a row that are all far ahead do: there was a pause. */
const AHEAD_LINES = 10

/**
 * What time it would have been when a line was read live: the latest event time so far. Live, lines more than five
 * minutes ahead of the real clock are known to be wrong; in a replay there is no real clock, so a line far ahead sets the
 * clock only when nine more follow it that are far ahead, too.
 */
export class ReplayClock {
  #nowMs: number | null = null
  #ahead: number[] = []

  /** Takes the event time of the next line. @returns the watermark: every earlier line is taken to have come */
  read(timestampMs: number): number {
    const nowMs = this.#nowMs ?? timestampMs
    if (timestampMs <= nowMs + AHEAD_MS) {
      this.#ahead = []
      this.#nowMs = Math.max(nowMs, timestampMs)
    } else {
      this.#ahead.push(timestampMs)
      if (this.#ahead.length === AHEAD_LINES) {
        this.#nowMs = Math.min(...this.#ahead)
        this.#ahead = []
      }
    }
    return (this.#nowMs ?? nowMs) - LATENESS_MS
  }
}
