export type { ExplainedTerm, LoginExplanation } from './explain/login-explanation.ts'
export type { OrganisationBefore } from './explain/organisation-before.ts'
export type { OtherPresence } from './explain/other-presences.ts'
export { showsLine } from './explain/shows-line.ts'
export { type Silence, silencesOf } from './explain/silences.ts'
export type { OutcomeClass, SourceAround, SourceWindow } from './explain/source-around.ts'
export type { KnownNetwork, KnownThing, UserBefore } from './explain/user-before.ts'
export {
  type AttemptExplanation,
  type BruteForceExplanation,
  DayExplainer,
} from './explain.ts'
export { type KeyPartitions, keyPartitionsOf } from './key-partitions.ts'
export type { SavedLedger } from './ledger.ts'
export { isScored, locatedAttempt } from './located-attempt.ts'
export { completeDayOf, Scorer, type ScorerCounters, type ScorerOptions } from './scorer.ts'
export { type OrganisationPart, SharedOrganisation } from './shared-organisation.ts'
export type { SourceChange } from './source-change.ts'
export { SourceTask, type SourceTaskOptions } from './source-task.ts'
export { SnapshotError } from './store/byte-source.ts'
export {
  type ClosedDays,
  type KnownOrganisation,
  type TaskChanges,
  type TaskOptions,
  UserTask,
  type UserTaskCounters,
  type UserTaskOptions,
} from './user-task.ts'
