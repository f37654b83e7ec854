import { BRUTE_FORCE_LIMITS, byTimeAndId, COMMON_LIMITS, dayOf } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { LongTerm } from './long-term.ts'
import { type ResolvedDay, resolveDay } from './resolved-day.ts'

/** What the lines of one UTC day say of a user: attempts by pane, each pane capped by smallest id. */
class UserDay {
  readonly #panes = new Map<number, Attempt[]>()
  #sorted: Attempt[] | null = null

  /** @returns false when nothing changed: a copy of a known event, or one over the cap of its pane */
  join(attempt: Attempt): boolean {
    const pane = paneKeyOf(attempt)
    let members = this.#panes.get(pane)
    if (members === undefined) {
      members = []
      this.#panes.set(pane, members)
    }
    const known = members.findIndex((member) => member.id === attempt.id)
    if (known >= 0) {
      // Of copies that differ, the one with the smallest raw hash wins with all its attributes.
      if ((members[known] as Attempt).rawSha256 <= attempt.rawSha256) return false
      members[known] = attempt
    } else if (members.length < BRUTE_FORCE_LIMITS.eventsPerPane) members.push(attempt)
    else if (!replaceLargest(members, attempt)) return false
    this.#sorted = null
    return true
  }

  /** By (time, id). */
  attempts(): readonly Attempt[] {
    if (this.#sorted === null) this.#sorted = [...this.#panes.values()].flat().sort(byTimeAndId)
    return this.#sorted
  }
}

/** Successes and everything else have panes of their own, so that a flood of failures hides no login. */
function paneKeyOf({ event }: Attempt): number {
  const pane = Math.floor(event.timestampMs / COMMON_LIMITS.paneMs)
  return pane * 2 + (event.outcome === 'failure' ? 1 : 0)
}

function replaceLargest(members: Attempt[], attempt: Attempt): boolean {
  let largest = 0
  for (let i = 1; i < members.length; i++) {
    if ((members[i] as Attempt).id > (members[largest] as Attempt).id) largest = i
  }
  if ((members[largest] as Attempt).id <= attempt.id) return false
  members[largest] = attempt
  return true
}

const NO_ATTEMPTS: readonly Attempt[] = []

/**
 * Facts of one user: hot days as sets of attempts, complete days as long-term state. Facts join in any order;
 * what is asked of them is a function of the set (C.2).
 */
export class UserFacts {
  readonly #days = new Map<number, UserDay>()
  readonly #resolved = new Map<number, ResolvedDay>()
  readonly #longTermAsOf = new Map<number, LongTerm>()
  #longTerm = new LongTerm()
  /** Every day up to this one is folded. */
  #foldedThrough = Number.NEGATIVE_INFINITY

  get hotDays(): readonly number[] {
    return [...this.#days.keys()].sort((a, b) => a - b)
  }

  get isForgettable(): boolean {
    return this.#days.size === 0 && this.#longTerm.lastDay === null
  }

  get foldedThrough(): number {
    return this.#foldedThrough
  }

  hasDay(day: number): boolean {
    return this.#days.has(day)
  }

  join(attempt: Attempt): boolean {
    const day = dayOf(attempt.event.timestampMs)
    let facts = this.#days.get(day)
    if (facts === undefined) {
      facts = new UserDay()
      this.#days.set(day, facts)
    }
    if (!facts.join(attempt)) return false
    for (const near of [day - 1, day, day + 1]) this.#resolved.delete(near)
    if (this.#longTermAsOf.size > 0) this.#longTermAsOf.clear()
    return true
  }

  attempts(day: number): readonly Attempt[] {
    return this.#days.get(day)?.attempts() ?? NO_ATTEMPTS
  }

  /** The day's logins, failures and activity, with the lines around midnight taken into account. */
  resolved(day: number): ResolvedDay {
    let resolved = this.#resolved.get(day)
    if (resolved === undefined) {
      resolved = resolveDay(day, this.attempts(day - 1), this.attempts(day), this.attempts(day + 1))
      this.#resolved.set(day, resolved)
    }
    return resolved
  }

  /** Long-term state as of the end of a day, whatever has been folded so far. */
  longTermAsOf(day: number): LongTerm {
    const unfolded = this.hotDays.filter((hot) => hot <= day && hot > this.#foldedThrough)
    if (unfolded.length === 0) return this.#longTerm
    let asOf = this.#longTermAsOf.get(day)
    if (asOf === undefined) {
      asOf = this.#longTerm.clone()
      for (const hot of unfolded) asOf.fold(hot, this.resolved(hot))
      this.#longTermAsOf.set(day, asOf)
    }
    return asOf
  }

  /** Folds every day up to `day` into the long-term state and lets its lines go. */
  foldThrough(day: number): void {
    for (const hot of this.hotDays) {
      if (hot > day) break
      this.#longTerm.fold(hot, this.resolved(hot))
    }
    for (const hot of this.hotDays) {
      if (hot > day) break
      this.#days.delete(hot)
      this.#resolved.delete(hot)
    }
    this.#longTermAsOf.clear()
    this.#foldedThrough = Math.max(this.#foldedThrough, day)
  }
}
