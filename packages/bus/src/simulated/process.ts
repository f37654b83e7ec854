import type { Scheduler } from './scheduler.ts'
import type { Step, StepGate } from './step-queue.ts'

export type ProcessState = 'running' | 'paused' | 'crashed'

/** Time as a process sees it. */
export interface SimulatedClock {
  /** Epoch ms, virtual. */
  nowMs(): number
  /** Resolves after so long in virtual time, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/**
 * One life of a process. What the ports have promised to its code is kept only while it runs: nothing happens to it while it
 * is paused (SIGSTOP), and nothing ever again after a crash (SIGKILL, or a power cut).
 */
export class SimulatedProcess {
  readonly name: string
  /** The name and which life of it this is, such as `score-1#2`. */
  readonly id: string
  readonly clock: SimulatedClock
  /** Gate of everything that reaches the code of this process. */
  readonly ownSteps: StepGate
  /** Gate of what this process has sent and what may arrive after its death: at random, it still does or never left. */
  readonly sentSteps: StepGate
  readonly #scheduler: Scheduler
  readonly #held: Step[] = []
  readonly #listeners: (() => void)[] = []
  #state: ProcessState = 'running'
  #isDisconnected = false
  #silentSinceMs: number | null = null

  /** @param startMs epoch ms at which the world began */
  constructor(scheduler: Scheduler, name: string, life: number, startMs: number) {
    this.name = name
    this.id = `${name}#${life}`
    this.#scheduler = scheduler
    this.ownSteps = { admits: (step) => this.#admits(step) }
    this.sentSteps = { admits: () => this.#state !== 'crashed' || scheduler.random.chance(0.5) }
    this.clock = {
      nowMs: () => Math.floor(startMs + scheduler.nowMs),
      sleep: (ms, signal) => this.#sleep(ms, signal),
    }
  }

  get state(): ProcessState {
    return this.#state
  }

  /** It has no connection to any other machine. */
  get isDisconnected(): boolean {
    return this.#isDisconnected
  }

  /** Since when nobody hears of it, virtual ms; null when it runs and is connected. */
  get silentSinceMs(): number | null {
    return this.#silentSinceMs
  }

  /** Nothing that its code waits for ever comes; what it calls from now on is ignored. */
  crash(): void {
    if (this.#state === 'crashed') return
    this.#state = 'crashed'
    this.#held.length = 0
    this.#changed('crashes')
  }

  pause(): void {
    if (this.#state !== 'running') return
    this.#state = 'paused'
    this.#changed('pauses')
  }

  /** Goes on; what was due meanwhile comes soon, in any order. */
  resume(): void {
    if (this.#state !== 'paused') return
    this.#state = 'running'
    for (const step of this.#held.splice(0)) {
      this.plan(this.#scheduler.latencyMs(), step.label, () => {
        if (!step.isCancelled) step.run()
      })
    }
    this.#changed('resumes')
  }

  /** Cuts it off from the network; it runs on. */
  disconnect(): void {
    if (this.#isDisconnected) return
    this.#isDisconnected = true
    this.#changed('is disconnected')
  }

  reconnect(): void {
    if (!this.#isDisconnected) return
    this.#isDisconnected = false
    this.#changed('is connected')
  }

  /** Calls back after every change of its state or connection. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /** Plans something that reaches its code. */
  plan(delayMs: number, label: string, run: () => void): Step {
    return this.#scheduler.plan(delayMs, label, run, this.ownSteps)
  }

  #admits(step: Step): boolean {
    if (this.#state === 'paused') this.#held.push(step)
    return this.#state === 'running'
  }

  #changed(how: string): void {
    const { trace, nowMs } = this.#scheduler
    trace.note(nowMs, `${this.id} ${how}`)
    const isSilent = this.#state !== 'running' || this.#isDisconnected
    if (!isSilent) this.#silentSinceMs = null
    else this.#silentSinceMs ??= nowMs
    for (const listener of [...this.#listeners]) listener()
  }

  #sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    if (this.#state === 'crashed') return promise
    if (signal?.aborted) return Promise.resolve()
    const step = this.plan(
      Math.max(0, ms) + this.#scheduler.random.fraction(),
      `${this.id} wakes`,
      end,
    )
    signal?.addEventListener('abort', end)
    const isCrashed = (): boolean => this.#state === 'crashed'
    function end(): void {
      if (isCrashed()) return
      step.isCancelled = true
      signal?.removeEventListener('abort', end)
      resolve()
    }
    return promise
  }
}
