import {
  type Attempt,
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
  byTimeAndId,
  durationTextOf,
  evidenceOf,
  type NameMask,
  networkTextOf,
  relatedOf,
  sampleOf,
  shownUserOf,
  timeSpanOf,
} from './evidence.ts'
import { PANE_MS } from './limits.ts'
import { countTextOf, dayTextOf, SECOND_MS, spanTextOf } from './time.ts'
import type { UserView } from './user-view.ts'

/** Refused second factors close together, and the login that came of them, if one did. */
export interface FatigueFiring {
  /** When it fires: the refusal that reaches the count, or the login. Epoch ms. */
  readonly atMs: number
  /** The refusals that count, by (time, id). */
  readonly denials: readonly Attempt[]
  readonly success: Attempt | null
  readonly severity: Severity
  /** Why the severity is what it is. */
  readonly isOwnNetworks: boolean
  readonly isOrdinarySuccess: boolean
  readonly isKnownDevice: boolean
}

/** The worst first; then the one with most refusals; then the earliest, which is the one that fires first. */
function compareFirings(a: FatigueFiring, b: FatigueFiring): number {
  return (
    SEVERITY_SCORE[b.severity] - SEVERITY_SCORE[a.severity] ||
    b.denials.length - a.denials.length ||
    a.atMs - b.atMs
  )
}

/** The one alert of a day: about its worst firing, dated by the first one that is no mere signal. */
export function factorFatigueAlert(
  view: UserView,
  day: number,
  firings: readonly FatigueFiring[],
  mask: NameMask,
): AlertDraft {
  const story = [...firings].sort(compareFirings)[0] as FatigueFiring
  const { denials, success, severity } = story
  const lines = success === null ? [...denials] : [...denials, success].sort(byTimeAndId)
  const example = success ?? (denials[0] as Attempt)
  const evidence = evidenceLinesOf(view, story, mask)
  const { deniedMin, deniedBeforeSuccessMin } = view.config.limits.fatigue
  return {
    family: 'M1',
    ruleId: 'M1',
    entity: `user:${view.userKey}`,
    day: dayTextOf(day),
    discriminator: '',
    timestampMs: firstTimeOf(firings),
    ...timeSpanOf(lines),
    severity,
    riskScore: SEVERITY_SCORE[severity],
    outcome: success === null ? 'failure' : 'success',
    reason: reasonOf(story, shownUserOf(example.event.userRaw, view.userKey, mask)),
    userName: example.event.userName,
    userDomain: example.event.userDomain,
    userKey: view.userKey,
    source: success === null ? null : alertSourceOf(success),
    gateway: alertGatewayOf(example),
    relatedAddresses: relatedOf(lines.map(({ event }) => event.sourceAddress)),
    relatedUsers: relatedOf([view.userKey]),
    relatedGateways: relatedOf(lines.map(({ event }) => event.gateway)),
    // Counted in lines, so that the two forms of the rule read alike.
    score: lines.length,
    posterior: null,
    threshold: success === null ? deniedMin : deniedBeforeSuccessMin + 1,
    terms: termsOf(story, evidence),
    considered: consideredOf(view, story),
    travel: null,
    evidence,
    evidenceTotal: lines.length,
    counts: {
      denials: denials.length,
      networks: networksOf(denials),
      firings: firings.length,
    },
  }
}

/** Time of the first line that counts in the first firing pane; signals date an alert only when there is nothing else. */
function firstTimeOf(firings: readonly FatigueFiring[]): number {
  const serious = firings.filter(({ severity }) => severity !== 'low')
  const first = (serious.length > 0 ? serious : firings).reduce((best, firing) =>
    firing.atMs < best.atMs ? firing : best,
  )
  const paneStartMs = Math.floor(first.atMs / PANE_MS) * PANE_MS
  const times = first.denials.map(({ event }) => event.timestampMs)
  return Math.min(first.atMs, ...times.filter((timeMs) => timeMs >= paneStartMs))
}

function networksOf(attempts: readonly Attempt[]): number {
  return new Set(attempts.map(({ prefix }) => prefix)).size
}

/** The login first, then the refusals, by time; a sample of many. */
function evidenceLinesOf(
  { config }: UserView,
  { denials, success }: FatigueFiring,
  mask: NameMask,
): EvidenceLine[] {
  const { evidenceLines } = config.limits.common
  const room = success === null ? evidenceLines : evidenceLines - 1
  const shown = sampleOf(denials, room).map((line) =>
    evidenceOf(line, 'decisive', mask, 'mfa_denied'),
  )
  return success === null ? shown : [evidenceOf(success, 'decisive', mask), ...shown]
}

function denialsTextOf(denials: readonly Attempt[]): string {
  const from = countTextOf(networksOf(denials), 'network')
  return `${countTextOf(denials.length, 'refused second factor')} within ${durationTextOf(denials)} from ${from}`
}

function gapMsOf(denials: readonly Attempt[], success: Attempt): number {
  return success.event.timestampMs - timeSpanOf(denials).endMs
}

function reasonOf({ denials, success }: FatigueFiring, who: string): string {
  if (success === null) {
    return `${denialsTextOf(denials)} for ${who}: somebody who knows the password asks again and again`
  }
  const { sourceAddress } = success.event
  const when = `${spanTextOf(gapMsOf(denials, success))} after the last`
  return `${who} logged in from ${sourceAddress}, ${networkTextOf(success.place)}, ${when} of ${denialsTextOf(denials)}`
}

function termsOf(
  { denials, success }: FatigueFiring,
  evidence: readonly EvidenceLine[],
): ScoreTerm[] {
  const span = timeSpanOf(denials)
  const indexes = evidence.map((_line, index) => index)
  const denied: ScoreTerm = {
    name: 'denied_second_factors',
    value: denials.length,
    why: denialsTextOf(denials),
    quantities: {
      denials: denials.length,
      networks: networksOf(denials),
      span_s: (span.endMs - span.startMs) / SECOND_MS,
    },
    evidence: success === null ? indexes : indexes.slice(1),
  }
  if (success === null) return [denied]
  const gapMs = gapMsOf(denials, success)
  return [
    denied,
    {
      name: 'login_after_denials',
      value: 1,
      why: `a login from a network that the user never used, ${spanTextOf(gapMs)} after the last refusal`,
      quantities: { logins: 1, gap_s: gapMs / SECOND_MS },
      evidence: [0],
    },
  ]
}

function consideredOf(view: UserView, story: FatigueFiring): Consideration[] {
  const { success, isOwnNetworks, isOrdinarySuccess, isKnownDevice } = story
  return [
    {
      name: 'own_networks',
      applied: isOwnNetworks,
      why: isOwnNetworks
        ? 'every refusal came from a network of the user’s own: a signal'
        : 'at least one refusal came from a network that does not vouch for the user',
    },
    {
      name: 'ordinary_network',
      applied: isOrdinarySuccess,
      why:
        success === null
          ? 'no login from another network followed'
          : `${networkTextOf(success.place)} is ${isOrdinarySuccess ? 'ordinary for this user: a signal' : 'not ordinary for this user'}`,
    },
    {
      name: 'known_device',
      applied: isKnownDevice,
      why: deviceTextOf(success, isKnownDevice),
    },
    coldStartOf(view.isCold, view.config.limits),
  ]
}

function deviceTextOf(success: Attempt | null, isKnownDevice: boolean): string {
  const deviceId = success?.event.deviceId ?? ''
  if (deviceId === '') return 'no line of a login names a device'
  return `device ${deviceId} is ${isKnownDevice ? 'the user’s own' : 'not known for the user'}`
}
