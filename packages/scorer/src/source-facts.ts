import {
  type AnnotatedAttempt,
  byTimeAndId,
  COMMON_LIMITS,
  compareText,
  DAY_MS,
  dayOf,
  dayStartMs,
  keyedHashOf,
  SOURCE_LIMITS,
  type SourceAttack,
  type SourceView,
  sourceAttack,
} from '@sekisho/detect'

/** One user's attempts in one pane. */
type PaneUsers = Map<string, AnnotatedAttempt[]>

/** Attempts of one source network on one UTC day, by pane; each pane keeps the users with the smallest keyed hashes. */
class SourceDay {
  readonly #panes = new Map<number, PaneUsers>()
  readonly #hashKey: string
  #sorted: AnnotatedAttempt[] | null = null

  constructor(hashKey: string) {
    this.#hashKey = hashKey
  }

  put(annotated: AnnotatedAttempt): void {
    const { event, id } = annotated.attempt
    const pane = Math.floor(event.timestampMs / COMMON_LIMITS.paneMs)
    let users = this.#panes.get(pane)
    if (users === undefined) {
      users = new Map()
      this.#panes.set(pane, users)
    }
    const attempts = users.get(event.userKey) ?? []
    const known = attempts.findIndex(({ attempt }) => attempt.id === id)
    if (known >= 0) attempts[known] = annotated
    else attempts.push(annotated)
    if (attempts.length > SOURCE_LIMITS.attemptsPerUserAndPane) dropLargest(attempts)
    users.set(event.userKey, attempts)
    if (users.size > SOURCE_LIMITS.usersPerPane) users.delete(this.#userToDrop(users))
    this.#sorted = null
  }

  remove({ attempt }: AnnotatedAttempt): void {
    const pane = Math.floor(attempt.event.timestampMs / COMMON_LIMITS.paneMs)
    const users = this.#panes.get(pane)
    const attempts = users?.get(attempt.event.userKey)
    if (users === undefined || attempts === undefined) return
    const rest = attempts.filter((other) => other.attempt.id !== attempt.id)
    if (rest.length === 0) users.delete(attempt.event.userKey)
    else users.set(attempt.event.userKey, rest)
    this.#sorted = null
  }

  sorted(): readonly AnnotatedAttempt[] {
    if (this.#sorted === null) {
      this.#sorted = [...this.#panes.values()]
        .flatMap((users) => [...users.values()].flat())
        .sort((a, b) => byTimeAndId(a.attempt, b.attempt))
    }
    return this.#sorted
  }

  /** Users who got in stay: they are what an alert is about. Of the others the largest hash goes. */
  #userToDrop(users: PaneUsers): string {
    let drop = ''
    let dropRank = ''
    for (const [userKey, attempts] of users) {
      const hasSuccess = attempts.some(({ outcome }) => outcome === 'success')
      const rank = `${hasSuccess ? 0 : 1}${keyedHashOf(this.#hashKey, userKey)}`
      if (rank > dropRank) {
        drop = userKey
        dropRank = rank
      }
    }
    return drop
  }
}

function dropLargest(attempts: AnnotatedAttempt[]): void {
  attempts.sort((a, b) => compareText(a.attempt.id, b.attempt.id)).pop()
}

/** Facts of one source network: annotated attempts of the hot days, and its first success ever. */
export class SourceFacts implements SourceView {
  readonly prefix: string
  readonly #hashKey: string
  readonly #days = new Map<number, SourceDay>()
  readonly #attacks = new Map<number, SourceAttack | null>()
  #foldedFirstSuccessMs: number | null = null

  constructor(prefix: string, hashKey: string) {
    this.prefix = prefix
    this.#hashKey = hashKey
  }

  get isForgettable(): boolean {
    return this.#days.size === 0 && this.#foldedFirstSuccessMs === null
  }

  hasDay(day: number): boolean {
    return this.#days.has(day)
  }

  put(annotated: AnnotatedAttempt): void {
    const day = dayOf(annotated.attempt.event.timestampMs)
    let facts = this.#days.get(day)
    if (facts === undefined) {
      facts = new SourceDay(this.#hashKey)
      this.#days.set(day, facts)
    }
    facts.put(annotated)
    this.#forgetAttacks(day)
  }

  remove(annotated: AnnotatedAttempt): void {
    const day = dayOf(annotated.attempt.event.timestampMs)
    this.#days.get(day)?.remove(annotated)
    this.#forgetAttacks(day)
  }

  get firstSuccessMs(): number | null {
    if (this.#foldedFirstSuccessMs !== null) return this.#foldedFirstSuccessMs
    for (const day of [...this.#days.keys()].sort((a, b) => a - b)) {
      const success = firstSuccessOf(this.#days.get(day) as SourceDay)
      if (success !== null) return success
    }
    return null
  }

  attempts(fromMs: number, toMs: number): readonly AnnotatedAttempt[] {
    const attempts: AnnotatedAttempt[] = []
    for (let day = dayOf(fromMs); day <= dayOf(toMs); day++) {
      const facts = this.#days.get(day)
      if (facts === undefined) continue
      const isWhole = fromMs <= dayStartMs(day) && toMs >= dayStartMs(day) + DAY_MS - 1
      for (const annotated of facts.sorted()) {
        const { timestampMs } = annotated.attempt.event
        if (isWhole || (timestampMs >= fromMs && timestampMs <= toMs)) attempts.push(annotated)
      }
    }
    return attempts
  }

  /** The attack of a day, if there is one. */
  attack(day: number): SourceAttack | null {
    let attack = this.#attacks.get(day)
    if (attack === undefined) {
      attack = this.#days.has(day) ? sourceAttack(this, day) : null
      this.#attacks.set(day, attack)
    }
    return attack
  }

  foldThrough(day: number): void {
    for (const hot of [...this.#days.keys()].sort((a, b) => a - b)) {
      if (hot > day) break
      this.#foldedFirstSuccessMs ??= firstSuccessOf(this.#days.get(hot) as SourceDay)
      this.#days.delete(hot)
    }
    for (const old of this.#attacks.keys()) if (old <= day) this.#attacks.delete(old)
  }

  /** A day's windows reach into the day before, so a change touches two days' attacks. */
  #forgetAttacks(day: number): void {
    this.#attacks.delete(day)
    this.#attacks.delete(day + 1)
  }
}

function firstSuccessOf(facts: SourceDay): number | null {
  const success = facts.sorted().find(({ outcome }) => outcome === 'success')
  return success === undefined ? null : success.attempt.event.timestampMs
}
