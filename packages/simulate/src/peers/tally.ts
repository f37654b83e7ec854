import type { AttemptEvent } from '@sekisho/event'

/** What a search counts of one group of lines in one bucket of time. */
export class Tally {
  /** Lines of each user. */
  readonly users = new Map<string, number>()
  readonly addresses = new Set<string>()
  attempts = 0
  firstMs = Number.POSITIVE_INFINITY
  lastMs = Number.NEGATIVE_INFINITY

  add({ timestampMs, userKey, sourceAddress }: AttemptEvent): void {
    this.users.set(userKey, (this.users.get(userKey) ?? 0) + 1)
    this.addresses.add(sourceAddress)
    this.attempts++
    if (timestampMs < this.firstMs) this.firstMs = timestampMs
    if (timestampMs > this.lastMs) this.lastMs = timestampMs
  }

  /** Share of the users who have so many lines, from the least to the most. */
  shareOfUsers(least: number, most: number): number {
    let count = 0
    for (const lines of this.users.values()) if (lines >= least && lines <= most) count++
    return count / this.users.size
  }
}
