import {
  type Consideration,
  type EvidenceLine,
  type ScoreTerm,
  SEVERITY_SCORE,
  type Severity,
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
import { type Limits, UNITS_PER_NAT } from './limits.ts'
import type { SourceAttack } from './source-attack.ts'
import { isOrdinarySuccess } from './source-tally.ts'
import type { AnnotatedAttempt, SourceView } from './source-view.ts'
import { type Cause, causesOf } from './success-causes.ts'
import { DAY_MS, dayStartMs, dayTextOf } from './time.ts'

/**
 * X1, success inside an attack: a login (or a right password stopped at the second factor) that nothing vouches for,
 * from a source under attack or by a user under brute force, up to a day before or after (A.5).
 * Defaults and false positives: docs/rules/X1.md.
 *
 * @param attacks the attacks of this source on `day` and on its neighbours
 */
export function successInsideAttack(
  view: SourceView,
  day: number,
  attacks: readonly SourceAttack[],
  mask: NameMask,
): AlertDraft[] {
  const startMs = dayStartMs(day)
  const suspects = view
    .attempts(startMs, startMs + DAY_MS - 1)
    .filter(isSuspect)
    .sort((a, b) => Number(b.outcome === 'success') - Number(a.outcome === 'success'))
  if (suspects.length === 0) return []
  const drafts = new Map<string, AlertDraft>()
  // Successes stand before refused second factors: where a user has both, the success is the alert.
  for (const suspect of suspects) {
    const { userKey } = suspect.attempt.event
    if (userKey === '' || drafts.has(userKey)) continue
    const causes = causesOf(view, suspect, attacks, mask)
    if (causes.length > 0) drafts.set(userKey, draftOf(view, day, suspect, causes, mask))
  }
  return [...drafts.values()]
}

/** Neither vouched nor a newcomer's first login where the organisation's people live. */
function isSuspect(annotated: AnnotatedAttempt): boolean {
  if (annotated.outcome !== 'success' && annotated.outcome !== 'mfa_denied') return false
  if (annotated.isVouched) return false
  return annotated.isCold || annotated.isKnown || !isOrdinarySuccess(annotated)
}

/** Critical; high when the device is the user's own; medium while nothing is known of anybody. */
function severityOf(suspect: AnnotatedAttempt): Severity {
  if (suspect.isCold) return 'medium'
  return suspect.knowsDevice ? 'high' : 'critical'
}

function consideredOf(suspect: AnnotatedAttempt, limits: Limits): Consideration[] {
  const { place } = suspect.attempt
  return [
    {
      name: 'vouched',
      applied: false,
      why: 'the user never used this network before, or not long enough ago to vouch for it',
    },
    {
      name: 'ordinary_network',
      applied: false,
      why: isOrdinarySuccess(suspect)
        ? 'an ordinary network in a country the user knows: not enough against an attack on the source itself'
        : `${place.networkClass} in ${place.country === '' ? 'an unknown country' : place.country} is not ordinary for this user`,
    },
    {
      name: 'known_device',
      applied: suspect.knowsDevice,
      why:
        suspect.attempt.event.deviceId === ''
          ? 'the line names no device'
          : `device ${suspect.attempt.event.deviceId} is ${suspect.knowsDevice ? '' : 'not '}known for the user`,
    },
    coldStartOf(suspect.isCold, limits),
  ]
}

function reasonOf(suspect: AnnotatedAttempt, causes: readonly Cause[], who: string): string {
  const { attempt } = suspect
  const did =
    suspect.outcome === 'success'
      ? 'logged in'
      : 'gave the right password (stopped at the second factor)'
  const network = networkTextOf(attempt.place)
  return `${who} ${did} from ${attempt.event.sourceAddress}, ${network}: ${causes.map(({ why }) => why).join('; ')}`
}

function draftOf(
  view: SourceView,
  day: number,
  suspect: AnnotatedAttempt,
  causes: readonly Cause[],
  mask: NameMask,
): AlertDraft {
  const { limits } = view.config
  const { attempt } = suspect
  const { event } = attempt
  const decisive = evidenceOf(attempt, 'decisive', mask, suspect.outcome)
  const evidence = mergedEvidence(decisive, causes, limits.common.evidenceLines)
  const main = causes[0] as Cause
  const severity = severityOf(suspect)
  const times = evidence.map((line) => line.timestampMs)
  return {
    family: 'X1',
    ruleId: 'X1',
    entity: `user:${event.userKey}`,
    day: dayTextOf(day),
    discriminator: view.prefix,
    timestampMs: event.timestampMs,
    startMs: Math.min(...times),
    endMs: Math.max(...times),
    severity,
    riskScore: severity === 'critical' ? 100 : SEVERITY_SCORE[severity],
    outcome: suspect.outcome === 'success' ? 'success' : 'failure',
    reason: reasonOf(suspect, causes, shownUserOf(event.userRaw, event.userKey, mask)),
    userName: event.userName,
    userDomain: event.userDomain,
    userKey: event.userKey,
    source: alertSourceOf(attempt),
    gateway: alertGatewayOf(attempt),
    relatedAddresses: relatedOf(evidence.map((line) => line.address)),
    relatedUsers: relatedOf([event.userKey]),
    relatedGateways: relatedOf(evidence.map((line) => line.gateway)),
    score: main.value / UNITS_PER_NAT,
    posterior: null,
    threshold: main.threshold / UNITS_PER_NAT,
    terms: causes.map((cause) => termOf(cause, evidence)),
    considered: consideredOf(suspect, limits),
    travel: null,
    evidence,
    evidenceTotal: 1 + causes.reduce((sum, { total }) => sum + total, 0),
    counts: { failures: causes.reduce((sum, { total }) => sum + total, 0) },
  }
}

function termOf(cause: Cause, evidence: readonly EvidenceLine[]): ScoreTerm {
  const ids = new Set(cause.lines.map((line) => line.eventId))
  const indexes = evidence.flatMap((line, index) =>
    index === 0 || ids.has(line.eventId) ? [index] : [],
  )
  const { name, value, why, quantities } = cause
  return { name, value: value / UNITS_PER_NAT, why, quantities, evidence: indexes }
}

/** The success first, then the lines of every cause, each once, at most as many as an alert shows. */
function mergedEvidence(
  decisive: EvidenceLine,
  causes: readonly Cause[],
  count: number,
): EvidenceLine[] {
  const lines = new Map<string, EvidenceLine>([[decisive.eventId, decisive]])
  for (const { lines: more } of causes) {
    for (const line of more) if (!lines.has(line.eventId)) lines.set(line.eventId, line)
  }
  return [...lines.values()].slice(0, count)
}
