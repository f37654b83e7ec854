import type { Attempt, Place, Severity } from '@sekisho/event'
import { isAccessClass, isOrganisationGround, isRentedClass } from './network-kinds.ts'
import { distanceBetween, isInfeasible, speedLowerKmhOf } from './travel.ts'
import type { UserView } from './user-view.ts'

/** One line of a session and, as far as this user goes, what its network is. */
export interface SessionEnd {
  readonly line: Attempt
  readonly isGround: boolean
  /** The user's own: vouched, learnt as (number, country), or the organisation's ground. */
  readonly isLearnt: boolean
}

/** Geometry of a move; formulas of A.2, without clock error as one gateway wrote both lines. */
export interface MoveGeometry {
  readonly distanceKm: number
  readonly distanceLowerKm: number
  readonly gapMs: number
  readonly elapsedUpperMs: number
  readonly speedLowerKmh: number
}

/** A session that was used in one network and next in another one. */
export interface SessionMove {
  /** The end that the alert is about: the one that is not the user's own, else the later. */
  readonly to: SessionEnd
  readonly from: SessionEnd
  /** Null unless nobody can have travelled that. */
  readonly infeasible: MoveGeometry | null
  readonly isAccessChange: boolean
  readonly isArrival: boolean
  readonly isLearntPair: boolean
  readonly isRoaming: boolean
  readonly isEveryday: boolean
  readonly isSameDevice: boolean
}

/**
 * The network of a line as the user's history and the organisation's profile know it.
 *
 * @param day the UTC day that is asked about; the line may be of a neighbour
 */
export function sessionEndOf(view: UserView, day: number, line: Attempt): SessionEnd {
  const { prefix, place, event } = line
  const isGround = isOrganisationGround(view.profile, { prefix, networkClass: place.networkClass })
  const isLearnt =
    isGround || view.isVouched(prefix, event.timestampMs) || isLearntNetwork(view, day, place)
  return { line, isGround, isLearnt }
}

function isLearntNetwork(view: UserView, day: number, { asn, country }: Place): boolean {
  const { learntDays } = view.config.limits.travel
  return asn !== 0 && view.networkDaysBefore(asn, country, day) >= learntDays
}

/** What two consecutive lines of one session, from different source networks and operators, amount to. */
export function sessionMoveOf(
  view: UserView,
  day: number,
  earlier: SessionEnd,
  later: SessionEnd,
): SessionMove {
  const isFromNew = !earlier.isLearnt && later.isLearnt
  const [from, to] = isFromNew ? [later, earlier] : [earlier, later]
  const a = earlier.line.place
  const b = later.line.place
  const isRented = isRentedClass(a.networkClass) || isRentedClass(b.networkClass)
  const country = countryOf(view, day, later)
  const isSameCountry = country !== '' && country === countryOf(view, day, earlier)
  return {
    to,
    from,
    infeasible: infeasibleOf(view, earlier.line, later.line),
    isAccessChange: isSameCountry && isWhereUsersAre(earlier) && isWhereUsersAre(later),
    isArrival: later.isGround,
    isLearntPair: earlier.isLearnt && later.isLearnt,
    isRoaming: !isRented && isHomeRouted(view, day, earlier, later),
    isEveryday: !isRented && (isSameCountry || !a.hasLocation || !b.hasLocation),
    isSameDevice:
      to.line.event.deviceId !== '' && to.line.event.deviceId === from.line.event.deviceId,
  }
}

/** The reason of everyday life that explains a move, by its name among what an alert considers. */
export type MoveExplanation = 'access_networks' | 'shared_egress' | 'learnt_pair'

/** Null when nothing explains the move. */
export function explanationOfMove({
  isAccessChange,
  isArrival,
  isLearntPair,
}: SessionMove): MoveExplanation | null {
  if (isAccessChange) return 'access_networks'
  if (isArrival) return 'shared_egress'
  return isLearntPair ? 'learnt_pair' : null
}

const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const

/**
 * High by itself, critical when nobody can have travelled that (A.2). Medium where the phone may be abroad while its
 * carrier is at home, or where a person can have carried the client to a network that no list knows. One step less
 * with one device at both ends: a device's id is the client's own word, which a thief can repeat with the cookie.
 */
export function severityOfMove(view: UserView, move: SessionMove): Severity {
  if (view.isCold) return 'low'
  const isCritical = move.infeasible !== null && !move.isRoaming
  const isMedium = move.isRoaming || move.isEveryday
  const step = isCritical ? 3 : isMedium ? 1 : 2
  return SEVERITIES[move.isSameDevice ? step - 1 : step] as Severity
}

function isWhereUsersAre({ isGround, line }: SessionEnd): boolean {
  return isGround || isAccessClass(line.place.networkClass)
}

/** A private address has no country; the organisation's ground is where its user lives. */
function countryOf(view: UserView, day: number, { isGround, line }: SessionEnd): string {
  if (line.place.country !== '' || !isGround) return line.place.country
  return view.homeCountry(day)
}

function infeasibleOf(view: UserView, earlier: Attempt, later: Attempt): MoveGeometry | null {
  if (view.config.travel.mode === 'off') return null
  const distance = distanceBetween(earlier.place, later.place)
  if (distance === null) return null
  const gapMs = later.event.timestampMs - earlier.event.timestampMs
  const resolutionMs = earlier.event.resolutionMs + later.event.resolutionMs
  const { travel } = view.config.limits
  const elapsedUpperMs = Math.max(travel.elapsedMsMin, gapMs + resolutionMs)
  const speedLowerKmh = speedLowerKmhOf(distance.lowerKm, elapsedUpperMs)
  if (!isInfeasible(distance.lowerKm, speedLowerKmh, travel)) return null
  const { km: distanceKm, lowerKm: distanceLowerKm } = distance
  return { distanceKm, distanceLowerKm, gapMs, elapsedUpperMs, speedLowerKmh }
}

/**
 * One end is the user's own mobile carrier at home, the other one abroad, and no fixed line of the user at home was
 * alive around then: a phone abroad is routed home, the hotel's network is not (A.2).
 */
function isHomeRouted(view: UserView, day: number, a: SessionEnd, b: SessionEnd): boolean {
  const home = view.homeCountry(day)
  const isCarrier = ({ isLearnt, line: { place } }: SessionEnd): boolean =>
    isLearnt && place.networkClass === 'mobile' && place.country === home
  const abroad = isCarrier(a) ? b : isCarrier(b) ? a : null
  if (home === '' || abroad === null || abroad.line.place.country === home) return false
  const { timestampMs } = abroad.line.event
  const { roamingFixedLineMs } = view.config.limits.travel
  return !view.presences(day).some(({ place, firstMs, lastMs }) => {
    const gapMs = Math.max(0, firstMs - timestampMs, timestampMs - lastMs)
    const isFixedAtHome = place.networkClass !== 'mobile' && place.country === home
    return isFixedAtHome && gapMs <= roamingFixedLineMs && isLearntNetwork(view, day, place)
  })
}
