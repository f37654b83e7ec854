import {
  type AnnotatedAttempt,
  byTimeAndId,
  compareText,
  type DetectConfig,
  dayOf,
  type OrganisationProfile,
  PANE_MS,
  PROFILE_LAG_DAYS,
  type SourceView,
  type VouchedLogin,
} from '@sekisho/detect'
import type { DayAnnotations } from '../../annotation.ts'
import type { ReferenceState } from './reference-state.ts'

/** Everything that stage U said of one source network, whatever the day. */
export interface SourceRecords {
  readonly annotated: readonly AnnotatedAttempt[]
  readonly vouchedLogins: readonly VouchedLogin[]
}

/** What stage U said, by source network; both lists by time. */
export function recordsBySource(all: readonly DayAnnotations[]): Map<string, SourceRecords> {
  const annotated = Map.groupBy(
    all.flatMap((each) => each.annotated),
    ({ attempt }) => attempt.prefix,
  )
  const vouched = Map.groupBy(
    all.flatMap((each) => each.vouchedLogins),
    ({ prefix }) => prefix,
  )
  const prefixes = [...new Set([...annotated.keys(), ...vouched.keys()])]
  return new Map(
    prefixes.map((prefix) => [
      prefix,
      {
        annotated: (annotated.get(prefix) ?? []).toSorted((a, b) =>
          byTimeAndId(a.attempt, b.attempt),
        ),
        vouchedLogins: firstOfEachPane((vouched.get(prefix) ?? []).map(({ login }) => login)),
      },
    ]),
  )
}

/** How often a vouched user succeeds in one pane from one address says nothing more: the first time stands for all. */
function firstOfEachPane(logins: readonly VouchedLogin[]): VouchedLogin[] {
  const sorted = logins.toSorted(
    (a, b) =>
      a.timestampMs - b.timestampMs ||
      compareText(a.userKey, b.userKey) ||
      compareText(a.address, b.address),
  )
  const paneKeyOf = ({ userKey, address, timestampMs }: VouchedLogin): string =>
    `${Math.floor(timestampMs / PANE_MS)}|${address}|${userKey}`
  return sorted.filter(
    (login, i) => sorted.findIndex((other) => paneKeyOf(other) === paneKeyOf(login)) === i,
  )
}

/** One source network asked about for one UTC day: every answer is a filter over all that was said of it. */
export class ReferenceSourceView implements SourceView {
  readonly config: DetectConfig
  readonly profile: OrganisationProfile
  readonly prefix: string
  readonly firstSuccessMs: number | null
  readonly #records: SourceRecords

  constructor(state: ReferenceState, prefix: string, records: SourceRecords, day: number) {
    this.config = state.config
    this.profile = state.profile(day - PROFILE_LAG_DAYS)
    this.prefix = prefix
    this.#records = records
    const successTimesMs = [
      ...records.annotated
        .filter(({ outcome }) => outcome === 'success')
        .map(({ attempt }) => attempt.event.timestampMs),
      ...records.vouchedLogins.map(({ timestampMs }) => timestampMs),
    ].filter((timestampMs) => dayOf(timestampMs) >= day - 2 && dayOf(timestampMs) <= day + 1)
    this.firstSuccessMs = successTimesMs.length === 0 ? null : Math.min(...successTimesMs)
  }

  attempts(fromMs: number, toMs: number): readonly AnnotatedAttempt[] {
    return this.#records.annotated.filter(
      ({ attempt: { event } }) => event.timestampMs >= fromMs && event.timestampMs <= toMs,
    )
  }

  vouchedLogins(fromMs: number, toMs: number): readonly VouchedLogin[] {
    return this.#records.vouchedLogins.filter(
      ({ timestampMs }) => timestampMs >= fromMs && timestampMs <= toMs,
    )
  }

  /** Nothing is capped here: worlds stay below every cap. */
  isCapped(): boolean {
    return false
  }
}
