import { SOURCE_LIMITS } from './limits.ts'
import type { AnnotatedAttempt } from './source-view.ts'

/**
 * How a user's outcomes at a source count, strongest claim first: a user seen with several outcomes counts once,
 * by this order (A.3). Outcomes and flags only ever turn on, so the class is a function of the set.
 */
export const OUTCOME_CLASSES = [
  { name: 'vouched_success', value: SOURCE_LIMITS.vouchedSuccess, isFailing: false },
  { name: 'ordinary_success', value: SOURCE_LIMITS.ordinarySuccess, isFailing: false },
  { name: 'other_success', value: SOURCE_LIMITS.otherSuccess, isFailing: false },
  { name: 'factor_denied', value: SOURCE_LIMITS.factorDenied, isFailing: true },
  { name: 'vouched_failure', value: SOURCE_LIMITS.vouchedFailure, isFailing: true },
  { name: 'operator_known_failure', value: SOURCE_LIMITS.networkKnownFailure, isFailing: true },
  { name: 'unvouched_failure', value: SOURCE_LIMITS.unvouchedFailure, isFailing: true },
  { name: 'locked', value: SOURCE_LIMITS.locked, isFailing: true },
  { name: 'misspelt', value: SOURCE_LIMITS.misspelt, isFailing: true },
  { name: 'unknown_user', value: SOURCE_LIMITS.unknownUser, isFailing: true },
] as const

export type OutcomeClassName = (typeof OUTCOME_CLASSES)[number]['name']

/** Classes of users who failed, whatever it says of them. */
export const FAILING_CLASSES: ReadonlySet<OutcomeClassName> = new Set(
  OUTCOME_CLASSES.filter(({ isFailing }) => isFailing).map(({ name }) => name),
)

const INDEX_OF = new Map(OUTCOME_CLASSES.map(({ name }, index) => [name, index]))

/** Networks on which people live: a success there, in a country the user knows, is ordinary. */
function isAccessNetwork(annotated: AnnotatedAttempt): boolean {
  const { networkClass } = annotated.attempt.place
  return networkClass === 'residential' || networkClass === 'mobile'
}

/**
 * A success that needs no explanation although nothing vouches for it: on an access network in a country the user
 * knows, or for a newcomer one where the organisation's users live; in the cold start any (A.3).
 */
export function isOrdinarySuccess(annotated: AnnotatedAttempt): boolean {
  if (annotated.isCold) return true
  if (!isAccessNetwork(annotated)) return false
  return annotated.isKnown ? annotated.knowsCountry : annotated.isHomeCountry
}

/** The class of one attempt; null for outcomes that say nothing about guessing. */
export function outcomeClassOf(annotated: AnnotatedAttempt): OutcomeClassName | null {
  switch (annotated.outcome) {
    case 'success':
      if (annotated.isVouched) return 'vouched_success'
      return isOrdinarySuccess(annotated) ? 'ordinary_success' : 'other_success'
    case 'mfa_denied':
      return annotated.isVouched ? 'vouched_failure' : 'factor_denied'
    case 'bad_credential':
    case 'unknown_user':
    case 'expired_password':
    case 'disabled_or_locked':
      return failureClassOf(annotated)
    default:
      return null
  }
}

function failureClassOf(annotated: AnnotatedAttempt): OutcomeClassName {
  if (annotated.isVouched) return 'vouched_failure'
  if (annotated.knowsAsn) return 'operator_known_failure'
  if (annotated.outcome === 'disabled_or_locked') return 'locked'
  if (annotated.isCold) return 'unvouched_failure'
  // Unknown: to us, who have never seen the name succeed, or to the gateway, which should know.
  if (annotated.isKnown && annotated.outcome !== 'unknown_user') return 'unvouched_failure'
  return annotated.isMisspelt ? 'misspelt' : 'unknown_user'
}

/**
 * Log-likelihood ratio of attack against honest use over the distinct users of a window, kept up to date as
 * attempts enter and leave. A sum over a set: order-free, in integers of 1/1024 nat.
 */
export class SourceTally {
  /** Sum over distinct users, 1/1024 nat. */
  llr = 0
  failingUsers = 0
  readonly #users = new Map<string, Uint32Array>()

  add(userKey: string, outcomeClass: OutcomeClassName): void {
    this.#change(userKey, outcomeClass, 1)
  }

  remove(userKey: string, outcomeClass: OutcomeClassName): void {
    this.#change(userKey, outcomeClass, -1)
  }

  /** Each user's class as counted. */
  classes(): Map<string, OutcomeClassName> {
    const classes = new Map<string, OutcomeClassName>()
    for (const [userKey, counts] of this.#users) {
      const index = strongest(counts)
      if (index >= 0)
        classes.set(userKey, (OUTCOME_CLASSES[index] as { name: OutcomeClassName }).name)
    }
    return classes
  }

  #change(userKey: string, outcomeClass: OutcomeClassName, by: 1 | -1): void {
    let counts = this.#users.get(userKey)
    if (counts === undefined) {
      counts = new Uint32Array(OUTCOME_CLASSES.length)
      this.#users.set(userKey, counts)
    }
    this.#count(strongest(counts), -1)
    const index = INDEX_OF.get(outcomeClass) as number
    counts[index] = (counts[index] as number) + by
    const now = strongest(counts)
    this.#count(now, 1)
    if (now < 0) this.#users.delete(userKey)
  }

  #count(index: number, by: 1 | -1): void {
    const outcomeClass = OUTCOME_CLASSES[index]
    if (outcomeClass === undefined) return
    this.llr += by * outcomeClass.value
    if (outcomeClass.isFailing) this.failingUsers += by
  }
}

function strongest(counts: Uint32Array): number {
  return counts.findIndex((count) => count > 0)
}

/** True when two names differ by one insertion, deletion, substitution or swap of neighbours. */
export function isOneEditApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let endA = a.length
  let endB = b.length
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  const restA = endA - start
  const restB = endB - start
  if (restA <= 1 && restB <= 1) return true
  return restA === 2 && restB === 2 && a[start] === b[start + 1] && a[start + 1] === b[start]
}
