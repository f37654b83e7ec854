import {
  type AlertDraft,
  type AnnotatedAttempt,
  type BruteForceContext,
  COMMON_LIMITS,
  type DetectConfig,
  dayOf,
  distanceToPaneMs,
  isOneEditApart,
  isOrdinaryCountry,
  type NameMask,
  type OrganisationProfile,
  SUCCESS_INSIDE_LIMITS,
  USER_ATTACK_RULES,
  USER_RULES,
  type UserFinding,
  units,
} from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import type { Organisation } from './organisation.ts'
import type { ResolvedDay } from './resolved-day.ts'
import { StrangerCap } from './stranger-cap.ts'
import { UserFacts } from './user-facts.ts'
import { UserQuery } from './user-query.ts'

/** What stage U says of one user's day. */
export interface UserDayResult {
  readonly drafts: readonly AlertDraft[]
  readonly annotated: readonly AnnotatedAttempt[]
}

/**
 * Stage U, keyed by user: facts that join, and queries for one user and UTC day. It knows nothing of sources;
 * what it says of each attempt goes to stage N.
 */
export class UserStage {
  readonly #users = new Map<string, UserFacts>()
  readonly #usersOfDay = new Map<number, Set<string>>()
  readonly #strangers = new Map<number, StrangerCap>()
  /** Attempts of names that never succeeded and had no room. */
  capped = 0
  readonly #config: DetectConfig
  readonly #organisation: Organisation

  constructor(config: DetectConfig, organisation: Organisation) {
    this.#config = config
    this.#organisation = organisation
  }

  get users(): number {
    return this.#users.size
  }

