import type { AttemptEvent, DecidesRank } from '@sekisho/event'

/** What grouping reads of a line that may decide a login. */
export interface LoginCandidate {
  readonly id: string
  readonly timestampMs: number
  readonly decides: DecidesRank
  readonly isSuccess: boolean
  readonly address: string
  readonly gateway: string
  readonly sessionId: string
}

/** What grouping reads of an event. */
export function loginCandidateOf(id: string, event: AttemptEvent): LoginCandidate {
  return {
    id,
    timestampMs: event.timestampMs,
    decides: event.decides,
    isSuccess: event.outcome === 'success',
    address: event.sourceAddress,
    gateway: event.gatewaySerial === '' ? event.gateway : event.gatewaySerial,
    sessionId: event.sessionId,
  }
}

function isSameLogin(a: LoginCandidate, b: LoginCandidate, loginGroupMs: number): boolean {
  return (
    a.address === b.address &&
    a.gateway === b.gateway &&
    (a.sessionId === '' || b.sessionId === '' || a.sessionId === b.sessionId) &&
    Math.abs(a.timestampMs - b.timestampMs) <= loginGroupMs
  )
}

/** Better rank first, then earlier, then the smaller id. */
function isBetter(a: LoginCandidate, b: LoginCandidate): boolean {
  if (a.decides !== b.decides) return a.decides === 'yes'
  if (a.timestampMs !== b.timestampMs) return a.timestampMs < b.timestampMs
  return a.id < b.id
}

/**
 * Which of one user's candidate lines count as a login. Every refused attempt is one (a person who types a wrong
 * password twice has failed twice); of the lines that tell of one success, only the best one decides: candidates
 * are taken best first, and one that belongs to a login already taken is left out.
 * A function of the set: any order of `candidates` gives the same answer.
 *
 * @param candidates lines of one user with a rank other than `no`
 * @param loginGroupMs lines this close together are one login (`limits.common.loginGroupMs`), ms
 */
export function decidingIds(
  candidates: readonly LoginCandidate[],
  loginGroupMs: number,
): Set<string> {
  const deciding = new Set<string>()
  const successes: LoginCandidate[] = []
  for (const candidate of candidates) {
    if (candidate.isSuccess) successes.push(candidate)
    else deciding.add(candidate.id)
  }
  if (successes.length > 1) successes.sort((a, b) => (isBetter(a, b) ? -1 : 1))
  const taken: LoginCandidate[] = []
  for (const candidate of successes) {
    if (taken.some((other) => isSameLogin(candidate, other, loginGroupMs))) continue
    taken.push(candidate)
    deciding.add(candidate.id)
  }
  return deciding
}
