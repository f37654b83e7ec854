/** Types of fields, as far as alerts have them. */
export type FieldType =
  | 'boolean'
  | 'date'
  | 'double'
  | 'flattened'
  | 'geo_point'
  | 'integer'
  | 'ip'
  | 'keyword'
  | 'long'
  | 'match_only_text'
  | 'nested'

/** ECS 9 fields of an alert document, by path. */
export const ECS_FIELDS: Readonly<Record<string, FieldType>> = {
  '@timestamp': 'date',
  'ecs.version': 'keyword',
  'event.kind': 'keyword',
  'event.module': 'keyword',
  'event.dataset': 'keyword',
  'event.category': 'keyword',
  'event.type': 'keyword',
  'event.action': 'keyword',
  'event.outcome': 'keyword',
  'event.id': 'keyword',
  'event.severity': 'long',
  'event.risk_score': 'double',
  'event.start': 'date',
  'event.end': 'date',
  'event.created': 'date',
  'event.ingested': 'date',
  'event.reason': 'keyword',
  message: 'match_only_text',
  'rule.id': 'keyword',
  'rule.name': 'keyword',
  'rule.version': 'keyword',
  'rule.ruleset': 'keyword',
  'rule.category': 'keyword',
  'rule.reference': 'keyword',
  'rule.uuid': 'keyword',
  'threat.framework': 'keyword',
  'threat.tactic.id': 'keyword',
  'threat.tactic.name': 'keyword',
  'threat.technique.id': 'keyword',
  'threat.technique.name': 'keyword',
  'threat.technique.subtechnique.id': 'keyword',
  'threat.technique.subtechnique.name': 'keyword',
  'user.name': 'keyword',
  'user.domain': 'keyword',
  'user.id': 'keyword',
  'source.ip': 'ip',
  'source.address': 'keyword',
  'source.as.number': 'long',
  'source.as.organization.name': 'keyword',
  'source.geo.country_iso_code': 'keyword',
  'source.geo.city_name': 'keyword',
  'source.geo.location': 'geo_point',
  'observer.vendor': 'keyword',
  'observer.product': 'keyword',
  'observer.type': 'keyword',
  'observer.name': 'keyword',
  'observer.serial_number': 'keyword',
  'related.ip': 'ip',
  'related.user': 'keyword',
  'related.hosts': 'keyword',
  'organization.id': 'keyword',
}

const TRAVEL_END: Readonly<Record<string, FieldType>> = {
  prefix: 'keyword',
  ip: 'ip',
  country_iso_code: 'keyword',
  city_name: 'keyword',
  location: 'geo_point',
  radius_km: 'double',
  asn: 'long',
  as_name: 'keyword',
  network_class: 'keyword',
  first: 'date',
  last: 'date',
  new_for_user: 'boolean',
}

/** Own fields of an alert document, by path. */
export const OWN_FIELDS: Readonly<Record<string, FieldType>> = {
  'sekisho.alert.id': 'keyword',
  'sekisho.alert.entity': 'keyword',
  'sekisho.alert.day': 'date',
  'sekisho.alert.discriminator': 'keyword',
  'sekisho.alert.version': 'long',
  'sekisho.alert.is_material': 'boolean',
  'sekisho.alert.is_fresh': 'boolean',
  'sekisho.alert.reopened': 'integer',
  'sekisho.state': 'keyword',
  'sekisho.severity': 'keyword',
  'sekisho.revision': 'long',
  'sekisho.material_revision': 'long',
  'sekisho.late_beyond_horizon': 'boolean',
  'sekisho.superseded_by': 'keyword',
  'sekisho.source.prefix': 'keyword',
  'sekisho.source.network_class': 'keyword',
  'sekisho.source.radius_km': 'double',
  // Names of what added to the score, for filters: terms themselves are nested.
  'sekisho.term_names': 'keyword',
  'sekisho.score.log_odds': 'double',
  'sekisho.score.posterior': 'double',
  'sekisho.score.threshold': 'double',
  'sekisho.score.terms': 'nested',
  'sekisho.score.terms.name': 'keyword',
  'sekisho.score.terms.value': 'double',
  'sekisho.score.terms.why': 'keyword',
  // Names of quantities differ from rule to rule.
  'sekisho.score.terms.quantities': 'flattened',
  'sekisho.score.terms.evidence': 'integer',
  'sekisho.score.considered': 'nested',
  'sekisho.score.considered.name': 'keyword',
  'sekisho.score.considered.applied': 'boolean',
  'sekisho.score.considered.why': 'keyword',
  ...under('sekisho.travel.from', TRAVEL_END),
  ...under('sekisho.travel.to', TRAVEL_END),
  'sekisho.travel.distance_km': 'double',
  'sekisho.travel.distance_lower_km': 'double',
  'sekisho.travel.gap_s': 'double',
  'sekisho.travel.elapsed_upper_s': 'double',
  'sekisho.travel.speed_lower_kmh': 'double',
  'sekisho.evidence': 'nested',
  'sekisho.evidence.event_id': 'keyword',
  'sekisho.evidence.time': 'date',
  'sekisho.evidence.role': 'keyword',
  'sekisho.evidence.gateway': 'keyword',
  'sekisho.evidence.user': 'keyword',
  'sekisho.evidence.ip': 'ip',
  'sekisho.evidence.outcome': 'keyword',
  'sekisho.evidence.raw_ref': 'keyword',
  'sekisho.evidence.raw_sha256': 'keyword',
  'sekisho.evidence_total': 'long',
  'sekisho.counts': 'flattened',
  'sekisho.inputs.config': 'keyword',
  'sekisho.inputs.geo': 'keyword',
  'sekisho.inputs.profile_day': 'date',
  'sekisho.inputs.profile': 'keyword',
  'sekisho.run.id': 'keyword',
  'sekisho.run.mode': 'keyword',
  'sekisho.run.emitted_at': 'date',
}

function under(
  path: string,
  fields: Readonly<Record<string, FieldType>>,
): Record<string, FieldType> {
  return Object.fromEntries(Object.entries(fields).map(([name, type]) => [`${path}.${name}`, type]))
}
