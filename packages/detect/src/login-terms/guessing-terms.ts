import { GUESSES } from '../guesses.ts'
import { countTextOf, spanTextOf } from '../time.ts'
import type { Failure } from '../user-view.ts'
import type { LoginContext, LoginTerm } from './login-term.ts'

/**
 * What the user's own failures in the time before a login say of it (A.8). One or two wrong passwords from the same
 * source network are the owner's typing errors. Refused second factors and many guesses count against the login, from
 * whatever strange networks they came (whoever guesses changes his address), unless the login itself comes from where
 * the user is vouched: then the owner came home while somebody else was guessing. In the cold start no network
 * is known to be strange.
 */
export function guessingTerms({ view, login, isVouched }: LoginContext): LoginTerm[] {
  const { timestampMs } = login.event
  const { justBeforeMs } = view.config.limits.login
  const failures = view.failures(timestampMs - justBeforeMs, timestampMs)
  if (failures.length === 0) return []
  const strange =
    isVouched || view.isCold
      ? []
      : failures.filter(({ attempt }) => !view.isVouched(attempt.prefix, attempt.event.timestampMs))
  const { factorDeniedBefore, guessedBefore, guessesMin } = view.config.limits.login
  const within = spanTextOf(justBeforeMs)
  const terms: LoginTerm[] = []
  const denied = strange.filter(({ outcome }) => outcome === 'mfa_denied')
  if (denied.length > 0) {
    const why = `the second factor was refused ${timesOf(denied.length)} in the ${within} before`
    terms.push(termOfFailures('factor_denied_before', factorDeniedBefore, why, denied))
  }
  const guesses = strange.filter(({ outcome }) => GUESSES.has(outcome))
  if (guesses.length >= guessesMin) {
    const why = `${countTextOf(guesses.length, 'failed login')} from strange networks in the ${within} before`
    terms.push(termOfFailures('guessed_before', guessedBefore, why, guesses))
  }
  return terms.length > 0 ? terms : typingErrors(failures, login.prefix, view.config.limits.login)
}

function typingErrors(
  failures: readonly Failure[],
  prefix: string,
  { typingError, typingErrorsMax }: { typingError: number; typingErrorsMax: number },
): LoginTerm[] {
  const here = failures.filter(({ attempt }) => attempt.prefix === prefix)
  const wrong = here.filter(({ outcome }) => outcome === 'bad_credential')
  // A refused second factor is never a typing error, wherever the user is.
  if (here.some(({ outcome }) => outcome === 'mfa_denied')) return []
  if (wrong.length === 0 || wrong.length > typingErrorsMax) return []
  const why = `${wrong.length === 1 ? 'a wrong password' : `${wrong.length} wrong passwords`} just before, as people mistype`
  return [termOfFailures('typing_error', typingError, why, wrong)]
}

function timesOf(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

function termOfFailures(
  name: string,
  units: number,
  why: string,
  failures: readonly Failure[],
): LoginTerm {
  const lines = failures.map(({ attempt }) => attempt)
  return { family: 'guessing', name, units, why, quantities: { failures: lines.length }, lines }
}
