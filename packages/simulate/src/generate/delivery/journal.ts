import type { SimulatedLine } from '../../simulation.ts'
import { DAY_MS } from '../clock.ts'
import type { Gateway } from '../organisation/gateway.ts'

/** Whose line it is. */
export interface Origin {
  readonly episode: string | null
  readonly process: string | null
}

/** What becomes of a line on its way: the lines that arrive for it, none or several. */
export type Delivery = (line: SimulatedLine, timeMs: number) => readonly SimulatedLine[]

/**
 * Lines by the UTC day on which they arrive, given out in the order of arrival when a day is over: memory holds
 * the days that are still open, not the run.
 */
export class Journal {
  readonly #deliver: Delivery
  readonly #days = new Map<number, SimulatedLine[]>()
  #openFromMs = Number.NEGATIVE_INFINITY

  constructor(deliver: Delivery) {
    this.#deliver = deliver
  }

  /** A line that a gateway wrote at an instant. */
  add(gateway: Gateway, timeMs: number, text: string, { episode, process }: Origin): void {
    const line = { text, gateway: gateway.name, deliveredMs: timeMs, episode, process }
    for (const arrived of this.#deliver(line, timeMs)) this.#keep(arrived)
  }

  #keep(line: SimulatedLine): void {
    // What would belong to a day that was given out already comes as the first of the next.
    const isLate = line.deliveredMs < this.#openFromMs
    const kept = isLate ? { ...line, deliveredMs: this.#openFromMs } : line
    const day = Math.floor(kept.deliveredMs / DAY_MS)
    const list = this.#days.get(day)
    if (list === undefined) this.#days.set(day, [kept])
    else list.push(kept)
  }

  /** Gives out everything that arrived before midnight UTC after a day (`Number.POSITIVE_INFINITY` for all). */
  *takeThrough(lastDay: number): Iterable<SimulatedLine> {
    const days = [...this.#days.keys()].filter((day) => day <= lastDay).sort((a, b) => a - b)
    for (const day of days) {
      const lines = this.#days.get(day) as SimulatedLine[]
      this.#days.delete(day)
      // Sorting is stable: of lines of one instant the first written comes first.
      yield* lines.sort((a, b) => a.deliveredMs - b.deliveredMs)
    }
    if (Number.isFinite(lastDay)) this.#openFromMs = (lastDay + 1) * DAY_MS
  }
}
