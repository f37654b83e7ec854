import type { DetectConfig } from '@sekisho/detect'
import type { KnownOrganisation } from '@sekisho/scorer'
import type { Clock } from './clock.ts'
import type { Counted } from './counts-told.ts'
import type { Topics } from './topics.ts'

/** What the tasks of both stages need. */
export interface StageOptions {
  readonly config: DetectConfig
  /** Dates of the location databases in force where attempts are located. */
  readonly databases: string
  /** What else changes results: own networks, zones. */
  readonly dated: readonly string[]
  readonly topics: Topics
  /** Of every keyed topic. */
  readonly partitions: number
  readonly partition: number
  readonly organisation: KnownOrganisation
  readonly clock: Clock
  /** Names this life of this process in `sekisho.run` of the alerts. */
  readonly runId: string
  readonly counted: Counted
}
