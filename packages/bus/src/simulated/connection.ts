import { BrokerError } from '../broker.ts'
import type { Availability } from './availability.ts'
import type { SimulatedProcess } from './process.ts'
import type { SimulatedWorld } from './world.ts'

/** The longest time after which a caller gives up, ms. */
const PATIENCE_MS = 30_000

/** A call was given up: whether it was or will be carried out is not known. */
export class CallLost extends Error {
  override readonly name = 'CallLost'
}

type Fate = 'served' | 'refused' | 'lost' | 'answer-lost' | 'late'

/**
 * Calls of one process to the broker. Each is two messages that take their time; what the broker does lies between them. Of a
 * process that has crashed a call on its way still arrives, or never does, and no answer comes.
 */
export class Connection {
  readonly process: SimulatedProcess
  readonly #world: SimulatedWorld
  readonly #availability: Availability

  constructor(world: SimulatedWorld, availability: Availability, process: SimulatedProcess) {
    this.#world = world
    this.#availability = availability
    this.process = process
  }

  /**
   * @param serve what the broker does, in one step; a BrokerError that it throws is the answer
   * @throws BrokerError `unavailable` when it was not served; CallLost when that is not known
   */
  call<T>(label: string, serve: () => T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    if (this.process.state === 'crashed') return promise
    const fate = this.#fate()
    const name = `${this.process.id} ${label}`
    const refuse = (): void => reject(unavailable())
    const giveUp = (): void => reject(new CallLost(`no answer to: ${label}`))
    const arrive = (): void => {
      if (!this.#isConnected) {
        this.#unreachable(name, arrive, refuse, giveUp)
        return
      }
      const outcome = outcomeOf(serve, resolve, reject)
      if (fate === 'answer-lost') this.#later(`${name}: answer lost`, giveUp)
      else if (fate === 'served') this.#answer(name, outcome, giveUp)
    }
    const { scheduler } = this.#world
    if (fate === 'refused') this.process.plan(scheduler.latencyMs(), `${name}: refused`, refuse)
    else if (fate === 'lost') this.#later(`${name}: lost`, giveUp)
    else if (fate === 'late') this.#late(name, arrive, giveUp)
    else scheduler.plan(scheduler.latencyMs(), name, arrive, this.process.sentSteps)
    return promise
  }

  /** A call that may be made any number of times: who does not know whether it was served is told that it was not. */
  async callAgainAndAgain<T>(label: string, serve: () => T): Promise<T> {
    try {
      return await this.call(label, serve)
    } catch (error) {
      throw error instanceof CallLost ? unavailable() : error
    }
  }

  get #isConnected(): boolean {
    return !this.#availability.isDown && !this.process.isDisconnected
  }

  #fate(): Fate {
    const { refusedCall = 0, lostCall = 0, lostAnswer = 0, lateCall = 0 } = this.#world.faults
    const draw = this.#world.random.fraction()
    if (draw < refusedCall) return 'refused'
    if (draw < refusedCall + lostCall) return 'lost'
    if (draw < refusedCall + lostCall + lostAnswer) return 'answer-lost'
    return draw < refusedCall + lostCall + lostAnswer + lateCall ? 'late' : 'served'
  }

  /** The client library tries again until the broker is back, or it says no, or it gives up. */
  #unreachable(name: string, arrive: () => void, refuse: () => void, giveUp: () => void): void {
    const { scheduler, random } = this.#world
    const draw = random.integer(3)
    if (draw === 0) this.process.plan(scheduler.latencyMs(), `${name}: no connection`, refuse)
    else if (draw === 1 || this.process.isDisconnected) this.#later(`${name}: unanswered`, giveUp)
    else {
      this.#availability.whenUp(() => {
        scheduler.plan(scheduler.latencyMs(), `${name} (again)`, arrive, this.process.sentSteps)
      })
    }
  }

  /** It arrives before or after the caller gives up; either way there is no answer to it. */
  #late(name: string, arrive: () => void, giveUp: () => void): void {
    const { scheduler, random } = this.#world
    const patienceMs = random.between(0, PATIENCE_MS)
    this.process.plan(patienceMs, `${name}: given up`, giveUp)
    const arrivesMs = random.between(0, patienceMs + PATIENCE_MS)
    scheduler.plan(arrivesMs, `${name} (late)`, arrive, this.process.sentSteps)
  }

  #answer(name: string, outcome: () => void, giveUp: () => void): void {
    const { outages } = this.#availability
    this.process.plan(this.#world.scheduler.latencyMs(), `${name}: answer`, () => {
      const isSameConnection = this.#isConnected && outages === this.#availability.outages
      if (!isSameConnection) this.#later(`${name}: answer lost`, giveUp)
      else outcome()
    })
  }

  #later(label: string, giveUp: () => void): void {
    this.process.plan(this.#world.random.between(0, PATIENCE_MS), label, giveUp)
  }
}

export function unavailable(): BrokerError {
  return new BrokerError('unavailable', 'the broker cannot be reached')
}

function outcomeOf<T>(
  serve: () => T,
  resolve: (value: T) => void,
  reject: (error: BrokerError) => void,
): () => void {
  try {
    const value = serve()
    return () => resolve(value)
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error
    return () => reject(error)
  }
}
