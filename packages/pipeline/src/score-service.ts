import type { Broker, BrokerError, Membership } from '@sekisho/bus'
import type { DetectConfig } from '@sekisho/detect'
import type { Clock } from './clock.ts'
import type { StageMeasures } from './measures.ts'
import { OrganisationFeed } from './organisation-feed.ts'
import { PartitionRunner } from './partition-runner.ts'
import type { Reach } from './reach.ts'
import type { RunnerPace } from './runner-options.ts'
import { SourceStageTask } from './source-stage-task.ts'
import type { StageOptions } from './stage-options.ts'
import type { StageTask } from './stage-task.ts'
import type { Topics } from './topics.ts'
import { UserStageTask } from './user-stage-task.ts'

export type StageName = 'user' | 'network'

export interface ScoreOptions {
  readonly broker: Broker
  readonly config: DetectConfig
  readonly databases: string
  readonly dated: readonly string[]
  readonly topics: Topics
  /** Names groups and transactions; the topics' prefix. */
  readonly prefix: string
  readonly partitions: number
  readonly stages: readonly StageName[]
  readonly clock: Clock
  readonly runId: string
  readonly newNonce: () => string
  readonly pace: RunnerPace
  readonly measuresOf: (stage: StageName) => StageMeasures
  readonly counted: StageOptions['counted']
  readonly reach: Reach
  readonly onFatal: (error: Error) => void
}

/** What distinguishes the stages for the protocol. */
interface StageWiring {
  readonly input: string
  readonly changelog: string
  readonly newTask: (partition: number) => StageTask
}

/** Runs stages over the broker: joins a group for each, and owns what the group assigns. */
export class ScoreService {
  readonly #options: ScoreOptions
  readonly #organisation: OrganisationFeed
  readonly #stages: GroupedStage[] = []

  constructor(options: ScoreOptions) {
    const { broker, topics, config, partitions } = options
    this.#options = options
    this.#organisation = new OrganisationFeed(broker, topics.organisation, config, partitions)
  }

  /** Partitions that are owned, and how many of them are restored and read on. */
  get owned(): { readonly partitions: number; readonly ready: number } {
    const runners = this.#stages.flatMap((stage) => [...stage.runners.values()])
    return { partitions: runners.length, ready: runners.filter(({ isReady }) => isReady).length }
  }

  /** Returns when the groups have been joined. @throws BrokerError */
  async start(): Promise<void> {
    await this.#organisation.start()
    for (const name of this.#options.stages) {
      const onSnapshot = () => this.#forgetProfiles()
      const wiring = this.#wiringOf(name)
      const stage = new GroupedStage(name, wiring, this.#options, this.#organisation, onSnapshot)
      this.#stages.push(stage)
      await stage.join()
    }
  }

  /** Ends every partition after its transaction on the way, and leaves the groups. */
  async stop(): Promise<void> {
    await Promise.all(this.#stages.map((stage) => stage.leave()))
    await this.#organisation.close()
  }

  /** Lets go of what no task will ask for; a partition that is assigned later has it read again. */
  #forgetProfiles(): void {
    const tasks = this.#stages.flatMap((stage) => [...stage.tasks.values()])
    this.#organisation.forgetBefore(Math.min(...tasks.map(({ profilesFrom }) => profilesFrom)))
  }

  #wiringOf(name: StageName): StageWiring {
    const { topics, config, databases, dated, partitions, clock, runId, counted } = this.#options
    const optionsOf = (partition: number): StageOptions => ({
      ...{ config, databases, dated, topics, partitions, partition, clock, runId, counted },
      organisation: this.#organisation.view,
    })
    return name === 'user'
      ? {
          input: topics.authByUser,
          changelog: topics.changelogUser,
          newTask: (partition) => new UserStageTask(optionsOf(partition)),
        }
      : {
          input: topics.attemptsByNetwork,
          changelog: topics.changelogNetwork,
          newTask: (partition) => new SourceStageTask(optionsOf(partition)),
        }
  }
}

/** One stage's group membership, and a runner for each partition that it owns. */
class GroupedStage {
  readonly runners = new Map<number, PartitionRunner>()
  readonly tasks = new Map<number, StageTask>()
  readonly #name: StageName
  readonly #wiring: StageWiring
  readonly #options: ScoreOptions
  readonly #organisation: OrganisationFeed
  readonly #onSnapshot: () => void
  #membership: Membership | null = null
  /** Of partitions that were revoked; a new owner of one waits for the old one to end. */
  readonly #ending = new Map<number, Promise<void>>()

  constructor(
    name: StageName,
    wiring: StageWiring,
    options: ScoreOptions,
    organisation: OrganisationFeed,
    onSnapshot: () => void,
  ) {
    this.#name = name
    this.#wiring = wiring
    this.#options = options
    this.#organisation = organisation
    this.#onSnapshot = onSnapshot
  }

  async join(): Promise<void> {
    const { broker, prefix, reach, onFatal } = this.#options
    const { input, changelog } = this.#wiring
    this.#membership = await broker.join({
      group: `${prefix}.score.${this.#name}`,
      topics: [input, changelog],
      onAssigned: (partitions, membership) => {
        reach('assigned')
        for (const partition of partitions) this.#own(partition, membership)
      },
      onRevoked: (partitions) => {
        reach('revoked')
        for (const partition of partitions) this.#disown(partition)
      },
      onLost: (error: BrokerError) => onFatal(error),
    })
  }

  async leave(): Promise<void> {
    for (const partition of [...this.runners.keys()]) this.#disown(partition)
    await Promise.all(this.#ending.values())
    await this.#membership?.leave()
  }

  #own(partition: number, membership: Membership): void {
    const { broker, clock, topics, prefix, newNonce, pace, measuresOf, reach, onFatal } =
      this.#options
    const { input, changelog, newTask } = this.#wiring
    const runner = new PartitionRunner({
      ...{ broker, membership, clock, partition, newNonce, pace, reach, onFatal },
      transactionalId: `${prefix}-${this.#name}-${partition}`,
      inputTopic: input,
      changelogTopic: changelog,
      deadLetterTopic: topics.deadLetters,
      alertTopic: topics.alerts,
      measures: noticing(measuresOf(this.#name), this.#onSnapshot),
      newTask: () => newTask(partition),
      prepared: async (task) => {
        // First, so that nobody lets go meanwhile of what this task will ask for.
        this.tasks.set(partition, task)
        await this.#organisation.require(task.profilesFrom)
      },
    })
    this.runners.set(partition, runner)
    const ended = this.#ending.get(partition) ?? Promise.resolve()
    void ended.then(() => {
      if (this.runners.get(partition) === runner) runner.start()
    })
  }

  #disown(partition: number): void {
    const runner = this.runners.get(partition)
    if (runner === undefined) return
    this.runners.delete(partition)
    this.tasks.delete(partition)
    const ending = runner.stop()
    this.#ending.set(partition, ending)
    void ending.then(() => {
      if (this.#ending.get(partition) === ending) this.#ending.delete(partition)
    })
  }
}

/** Measures that also tell of snapshots. */
function noticing(measures: StageMeasures, onSnapshot: () => void): StageMeasures {
  return {
    lag: (partition, records) => measures.lag(partition, records),
    restored: (tookMs) => measures.restored(tookMs),
    retried: (error) => measures.retried(error),
    endToEnd: (durationMs) => measures.endToEnd(durationMs),
    committed(outputs, tookMs, isSnapshot) {
      measures.committed(outputs, tookMs, isSnapshot)
      if (isSnapshot) onSnapshot()
    },
  }
}
