import type { Broker } from '@sekisho/bus'
import {
  type Faults,
  SimulatedBroker,
  SimulatedDisk,
  type SimulatedProcess,
  SimulatedWorld,
} from '@sekisho/bus/simulated'
import { DEFAULT_CONFIG } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { arrivalsOf, deliveryArbitrary, runBatch, worldArbitrary } from '@sekisho/scorer/testing'
import fc from 'fast-check'
import { IngestService, type SavedPositions } from '../ingest-service.ts'
import { NOWHERE } from '../reach.ts'
import { ScoreService } from '../score-service.ts'
import { topicSpecsOf, topicsOf } from '../topics.ts'
import { simulatedFeed } from './simulated-feed.ts'
import { expectedOf, problemsOf, type ToldDocument, toldOf } from './told.ts'

/** A program with one fault in it, made by changing what its broker does. */
export interface Sabotage {
  readonly name: string
  /** @param life different for every life of every process */
  readonly broker: (broker: Broker, life: string) => Broker
}

export interface SimulationResult {
  readonly seed: number
  /** Violations of I5 to I8; [] when there is none. */
  readonly problems: readonly string[]
  readonly alerts: number
  readonly steps: number
  readonly crashes: number
  /** The last steps, to be shown with a failure. */
  readonly report: string
}

const PREFIX = 'sim'
const TOPICS = topicsOf(PREFIX)
const PARTITIONS = 2
/** After every line of the worlds, whose times lie in 2026. */
const START_MS = Date.UTC(2027, 5, 1)
const STEPS_WITH_FAULTS = 2500
/** What is not settled so long after the last fault never will be. */
const SETTLED_MS = 30 * 60_000
const PACE = { commitMs: 100, recordsMax: 40, snapshotRecords: 60, idleCommitMs: 2000 }

const FAULTS: Faults = {
  crash: 0.004,
  pause: 0.001,
  disconnection: 0.001,
  outage: 0.0005,
  rebalance: 0.001,
  compaction: 0.004,
  refusedCall: 0.01,
  lostCall: 0.003,
  lostAnswer: 0.003,
  lateCall: 0.003,
}

/** One run: everything in it is decided by the seed. */
export async function simulated(seed: number, sabotage?: Sabotage): Promise<SimulationResult> {
  return await new KafkaSimulation(seed, sabotage).run()
}

/**
 * Ingest and two scorers over a broker, with crashes, zombies, rebalances, lost answers and compaction at every wait. What is on the
 * topic of alerts in the end must be what a batch says.
 */
class KafkaSimulation {
  readonly #world: SimulatedWorld
  readonly #broker: SimulatedBroker
  readonly #disk: SimulatedDisk
  readonly #sabotage: Sabotage | undefined
  readonly #arrivals: readonly Attempt[]
  readonly #expected: ReadonlyMap<string, ToldDocument>
  #isIngested = false
  #crashes = 0
  #lives = 0

  constructor(seed: number, sabotage: Sabotage | undefined) {
    this.#world = new SimulatedWorld(seed, { startMs: START_MS })
    this.#broker = new SimulatedBroker(this.#world)
    this.#disk = new SimulatedDisk(this.#world)
    this.#sabotage = sabotage
    this.#broker.create(...topicSpecsOf(TOPICS, PARTITIONS, 1))
    const [sample] = fc.sample(fc.tuple(worldArbitrary, deliveryArbitrary), { seed, numRuns: 1 })
    const [attempts, delivery] = sample as [Attempt[], Parameters<typeof arrivalsOf>[1]]
    this.#arrivals = arrivalsOf(attempts, delivery)
    this.#expected = expectedOf(runBatch(attempts))
  }

  async run(): Promise<SimulationResult> {
    const world = this.#world
    world.onCrash(({ name }) => {
      this.#crashes++
      const restartMs = world.random.between(0, 5000)
      world.after(restartMs, `${name} is started again`, () => this.#start(name))
    })
    for (const name of ['ingest', 'score-1', 'score-2']) this.#start(name)
    await world.run({ steps: STEPS_WITH_FAULTS, faults: FAULTS })
    world.heal()
    await world.run({ forMs: SETTLED_MS, until: () => this.#isSettled() })
    const problems = problemsOf(this.#told(), this.#expected)
    return {
      seed: world.seed,
      problems,
      alerts: this.#expected.size,
      steps: world.scheduler.trace.count,
      crashes: this.#crashes,
      report: world.report(),
    }
  }

  #start(name: string): void {
    const process = this.#world.process(name)
    const life = `${name}-${++this.#lives}`
    const main = name === 'ingest' ? this.#ingest(process, life) : this.#score(process, life)
    this.#world.start(process, main)
  }

  #brokerOf(process: SimulatedProcess, life: string): Broker {
    const broker = this.#broker.of(process)
    return this.#sabotage?.broker(broker, life) ?? broker
  }

  #ingest(process: SimulatedProcess, life: string): () => Promise<void> {
    return async () => {
      const disk = this.#disk.of(process)
      const bytes = await disk.read('positions.json')
      const saved = bytes === null ? null : (JSON.parse(bytes.toString('utf8')) as SavedPositions)
      const positions = saved?.positions ?? {}
      const { clock } = process
      const service = new IngestService(
        {
          ...{ broker: this.#brokerOf(process, life), disk, clock, topics: TOPICS },
          positionsPath: 'positions.json',
          config: DEFAULT_CONFIG,
          partitions: PARTITIONS,
          ingestId: 'ingest',
          feeds: [simulatedFeed(this.#arrivals, positions.arrivals, clock)],
          endsWithFeeds: true,
          reach: NOWHERE,
          onRetry: () => {},
          lag: () => {},
        },
        saved,
      )
      await service.run()
      this.#isIngested = true
    }
  }

  #score(process: SimulatedProcess, life: string): () => Promise<void> {
    let nonces = 0
    return async () => {
      const service = new ScoreService({
        broker: this.#brokerOf(process, life),
        config: DEFAULT_CONFIG,
        databases: 'test',
        dated: [],
        topics: TOPICS,
        prefix: PREFIX,
        partitions: PARTITIONS,
        stages: ['user', 'network'],
        clock: process.clock,
        runId: life,
        newNonce: () => `${life}/${++nonces}`,
        pace: PACE,
        measuresOf: () => UNMEASURED,
        counted: () => {},
        reach: NOWHERE,
        onFatal: (error) => {
          if (process.state !== 'crashed') this.#world.fail(error)
        },
      })
      await this.#started(service, process)
    }
  }

  /** A supervisor starts again what cannot reach the broker. */
  async #started(service: ScoreService, process: SimulatedProcess): Promise<void> {
    try {
      await service.start()
    } catch {
      await process.clock.sleep(1000)
      process.crash()
      this.#world.after(1, `${process.name} is started again`, () => this.#start(process.name))
    }
  }

  #told(): ToldDocument[] {
    return this.#broker
      .committed(TOPICS.alerts)
      .flatMap(({ value }) => (value === null ? [] : [toldOf(value.toString('utf8'))]))
  }

  #checkedAt = 0

  /** Every alert has come to its end; looked at now and then, for it takes time. */
  #isSettled(): boolean {
    if (!this.#isIngested || this.#world.scheduler.trace.count < this.#checkedAt) return false
    this.#checkedAt = this.#world.scheduler.trace.count + 200
    return problemsOf(this.#told(), this.#expected).length === 0
  }
}

const UNMEASURED = {
  lag: () => {},
  committed: () => {},
  restored: () => {},
  retried: () => {},
  endToEnd: () => {},
}
