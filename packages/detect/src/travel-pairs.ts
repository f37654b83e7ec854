import type { Attempt, Consideration } from '@sekisho/event'
import { concurrentMsOf } from './concurrent-sessions.ts'
import { compareText } from './evidence.ts'
import type { Limits } from './limits.ts'
import { dayOf } from './time.ts'
import { distanceBetween, isInfeasible, speedLowerKmhOf } from './travel.ts'
import {
  gapMsOf,
  isRoaming,
  isSuppressed,
  suppressionsOf,
  type TravelEnds,
} from './travel-suppression.ts'
import type { Presence, SessionSpan, UserView } from './user-view.ts'

/** Two presences that nobody can have travelled between; `to` is the end that the alert is about. */
export interface TravelPair extends TravelEnds, Journey {
  /** How long sessions of both ends were open together, ms; 0 when too short, or where that is a habit. */
  readonly concurrentMs: number
  readonly considered: readonly Consideration[]
  /** Nothing of it counts. */
  readonly isSuppressed: boolean
  /** It may be a phone that is routed home: it counts no more than that allows. */
  readonly isRoaming: boolean
  /** What it counts unless suppressed, in 1/1024 nat. */
  readonly units: number
}

/** The infeasible pairs whose alert end a login lies in, those that count most first. */
export type TravelPairsOf = (login: Attempt) => readonly TravelPair[]

const NO_PAIRS: readonly TravelPair[] = []

/**
 * Impossible travel and concurrency of a user's logins of one day (A.2). Presences are compared symmetrically, so the
 * verdict is a function of the set. Every presence is compared at most once however many logins lie in it.
 */
export function travelPairsOf(view: UserView, day: number): TravelPairsOf {
  if (view.config.travel.mode === 'off' || !view.isInSeveralNetworks(day)) return () => NO_PAIRS
  const presences = view.presences(day)
  const sessions = view.sessions(day)
  const known = new Map<Presence, readonly TravelPair[]>()
  const pairsTo = (to: Presence): readonly TravelPair[] => {
    let pairs = known.get(to)
    if (pairs === undefined) {
      pairs = presences.flatMap((from) => pairOf(view, day, from, to, sessions) ?? [])
      known.set(to, pairs)
    }
    return pairs
  }
  return (login) =>
    presences
      .filter((presence) => contains(presence, login))
      .flatMap(pairsTo)
      .sort(comparePairs)
}

function contains({ isLogin, prefix, firstMs, lastMs }: Presence, { prefix: at, event }: Attempt) {
  return isLogin && prefix === at && firstMs <= event.timestampMs && event.timestampMs <= lastMs
}

function pairOf(
  view: UserView,
  day: number,
  from: Presence,
  to: Presence,
  sessions: readonly SessionSpan[],
): TravelPair | null {
  const geometry = impossibleJourney(view, from, to)
  if (geometry === null) return null
  const ends = endsOf(view, from, to)
  if (!isAlertEnd(ends, view.config.limits.travel.learntDays)) return null
  const considered = suppressionsOf(view, day, ends)
  const { limits } = view.config
  const overlapMs = concurrentMsOf(from, to, sessions, limits.travel)
  const isConcurrent = overlapMs >= limits.travel.concurrentMsMin && !isConcurrencyCommon(view)
  const concurrentMs = isConcurrent ? overlapMs : 0
  const roams = isRoaming(considered)
  // Sessions that are open together make their presences overlap: concurrency and travel are one term.
  const units = geometry.gapMs === 0 ? limits.travel.overlap : limits.travel.infeasible
  return {
    ...ends,
    ...geometry,
    concurrentMs,
    considered,
    isSuppressed: isSuppressed(considered),
    isRoaming: roams,
    units: roams ? Math.min(units, limits.travel.roaming) : units,
  }
}

/** True where the organisation's users hold sessions from several networks at one time as a habit. */
function isConcurrencyCommon({ config, profile }: UserView): boolean {
  return profile.concurrentShare >= config.limits.travel.concurrentShareMin
}

/**
 * Both networks are judged as of the earlier end's day: the answer is then the same whichever of the two days asks, so
 * that exactly one of the ends is the alert's, and it never rests on a day whose own alerts are still open.
 */
function endsOf(view: UserView, from: Presence, to: Presence): TravelEnds {
  const asOfDay = Math.min(dayOf(from.firstMs), dayOf(to.firstMs))
  const daysAt = ({ place }: Presence): number =>
    view.networkDaysBefore(place.asn, place.country, asOfDay)
  return { from, to, asOfDay, fromDays: daysAt(from), toDays: daysAt(to) }
}

/** The alert is about the end that is new to the user, else about the later one (C.5); always about a login. */
function isAlertEnd({ from, to, fromDays, toDays }: TravelEnds, learntDays: number): boolean {
  const isToNew = toDays < learntDays
  if (isToNew !== fromDays < learntDays) return isToNew
  if (!from.isLogin) return true
  return startsAfter(to, from)
}

/** By time, then by id: one of two presences is the later one even if they began together. */
function startsAfter(a: Presence, b: Presence): boolean {
  return (a.firstMs - b.firstMs || compareText(a.first.id, b.first.id)) > 0
}

/** What lies between two places of a user, at the least. */
export interface Journey {
  readonly distanceKm: number
  readonly distanceLowerKm: number
  readonly gapMs: number
  readonly elapsedUpperMs: number
  readonly speedLowerKmh: number
}

/** The journey between two presences, whether it can be made or not; null when either has no location. */
export function journeyBetween(
  from: Presence,
  to: Presence,
  limits: Limits['travel'],
): Journey | null {
  const distance = distanceBetween(from.place, to.place)
  if (distance === null) return null
  const gapMs = gapMsOf(from, to)
  const [earlier, later] = startsAfter(from, to) ? [to, from] : [from, to]
  const a = earlier.last.event
  const b = later.first.event
  const clockErrorMs = a.gateway === b.gateway ? 0 : 2 * limits.gatewayClockErrorMs
  const elapsedUpperMs = Math.max(
    limits.elapsedMsMin,
    gapMs + clockErrorMs + a.resolutionMs + b.resolutionMs,
  )
  return {
    distanceKm: distance.km,
    distanceLowerKm: distance.lowerKm,
    gapMs,
    elapsedUpperMs,
    speedLowerKmh: speedLowerKmhOf(distance.lowerKm, elapsedUpperMs),
  }
}

function impossibleJourney({ config }: UserView, from: Presence, to: Presence): Journey | null {
  const limits = config.limits.travel
  if (from.prefix === to.prefix || gapMsOf(from, to) > limits.gapMsMax) return null
  const journey = journeyBetween(from, to, limits)
  if (journey === null) return null
  return isInfeasible(journey.distanceLowerKm, journey.speedLowerKmh, limits) ? journey : null
}

/** Those that count most first, then the fastest; ties by time and id of both ends, so that the choice is a function of the set. */
function comparePairs(a: TravelPair, b: TravelPair): number {
  return (
    b.units - a.units ||
    b.speedLowerKmh - a.speedLowerKmh ||
    a.to.firstMs - b.to.firstMs ||
    a.from.firstMs - b.from.firstMs ||
    compareText(a.to.first.id, b.to.first.id) ||
    compareText(a.from.first.id, b.from.first.id)
  )
}
