import { BRUTE_FORCE_LIMITS, byTimeAndId, COMMON_LIMITS } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'

/** Up to this many attempts no pane can be over its cap, and a scan is cheaper than an index. */
const SCANNED_MAX = BRUTE_FORCE_LIMITS.eventsPerPane

/**
 * What the lines of one UTC day say of a user: a set of attempts, each pane capped by smallest id. Kept as a list in
 * (time, id) order, which sorted input only appends to.
 */
export class UserDay {
  readonly day: number
  #attempts: Attempt[] = []
  #isSorted = true
  /** Members of each pane and where each id stands; only days with many attempts need them. */
  #index: { readonly ids: Map<string, Attempt>; readonly panes: Map<number, Attempt[]> } | null =
    null

  constructor(day: number) {
    this.day = day
  }

  /** @returns false when nothing changed: a copy of a known event, or one over the cap of its pane */
  join(attempt: Attempt): boolean {
    const known = this.#find(attempt.id)
    if (known !== undefined) {
      // Of copies that differ, the one with the smallest raw hash wins with all its attributes.
      if (known.rawSha256 <= attempt.rawSha256) return false
      this.#replace(known, attempt)
      return true
    }
    const largest = this.#isPaneFull(attempt) ? this.#largestOfPane(attempt) : null
    if (largest === null) this.#add(attempt)
    else if (largest.id <= attempt.id) return false
    else this.#replace(largest, attempt)
    return true
  }

  /** By (time, id). */
  attempts(): readonly Attempt[] {
    if (!this.#isSorted) this.#attempts.sort(byTimeAndId)
    this.#isSorted = true
    return this.#attempts
  }

  #find(id: string): Attempt | undefined {
    if (this.#index !== null) return this.#index.ids.get(id)
    for (const attempt of this.#attempts) if (attempt.id === id) return attempt
    return undefined
  }

  #add(attempt: Attempt): void {
    const last = this.#attempts.at(-1)
    if (last !== undefined && byTimeAndId(last, attempt) > 0) this.#isSorted = false
    this.#attempts.push(attempt)
    if (this.#index !== null) addTo(this.#index, attempt)
    else if (this.#attempts.length >= SCANNED_MAX) this.#buildIndex()
  }

  #replace(old: Attempt, attempt: Attempt): void {
    this.#attempts[this.#attempts.indexOf(old)] = attempt
    this.#isSorted = false
    if (this.#index !== null) this.#buildIndex()
  }

  #buildIndex(): void {
    this.#index = { ids: new Map(), panes: new Map() }
    for (const attempt of this.#attempts) addTo(this.#index, attempt)
  }

  #isPaneFull(attempt: Attempt): boolean {
    const members = this.#index?.panes.get(paneKeyOf(attempt))
    return members !== undefined && members.length >= BRUTE_FORCE_LIMITS.eventsPerPane
  }

  #largestOfPane(attempt: Attempt): Attempt | null {
    const members = this.#index?.panes.get(paneKeyOf(attempt)) ?? []
    return members.reduce<Attempt | null>((a, b) => (a === null || b.id > a.id ? b : a), null)
  }
}

function addTo(
  index: { readonly ids: Map<string, Attempt>; readonly panes: Map<number, Attempt[]> },
  attempt: Attempt,
): void {
  index.ids.set(attempt.id, attempt)
  const pane = paneKeyOf(attempt)
  const members = index.panes.get(pane)
  if (members === undefined) index.panes.set(pane, [attempt])
  else members.push(attempt)
}

/** Kinds of lines that must not crowd each other out of a pane: a flood of failures hides no login. */
function kindOf({ event }: Attempt): number {
  if (event.attempt === 'mfa_denied') return 1
  if (event.attempt === 'disabled_or_locked') return 2
  return event.outcome === 'failure' ? 3 : 0
}

/** Each kind has panes of its own. */
function paneKeyOf(attempt: Attempt): number {
  return Math.floor(attempt.event.timestampMs / COMMON_LIMITS.paneMs) * 4 + kindOf(attempt)
}
