import { expect, test } from '@jest/globals'
import { compareText, DEFAULT_CONFIG } from '@sekisho/detect'
import type { Alert, Attempt, RuleId } from '@sekisho/event'
import fc from 'fast-check'
import { Scorer } from './scorer.ts'
import { digestsOf, lastWords, runBatch, runLive } from './testing/run.ts'
import { worldArbitrary } from './testing/world.ts'

const RUNS = Number(process.env.SEKISHO_PROPERTY_RUNS ?? 300)
const SEED = Number(process.env.SEKISHO_PROPERTY_SEED ?? 20261120)
const HOUR_MS = 3_600_000
const EVERY_RULE: readonly RuleId[] = ['N1', 'N2', 'T1', 'U1', 'X1']

/** Counts alerts by rule, so that a property cannot hold for want of alerts. */
class AlertTally {
  readonly #counts = new Map<RuleId, number>(EVERY_RULE.map((rule) => [rule, 0]))

  add(alerts: readonly Alert[]): void {
    for (const { ruleId } of alerts) this.#counts.set(ruleId, (this.#counts.get(ruleId) ?? 0) + 1)
  }

  /** Fails, showing the counts, where a rule had fewer than `least` alerts in all worlds together. */
  expectEveryRule(least: number): void {
    const seen = Object.fromEntries(this.#counts)
    const scarce = EVERY_RULE.filter((rule) => (this.#counts.get(rule) ?? 0) < least)
    expect({ seen, scarce }).toEqual({ seen, scarce: [] })
  }
}

/** Orders attempts by when they would arrive: up to 24 h late, some twice. */
function arrivalsOf(attempts: readonly Attempt[], delaysH: readonly number[]): Attempt[] {
  const arrivals = attempts.map((attempt, i) => {
    const delayMs = (delaysH[i % delaysH.length] ?? 0) * HOUR_MS
    return { attempt, atMs: attempt.event.timestampMs + delayMs }
  })
  const again = arrivals.filter((_, i) => i % 3 === 0)
  return [...arrivals, ...again].sort((a, b) => a.atMs - b.atMs).map(({ attempt }) => attempt)
}

const delaysArbitrary = fc.array(fc.constantFrom(0, 0, 0, 0.01, 1, 5, 12, 23.9), {
  minLength: 1,
  maxLength: 7,
})

test('live, late, doubled and out of order: the last words are the alerts of the ordered batch', () => {
  const tally = new AlertTally()
  fc.assert(
    fc.property(worldArbitrary, delaysArbitrary, (attempts, delaysH) => {
      const batch = runBatch(attempts)
      tally.add(batch)
      const live = lastWords(runLive(arrivalsOf(attempts, delaysH)))
      expect(digestsOf(live)).toEqual(digestsOf(batch))
    }),
    { numRuns: RUNS, seed: SEED },
  )
  tally.expectEveryRule(RUNS / 30)
})

/** A batch in the order given, which must be by time; equal times may stand in any order. */
function runInOrder(attempts: readonly Attempt[]): Alert[] {
  const alerts: Alert[] = []
  const onAlert = (alert: Alert) => alerts.push(alert)
  const scorer = new Scorer({ config: DEFAULT_CONFIG, databases: 'test', mode: 'batch', onAlert })
  for (const attempt of attempts) scorer.offer(attempt)
  scorer.finish()
  return alerts
}

/** By time; equal times and thereby the first user of each day as the ranks say. */
function shuffledTies(attempts: readonly Attempt[], ranks: readonly number[]): Attempt[] {
  const ranked = attempts.map((attempt, i) => ({ attempt, rank: ranks[i % ranks.length] ?? 0 }))
  return ranked
    .sort(
      (a, b) =>
        a.attempt.event.timestampMs - b.attempt.event.timestampMs ||
        a.rank - b.rank ||
        compareText(b.attempt.id, a.attempt.id),
    )
    .map(({ attempt }) => attempt)
}

test('a batch does not depend on the order of equal times, nor on which user comes first', () => {
  const tally = new AlertTally()
  const ranksArbitrary = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 11 })
  fc.assert(
    fc.property(worldArbitrary, ranksArbitrary, (attempts, ranks) => {
      const batch = runBatch(attempts)
      tally.add(batch)
      expect(digestsOf(runInOrder(shuffledTies(attempts, ranks)))).toEqual(digestsOf(batch))
    }),
    { numRuns: Math.ceil(RUNS / 2), seed: SEED },
  )
  tally.expectEveryRule(RUNS / 60)
})

test('within one day a batch may come in any order at all', () => {
  fc.assert(
    fc.property(
      worldArbitrary,
      fc.array(fc.nat(9), { minLength: 1, maxLength: 7 }),
      (attempts, ranks) => {
        const dayOf = (attempt: Attempt) => Math.floor(attempt.event.timestampMs / (24 * HOUR_MS))
        const ranked = attempts.map((attempt, i) => ({
          attempt,
          rank: ranks[i % ranks.length] ?? 0,
        }))
        ranked.sort((a, b) => dayOf(a.attempt) - dayOf(b.attempt) || a.rank - b.rank)
        const shuffled = ranked.map(({ attempt }) => attempt)
        expect(digestsOf(runInOrder(shuffled))).toEqual(digestsOf(runBatch(attempts)))
      },
    ),
    { numRuns: Math.ceil(RUNS / 3), seed: SEED },
  )
})
