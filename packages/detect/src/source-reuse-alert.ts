import {
  type Attempt,
  type Consideration,
  type EvidenceLine,
  SEVERITY_SCORE,
  type Severity,
} from '@sekisho/event'
import type { AlertDraft } from './alert-draft.ts'
import { coldStartOf } from './cold-start.ts'
import {
  alertGatewayOf,
  alertSourceOf,
  durationTextOf,
  evidenceOf,
  type NameMask,
  networkTextOf,
  relatedOf,
  shownUserOf,
  timeSpanOf,
} from './evidence.ts'
import type { AnnotatedAttempt, SourceView } from './source-view.ts'
import { countTextOf, dayTextOf, SECOND_MS } from './time.ts'

/** Accounts that came from one source network without sharing any of their own. */
export interface SourceReuse {
  /** The success of each of them that counts, by (time, id); the last one completes the set. */
  readonly users: readonly AnnotatedAttempt[]
  /** Every success of the span that counts, theirs and others'. */
  readonly counted: readonly AnnotatedAttempt[]
  readonly severity: Severity
  readonly isCold: boolean
  /** Only with the successes that are ordinary for their users do they make a set. */
  readonly isSignal: boolean
}

/** Names that a sentence lists. */
const NAMES_SHOWN = 5

/** The alert about one source network: dated by the success that completes the set (C.5). */
export function sourceReuseAlert(
  view: SourceView,
  day: number,
  reuse: SourceReuse,
  mask: NameMask,
): AlertDraft {
  const { users, counted, severity } = reuse
  const { reuse: limits, common } = view.config.limits
  const attempts = users.map(({ attempt }) => attempt)
  const last = attempts.at(-1) as Attempt
  const shown = [...attempts.slice(0, common.evidenceLines - 1), last].filter(isFirstOfItself)
  const evidence = shown.map((attempt) => evidenceOf(attempt, 'decisive', mask))
  return {
    family: 'P2',
    ruleId: 'P2',
    entity: `prefix:${view.prefix}`,
    day: dayTextOf(day),
    discriminator: '',
    timestampMs: last.event.timestampMs,
    ...timeSpanOf(attempts),
    severity,
    riskScore: SEVERITY_SCORE[severity],
    outcome: 'success',
    reason: reasonOf(view, attempts, mask),
    userName: '',
    userDomain: '',
    userKey: '',
    source: sourceOf(attempts),
    gateway: alertGatewayOf(last),
    relatedAddresses: relatedOf(attempts.map(({ event }) => event.sourceAddress)),
    relatedUsers: relatedOf(attempts.map(({ event }) => event.userKey)),
    relatedGateways: relatedOf(attempts.map(({ event }) => event.gateway)),
    // Counted in users: each is one person's password in the operator's hands.
    score: users.length,
    posterior: null,
    threshold: limits.usersMin,
    terms: [termOf(users, evidence)],
    considered: consideredOf(view, reuse),
    travel: null,
    evidence,
    evidenceTotal: users.length,
    counts: {
      users: users.length,
      users_counted: new Set(counted.map(({ attempt }) => attempt.event.userKey)).size,
      addresses: new Set(attempts.map(({ event }) => event.sourceAddress)).size,
    },
  }
}

function isFirstOfItself(attempt: Attempt, index: number, all: readonly Attempt[]): boolean {
  return all.indexOf(attempt) === index
}

/** The network; its address only if all came from one. */
function sourceOf(attempts: readonly Attempt[]): AlertDraft['source'] {
  const source = alertSourceOf(attempts.at(-1) as Attempt)
  const isOneAddress = attempts.every(({ event }) => event.sourceAddress === source.address)
  return isOneAddress ? source : { ...source, address: '' }
}

function reasonOf(view: SourceView, attempts: readonly Attempt[], mask: NameMask): string {
  const last = attempts.at(-1) as Attempt
  const names = attempts.map(({ event }) => shownUserOf(event.userRaw, event.userKey, mask))
  const more = names.length - NAMES_SHOWN
  const list = `${names.slice(0, NAMES_SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  const where = `${view.prefix}, ${networkTextOf(last.place)}`
  return `${countTextOf(attempts.length, 'user')} who share no network (${list}) logged in from ${where}, within ${durationTextOf(attempts)}; it is new to each of them`
}

function termOf(
  users: readonly AnnotatedAttempt[],
  evidence: readonly EvidenceLine[],
): AlertDraft['terms'][number] {
  const { startMs, endMs } = timeSpanOf(users.map(({ attempt }) => attempt))
  const leastDays = Math.min(...users.map(({ activeDays }) => activeDays))
  const newCountry = users.filter(({ knowsCountry }) => !knowsCountry).length
  const newOperator = users.filter(({ knowsAsn }) => !knowsAsn).length
  return {
    name: 'unrelated_users',
    value: users.length,
    why: `${countTextOf(users.length, 'user')} with at least ${countTextOf(leastDays, 'active day')} each and no source network in common; the country is new to ${newCountry} of them, the operator to ${newOperator}`,
    quantities: {
      users: users.length,
      active_days_min: leastDays,
      users_new_country: newCountry,
      users_new_operator: newOperator,
      span_s: (endMs - startMs) / SECOND_MS,
    },
    evidence: evidence.map((_line, index) => index),
  }
}

function consideredOf(view: SourceView, reuse: SourceReuse): Consideration[] {
  const { users, isCold, isSignal } = reuse
  const startMs = timeSpanOf(users.map(({ attempt }) => attempt)).startMs
  const endMs = timeSpanOf(users.map(({ attempt }) => attempt)).endMs
  const vouched = new Set(view.vouchedLogins(startMs, endMs).map(({ userKey }) => userKey)).size
  const isCapped = view.isCapped(startMs, endMs)
  return [
    {
      name: 'shared_egress',
      applied: false,
      why: `${view.prefix} is neither on the administrator’s list nor used by many of the organisation’s users`,
    },
    {
      name: 'ordinary_network',
      applied: isSignal,
      why: isSignal
        ? 'for some it is an ordinary line in a country they know or where the organisation’s people live, as of a new branch or a hotel: a signal'
        : 'for none of them it is an ordinary line in a country they know or where the organisation’s people live',
    },
    {
      name: 'vouched_users',
      applied: false,
      why: `${countTextOf(vouched, 'user')} of the span used the network before`,
    },
    {
      name: 'sampled',
      applied: isCapped,
      why: isCapped
        ? 'some attempts of the span were over a cap: every count is a lower bound'
        : 'every attempt is counted',
    },
    coldStartOf(isCold, view.config.limits),
  ]
}
