import { nextTick } from 'node:process'
import { type FaultName, type Faults, faultOf, type Strike } from './faults.ts'
import { SimulatedProcess } from './process.ts'
import type { SeededRandom } from './random.ts'
import { Scheduler } from './scheduler.ts'

export interface WorldOptions {
  /** Epoch ms at which the world begins. */
  readonly startMs?: number
}

export interface RunOptions {
  /** Most steps. */
  readonly steps?: number
  /** Most virtual time, ms. */
  readonly forMs?: number
  readonly faults?: Faults
  /** Asked before every step; the run ends when it holds. */
  readonly until?: () => boolean
}

/** Why a run ended; `idle` when nothing is going to happen any more. */
export type RunEnd = 'until' | 'steps' | 'time' | 'idle'

const START_MS = Date.UTC(2026, 0, 1)
const STEPS_MAX = 1_000_000
/** After so many steps the event loop has its turn, for the time limits of a test runner. */
const STEPS_PER_TURN = 4096
/** Silence of a process ends after a short time, or after one in which it may have been given up. */
const SHORT_MS = 2_000
const LONG_MS = 40_000

/** A run that went wrong; the message names the seed and tells the last steps. */
export class SimulationError extends Error {
  override readonly name = 'SimulationError'
}

/**
 * Processes, and everything between them, in one thread with virtual time: whatever happens is decided by the seed. Code under
 * simulation may wait for nothing but the simulated ports and other promises: neither for timers nor for input and output.
 */
export class SimulatedWorld {
  readonly seed: number
  readonly scheduler: Scheduler
  readonly #startMs: number
  readonly #processes = new Map<string, SimulatedProcess>()
  readonly #lives = new Map<string, number>()
  readonly #spared = new Set<string>()
  readonly #strikes = new Map<FaultName, Strike[]>()
  readonly #crashListeners: ((process: SimulatedProcess) => void)[] = []
  readonly #healListeners: (() => void)[] = []
  #faults: Faults = {}
  #failure: { readonly error: unknown } | null = null

