import { signedTextOf, wholeTextOf } from '@sekisho/detect'
import type { AttemptExplanation } from '../explain.ts'
import type { LoginExplanation } from './login-explanation.ts'
import type { OtherPresence } from './other-presences.ts'

/** Terms that are named among those that speak for a login. */
const TERMS_TOLD = 3

/** Why U2 calls a login no signal. */
export function scoreReason({ login }: AttemptExplanation): string {
  if (login === null) return 'the login has no source network to be novel in'
  const { sum, thresholds, standsBehind } = login
  if (sum >= thresholds.signal && standsBehind !== '') {
    return 'another login from the same network on that day counts more and stands for both'
  }
  return sumReason(login, 'a signal', thresholds.signal)
}

/** Why the sum of a login's terms is too small for something, and what made it small. */
export function sumReason({ sum, terms }: LoginExplanation, what: string, least: number): string {
  const speaking = terms.filter(({ value }) => value < 0).sort((a, b) => a.value - b.value)
  const told = speaking.slice(0, TERMS_TOLD).map(({ name, why }) => `${why} (${name})`)
  const small = `the login’s ${signedTextOf(sum)} nats are less than ${what} (${least.toFixed(1)})`
  return told.length === 0 ? small : `${small}; for it speaks: ${told.join('; ')}`
}

/** T1 and T2 name a login that U2 scores; where they do not, this is why. */
export function travelReason(explanation: AttemptExplanation): string {
  const { otherPresences, speedLowerKmhMin, login } = explanation
  if (otherPresences.length === 0) return 'the user was nowhere else around the login'
  const [fastest] = otherPresences.toSorted((a, b) => speedOf(b) - speedOf(a))
  if (fastest === undefined || speedOf(fastest) === 0) return nearReason(explanation)
  const far = `at least ${wholeTextOf(fastest.distanceLowerKm ?? 0)} km at ${wholeTextOf(speedOf(fastest))} km/h or more`
  if (speedOf(fastest) < speedLowerKmhMin) {
    return `${far} can be travelled: impossible begins at ${wholeTextOf(speedLowerKmhMin)} km/h`
  }
  const applied = login?.considered.filter(({ applied: isApplied }) => isApplied) ?? []
  return applied.length === 0
    ? `${far} is impossible, and told of at the other end`
    : `${far} is impossible, but ${applied.map(({ name }) => name).join(' and ')} explains it`
}

function speedOf({ speedLowerKmh }: OtherPresence): number {
  return speedLowerKmh ?? 0
}

/** Why no distance counts between the login's place and the user's others. */
function nearReason({ attempt, otherPresences }: AttemptExplanation): string {
  const reasons = otherPresences.map(({ place, distanceLowerKm, speedLowerKmh }) => {
    if (distanceLowerKm === null) return 'one of the places has no known location'
    if (distanceLowerKm > 0 && speedLowerKmh === null) return 'the line is no sign of life itself'
    const isMobile = [place, attempt.place].some(({ networkClass }) => networkClass === 'mobile')
    return isMobile
      ? 'a mobile carrier’s gateways may stand anywhere in its country, which is no distance'
      : 'the places may be one and the same, less the radii of both'
  })
  return `no distance to the user’s other places: ${[...new Set(reasons)].join('; ')}`
}
