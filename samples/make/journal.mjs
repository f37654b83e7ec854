import { END_MS, START_MS } from './clock.mjs'

/** What the three gateways wrote, in any order of writing; read back in the order of time. */
export class Journal {
  #entries = []

  /** Adds a line; one outside the fourteen days is left out, as a cut from a longer archive would. */
  add(gatewayKey, timeMs, line) {
    if (timeMs < START_MS || timeMs >= END_MS) return
    this.#entries.push({ gatewayKey, timeMs, line, sequence: this.#entries.length })
  }

  /** A relay that restarts sends the lines of a span once more, `delayMs` later. */
  repeat(gatewayKey, fromMs, untilMs, delayMs) {
    const again = this.linesOf(gatewayKey, fromMs, untilMs)
    for (const { timeMs, line } of again) this.add(gatewayKey, timeMs + delayMs, line)
  }

  linesOf(gatewayKey, fromMs, untilMs) {
    return this.#entries
      .filter((e) => e.gatewayKey === gatewayKey && e.timeMs >= fromMs && e.timeMs < untilMs)
      .sort((a, b) => a.timeMs - b.timeMs || a.sequence - b.sequence)
  }
}
