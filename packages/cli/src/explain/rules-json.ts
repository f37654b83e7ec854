import { dayTextOf, ruleOf } from '@sekisho/detect'
import type { EcsObject } from '@sekisho/event'
import {
  type AttemptExplanation,
  type BruteForceExplanation,
  type KnownThing,
  type LoginExplanation,
  type OrganisationBefore,
  type SourceAround,
  type SourceWindow,
  showsLine,
  silencesOf,
  type UserBefore,
} from '@sekisho/scorer'
import type { RulesAnswer } from './asked-rules.ts'

/** What `sekisho explain --output json` says of the rules: the same facts as the text. */
export function rulesJson(answer: RulesAnswer): EcsObject {
  if ('notAsked' in answer) return { not_asked: answer.notAsked }
  const { outcome, decidedBy, user, source, login, bruteForce } = answer
  return {
    outcome,
    decided_by: decidedBy === '' ? null : decidedBy,
    silent: silencesOf(answer).map(({ rule, why }) => ({ rule: rule === '' ? null : rule, why })),
    organisation: organisationJson(answer.organisation),
    user: user === null ? null : userJson(user),
    other_presences: presencesJson(answer),
    source: source === null ? null : sourceJson(source),
    login: login === null ? null : loginJson(login),
    brute_force: bruteForce === null ? null : bruteForceJson(bruteForce),
    sessions: sessionsJson(answer),
    second_factors: factorsJson(answer),
    findings: answer.drafts.map((draft) => ({
      rule: { id: draft.ruleId, name: ruleOf(draft.ruleId).name },
      severity: draft.severity,
      entity: draft.entity,
      '@timestamp': isoOf(draft.timestampMs),
      reason: draft.reason,
      score: draft.score,
      threshold: draft.threshold,
      shows_line: showsLine(draft, answer.attempt),
    })),
  }
}

function organisationJson(organisation: OrganisationBefore): EcsObject {
  return {
    cold_start: organisation.isCold,
    history_since: dayOrNull(organisation.firstDay),
    cold_until: dayOrNull(organisation.coldUntilDay),
    user_days: organisation.userDays,
    network_user_days: organisation.networkUserDays,
    country_share: organisation.countryShare,
    shared_egress: organisation.isSharedEgress,
    own_ground: organisation.isGround,
    source_used_before: organisation.hasSucceededFromPrefix,
  }
}

function userJson(user: UserBefore): EcsObject {
  return {
    id: user.userKey,
    known: user.isKnown,
    first_day: dayOrNull(user.firstDay),
    last_day: dayOrNull(user.lastDay),
    active_days: user.activeDays,
    home_country: user.homeCountry,
    networks: user.networks,
    vouched_prefixes: user.vouchedPrefixes,
    vouched_here: user.isVouched,
    knows_asn: user.knowsAsn,
    knows_country: user.knowsCountry,
    device: thingJson(user.device),
    always_names_device: user.alwaysNamesDevice,
    client: thingJson(user.client),
    gateway: thingJson(user.gateway),
    realm: thingJson(user.realm),
    login_hours_utc: user.loginHours,
  }
}

function thingJson({ name, isKnown, remembered }: KnownThing): EcsObject {
  return { name, known: isKnown, remembered }
}

function presencesJson({ otherPresences }: AttemptExplanation): EcsObject[] {
  return otherPresences.map(
    ({ prefix, place, firstMs, lastMs, distanceLowerKm, gapMs, speedLowerKmh }) => ({
      prefix,
      asn: place.asn,
      country: place.country,
      city: place.city,
      network_class: place.networkClass,
      first: isoOf(firstMs),
      last: isoOf(lastMs),
      distance_lower_km: distanceLowerKm,
      gap_s: gapMs / 1000,
      speed_lower_kmh: speedLowerKmh,
    }),
  )
}

function sourceJson(source: SourceAround): EcsObject {
  return {
    prefix: source.prefix,
    reach_s: source.reachMs / 1000,
    users_vouched: source.vouchedUsers,
    users_strange: source.strangeUsers,
    users_failed: source.failingUsers,
    users_never_succeeded: source.neverSucceeded,
    capped: source.isCapped,
    outcome_class: source.outcomeClass,
    own_window: windowJson(source.own),
    strongest_window: windowJson(source.strongest),
  }
}

function windowJson(window: SourceWindow | null): EcsObject | null {
  if (window === null) return null
  return {
    nats: window.nats,
    threshold: window.thresholdNats,
    users_failed: window.failingUsers,
    users_needed: window.failingUsersMin,
    window_s: window.windowMs / 1000,
    end: isoOf(window.endMs),
    address: window.address,
  }
}

function loginJson(login: LoginExplanation): EcsObject {
  return {
    terms: login.terms,
    considered: login.considered,
    log_odds: login.sum,
    thresholds: login.thresholds,
    severity: login.severity,
    stands_behind: login.standsBehind === '' ? null : login.standsBehind,
  }
}

function bruteForceJson(bruteForce: BruteForceExplanation): EcsObject {
  return {
    points: bruteForce.points,
    threshold: bruteForce.threshold,
    failures_strange: bruteForce.failuresStrange,
    failures_own: bruteForce.failuresOwn,
    networks_strange: bruteForce.networksStrange,
  }
}

function sessionsJson({ session: { lines, moves, explanations } }: AttemptExplanation): EcsObject {
  return { lines, moves, moves_explained_by: explanations }
}

function factorsJson({ factor }: AttemptExplanation): EcsObject {
  return {
    refused: factor.denied,
    refused_at_once: factor.deniedAtOnce,
    window_s: factor.windowMs / 1000,
    threshold: factor.deniedMin,
    threshold_before_login: factor.deniedBeforeSuccessMin,
  }
}

function dayOrNull(day: number | null): string | null {
  return day === null ? null : dayTextOf(day)
}

function isoOf(timestampMs: number): string {
  return new Date(timestampMs).toISOString()
}
