import type { Attempt } from '@sekisho/event'
import type { OnFlag, PeerRule, RuleRun } from './peer-rule.ts'
import { Schedule } from './schedule.ts'
import { Tally } from './tally.ts'

const MINUTE_MS = 60_000

/** A scheduled search that counts lines in buckets of event time. */
export interface BucketSearch {
  /** Which lines it counts. */
  readonly isCounted: (attempt: Attempt) => boolean
  /** What it counts by. */
  readonly by: 'address' | 'user' | 'nothing'
  /** Minutes of a bucket; the first as it ships. */
  readonly bucketMinutes: readonly number[]
  /** It runs every so many minutes, over the buckets that ended since; never oftener than once for each bucket. */
  readonly everyMinutes: number
  /** Minutes for which it waits for lines after a bucket has ended; what is delivered later it never sees. */
  readonly lagMinutes: number
  /**
   * Strength of each tally of the buckets searched, 0 for one that is nothing: how many times its least counts it
   * holds, all of them.
   */
  readonly strengthsOf: (tallies: readonly Tally[]) => readonly number[]
}

/** The runs of a rule that counts, one for each length of its bucket. */
export function beginSearches(search: BucketSearch): PeerRule['begin'] {
  return (onFlag) => {
    const runs = search.bucketMinutes.map((minutes, setting) =>
      new BucketSearchRun(search, minutes, (flag, strength) => onFlag(flag, strength, setting)),
    )
    return {
      onAttempt: (attempt, deliveredMs) => {
        for (const run of runs) run.onAttempt(attempt, deliveredMs)
      },
      finish: () => {
        for (const run of runs) run.finish()
      },
    }
  }
}

/** Names of the settings of a rule that counts. */
export function bucketSettings({ bucketMinutes }: BucketSearch): readonly string[] {
  return bucketMinutes.map((minutes) => `in ${minutes} min`)
}

class BucketSearchRun implements RuleRun {
  readonly #search: BucketSearch
  readonly #onTally: (tally: Tally, userKey: string, strength: number, saidMs: number) => void
  readonly #bucketMs: number
  readonly #lagMs: number
  readonly #everyMs: number
  readonly #schedule: Schedule
  /** By number of the bucket, then by group. */
  readonly #buckets = new Map<number, Map<string, Tally>>()
  #searchedUntil = Number.NEGATIVE_INFINITY
}
