import { afterEach, beforeEach, describe } from '@jest/globals'
import type { Broker } from '../broker.ts'
import { groupsContract } from '../testing/contract/groups.ts'
import { readersContract, tailContract } from '../testing/contract/readers.ts'
import { topicsContract, writersContract } from '../testing/contract/topics-and-writers.ts'
import { type OpenTransaction, transactionsContract } from '../testing/contract/transactions.ts'
import { SimulatedBroker } from './simulated-broker.ts'
import { SimulatedWorld } from './world.ts'

/** The tests that the real broker passes. They wait in real time, so a world goes on for as long as one of them does. */
class RunningWorld {
  readonly #world: SimulatedWorld
  readonly #simulated: SimulatedBroker
  readonly #running: Promise<void>
  #isOver = false
  #names = 0

  constructor(seed: number) {
    this.#world = new SimulatedWorld(seed, { startMs: Date.now() })
    this.#simulated = new SimulatedBroker(this.#world)
    this.#running = this.#run()
  }

  broker(): Broker {
    return this.#simulated.of(this.#world.process('test'))
  }

  name(of: string): string {
    return `${of}-${++this.#names}`
  }

  async openTransaction(id: string): Promise<OpenTransaction> {
    const session = this.#simulated.sessionOf(this.#world.process('test'), id)
    await session.begin()
    return {
      write: async (records) => {
        for (const append of await session.appends(records)) await session.append(append)
      },
      commit: () => session.end(true),
      abort: () => session.end(false),
    }
  }

  async end(): Promise<void> {
    this.#isOver = true
    await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#isOver) {
      await this.#world.run({ steps: 1000, until: () => this.#isOver })
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

let running: RunningWorld | null = null
let seed = 0
const world = (): RunningWorld => {
  if (running === null) throw new Error('no test is running')
  return running
}

beforeEach(() => {
  running = new RunningWorld(++seed)
})
afterEach(async () => {
  await running?.end()
  running = null
})

const under = {
  broker: () => world().broker(),
  name: (of: string) => world().name(of),
  openTransaction: (id: string) => world().openTransaction(id),
}

describe('topics', () => topicsContract(under))
describe('writers', () => writersContract(under))
describe('transactions', () => transactionsContract(under))
describe('readers', () => readersContract(under))
describe('tails', () => tailContract(under))
describe('groups', () => groupsContract(under))
