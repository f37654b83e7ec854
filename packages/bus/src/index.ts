export {
  type Broker,
  BrokerError,
  type BrokerProblem,
  type ConsumedRecord,
  type JoinOptions,
  type Membership,
  type OutgoingRecord,
  type PartitionReader,
  type Tail,
  type TopicDescription,
  type TopicSpec,
  type Writer,
} from './broker.ts'
export type { Disk, FileIdentity } from './disk.ts'
export type { SortableAttempt } from './sorted-attempts/sortable-attempt.ts'
export { SortedAttempts, type SortedAttemptsOptions } from './sorted-attempts/sorted-attempts.ts'
export { SpillFile } from './sorted-attempts/spill-file.ts'
export {
  STATE_FORMAT,
  StateFileError,
  type StateFileProblem,
  StateFileReader,
  stateFileBytes,
} from './state-file.ts'
export { StateLock, StateLockedError } from './state-lock.ts'
export { inProcessTopic, type Topic } from './topic.ts'
