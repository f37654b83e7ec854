import {
  type Attempt,
  type Consideration,
  type EvidenceLine,
  type ScoreTerm,
  SEVERITY_SCORE,
  type TravelEnd,
} from '@sekisho/event'
import type { AlertDraft } from './alert-draft.ts'
import { coldStartOf } from './cold-start.ts'
import {
  alertGatewayOf,
  alertSourceOf,
  evidenceOf,
  type NameMask,
  networkTextOf,
  relatedOf,
  shownUserOf,
} from './evidence.ts'
import { UNITS_PER_NAT } from './limits.ts'
import { type SessionEnd, type SessionMove, severityOfMove } from './session-move.ts'
import { countTextOf, dayTextOf, SECOND_MS, spanTextOf, wholeTextOf } from './time.ts'
import type { UserView } from './user-view.ts'

/** A session in a network that is not the user's own. */
export interface SessionTheft {
  readonly move: SessionMove
  /** Every line that shows where that session was, by (time, id). */
  readonly signs: readonly Attempt[]
  /** The first line of the day on which a session was there: what the alert is dated by. */
  readonly first: Attempt
}

/** @param explained moves of the day that everyday life explains */
export function sessionTheftAlert(
  view: UserView,
  day: number,
  theft: SessionTheft,
  explained: number,
  mask: NameMask,
): AlertDraft {
  const { move, signs, first } = theft
  const lines = evidenceAttemptsOf(theft)
  const evidence = lines.map((line) => lineOf(line, move, mask))
  const terms = termsOf(view, theft, evidence)
  const severity = severityOfMove(view, move)
  const times = lines.map(({ event }) => event.timestampMs)
  const { event } = first
  return {
    family: 'S1',
    ruleId: 'S1',
    entity: `user:${view.userKey}`,
    day: dayTextOf(day),
    discriminator: first.prefix,
    timestampMs: event.timestampMs,
    startMs: Math.min(...times),
    endMs: Math.max(...times),
    severity,
    riskScore: SEVERITY_SCORE[severity],
    outcome: 'success',
    reason: reasonOf(move, shownUserOf(event.userRaw, view.userKey, mask)),
    userName: event.userName,
    userDomain: event.userDomain,
    userKey: view.userKey,
    source: alertSourceOf(first),
    gateway: alertGatewayOf(first),
    relatedAddresses: relatedOf(lines.map((line) => line.event.sourceAddress)),
    relatedUsers: relatedOf([view.userKey]),
    relatedGateways: relatedOf(lines.map((line) => line.event.gateway)),
    score: terms.reduce((sum, { value }) => sum + value, 0),
    posterior: null,
    threshold: view.config.limits.session.twoNetworks / UNITS_PER_NAT,
    terms,
    considered: consideredOf(view, move, explained),
    travel:
      move.infeasible === null
        ? null
        : {
            from: travelEndOf(move.from),
            to: travelEndOf(move.to),
            ...move.infeasible,
            // Shown to a tenth, compared in full.
            speedLowerKmh: Math.round(move.infeasible.speedLowerKmh * 10) / 10,
          },
    evidence,
    evidenceTotal: signs.length,
    counts: {
      session_lines: signs.length,
      networks: new Set(signs.map(({ prefix }) => prefix)).size,
      moves_explained: explained,
    },
  }
}

/** Both lines of the move, then where the session began and where it was first seen in the new network. */
function evidenceAttemptsOf({ move, signs, first }: SessionTheft): Attempt[] {
  const lines = [move.to.line, move.from.line, first, signs[0] as Attempt]
  return lines.filter((line, i) => lines.findIndex(({ id }) => id === line.id) === i)
}

function lineOf(line: Attempt, { to, from }: SessionMove, mask: NameMask): EvidenceLine {
  const isDecisive = line.id === to.line.id || line.id === from.line.id
  return evidenceOf(line, isDecisive ? 'decisive' : 'context', mask)
}

function travelEndOf({ line, isLearnt }: SessionEnd): TravelEnd {
  const { hasLocation: _has, why: _why, ...place } = line.place
  const { sourceAddress: address, timestampMs } = line.event
  const span = { firstMs: timestampMs, lastMs: timestampMs }
  return { prefix: line.prefix, address, ...place, ...span, newForUser: !isLearnt }
}

