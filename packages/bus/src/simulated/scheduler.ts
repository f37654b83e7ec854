import { SeededRandom } from './random.ts'
import { type Step, type StepGate, StepQueue } from './step-queue.ts'
import { Trace } from './trace.ts'

/** Steps that are remembered for the report of a failure. */
const TRACE_LENGTH = 200

/** Virtual time, the only source of chance, and everything that is going to happen. */
export class Scheduler {
  readonly random: SeededRandom
  readonly trace = new Trace(TRACE_LENGTH)
  readonly #queue = new StepQueue()
  #nowMs = 0
  #orders = 0

  constructor(seed: number) {
    this.random = new SeededRandom(seed)
  }

  /** Virtual ms since the world began, with fractions. */
  get nowMs(): number {
    return this.#nowMs
  }

  /** When the next step is due; null when nothing is going to happen. */
  get nextMs(): number | null {
    return this.#queue.first?.dueMs ?? null
  }

  /** Plans a step. The gate is asked when it is due. */
  plan(delayMs: number, label: string, run: () => void, gate: StepGate | null = null): Step {
    const dueMs = this.#nowMs + (delayMs > 0 ? delayMs : 0)
    const step = { dueMs, order: this.#orders++, label, gate, run, isCancelled: false }
    this.#queue.add(step)
    return step
  }

  /** Lets the next step happen, unless its gate has something against it. False when there is none. */
  step(): boolean {
    const step = this.#queue.take()
    if (step === null) return false
    this.#nowMs = step.dueMs
    if (step.gate !== null && !step.gate.admits(step)) return true
    this.trace.note(this.#nowMs, step.label)
    step.run()
    return true
  }

  /** Lets time pass in which nothing happens. */
  passTo(nowMs: number): void {
    this.#nowMs = Math.max(this.#nowMs, nowMs)
  }

  /** How long a message is on its way, ms: mostly short, at times long, so that any order of messages occurs. */
  latencyMs(): number {
    const draw = this.random.fraction()
    if (draw < 0.9) return this.random.between(0.1, 3)
    if (draw < 0.99) return this.random.between(3, 60)
    return this.random.between(60, 1500)
  }
}
