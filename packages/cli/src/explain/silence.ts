import type { AttemptExplanation } from '@sekisho/scorer'
import { countOf, signedText } from '../words.ts'

type Row = readonly [name: string, text: string]

const NOTHING = 'silent'

/**
 * Why the rules that could have been about a line say nothing of it, one row for each; the numbers behind it are in the
 * other sections. Empty where a rule speaks of the line.
 */
export function silenceRows(explanation: AttemptExplanation): Row[] {
  const { outcome, decidedBy, drafts, attempt } = explanation
  if (drafts.some(({ evidence }) => evidence.some(({ eventId }) => eventId === attempt.id))) {
    return []
  }
  if (outcome === null) {
    const why =
      decidedBy === ''
        ? 'the line is neither a login nor a failure that counts'
        : 'another line of the same login decides it'
    return [[NOTHING, why]]
  }
  const rows = outcome === 'success' ? loginRows(explanation) : failureRows(explanation)
  const cold: Row[] = explanation.organisation.isCold
    ? [[NOTHING, 'cold start: novelty means nothing yet, so only N1, N2 and X1 can speak']]
    : []
  return [...rows, ...cold]
}

function loginRows(explanation: AttemptExplanation): Row[] {
  return [
    [`${NOTHING} U2`, scoreReason(explanation.login)],
    [`${NOTHING} X1`, insideReason(explanation)],
  ]
}

function scoreReason(login: AttemptExplanation['login']): string {
  if (login === null) return 'the login has no source network to be novel in'
  const { sum, thresholds, standsBehind } = login
  if (sum >= thresholds.signal && standsBehind !== '') {
    return 'another login from the same network on that day counts more and stands for both'
  }
  return `the login’s ${signedText(sum)} nats are less than a signal (${thresholds.signal.toFixed(1)})`
}

function insideReason({ attempt, user, organisation, source }: AttemptExplanation): string {
  if (user?.isVouched === true) {
    return 'the user has used this source network before: an attack there says nothing of the owner'
  }
  if (source === null) return 'the line names no source network'
  const { strongest, failingUsers } = source
  if (strongest === null) return 'nobody failed at this source around the login'
  const { nats, thresholdNats, failingUsersMin, address } = strongest
  if (nats < thresholdNats || strongest.failingUsers < failingUsersMin) {
    return `${countOf(failingUsers, 'user')} failed at this source around the login, which is no attack`
  }
  if (organisation.isCold) {
    return 'the attack on this source is too small to mean anything in the cold start'
  }
  if (address !== '' && address !== attempt.event.sourceAddress) {
    return `the attack comes from another address of the network, ${address}`
  }
  return user?.isKnown === true
    ? 'the attack on this source is too far away in time'
    : 'a newcomer’s first login from an ordinary network in a country where colleagues live is no success of an attacker'
}

function failureRows({ source, bruteForce }: AttemptExplanation): Row[] {
  return [
    [`${NOTHING} N`, attackReason(source)],
    [`${NOTHING} U1`, guessingReason(bruteForce)],
  ]
}

function attackReason(source: AttemptExplanation['source']): string {
  const window = source?.own ?? source?.strongest ?? null
  if (window === null) return 'the failure says nothing of its source'
  const { nats, thresholdNats, failingUsers, failingUsersMin } = window
  if (failingUsers < failingUsersMin) {
    return `${countOf(failingUsers, 'user')} failed at this source, and an attack is ${failingUsersMin} or more`
  }
  if (nats >= thresholdNats) return 'the attack is told of without this line among its evidence'
  return `the source’s ${signedText(nats)} nats are less than an attack (${thresholdNats.toFixed(1)}): vouched users speak for it`
}

function guessingReason(bruteForce: AttemptExplanation['bruteForce']): string {
  if (bruteForce === null) return 'no failures from strange networks of a user who is known'
  const { points, threshold, failuresStrange } = bruteForce
  return `${points.toFixed(1)} points of ${threshold.toFixed(1)}: ${failuresStrange} failures from strange networks in the strongest window of the day`
}
