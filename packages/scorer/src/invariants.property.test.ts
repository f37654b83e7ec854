import { expect, test } from '@jest/globals'
import { DAY_MS } from '@sekisho/detect'
import type { Alert, Attempt, AttemptOutcome } from '@sekisho/event'
import fc from 'fast-check'
import { digestsOf, runBatch } from './testing/run.ts'
import { changed, lineAt, NEW_YORK } from './testing/story.ts'
import { worldArbitrary } from './testing/world.ts'

const RUNS = Math.ceil(Number(process.env.SEKISHO_PROPERTY_RUNS ?? 300) / 3)
const SEED = Number(process.env.SEKISHO_PROPERTY_SEED ?? 20261120)

/** The attempt some time later, with the same id, so that nothing chosen by id changes. */
function shifted(attempt: Attempt, byMs: number): Attempt {
  const { event } = attempt
  return { ...attempt, event: { ...event, timestampMs: event.timestampMs + byMs } }
}

/** What an alert says apart from ids, days and hashes, its times moved back by `byMs`. */
function timelessOf(alert: Alert, byMs: number): unknown {
  const { id: _id, day: _day, inputs: _inputs, travel, evidence, ...rest } = alert
  const end = (e: NonNullable<Alert['travel']>['to']) => ({
    ...e,
    firstMs: e.firstMs - byMs,
    lastMs: e.lastMs - byMs,
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

test('whole weeks later the same things are said, whole weeks later', () => {
  let alerts = 0
  fc.assert(
    fc.property(worldArbitrary, fc.integer({ min: -900, max: 900 }), (attempts, weeks) => {
      const byMs = weeks * 7 * DAY_MS
      const then = runBatch(attempts.map((attempt) => shifted(attempt, byMs)))
      const now = runBatch(attempts)
      alerts += now.length
      expect(timelessTexts(then, byMs)).toEqual(timelessTexts(now, 0))
    }),
    { numRuns: RUNS, seed: SEED },
  )
  expect(alerts).toBeGreaterThan(RUNS)
})

/** A network of the outsider's own, in no country, so that no profile of the organisation sees it. */
const ELSEWHERE = changed(NEW_YORK, '100.71.9.', { country: '', asn: 64599 })

const outsideArbitrary = fc.array(
  fc.record({
    user: fc.constantFrom('outsider', 'stranger', 'aok', 'bergg'),
    outcome: fc.constantFrom<AttemptOutcome>(
      'success',
      'bad_credential',
      'mfa_denied',
      'disabled_or_locked',
    ),
    beside: fc.nat(),
    ms: fc.integer({ min: 0, max: DAY_MS - 1 }),
  }),
  { minLength: 1, maxLength: 40 },
)

test('users on a network of their own change nothing for anybody else', () => {
  let alerts = 0
  fc.assert(
    fc.property(worldArbitrary, outsideArbitrary, (attempts, outside) => {
      // The length of the organisation's history is everybody's: outsiders succeed on its days only,
      // and not on the first, whose first hour says whether it is a complete day.
      const active = attempts
        .filter(({ event }) => event.attempt === 'success')
        .map(({ event }) => Math.floor(event.timestampMs / DAY_MS))
      const days = active.filter((day) => day > Math.min(...active))
      fc.pre(days.length > 0)
      const added = outside.map(({ user, outcome, beside, ms }) =>
        lineAt(user, ELSEWHERE, (days[beside % days.length] as number) * DAY_MS + ms, {
          attempt: outcome,
          outcome: outcome === 'success' ? 'success' : 'failure',
          decides: 'yes',
        }),
      )
      const alone = runBatch(attempts)
      const together = runBatch([...attempts, ...added]).filter(
        (alert) =>
          alert.source?.prefix !== '100.71.9.0/24' && alert.entity !== 'prefix:100.71.9.0/24',
      )
      const strangers = new Set(['outsider', 'stranger', 'aok', 'bergg'])
      const others = together.filter(({ userKey }) => !strangers.has(userKey))
      alerts += alone.length
      expect(digestsOf(others)).toEqual(digestsOf(alone))
    }),
    { numRuns: RUNS, seed: SEED },
  )
  expect(alerts).toBeGreaterThan(RUNS)
})
