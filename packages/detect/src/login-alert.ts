import type { Attempt, RuleId, ScoreTerm, Travel, TravelEnd } from '@sekisho/event'
import type { AlertDraft } from './alert-draft.ts'
import {
  alertGatewayOf,
  alertSourceOf,
  evidenceOf,
  type NameMask,
  networkTextOf,
  relatedOf,
  sampleOf,
  shownUserOf,
} from './evidence.ts'
import { UNITS_PER_NAT } from './limits.ts'
import { type LoginScore, posteriorOf, riskOf } from './login-score.ts'
import type { LoginTerm } from './login-terms/login-term.ts'
import { dayTextOf } from './time.ts'
import type { TravelPair } from './travel-pairs.ts'
import type { Presence, UserView } from './user-view.ts'

/** Terms that the sentence about a login names. */
const TERMS_TOLD = 3

/** The document of a scored login: what it is about, why, and the lines that show it. */
export function loginAlertOf(
  view: UserView,
  day: number,
  score: LoginScore,
  mask: NameMask,
): AlertDraft {
  const { login, units } = score
  const { limits } = view.config
  const { evidence: lines, total } = linesOf(score, limits.common.evidenceLines)
  const times = lines.map(({ attempt }) => attempt.event.timestampMs)
  return {
    family: 'U2',
    ruleId: score.ruleId,
    entity: `user:${view.userKey}`,
    day: dayTextOf(day),
    discriminator: login.prefix,
    timestampMs: login.event.timestampMs,
    startMs: Math.min(...times),
    endMs: Math.max(...times),
    severity: score.severity,
    riskScore: riskOf(units, limits.login),
    outcome: 'success',
    reason: reasonOf(shownUserOf(login.event.userRaw, view.userKey, mask), score),
    userName: login.event.userName,
    userDomain: login.event.userDomain,
    userKey: view.userKey,
    source: alertSourceOf(login),
    gateway: alertGatewayOf(login),
    relatedAddresses: relatedOf(lines.map(({ attempt }) => attempt.event.sourceAddress)),
    relatedUsers: relatedOf([view.userKey]),
    relatedGateways: relatedOf(lines.map(({ attempt }) => attempt.event.gateway)),
    score: units / UNITS_PER_NAT,
    posterior: posteriorOf(units, limits.login),
    threshold: limits.login.medium / UNITS_PER_NAT,
    terms: score.terms.map((term) => scoreTermOf(term, lines)),
    considered: score.considered,
    travel: score.pair === null ? null : travelOf(score.pair, limits.travel.learntDays),
    evidence: lines.map(({ attempt, role }) => evidenceOf(attempt, role, mask)),
    evidenceTotal: total,
    counts: { active_days: score.activeDays },
  }
}

interface ShownLine {
  readonly attempt: Attempt
  readonly role: 'decisive' | 'context'
}

/** The login first, then the lines of the travel, then the failures before it, as many as an alert shows. */
function linesOf(
  { login, terms }: LoginScore,
  most: number,
): { evidence: ShownLine[]; total: number } {
  const decisive = new Map([[login.id, login]])
  const context = new Map<string, Attempt>()
  for (const { family, lines } of terms) {
    const kind = family === 'guessing' ? context : decisive
    for (const line of lines) kind.set(line.id, line)
  }
  const room = Math.max(0, most - decisive.size)
  const sample = sampleOf([...context.values()], room)
  const evidence = [
    ...[...decisive.values()].map((attempt) => ({ attempt, role: 'decisive' }) as const),
    ...sample.map((attempt) => ({ attempt, role: 'context' }) as const),
  ].slice(0, most)
  return { evidence, total: decisive.size + context.size }
}

function scoreTermOf(term: LoginTerm, shown: readonly ShownLine[]): ScoreTerm {
  const { name, units, why, quantities, lines } = term
  const ids = new Set(lines.map(({ id }) => id))
  const evidence = shown.flatMap(({ attempt }, index) =>
    index === 0 || ids.has(attempt.id) ? [index] : [],
  )
  return { name, value: units / UNITS_PER_NAT, why, quantities, evidence }
}

/** The family of terms that a document is named after, if it is named after one. */
const NAMING: Readonly<Partial<Record<RuleId, LoginTerm['family']>>> = {
  T1: 'travel',
  T2: 'travel',
  U3: 'account',
  U4: 'account',
}

/** Who, from where, what the document is named after, and the strongest things that speak against the login. */
function reasonOf(who: string, { login, terms, ruleId }: LoginScore): string {
  const { place, event } = login
  const isName = ({ family }: LoginTerm): number => Number(family === NAMING[ruleId])
  const against = terms
    .filter(({ units }) => units > 0)
    .sort((a, b) => isName(b) - isName(a))
    .slice(0, TERMS_TOLD)
  const reasons = against.map(({ why }) => why).join('; ')
  return `${who} logged in from ${event.sourceAddress}, ${networkTextOf(place)}: ${reasons}`
}

function travelOf(pair: TravelPair, learntDays: number): Travel {
  const { from, to, fromDays, toDays } = pair
  return {
    from: travelEndOf(from, fromDays < learntDays),
    to: travelEndOf(to, toDays < learntDays),
    distanceKm: pair.distanceKm,
    distanceLowerKm: pair.distanceLowerKm,
    gapMs: pair.gapMs,
    elapsedUpperMs: pair.elapsedUpperMs,
    // Shown to a tenth, compared in full.
    speedLowerKmh: Math.round(pair.speedLowerKmh * 10) / 10,
  }
}

function travelEndOf(presence: Presence, newForUser: boolean): TravelEnd {
  const { prefix, firstMs, lastMs } = presence
  const { hasLocation: _has, why: _why, ...place } = presence.place
  const address = presence.first.event.sourceAddress
  return { prefix, address, ...place, firstMs, lastMs, newForUser }
}
