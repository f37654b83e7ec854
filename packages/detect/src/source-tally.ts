import type { Limits } from './limits.ts'
import type { AnnotatedAttempt } from './source-view.ts'

/**
 * How a user's outcomes at a source count, strongest claim first: a user seen with several outcomes counts once,
 * by this order (A.3). Outcomes and flags only ever turn on, so the class is a function of the set. `limit` names the
 * class's log-likelihood ratio among the limits of `source`.
 */
export const OUTCOME_CLASSES = [
  { name: 'vouched_success', limit: 'vouchedSuccess', isFailing: false },
  { name: 'ordinary_success', limit: 'ordinarySuccess', isFailing: false },
  { name: 'other_success', limit: 'otherSuccess', isFailing: false },
  { name: 'factor_denied', limit: 'factorDenied', isFailing: true },
  { name: 'vouched_failure', limit: 'vouchedFailure', isFailing: true },
  { name: 'operator_known_failure', limit: 'operatorKnownFailure', isFailing: true },
  { name: 'unvouched_failure', limit: 'unvouchedFailure', isFailing: true },
  { name: 'locked', limit: 'locked', isFailing: true },
  { name: 'misspelt', limit: 'misspelt', isFailing: true },
  { name: 'unknown_user', limit: 'unknownUser', isFailing: true },
] as const

export type OutcomeClassName = (typeof OUTCOME_CLASSES)[number]['name']

/** Classes of users who failed, whatever it says of them. */
export const FAILING_CLASSES: ReadonlySet<OutcomeClassName> = new Set(
  OUTCOME_CLASSES.filter(({ isFailing }) => isFailing).map(({ name }) => name),
)

const INDEX_OF = new Map(OUTCOME_CLASSES.map(({ name }, index) => [name, index]))

/** Log-likelihood ratio of attack against honest use that each class stands for, 1/1024 nat, in the order of the classes. */
export function classValuesOf({ source }: Limits): readonly number[] {
  return OUTCOME_CLASSES.map(({ limit }) => source[limit])
}

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

/**
 * The class of one attempt; null for outcomes that say nothing about guessing. Whether an unknown name is `misspelt`
 * depends on the names around it: `classedAttemptsOf` says so.
 */
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
  return 'unknown_user'
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
  readonly #values: readonly number[]

  /** @param values of the classes, as `classValuesOf` gives them */
  constructor(values: readonly number[]) {
    this.#values = values
  }

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
    this.llr += by * (this.#values[index] as number)
    if (outcomeClass.isFailing) this.failingUsers += by
  }
}

function strongest(counts: Uint32Array): number {
  return counts.findIndex((count) => count > 0)
}
