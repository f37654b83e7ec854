import type { Attempt } from '@sekisho/event'
import type { UserView } from '../user-view.ts'

/**
 * Families of terms that bear witness independently of each other (A.10): new for the user, rare for the
 * organisation, travel and concurrency, guessing before the login, state of the account.
 */
export type LoginTermFamily =
  | 'new_for_user'
  | 'rare_for_organisation'
  | 'travel'
  | 'guessing'
  | 'account'

/** A summand of a login's score. */
export interface LoginTerm {
  readonly family: LoginTermFamily
  readonly name: string
  /** Log odds in 1/1024 nat. */
  readonly units: number
  /** Plain words that can stand in a sentence about the login. */
  readonly why: string
  /** The numbers that the value is made of. */
  readonly quantities: Readonly<Record<string, number>>
  /** Lines that show it, beside the login's own. */
  readonly lines: readonly Attempt[]
}

/** A login that counts, and what every group of terms asks of it. */
export interface LoginContext {
  readonly view: UserView
  /** UTC day number of the login. */
  readonly day: number
  readonly login: Attempt
  /** The user succeeded from this source network before, long enough ago. */
  readonly isVouched: boolean
  /** N_u: distinct days before, within `vouchDays`, on which the user was active. */
  readonly activeDays: number
}

/** A term that rests on the login's own line. */
export function termOf(
  family: LoginTermFamily,
  name: string,
  units: number,
  why: string,
  quantities: Readonly<Record<string, number>>,
): LoginTerm {
  return { family, name, units, why, quantities, lines: [] }
}

/** Sum of some terms in 1/1024 nat: integers, so that no order shows. */
export function sumOf(terms: readonly LoginTerm[]): number {
  return terms.reduce((sum, term) => sum + term.units, 0)
}
