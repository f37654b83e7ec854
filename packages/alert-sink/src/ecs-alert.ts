import { type Rule, ruleOf, type Technique } from '@sekisho/detect'
import {
  type Alert,
  type AlertSource,
  type EcsObject,
  type EvidenceLine,
  ecsAsOf,
  ecsGeoOf,
  type ScoreTerm,
  SEVERITY_SCORE,
  type Travel,
  type TravelEnd,
  VENDORS,
  withoutAbsent,
} from '@sekisho/event'
import type { AlertRun } from './alert-sink.ts'

const ECS_VERSION = '9.0.0'

/**
 * The document of an alert: ECS 9 names, own fields under `sekisho`, in a fixed order of fields, so that equal
 * alerts are equal bytes. What names a delivery and not a fact (`run`, `event.created`, `event.ingested`) comes from
 * the caller.
 */
export function ecsOfAlert(alert: Alert, run: AlertRun): EcsObject {
  const rule = ruleOf(alert.ruleId)
  const { vendor, product } = VENDORS[alert.gateway.vendor]
  return withoutAbsent({
    '@timestamp': isoOf(alert.timestampMs),
    ecs: { version: ECS_VERSION },
    event: eventOf(alert, rule, run),
    message: alert.reason,
    rule: {
      id: rule.id,
      name: rule.name,
      version: rule.version,
      ruleset: 'sekisho',
      category: rule.category,
      reference: `docs/rules/${rule.id}.md`,
      uuid: alert.inputs.config,
    },
    threat: threatOf(rule),
    user: withoutAbsent({ name: alert.userName, domain: alert.userDomain, id: alert.userKey }),
    source: alert.source === null ? undefined : sourceOf(alert.source),
    observer: withoutAbsent({
      vendor,
      product,
      type: 'vpn',
      name: alert.gateway.name,
      serial_number: alert.gateway.serial,
    }),
    related: withoutAbsent({
      ip: alert.relatedAddresses,
      user: alert.relatedUsers,
      hosts: alert.relatedGateways,
    }),
    organization: { id: alert.tenant },
    sekisho: ownFieldsOf(alert, run),
  })
}

function isoOf(timestampMs: number): string {
  return new Date(timestampMs).toISOString()
}

function eventOf(alert: Alert, rule: Rule, run: AlertRun): EcsObject {
  return {
    // A signal is kept and explained, never alerted.
    kind: alert.severity === 'low' ? 'event' : 'alert',
    module: 'sekisho',
    dataset: 'sekisho.alert',
    category: ['authentication', 'intrusion_detection'],
    type: ['info'],
    action: rule.action,
    outcome: alert.outcome,
    id: alert.id,
    severity: SEVERITY_SCORE[alert.severity],
    risk_score: alert.riskScore,
    start: isoOf(alert.startMs),
    end: isoOf(alert.endMs),
    created: isoOf(run.createdMs),
    ingested: isoOf(run.ingestedMs),
    reason: alert.reason,
  }
}

function threatOf({ tactics, techniques }: Rule): EcsObject {
  const subtechniques = techniques
    .map((technique: Technique) => technique.subtechnique)
    .filter((subtechnique) => subtechnique !== undefined)
  return {
    framework: 'MITRE ATT&CK',
    tactic: idsAndNamesOf(tactics),
    technique: withoutAbsent({
      ...idsAndNamesOf(techniques),
      subtechnique: subtechniques.length === 0 ? undefined : idsAndNamesOf(subtechniques),
    }),
  }
}

function idsAndNamesOf(
  entries: readonly { readonly id: string; readonly name: string }[],
): EcsObject {
  return { id: entries.map(({ id }) => id), name: entries.map(({ name }) => name) }
}

/** A source network has no `ip`; its range stands as `address`. */
function sourceOf(source: AlertSource): EcsObject {
  return withoutAbsent({
    ip: source.address,
    address: source.address === '' ? source.prefix : source.address,
    as: ecsAsOf(source),
    geo: ecsGeoOf(source),
  })
}