  /** Days that still hold lines, ascending. */
  get hotDays(): number[] {
    return [...this.#usersOfDay.keys()].sort((a, b) => a - b)
  }

  /** Joins one attempt. @returns false when nothing changed, or when the name has no place (`capped`) */
  join(userKey: string, attempt: Attempt): boolean {
    const { timestampMs } = attempt.event
    const day = dayOf(timestampMs)
    const isSuccess = attempt.event.attempt === 'success'
    let facts = this.#users.get(userKey)
    const isStranger = !isSuccess && facts?.hasSucceeded !== true
    if (isStranger && !this.#isAdmitted(userKey, day)) return false
    if (facts === undefined) {
      facts = new UserFacts()
      this.#users.set(userKey, facts)
    }
    if (isSuccess) facts.hasSucceeded = true
    if (!facts.join(attempt)) return false
    const users = this.#usersOfDay.get(day)
    if (users === undefined) this.#usersOfDay.set(day, new Set([userKey]))
    else users.add(userKey)
    if (isSuccess) {
      const { prefix, place } = attempt
      this.#organisation.join({ userKey, prefix, country: place.country, timestampMs })
    }
    return true
  }

  /** Names that never succeeded have limited room on each day. */
  #isAdmitted(userKey: string, day: number): boolean {
    let cap = this.#strangers.get(day)
    if (cap === undefined) {
      cap = new StrangerCap(this.#config.hashKey)
      this.#strangers.set(day, cap)
    }
    const { isKept, dropped } = cap.admit(userKey)
    if (dropped !== null) this.#dropStranger(dropped, day)
    if (!isKept || dropped !== null) this.capped++
    return isKept
  }

  #dropStranger(userKey: string, day: number): void {
    const facts = this.#users.get(userKey)
    if (facts === undefined || facts.hasSucceeded) return
    facts.forget(day)
    this.#usersOfDay.get(day)?.delete(userKey)
    if (facts.isForgettable) this.#users.delete(userKey)
  }

  usersOf(day: number): ReadonlySet<string> {
    return this.#usersOfDay.get(day) ?? new Set()
  }

  /** Days of one user that still hold lines, from `from` on. */
  hotDaysOf(userKey: string, from: number): number[] {
    return this.#users.get(userKey)?.hotDays.filter((day) => day >= from) ?? []
  }

  /** The alerts and annotations of one user's day: a pure function of the facts joined so far. */
  query(userKey: string, day: number): UserDayResult {
    const facts = this.#users.get(userKey)
    if (facts === undefined || !facts.hasDay(day)) return { drafts: [], annotated: [] }
    const query = new UserQuery(userKey, facts, this.#organisation, day)
    const isPerson = this.#isPerson(facts, day)
    const mask = {
      hashKey: this.#config.hashKey,
      isPerson: (key: string) => key === userKey && isPerson,
    }
    const findings = this.#findings(query, day, mask)
    let around: readonly UserFinding[] | null = null
    const findingsAround = (): readonly UserFinding[] => {
      around ??= [
        ...findings,
        ...[day - 1, day + 1]
          // A day without failures is no attack.
          .filter((other) => (facts.resolved(other)?.failures.length ?? 0) > 0)
          .flatMap((other) => {
            const otherQuery = new UserQuery(userKey, facts, this.#organisation, other)
            return USER_ATTACK_RULES.flatMap((rule) => rule(otherQuery, other, mask))
          }),
      ]
      return around
    }
    return {
      drafts: findings.map(({ draft }) => draft),
      annotated: annotatedOf(facts.resolved(day) as ResolvedDay, query, isPerson, findingsAround),
    }
  }

  /** Lets go of the lines of every day up to `day`; what they taught stays. */
  foldThrough(day: number): void {
    for (const hot of this.hotDays) {
      if (hot > day) break
      for (const userKey of this.usersOf(hot)) {
        const facts = this.#users.get(userKey)
        facts?.foldThrough(day)
        if (facts?.isForgettable) this.#users.delete(userKey)
      }
      this.#usersOfDay.delete(hot)
      this.#strangers.delete(hot)
    }
  }

  #findings(query: UserQuery, day: number, mask: NameMask): UserFinding[] {
    const isOff = this.#config.travel.mode === 'off'
    return USER_RULES.flatMap((rule) => rule(query, day, mask)).filter(
      ({ draft }) => !(isOff && draft.ruleId === 'T1'),
    )
  }

  /** Has succeeded at all, up to the day after `day`: then the name is a person's, not a mistyped password. */
  #isPerson(facts: UserFacts, day: number): boolean {
    if (facts.longTermAsOf(day - COMMON_LIMITS.profileLagDays).lastDay !== null) return true
    return [day - 2, day - 1, day, day + 1].some(
      (near) => (facts.resolved(near)?.prefixes.length ?? 0) > 0,
    )
  }
}

/** Every login and failure of a day, with what is known of the user at that time. */
function annotatedOf(
  { logins, failures }: ResolvedDay,
  query: UserQuery,
  isPerson: boolean,
  findingsAround: () => readonly UserFinding[],
): AnnotatedAttempt[] {
  const annotate = (attempt: Attempt, outcome: AnnotatedAttempt['outcome']): AnnotatedAttempt => {
    const { event, place, prefix } = attempt
    const t = event.timestampMs
    const isVouched = query.isVouched(prefix, t)
    const isSuspect = !isVouched && (outcome === 'success' || outcome === 'mfa_denied')
    return {
      attempt,
      outcome,
      isVouched,
      knowsAsn: query.knowsAsn(place.asn, t),
      knowsCountry: query.knowsCountry(place.country, t),
      knowsDevice: query.knowsDevice(event.deviceId, t),
      isKnown: query.isKnown(t),
      isPerson,
      isMisspelt: !isVouched && outcome !== 'success' && resemblesUser(query.profile, attempt),
      isHomeCountry: isOrdinaryCountry(query.profile, place.country),
      isCold: query.isCold,
      bruteForce: isSuspect ? bruteForceWithin(findingsAround(), t) : null,
    }
  }
  return [
    ...logins.map((attempt) => annotate(attempt, 'success')),
    ...failures.map(({ attempt, outcome }) => annotate(attempt, outcome)),
  ]
}

/** The name is one edit away from somebody who uses the source network. */
function resemblesUser(profile: OrganisationProfile, { prefix, event }: Attempt): boolean {
  for (const name of profile.usersOf(prefix)) {
    if (isOneEditApart(name, event.userKey)) return true
  }
  return false
}

/** The strongest brute force on the user within reach of a success, before or after it. */
function bruteForceWithin(
  findings: readonly UserFinding[],
  timestampMs: number,
): BruteForceContext | null {
  let strongest: AlertDraft | null = null
  for (const { draft, attackPaneStartsMs } of findings) {
    const isNear = attackPaneStartsMs.some(
      (startMs) => distanceToPaneMs(timestampMs, startMs) <= SUCCESS_INSIDE_LIMITS.reachMs,
    )
    if (!isNear) continue
    const isStronger =
      strongest === null ||
      draft.score > strongest.score ||
      (draft.score === strongest.score && draft.timestampMs < strongest.timestampMs)
    if (isStronger) strongest = draft
  }
  if (strongest === null) return null
  return {
    score: units(strongest.score),
    failures: strongest.counts.failures_unvouched ?? 0,
    networks: strongest.counts.networks_unvouched ?? 0,
    evidence: strongest.evidence
      .slice(0, COMMON_LIMITS.evidenceLines - 1)
      .map((line) => ({ ...line, role: 'context' })),
  }
}
