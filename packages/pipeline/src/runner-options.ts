import type { Broker, ConsumedRecord, Membership, PartitionReader } from '@sekisho/bus'
import type { Clock } from './clock.ts'
import type { StageMeasures } from './measures.ts'
import type { Reach } from './reach.ts'
import type { StageTask } from './stage-task.ts'

/** A fault after which the service cannot go on: the message is a sentence for its operator. */
export class PipelineError extends Error {
  override readonly name = 'PipelineError'
}

export interface RunnerPace {
  /** Least time between two transactions of a partition, unless `recordsMax` records wait. */
  readonly commitMs: number
  /** Most records in one transaction. */
  readonly recordsMax: number
  /** Records after which a snapshot is taken although no day was completed: bounds what restoring reads again. */
  readonly snapshotRecords: number
  /** How long progress without outputs may stay uncommitted. */
  readonly idleCommitMs: number
}

export const DEFAULT_PACE: RunnerPace = {
  commitMs: 100,
  recordsMax: 5000,
  snapshotRecords: 200_000,
  idleCommitMs: 5000,
}

export interface RunnerOptions {
  readonly broker: Broker
  readonly membership: Membership
  readonly clock: Clock
  /** Unique in the deployment and the same for every owner of this partition, such as `sekisho-user-3`. */
  readonly transactionalId: string
  readonly partition: number
  readonly inputTopic: string
  readonly changelogTopic: string
  readonly deadLetterTopic: string
  readonly alertTopic: string
  readonly newTask: () => StageTask
  /** Asked when a task has been restored: settles when everything is known that it will ask for. */
  readonly prepared: (task: StageTask) => Promise<void>
  /** Different for every life of every process. */
  readonly newNonce: () => string
  readonly pace: RunnerPace
  readonly measures: StageMeasures
  readonly reach: Reach
  readonly onFatal: (error: Error) => void
}

/** How long to wait for records before looking around. */
export const WAIT_MS = 100

/** Records; when there are none the others have had their turn, for a reader that was revoked does not wait. */
export async function taken(
  reader: PartitionReader,
  recordsMax: number,
  waitMs: number,
  clock: Clock,
): Promise<readonly ConsumedRecord[]> {
  const records = await reader.take(recordsMax, waitMs)
  if (records.length === 0) await clock.sleep(1)
  return records
}
