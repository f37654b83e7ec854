import type { Attempt, Consideration } from '@sekisho/event'
import { networkTextOf } from '../evidence.ts'
import { SECOND_MS, spanTextOf, wholeTextOf } from '../time.ts'
import type { TravelPair } from '../travel-pairs.ts'
import { isSameDevice } from '../travel-suppression.ts'
import type { Presence, UserView } from '../user-view.ts'
import type { LoginContext, LoginTerm } from './login-term.ts'

/** What impossible travel and concurrency say of a login. */
export interface LoginTravel {
  readonly terms: readonly LoginTerm[]
  /** The pair that counts most, if any counts. */
  readonly pair: TravelPair | null
  readonly considered: readonly Consideration[]
}

export const NO_TRAVEL: LoginTravel = { terms: [], pair: null, considered: [] }

/**
 * The best unsuppressed pair as a term, and the one device at both ends as another (A.2).
 *
 * One device speaks for the login only when its other end is a network that the user has learnt: a thief who changes
 * his exit brings the same device to two strange ends. And the device is one witness: where `known_device` has already
 * counted it, it does not count again.
 *
 * @param pairs the login's infeasible pairs, those that count most first
 */
export function travelOf(context: LoginContext, pairs: readonly TravelPair[]): LoginTravel {
  if (pairs.length === 0) return NO_TRAVEL
  const { view, login } = context
  const pair = pairs.find(({ isSuppressed }) => !isSuppressed) ?? null
  const shown = pair ?? (pairs[0] as TravelPair)
  const { learntDays } = view.config.limits.travel
  const artefact = pairs.find(
    ({ considered, fromDays }) => isSameDevice(considered) && fromDays >= learntDays,
  )
  const isCounted = view.knowsDevice(login.event.deviceId, login.event.timestampMs)
  const terms = [
    ...(pair === null ? [] : [pairTermOf(view, pair)]),
    ...(artefact === undefined || isCounted ? [] : [sameDeviceTermOf(view, artefact)]),
  ]
  const suppressed = pairs.filter((other) => other !== shown && other.isSuppressed).length
  return { terms, pair, considered: [...shown.considered, otherPairs(suppressed)] }
}

function otherPairs(suppressed: number): Consideration {
  return {
    name: 'other_pairs',
    applied: false,
    why: `${suppressed} other infeasible pairs of this day were suppressed by the reasons above`,
  }
}

/** The lines that bound both presences: what the geometry was computed from. */
function linesOf({ from, to }: TravelPair): Attempt[] {
  return [to.first, from.first, to.last, from.last]
}

function sameDeviceTermOf({ config }: UserView, pair: TravelPair): LoginTerm {
  return {
    family: 'travel',
    name: 'same_device',
    units: config.limits.travel.sameDevice,
    why: `the same device was in ${placeTextOf(pair.from)}`,
    quantities: { from_network_days: pair.fromDays },
    lines: linesOf(pair),
  }
}

function pairTermOf(view: UserView, pair: TravelPair): LoginTerm {
  const { distanceKm, distanceLowerKm, gapMs, elapsedUpperMs, speedLowerKmh, units } = pair
  const limits = view.config.limits.travel
  const geometry = {
    distance_km: distanceKm,
    distance_lower_km: distanceLowerKm,
    distance_limit_km: limits.distanceLowerKmMin,
    gap_s: gapMs / SECOND_MS,
    elapsed_upper_s: elapsedUpperMs / SECOND_MS,
    speed_lower_kmh: speedLowerKmh,
    speed_limit_kmh: limits.speedLowerKmhMin,
    is_roaming: Number(pair.isRoaming),
  }
  const common = { family: 'travel', units, lines: linesOf(pair) } as const
  if (pair.concurrentMs > 0) {
    return {
      ...common,
      name: 'concurrent_sessions',
      why: `${spanTextOf(pair.concurrentMs)} of sessions open at one time in ${placeTextOf(pair.from)}, ${lowerTextOf(pair)} away`,
      quantities: {
        ...geometry,
        concurrent_s: pair.concurrentMs / SECOND_MS,
        concurrent_limit_s: limits.concurrentMsMin / SECOND_MS,
        organisation_concurrent_share: view.profile.concurrentShare,
        organisation_concurrent_limit: limits.concurrentShareMin,
      },
    }
  }
  const name = gapMs === 0 ? 'overlapping_presence' : 'impossible_travel'
  return { ...common, name, why: journeyTextOf(pair), quantities: geometry }
}

function lowerTextOf({ distanceLowerKm }: TravelPair): string {
  return `at least ${wholeTextOf(distanceLowerKm)} km`
}

function journeyTextOf(pair: TravelPair): string {
  const { from, to, gapMs, elapsedUpperMs, speedLowerKmh } = pair
  if (gapMs === 0) {
    return `while active in ${placeTextOf(from)}, ${lowerTextOf(pair)} apart at one time`
  }
  const when = `${spanTextOf(gapMs)} ${from.firstMs <= to.firstMs ? 'after' : 'before'}`
  const journey = `${lowerTextOf(pair)} in at most ${spanTextOf(elapsedUpperMs)}, ${wholeTextOf(speedLowerKmh)} km/h or more`
  return `${when} being active in ${placeTextOf(from)}, ${journey}`
}

/** `Tokyo, JP (198.51.100.1, AS64500 Network 64500 (residential))`. */
function placeTextOf({ place, first }: Presence): string {
  const { city, country } = place
  const where = [city, country].filter((text) => text !== '').join(', ')
  const network = networkTextOf({ ...place, city: '', country: '' })
  return `${where === '' ? 'an unknown country' : where} (${first.event.sourceAddress}, ${network})`
}
