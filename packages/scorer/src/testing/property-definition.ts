import type { Alert, RuleId } from '@sekisho/event'
import fc from 'fast-check'
import { failureText } from './property-failure.ts'

/** Counts the alerts that a property compared, so that it cannot hold for want of alerts. */
export class AlertTally {
  readonly #counts = new Map<RuleId, number>()

  add(alerts: readonly Alert[]): void {
    for (const { ruleId } of alerts) this.#counts.set(ruleId, (this.#counts.get(ruleId) ?? 0) + 1)
  }

  /** Alerts (signals too) by rule, in the order of the rules' ids. */
  get counts(): Readonly<Partial<Record<RuleId, number>>> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}

/** What to try. */
export interface PropertyRun {
  readonly cases: number
  readonly seed: number
  /** Path of one counterexample, as a failure prints it: only that case is tried. */
  readonly path?: string | undefined
}

/** What came of it. */
export interface PropertyResult {
  /** Cases that held. */
  readonly cases: number
  /** The smallest counterexample that was found, how to make it again and what differs; `''` when all cases held. */
  readonly failure: string
  readonly counts: AlertTally['counts']
}

/** A property as data: both the tests and `bench/properties.mjs` check it. */
export interface Property {
  /** Names it on the command line. */
  readonly name: string
  /** Invariants of the stream's semantics that it speaks of. */
  readonly invariants: readonly string[]
  /** What holds, as a sentence. */
  readonly statement: string
  /** Cases in an everyday run; also its weight in a long one. */
  readonly cases: number
  /** Rules of which the cases together must compare an alert. */
  readonly rules: readonly RuleId[]
  readonly check: (run: PropertyRun) => PropertyResult
}

interface PropertySaid<T> extends Omit<Property, 'check'> {
  readonly arbitrary: fc.Arbitrary<T>
  /** Throws where the property does not hold; adds the alerts that it compared to `seen`. */
  readonly holds: (value: T, seen: AlertTally) => void
}

/** Every rule that the generated worlds make speak. */
export const EVERY_RULE: readonly RuleId[] = [
  'T1',
  'T2',
  'N1',
  'N2',
  'U1',
  'U2',
  'U3',
  'U4',
  'X1',
  'S1',
  'P2',
  'M1',
]

/** Makes a property from what it draws and what must hold of it. */
export function propertyOf<T>({ arbitrary, holds, ...said }: PropertySaid<T>): Property {
  return {
    ...said,
    check: ({ cases, seed, path }) => {
      const seen = new AlertTally()
      const details = fc.check(
        fc.property(arbitrary, (value) => holds(value, seen)),
        { numRuns: cases, seed, ...(path === undefined ? {} : { path }) },
      )
      return {
        cases: details.numRuns - (details.failed ? 1 : 0),
        failure: details.failed ? failureText(said.name, details) : '',
        counts: seen.counts,
      }
    },
  }
}
