export { type Clock, SYSTEM_CLOCK } from './clock.ts'
export type { Counted } from './counts-told.ts'
export type { DeadLetter } from './dead-letters.ts'
export { FileDisk } from './disk.ts'
export {
  type EmbeddedMeasures,
  type EmbeddedOptions,
  EmbeddedService,
} from './embedded/embedded-service.ts'
export { InTurn } from './in-turn.ts'
export {
  type IngestOptions,
  IngestService,
  type ReadFeed,
  type SavedPositions,
} from './ingest-service.ts'
export type { StageMeasures } from './measures.ts'
export { Forwarder, type ForwarderOptions } from './outbox/forwarder.ts'
export { Outbox } from './outbox/outbox.ts'
export { Rotation, type RotationRule } from './outputs/rotation.ts'
export type { Channel } from './outputs/told-alerts.ts'
export { NOWHERE, type Point, type Reach } from './reach.ts'
export { ArchiveFeed } from './reading/archive-feed.ts'
export { AttemptReader, type LineMeasures } from './reading/attempt-reader.ts'
export { LettersFeed } from './reading/letters-feed.ts'
export type { FeedBatch, FeedLine, LineFeed } from './reading/line-feed.ts'
export { TopicFeed } from './reading/topic-feed.ts'
export { DEFAULT_PACE, PipelineError, type RunnerPace } from './runner-options.ts'
export { type ScoreOptions, ScoreService, type StageName } from './score-service.ts'
export { checkedTopics, setUpTopics, type TopicsWanted } from './setup.ts'
export { type SinkOptions, SinkService } from './sink-service.ts'
export { type Topics, topicsOf } from './topics.ts'