  constructor(seed: number, { startMs = START_MS }: WorldOptions = {}) {
    this.seed = seed
    this.#startMs = startMs
    this.scheduler = new Scheduler(seed)
    this.onFault('crash', () => this.#withVictim((victim) => this.#crash(victim)))
    this.onFault('pause', () =>
      this.#withVictim((victim) => {
        victim.pause()
        this.#later(`the pause of ${victim.id} ends`, () => victim.resume())
      }),
    )
    this.onFault('disconnection', () =>
      this.#withVictim((victim) => {
        victim.disconnect()
        this.#later(`the disconnection of ${victim.id} ends`, () => victim.reconnect())
      }),
    )
  }

  get random(): SeededRandom {
    return this.scheduler.random
  }

  /** Epoch ms, virtual. */
  get nowMs(): number {
    return Math.floor(this.#startMs + this.scheduler.nowMs)
  }

  /** The faults of the run that is under way. */
  get faults(): Faults {
    return this.#faults
  }

  /** The same for two runs in which the same happened. */
  get traceHash(): string {
    return this.scheduler.trace.hash
  }

  /** Processes that have not crashed. */
  get processes(): readonly SimulatedProcess[] {
    return [...this.#processes.values()].filter(({ state }) => state !== 'crashed')
  }

  /**
   * The process of that name: the one that lives, or the next life of it. Files belong to the name.
   * @param isSpared no fault strikes it; its calls fail as those of others do
   */
  process(name: string, { isSpared = false } = {}): SimulatedProcess {
    const known = this.#processes.get(name)
    if (known !== undefined && known.state !== 'crashed') return known
    const life = (this.#lives.get(name) ?? 0) + 1
    this.#lives.set(name, life)
    const process = new SimulatedProcess(this.scheduler, name, life, this.#startMs)
    this.#processes.set(name, process)
    if (isSpared) this.#spared.add(name)
    else this.#spared.delete(name)
    return process
  }

  /** Runs code as that process. An error of it while the process has not crashed fails the run. */
  start(process: SimulatedProcess, main: () => Promise<void>): void {
    const fail = (error: unknown): void => {
      if (process.state !== 'crashed') this.fail(error)
    }
    process.plan(0, `${process.id} starts`, () => void main().catch(fail))
  }

  /** Ends the run with this error, at the end of the step. The first one counts. */
  fail(error: unknown): void {
    this.#failure ??= { error }
  }

  /** Calls back when a fault has crashed a process: the place to start its next life, `after` some time. */
  onCrash(listener: (process: SimulatedProcess) => void): void {
    this.#crashListeners.push(listener)
  }

  /** Does something at a later time, as nobody: crashes do not touch it. */
  after(delayMs: number, label: string, run: () => void): void {
    this.scheduler.plan(delayMs, label, run)
  }

  /** For ports: how a fault is done. Of several ways one is drawn. */
  onFault(name: FaultName, strike: Strike): void {
    this.#strikes.set(name, [...(this.#strikes.get(name) ?? []), strike])
  }

  /** For ports: how what goes on of their faults is ended. */
  onHeal(listener: () => void): void {
    this.#healListeners.push(listener)
  }

  /** Ends pauses, disconnections and outages. What has crashed stays so. */
  heal(): void {
    for (const process of this.processes) {
      process.reconnect()
      process.resume()
    }
    for (const listener of this.#healListeners) listener()
  }

  /** Lets steps happen until one of the limits is reached. @throws SimulationError when code under simulation fails */
  async run({
    steps = STEPS_MAX,
    forMs = Number.POSITIVE_INFINITY,
    faults = {},
    until = () => false,
  }: RunOptions = {}): Promise<RunEnd> {
    const { scheduler } = this
    const endMs = scheduler.nowMs + forMs
    this.#faults = faults
    for (let count = 0; ; count++) {
      await microtasksDrained()
      if (this.#failure !== null) throw this.#reported(this.#failure.error)
      if (until()) return 'until'
      if (count === steps) return 'steps'
      const { nextMs } = scheduler
      if (nextMs === null) return 'idle'
      if (nextMs > endMs) {
        scheduler.passTo(endMs)
        return 'time'
      }
      try {
        this.#strike()
        scheduler.step()
      } catch (error) {
        throw this.#reported(error)
      }
      if (count % STEPS_PER_TURN === STEPS_PER_TURN - 1) await eventLoopTurned()
    }
  }

  /** Runs until the promise has settled. @returns what came of it @throws what came of it, or SimulationError when it never comes */
  async complete<T>(promise: Promise<T>, options: Omit<RunOptions, 'until'> = {}): Promise<T> {
    let isSettled = false
    const settle = (): void => {
      isSettled = true
    }
    promise.then(settle, settle)
    const end = await this.run({ ...options, until: () => isSettled })
    if (end !== 'until') throw this.#reported(new Error(`not settled when the run ended: ${end}`))
    return await promise
  }

  /** Seed, virtual time and the last steps: to be printed with a failure. */
  report(): string {
    const { trace } = this.scheduler
    const at = new Date(this.nowMs).toISOString()
    return `seed ${this.seed}, step ${trace.count}, ${at}; the last steps:\n${trace.text()}`
  }

  #reported(error: unknown): SimulationError {
    const message = error instanceof Error ? error.message : String(error)
    return new SimulationError(`${message}\n${this.report()}`, { cause: error })
  }

  #strike(): void {
    const { random } = this
    const fault = faultOf(this.#faults, random.fraction())
    if (fault === null) return
    random.pick(this.#strikes.get(fault) ?? [])?.()
  }

  #withVictim(strike: (victim: SimulatedProcess) => void): void {
    const victim = this.random.pick(this.processes.filter(({ name }) => !this.#spared.has(name)))
    if (victim !== undefined) strike(victim)
  }

  #crash(victim: SimulatedProcess): void {
    victim.crash()
    for (const listener of this.#crashListeners) listener(victim)
  }

  #later(label: string, run: () => void): void {
    const { random, scheduler } = this
    scheduler.plan(random.between(0, random.chance(0.5) ? SHORT_MS : LONG_MS), label, run)
  }
}

/** A tick comes when there is no microtask left, however long their chains were. */
function microtasksDrained(): Promise<void> {
  return new Promise((resolve) => nextTick(resolve))
}

function eventLoopTurned(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
