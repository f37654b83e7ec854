import {
  type Consideration,
  type EvidenceLine,
  SEVERITY_SCORE,
  type Travel,
  type TravelEnd,
} from '@sekisho/event'
import type { AlertDraft } from './alert-draft.ts'
import {
  alertGatewayOf,
  alertSourceOf,
  compareText,
  evidenceOf,
  type NameMask,
  networkTextOf,
  relatedOf,
  shownUserOf,
} from './evidence.ts'
import { TRAVEL_LIMITS, UNITS_PER_NAT } from './limits.ts'
import { dayOf, dayTextOf, spanTextOf, wholeTextOf } from './time.ts'
import { distanceBetween, isInfeasible, speedLowerKmhOf } from './travel.ts'
import { isSuppressed, suppressionsOf } from './travel-suppression.ts'
import type { UserFinding } from './user-rules.ts'
import type { Presence, UserView } from './user-view.ts'

/** Two presences that nobody can have travelled between; `to` is the end that the alert is about. */
interface InfeasiblePair {
  readonly from: Presence
  readonly to: Presence
  readonly distanceKm: number
  readonly distanceLowerKm: number
  readonly gapMs: number
  readonly elapsedUpperMs: number
  readonly speedLowerKmh: number
}

/**
 * T1, impossible travel: alerts whose new end lies on `day`, one for each source network of it (A.2, strict mode).
 * Formulas, defaults and false positives: docs/rules/T1.md.
 */
export function impossibleTravel(view: UserView, day: number, mask: NameMask): UserFinding[] {
  if (view.isCold || !view.isInSeveralNetworks(day)) return []
  const presences = view.presences(day)
  const isNew = newnessOf(view)
  const found = new Map<string, { pair: InfeasiblePair; considered: Consideration[] }>()
  let suppressedPairs = 0
  for (const to of presences) {
    if (dayOf(to.firstMs) !== day || !to.place.hasLocation) continue
    for (const from of presences) {
      const pair = infeasiblePairOf(from, to)
      if (pair === null || !isAlertEnd(from, to, isNew)) continue
      const considered = suppressionsOf(view, from, to, day)
      if (isSuppressed(considered)) suppressedPairs++
      else {
        const best = found.get(to.prefix)
        if (best === undefined || comparePairs(pair, best.pair) < 0) {
          found.set(to.prefix, { pair, considered })
        }
      }
    }
  }
  return [...found.values()].map(({ pair, considered }) => ({
    draft: draftOf(view, day, pair, isNew, [...considered, otherPairs(suppressedPairs)], mask),
    attackPaneStartsMs: [],
  }))
}

/** An end is new until its network (asn, country) is learnt: one earlier visit may have been the thief's. */
function newnessOf(view: UserView): (presence: Presence) => boolean {
  const known = new Map<Presence, boolean>()
  return (presence) => {
    let answer = known.get(presence)
    if (answer === undefined) {
      const { asn, country } = presence.place
      const days = view.networkDaysBefore(asn, country, dayOf(presence.firstMs))
      answer = days < TRAVEL_LIMITS.learntDays
      known.set(presence, answer)
    }
    return answer
  }
}

/** The alert is about the end that is new to the user, else about the later one (C.5). */
function isAlertEnd(from: Presence, to: Presence, isNew: (p: Presence) => boolean): boolean {
  if (!to.isLogin || !isNew(to)) return false
  if (!isNew(from) || !from.isLogin) return true
  return (to.firstMs - from.firstMs || compareText(to.first.id, from.first.id)) > 0
}

function infeasiblePairOf(from: Presence, to: Presence): InfeasiblePair | null {
  if (from.prefix === to.prefix) return null
  const distance = distanceBetween(from.place, to.place)
  if (distance === null || distance.lowerKm < TRAVEL_LIMITS.distanceLowerKmMin) return null
  const [earlier, later] = from.firstMs <= to.firstMs ? [from, to] : [to, from]
  const gapMs = Math.max(0, later.firstMs - Math.min(from.lastMs, to.lastMs))
  if (gapMs > TRAVEL_LIMITS.gapMsMax) return null
  const a = earlier.last.event
  const b = later.first.event
  const clockErrorMs = a.gateway === b.gateway ? 0 : 2 * TRAVEL_LIMITS.gatewayClockErrorMs
  const elapsedUpperMs = Math.max(
    TRAVEL_LIMITS.elapsedMsMin,
    gapMs + clockErrorMs + a.resolutionMs + b.resolutionMs,
  )
  const speedLowerKmh = speedLowerKmhOf(distance.lowerKm, elapsedUpperMs)
  if (!isInfeasible(distance.lowerKm, speedLowerKmh)) return null
  return {
    from,
    to,
    distanceKm: distance.km,
    distanceLowerKm: distance.lowerKm,
    gapMs,
    elapsedUpperMs,
    speedLowerKmh,
  }
}

/** Fastest first; ties by time and id of both ends, so that the choice is a function of the set. */
function comparePairs(a: InfeasiblePair, b: InfeasiblePair): number {
  return (
    b.speedLowerKmh - a.speedLowerKmh ||
    a.to.firstMs - b.to.firstMs ||
    a.from.firstMs - b.from.firstMs ||
    compareText(a.to.first.id, b.to.first.id) ||
    compareText(a.from.first.id, b.from.first.id)
  )
}