function ownFieldsOf(alert: Alert, run: AlertRun): EcsObject {
  const { inputs } = alert
  return withoutAbsent({
    alert: {
      id: alert.id,
      entity: alert.entity,
      day: alert.day,
      discriminator: alert.discriminator,
      version: versionOf(alert),
      is_material: alert.isMaterial,
      is_fresh: alert.isFresh,
      reopened: alert.reopened,
    },
    state: alert.state,
    severity: alert.severity,
    revision: alert.revision,
    material_revision: alert.materialRevision,
    late_beyond_horizon: alert.lateBeyondHorizon,
    superseded_by: alert.retractedBy,
    source: alert.source === null ? undefined : sourceNetworkOf(alert.source),
    term_names: alert.terms.map(({ name }) => name),
    score: scoreOf(alert),
    travel: alert.travel === null ? undefined : travelOf(alert.travel),
    evidence: alert.evidence.map(evidenceOf),
    evidence_total: alert.evidenceTotal,
    counts: alert.counts,
    inputs: withoutAbsent({
      config: inputs.config,
      geo: inputs.geo,
      profile_day: inputs.profileDay,
      profile: inputs.profile,
    }),
    run: { id: run.id, mode: run.mode, emitted_at: isoOf(run.emittedAtMs) },
  })
}

/** Above every count of events, and far below the largest safe integer. */
const FINAL_VERSION = 2 ** 44

/**
 * Orders words on an alert whoever says them, in whatever order they arrive: the last word is above all others, and of others
 * the one that knows more events.
 */
function versionOf({ state, joinedEvents }: Alert): number {
  return (state === 'final' ? FINAL_VERSION : 0) + joinedEvents
}

function scoreOf(alert: Alert): EcsObject {
  return {
    // Log odds in nats, but for rules that count points (U1): the rule's page says which.
    log_odds: alert.score,
    ...(alert.posterior === null ? {} : { posterior: alert.posterior }),
    threshold: alert.threshold,
    terms: alert.terms.map(termOf),
    considered: alert.considered,
  }
}

/** Quantities stand in the order of their names, whatever order a rule gave them in. */
function termOf({ name, value, why, quantities, evidence }: ScoreTerm): EcsObject {
  const names = Object.keys(quantities).sort()
  const sorted = Object.fromEntries(names.map((each) => [each, quantities[each] as number]))
  return { name, value, why, quantities: sorted, evidence }
}

function sourceNetworkOf(source: AlertSource): EcsObject {
  return withoutAbsent({
    prefix: source.prefix,
    network_class: source.networkClass,
    radius_km: source.hasLocation ? source.radiusKm : undefined,
  })
}

function travelOf(travel: Travel): EcsObject {
  return {
    from: travelEndOf(travel.from),
    to: travelEndOf(travel.to),
    distance_km: travel.distanceKm,
    distance_lower_km: travel.distanceLowerKm,
    gap_s: travel.gapMs / 1000,
    elapsed_upper_s: travel.elapsedUpperMs / 1000,
    speed_lower_kmh: travel.speedLowerKmh,
  }
}

function travelEndOf(end: TravelEnd): EcsObject {
  return withoutAbsent({
    prefix: end.prefix,
    ip: end.address,
    country_iso_code: end.country,
    city_name: end.city,
    location: { lat: end.latitude, lon: end.longitude },
    radius_km: end.radiusKm,
    asn: end.asn === 0 ? undefined : end.asn,
    as_name: end.asName,
    network_class: end.networkClass,
    first: isoOf(end.firstMs),
    last: isoOf(end.lastMs),
    new_for_user: end.newForUser,
  })
}

function evidenceOf(line: EvidenceLine): EcsObject {
  return withoutAbsent({
    event_id: line.eventId,
    time: isoOf(line.timestampMs),
    role: line.role,
    gateway: line.gateway,
    user: line.user,
    ip: line.address,
    outcome: line.outcome,
    raw_ref: `${line.line.path}:${line.line.number}`,
    raw_sha256: line.rawSha256,
  })
}
