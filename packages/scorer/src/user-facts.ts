import { dayOf } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { LongTerm } from './long-term.ts'
import { type ResolvedDay, resolveDay } from './resolved-day.ts'
import { UserDay } from './user-day.ts'

const NO_ATTEMPTS: readonly Attempt[] = []

/** A hot day and what it came down to when it was last asked. */
interface HotDay {
  readonly facts: UserDay
  resolved: ResolvedDay | null
}

/**
 * Facts of one user: hot days as sets of attempts, complete days as long-term state. Facts join in any order;
 * what is asked of them is a function of the set (C.2).
 */
export class UserFacts {
  /** By day; rarely more than five. */
  readonly #days: HotDay[] = []
  /** Somebody has succeeded under this name, ever. */
  hasSucceeded = false
  #longTermAsOf: Map<number, LongTerm> | null = null
  #longTerm = new LongTerm()
  /** Every day up to this one is folded. */
  #foldedThrough = Number.NEGATIVE_INFINITY

  get hotDays(): readonly number[] {
    return this.#days.map(({ facts }) => facts.day)
  }

  get isForgettable(): boolean {
    return this.#days.length === 0 && this.#longTerm.lastDay === null
  }

  hasDay(day: number): boolean {
    return this.#find(day) !== undefined
  }

  join(attempt: Attempt): boolean {
    const day = dayOf(attempt.event.timestampMs)
    const hot = this.#find(day) ?? this.#insert(day)
    if (!hot.facts.join(attempt)) return false
    for (const other of this.#days) if (Math.abs(other.facts.day - day) <= 1) other.resolved = null
    this.#longTermAsOf = null
    return true
  }

  attempts(day: number): readonly Attempt[] {
    return this.#find(day)?.facts.attempts() ?? NO_ATTEMPTS
  }

  /** The day's logins, failures and activity, with the lines around midnight taken into account; null without lines. */
  resolved(day: number): ResolvedDay | null {
    const hot = this.#find(day)
    if (hot === undefined) return null
    hot.resolved ??= resolveDay(
      this.attempts(day - 1),
      hot.facts.attempts(),
      this.attempts(day + 1),
    )
    return hot.resolved
  }

  /** Long-term state as of the end of a day, whatever has been folded so far. */
  longTermAsOf(day: number): LongTerm {
    if (!this.#days.some(({ facts }) => facts.day <= day && facts.day > this.#foldedThrough)) {
      return this.#longTerm
    }
    this.#longTermAsOf ??= new Map()
    let asOf = this.#longTermAsOf.get(day)
    if (asOf === undefined) {
      asOf = this.#longTerm.clone()
      for (const { facts } of this.#days) {
        if (facts.day <= day && facts.day > this.#foldedThrough) {
          asOf.fold(facts.day, this.#resolvedOf(facts.day))
        }
      }
      this.#longTermAsOf.set(day, asOf)
    }
    return asOf
  }

  /** Folds every day up to `day` into the long-term state and lets its lines go. */
  foldThrough(day: number): void {
    const folded = this.#days.filter(({ facts }) => facts.day <= day)
    for (const { facts } of folded) this.#longTerm.fold(facts.day, this.#resolvedOf(facts.day))
    this.#days.splice(0, folded.length)
    this.#longTermAsOf = null
    this.#foldedThrough = Math.max(this.#foldedThrough, day)
  }

  /** Drops the lines of a day as if they had never come. */
  forget(day: number): void {
    const index = this.#days.findIndex(({ facts }) => facts.day === day)
    if (index >= 0) this.#days.splice(index, 1)
    for (const hot of this.#days) if (Math.abs(hot.facts.day - day) <= 1) hot.resolved = null
    this.#longTermAsOf = null
  }

  #resolvedOf(day: number): ResolvedDay {
    return this.resolved(day) as ResolvedDay
  }

  #find(day: number): HotDay | undefined {
    for (const hot of this.#days) if (hot.facts.day === day) return hot
    return undefined
  }

  #insert(day: number): HotDay {
    const hot = { facts: new UserDay(day), resolved: null }
    this.#days.push(hot)
    if ((this.#days.at(-2)?.facts.day ?? day) > day) {
      this.#days.sort((a, b) => a.facts.day - b.facts.day)
    }
    return hot
  }
}