function otherPairs(suppressed: number): Consideration {
  return {
    name: 'other_pairs',
    applied: false,
    why: `${suppressed} other infeasible pairs of this day were suppressed by the reasons above`,
  }
}

function travelEndOf(presence: Presence, newForUser: boolean): TravelEnd {
  const { prefix, firstMs, lastMs } = presence
  const { hasLocation: _has, why: _why, ...place } = presence.place
  const address = presence.first.event.sourceAddress
  return { prefix, address, ...place, firstMs, lastMs, newForUser }
}

function travelOf(pair: InfeasiblePair, isNew: (p: Presence) => boolean): Travel {
  const { from, to, ...geometry } = pair
  return {
    from: travelEndOf(from, isNew(from)),
    to: travelEndOf(to, isNew(to)),
    ...geometry,
    // Shown to a tenth, compared in full.
    speedLowerKmh: Math.round(pair.speedLowerKmh * 10) / 10,
  }
}

function placeTextOf(presence: Presence): string {
  const { city, country } = presence.place
  const where = [city, country].filter((text) => text !== '').join(', ')
  return `${where} (${presence.first.event.sourceAddress}, ${networkTextOf({ ...presence.place, city: '', country: '' })})`
}

function reasonOf(who: string, pair: InfeasiblePair): string {
  const { from, to } = pair
  const lower = `at least ${wholeTextOf(pair.distanceLowerKm)} km`
  if (pair.gapMs === 0) {
    return `${who} logged in from ${placeTextOf(to)} while active in ${placeTextOf(from)}: ${lower} apart at one time`
  }
  const when = `${spanTextOf(pair.gapMs)} ${from.firstMs <= to.firstMs ? 'after' : 'before'}`
  const journey = `${lower} in at most ${spanTextOf(pair.elapsedUpperMs)}, ${wholeTextOf(pair.speedLowerKmh)} km/h or more`
  return `${who} logged in from ${placeTextOf(to)} ${when} being active in ${placeTextOf(from)}: ${journey}`
}

function draftOf(
  view: UserView,
  day: number,
  pair: InfeasiblePair,
  isNew: (p: Presence) => boolean,
  considered: readonly Consideration[],
  mask: NameMask,
): AlertDraft {
  const { from, to } = pair
  const login = to.first
  const evidence = evidenceLinesOf(pair, mask)
  const valueUnits = pair.gapMs === 0 ? TRAVEL_LIMITS.overlapUnits : TRAVEL_LIMITS.travelUnits
  const value = valueUnits / UNITS_PER_NAT
  const reason = reasonOf(shownUserOf(login.event.userRaw, view.userKey, mask), pair)
  return {
    family: 'U2',
    ruleId: 'T1',
    entity: `user:${view.userKey}`,
    day: dayTextOf(day),
    discriminator: to.prefix,
    timestampMs: to.firstMs,
    startMs: Math.min(from.firstMs, to.firstMs),
    endMs: Math.max(from.lastMs, to.lastMs),
    severity: 'medium',
    riskScore: SEVERITY_SCORE.medium,
    outcome: 'success',
    reason,
    userName: login.event.userName,
    userDomain: login.event.userDomain,
    userKey: view.userKey,
    source: alertSourceOf(login),
    gateway: alertGatewayOf(login),
    relatedAddresses: relatedOf([login.event.sourceAddress, from.first.event.sourceAddress]),
    relatedUsers: relatedOf([view.userKey]),
    relatedGateways: relatedOf([login.event.gateway, from.first.event.gateway]),
    score: value,
    threshold: TRAVEL_LIMITS.travelUnits / UNITS_PER_NAT,
    terms: [
      {
        name: pair.gapMs === 0 ? 'overlapping_presence' : 'impossible_travel',
        value,
        why: termTextOf(pair),
        evidence: evidence.map((_line, index) => index),
      },
    ],
    considered,
    travel: travelOf(pair, isNew),
    evidence,
    evidenceTotal: evidence.length,
    counts: {},
  }
}

function termTextOf(pair: InfeasiblePair): string {
  const { distanceKm, distanceLowerKm, gapMs, elapsedUpperMs, speedLowerKmh } = pair
  const distance = `${wholeTextOf(distanceKm)} km less both radii is ${wholeTextOf(distanceLowerKm)} km`
  const allowance = `${spanTextOf(gapMs)} apart and ${spanTextOf(elapsedUpperMs - gapMs)} for the clocks`
  return `${distance}; ${allowance} make ${wholeTextOf(speedLowerKmh)} km/h, limit ${TRAVEL_LIMITS.speedLowerKmhMin}`
}

/** The lines that bound both presences: what the geometry was computed from. */
function evidenceLinesOf(pair: InfeasiblePair, mask: NameMask): EvidenceLine[] {
  const lines = [pair.to.first, pair.from.first, pair.to.last, pair.from.last]
  const distinct = lines.filter((line, i) => lines.findIndex((l) => l.id === line.id) === i)
  return distinct.map((line) => evidenceOf(line, 'decisive', mask))
}
