import {
  type AnnotatedAttempt,
  byTimeAndId,
  COMMON_LIMITS,
  compareText,
  keyedHashOf,
  SOURCE_LIMITS,
} from '@sekisho/detect'

/** Up to this many attempts no pool can hold too many users or attempts of one, and a scan is cheaper than an index. */
const SCANNED_MAX = SOURCE_LIMITS.attemptsPerUserAndPane

/** The users of one pool of a pane, each with their attempts. */
type Pool = Map<string, AnnotatedAttempt[]>

/**
 * Attempts from one source network on one UTC day: a set, in which each pool of a pane keeps the users with the
 * smallest keyed hashes and a few attempts of each. What is kept is a function of the set. A plain list until a pool
 * could overflow.
 */
export class SourceDay {
  readonly day: number
  /** Something was over a cap and is not kept. */
  isCapped = false
  readonly #hashKey: string
  #attempts: AnnotatedAttempt[] = []
  #isSorted = true
  #pools: Map<string, Pool> | null = null
  /** Where each kept attempt stands, so that a later word on it finds it in another pool. Empty without pools. */
  #poolOf: Map<string, string> | null = null

  constructor(day: number, hashKey: string) {
    this.day = day
    this.#hashKey = hashKey
  }

  /** Adds an attempt, or replaces what was said of it before. */
  put(annotated: AnnotatedAttempt): void {
    if (this.#pools !== null) {
      this.#removeFromPool(this.#pools, annotated)
      this.#addToPool(this.#pools, annotated)
      return
    }
    const { id } = annotated.attempt
    const known = this.#attempts.findIndex(({ attempt }) => attempt.id === id)
    if (known >= 0) this.#attempts[known] = annotated
    else this.#append(annotated)
    if (this.#attempts.length > SCANNED_MAX) this.#buildPools()
  }

  remove(annotated: AnnotatedAttempt): void {
    if (this.#pools !== null) this.#removeFromPool(this.#pools, annotated)
    else
      this.#attempts = this.#attempts.filter(({ attempt }) => attempt.id !== annotated.attempt.id)
  }

  /** By (time, id). */
  sorted(): readonly AnnotatedAttempt[] {
    if (!this.#isSorted) {
      if (this.#pools !== null) {
        this.#attempts = [...this.#pools.values()].flatMap((users) => [...users.values()].flat())
      }
      this.#attempts.sort((a, b) => byTimeAndId(a.attempt, b.attempt))
      this.#isSorted = true
    }
    return this.#attempts
  }

  #append(annotated: AnnotatedAttempt): void {
    const last = this.#attempts.at(-1)
    if (last !== undefined && byTimeAndId(last.attempt, annotated.attempt) > 0) {
      this.#isSorted = false
    }
    this.#attempts.push(annotated)
  }

  #buildPools(): void {
    this.#pools = new Map()
    this.#poolOf = new Map()
    for (const annotated of this.#attempts) this.#addToPool(this.#pools, annotated)
  }

  #addToPool(pools: Map<string, Pool>, annotated: AnnotatedAttempt): void {
    const { event, id } = annotated.attempt
    const key = poolKeyOf(annotated)
    let users = pools.get(key)
    if (users === undefined) {
      users = new Map()
      pools.set(key, users)
    }
    const attempts = users.get(event.userKey)
    if (attempts === undefined) users.set(event.userKey, [annotated])
    else attempts.push(annotated)
    this.#poolOf?.set(id, key)
    this.#isSorted = false
    if (attempts !== undefined && attempts.length > SOURCE_LIMITS.attemptsPerUserAndPane) {
      this.#forget([largestOf(attempts)], attempts)
      this.isCapped = true
    }
    if (users.size > SOURCE_LIMITS.usersPerPane) {
      const userKey = this.#largestHashOf(users.keys())
      this.#forget(users.get(userKey) ?? [], [])
      users.delete(userKey)
      this.isCapped = true
    }
  }

  #removeFromPool(pools: Map<string, Pool>, { attempt }: AnnotatedAttempt): void {
    const key = this.#poolOf?.get(attempt.id)
    const users = key === undefined ? undefined : pools.get(key)
    const attempts = users?.get(attempt.event.userKey)
    const known = attempts?.find((other) => other.attempt.id === attempt.id)
    if (users === undefined || attempts === undefined || known === undefined) return
    this.#forget([known], attempts)
    if (attempts.length === 0) users.delete(attempt.event.userKey)
    this.#isSorted = false
  }

  #forget(dropped: readonly AnnotatedAttempt[], from: AnnotatedAttempt[]): void {
    for (const annotated of dropped) {
      this.#poolOf?.delete(annotated.attempt.id)
      const index = from.indexOf(annotated)
      if (index >= 0) from.splice(index, 1)
    }
  }

  #largestHashOf(userKeys: Iterable<string>): string {
    let largest = ''
    let largestHash = ''
    for (const userKey of userKeys) {
      const hash = keyedHashOf(this.#hashKey, userKey)
      if (hash > largestHash) {
        largest = userKey
        largestHash = hash
      }
    }
    return largest
  }
}

/**
 * What must not crowd each other out of a pane: strangers who got in (or knew the password), people who belong there,
 * and everybody else. No flood of the last hides the first two, and no rush hour of the second hides the first.
 */
function poolKeyOf({ attempt, outcome, isVouched }: AnnotatedAttempt): string {
  const isStranger = !isVouched && (outcome === 'success' || outcome === 'mfa_denied')
  const kind = isVouched ? 'vouched' : isStranger ? 'stranger' : 'other'
  return `${Math.floor(attempt.event.timestampMs / COMMON_LIMITS.paneMs)} ${kind}`
}

function largestOf(attempts: readonly AnnotatedAttempt[]): AnnotatedAttempt {
  return attempts.reduce((a, b) => (compareText(b.attempt.id, a.attempt.id) > 0 ? b : a))
}
