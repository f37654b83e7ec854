import type { InputProblem } from '../../sources/source.ts'

const AGAIN_MS = 60_000
/** More than this in a minute is an attack from many addresses, of which some tell enough; the counters have all. */
const TOLD_MAX = 100

/** Tells each problem of an address once a minute. Problems are of few kinds: no sender's bytes are in their text. */
export class ToldPeers {
  readonly #tell: (problem: InputProblem) => void
  readonly #nowMs: () => number
  /** The oldest first. */
  readonly #toldAtMs = new Map<string, number>()

  /** @param nowMs of a clock that never goes back */
  constructor(
    tell: (problem: InputProblem) => void,
    nowMs: () => number = () => performance.now(),
  ) {
    this.#tell = tell
    this.#nowMs = nowMs
  }

  /** @param peer transport and address */
  tell(peer: string, problem: string): void {
    const key = `${peer} ${problem}`
    const nowMs = this.#nowMs()
    for (const [told, toldAtMs] of this.#toldAtMs) {
      if (nowMs - toldAtMs < AGAIN_MS) break
      this.#toldAtMs.delete(told)
    }
    if (this.#toldAtMs.has(key) || this.#toldAtMs.size >= TOLD_MAX) return
    this.#toldAtMs.set(key, nowMs)
    this.#tell({ path: peer, problem })
  }
}