function gapMsOf({ to, from }: SessionMove): number {
  return Math.abs(to.line.event.timestampMs - from.line.event.timestampMs)
}

function endTextOf({ line }: SessionEnd): string {
  return `${line.event.sourceAddress}, ${networkTextOf(line.place)}`
}

function reasonOf(move: SessionMove, who: string): string {
  const { to, from, infeasible } = move
  const isLater = to.line.event.timestampMs >= from.line.event.timestampMs
  const when = `${spanTextOf(gapMsOf(move))} ${isLater ? 'after' : 'before'} being used from`
  const journey =
    infeasible === null
      ? ''
      : `: at least ${wholeTextOf(infeasible.distanceLowerKm)} km in at most ${spanTextOf(infeasible.elapsedUpperMs)}`
  return `one session of ${who} was used from ${endTextOf(to)}, ${when} another operator’s network, ${endTextOf(from)}${journey}`
}

function termsOf(
  { config: { limits } }: UserView,
  { move, signs }: SessionTheft,
  evidence: readonly EvidenceLine[],
): ScoreTerm[] {
  const { to, from, infeasible } = move
  const networks: ScoreTerm = {
    name: 'session_in_two_networks',
    value: limits.session.twoNetworks / UNITS_PER_NAT,
    why: `session ${to.line.event.sessionId} was in AS${from.line.place.asn} and in AS${to.line.place.asn} without an end between`,
    quantities: {
      autonomous_system_from: from.line.place.asn,
      autonomous_system_to: to.line.place.asn,
      gap_s: gapMsOf(move) / SECOND_MS,
      session_lines: signs.length,
    },
    evidence: evidence.map((_line, index) => index),
  }
  if (infeasible === null) return [networks]
  const { distanceKm, distanceLowerKm, gapMs, elapsedUpperMs, speedLowerKmh } = infeasible
  const distance = `${wholeTextOf(distanceKm)} km less both radii is ${wholeTextOf(distanceLowerKm)} km`
  const speed = `${wholeTextOf(speedLowerKmh)} km/h, limit ${limits.travel.speedLowerKmhMin}`
  return [
    networks,
    {
      name: 'impossible_travel',
      value: limits.travel.infeasible / UNITS_PER_NAT,
      why: `${distance}; ${spanTextOf(elapsedUpperMs)} at most make ${speed}`,
      quantities: {
        distance_lower_km: distanceLowerKm,
        gap_s: gapMs / SECOND_MS,
        elapsed_upper_s: elapsedUpperMs / SECOND_MS,
      },
      evidence: [0, 1],
    },
  ]
}

function consideredOf(view: UserView, move: SessionMove, explained: number): Consideration[] {
  const { to, from, isRoaming, isEveryday, isSameDevice } = move
  const { learntDays } = view.config.limits.travel
  const owned = (end: SessionEnd): string =>
    `${end.line.prefix} is ${end.isLearnt ? '' : 'not '}the user’s own`
  return [
    {
      name: 'access_networks',
      applied: false,
      why: `${to.line.place.networkClass} and ${from.line.place.networkClass} are no two access networks of one country`,
    },
    {
      name: 'shared_egress',
      applied: false,
      why: 'the session did not arrive on the organisation’s own ground',
    },
    {
      name: 'learnt_pair',
      applied: false,
      why: `${owned(to)}, ${owned(from)} (vouched for, ${learntDays} earlier UTC days in its network, or the organisation’s)`,
    },
    {
      name: 'home_routed_roaming',
      applied: isRoaming,
      why: isRoaming
        ? 'one end is the user’s carrier at home and no fixed line at home was alive: the phone may be abroad, medium at most'
        : 'no end is the user’s own mobile carrier at home while the client is abroad',
    },
    {
      name: 'everyday_move',
      applied: isEveryday,
      why: isEveryday
        ? 'neither network can be rented, and they are in one country or one of them is nowhere in particular: medium unless nobody can have travelled that'
        : 'a rented network, or two countries',
    },
    {
      name: 'same_device',
      applied: isSameDevice,
      why: isSameDevice
        ? `both lines name device ${to.line.event.deviceId}: one step less, as a thief can repeat the name`
        : 'the lines do not name one device',
    },
    {
      name: 'other_moves',
      applied: false,
      why: `${countTextOf(explained, 'other move')} of sessions of this day had an everyday explanation`,
    },
    coldStartOf(view.isCold, view.config.limits),
  ]
}
