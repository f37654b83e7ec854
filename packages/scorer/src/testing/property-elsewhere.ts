import { DAY_MS, dayOf, PROFILE_LAG_DAYS } from '@sekisho/detect'
import type { Alert, Attempt, AttemptOutcome, TravelEnd } from '@sekisho/event'
import fc from 'fast-check'
import { EVERY_RULE, type Property, propertyOf } from './property-definition.ts'
import { Difference, expectSameAlerts } from './property-difference.ts'
import { runBatch } from './run.ts'
import { changed, lineAt, NEW_YORK } from './story.ts'
import { WORLD_DAY, worldArbitrary } from './world.ts'

/** The attempt some time later, with the same id, so that nothing chosen by id changes. */
function shifted(attempt: Attempt, byMs: number): Attempt {
  const { event } = attempt
  return { ...attempt, event: { ...event, timestampMs: event.timestampMs + byMs } }
}

/** What an alert says apart from ids, days and hashes, its times moved back by `byMs`. */
function timelessOf(alert: Alert, byMs: number): unknown {
  const { id: _id, day: _day, inputs: _inputs, travel, evidence, ...rest } = alert
  const end = (of: TravelEnd) => ({
    ...of,
    firstMs: of.firstMs - byMs,
    lastMs: of.lastMs - byMs,
  })
  return {
    ...rest,
    timestampMs: alert.timestampMs - byMs,
    startMs: alert.startMs - byMs,
    endMs: alert.endMs - byMs,
    travel: travel === null ? null : { ...travel, from: end(travel.from), to: end(travel.to) },
    evidence: evidence.map((line) => ({ ...line, timestampMs: line.timestampMs - byMs })),
  }
}

function timelessTexts(alerts: readonly Alert[], byMs: number): string[] {
  return alerts.map((alert) => JSON.stringify(timelessOf(alert, byMs))).sort()
}

/** A network of the outsiders' own. */
const ELSEWHERE = changed(NEW_YORK, '100.71.9.', { country: '', asn: 64599 })
const OUTSIDE = '100.71.9.0/24'

/** People of no habit; two are one letter from people of the world. */
const OUTSIDERS = ['outsider', 'stranger', 'aok', 'bergg'] as const

const WORLD_DAYS = 21

/** Lines of outsiders; `getsIn` and `daysMin` say whether they ever succeed and from which day of the world on. */
const outsideArbitrary = (
  outcomes: readonly AttemptOutcome[],
  firstDay: number,
): fc.Arbitrary<Attempt[]> =>
  fc
    .array(
      fc.record({
        user: fc.constantFrom(...OUTSIDERS),
        outcome: fc.constantFrom(...outcomes),
        day: fc.integer({ min: firstDay, max: WORLD_DAYS - 1 }),
        ms: fc.integer({ min: 0, max: DAY_MS - 1 }),
      }),
      { minLength: 1, maxLength: 40 },
    )
    .map((lines) =>
      lines.map(({ user, outcome, day, ms }) =>
        lineAt(user, ELSEWHERE, (WORLD_DAY + day) * DAY_MS + ms, {
          attempt: outcome,
          outcome: outcome === 'success' ? 'success' : 'failure',
          decides: 'yes',
        }),
      ),
    )

const FAILURES = ['bad_credential', 'mfa_denied', 'disabled_or_locked', 'unknown_user'] as const

/** Alerts about anybody but the outsiders and their network. */
function aboutOthers(alerts: readonly Alert[]): Alert[] {
  const outsiders = new Set<string>(OUTSIDERS)
  return alerts.filter(
    ({ userKey, source, entity }) =>
      !outsiders.has(userKey) && source?.prefix !== OUTSIDE && entity !== `prefix:${OUTSIDE}`,
  )
}

/** Another time, other people: nothing else changes. */
export const ELSEWHERE_PROPERTIES: readonly Property[] = [
  propertyOf({
    name: 'whole-weeks-later',
    invariants: ['I10'],
    statement: 'whole weeks earlier or later the same is said, whole weeks earlier or later',
    cases: 700,
    rules: EVERY_RULE,
    arbitrary: fc.tuple(worldArbitrary, fc.integer({ min: -900, max: 900 })),
    holds: ([attempts, weeks], seen) => {
      const byMs = weeks * 7 * DAY_MS
      const now = runBatch(attempts)
      seen.add(now)
      const then = runBatch(attempts.map((attempt) => shifted(attempt, byMs)))
      const texts = new Set(timelessTexts(now, 0))
      const strange = timelessTexts(then, byMs).filter((text) => !texts.has(text))
      if (strange.length > 0 || then.length !== now.length) {
        throw new Difference(`${now.length} alerts, then ${then.length}: ${strange[0] ?? ''}`)
      }
    },
  }),
  propertyOf({
    name: 'outsiders-refused',
    invariants: ['I11'],
    statement: 'users who only fail, on a network of their own, change nothing for anybody else',
    cases: 400,
    rules: EVERY_RULE,
    arbitrary: fc.tuple(worldArbitrary, outsideArbitrary(FAILURES, 0)),
    holds: ([attempts, added], seen) => {
      const alone = runBatch(attempts)
      seen.add(alone)
      expectSameAlerts('beside outsiders', aboutOthers(runBatch([...attempts, ...added])), alone)
    },
  }),
  propertyOf({
    name: 'outsiders-let-in',
    invariants: ['I11'],
    statement:
      'users who succeed on a network of their own reach others through the profile of the organisation only, which counts them three days later',
    cases: 400,
    rules: EVERY_RULE,
    arbitrary: fc.tuple(worldArbitrary, outsideArbitrary(['success', ...FAILURES], 7)),
    holds: ([attempts, added], seen) => {
      const first = Math.min(...added.map(({ event }) => dayOf(event.timestampMs)))
      const isBefore = ({ timestampMs }: Alert) => dayOf(timestampMs) < first + PROFILE_LAG_DAYS
      const alone = runBatch(attempts).filter(isBefore)
      seen.add(alone)
      const together = aboutOthers(runBatch([...attempts, ...added])).filter(isBefore)
      expectSameAlerts('beside outsiders', together, alone)
    },
  }),
]
