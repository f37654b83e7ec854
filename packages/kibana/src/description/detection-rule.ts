import { RULES, TACTICS, TECHNIQUES, type Technique } from '@sekisho/detect'
import { SEVERITY_SCORE, type Severity } from '@sekisho/event'
import { INVESTIGATION_GUIDE } from './investigation-guide.ts'
import { MATERIAL_WORDS } from './words.ts'

/** Grows with each change of the rule below, so that Kibana sees which is newer. */
const RULE_VERSION = 1

/** Fields that Kibana shows at the top of an alert. */
export const HIGHLIGHTED_FIELDS = [
  'message',
  'sekisho.score.terms.why',
  'user.name',
  'source.ip',
  'source.as.organization.name',
  'source.geo.country_iso_code',
  'observer.name',
  'sekisho.state',
  'sekisho.alert.id',
] as const

const ATTACK_REFERENCE = 'https://attack.mitre.org'

/**
 * A rule of Kibana's detection engine, in the form in which it exports rules: each word of the stream that says `event.kind: alert` is
 * an alert, with the severity, the risk and the name that it brings.
 */
export function detectionRule() {
  return {
    rule_id: 'sekisho-alerts',
    version: RULE_VERSION,
    name: 'Sekisho: stolen VPN logins',
    description:
      'Alerts of Sekisho on logins to VPN gateways: stolen passwords, stuffing, spraying, impossible travel. Severity, risk and name come from each alert.',
    type: 'query',
    language: 'kuery',
    query: 'event.kind: alert and event.dataset: sekisho.alert',
    index: [MATERIAL_WORDS.title],
    filters: [],
    enabled: false,
    interval: '1m',
    // Longer than the interval, so that nothing is missed when a run starts late: Kibana knows what it has alerted on.
    from: 'now-6m',
    to: 'now',
    max_signals: 1000,
    timestamp_override: 'event.ingested',
    timestamp_override_fallback_disabled: false,
    severity: 'medium',
    severity_mapping: SEVERITIES.map((severity) => ({
      field: 'event.severity',
      operator: 'equals',
      value: String(SEVERITY_SCORE[severity]),
      severity,
    })),
    risk_score: SEVERITY_SCORE.medium,
    risk_score_mapping: [{ field: 'event.risk_score', operator: 'equals', value: '' }],
    rule_name_override: 'rule.name',
    threat: threatMapping(),
    investigation_fields: { field_names: HIGHLIGHTED_FIELDS },
    note: INVESTIGATION_GUIDE,
    false_positives: [...new Set(RULES.flatMap(({ falsePositives }) => falsePositives))],
    references: [],
    tags: ['Sekisho', 'Domain: Network', 'Use Case: Identity and Access Audit'],
    author: ['Sekisho'],
    license: 'Apache-2.0',
    related_integrations: [],
    required_fields: REQUIRED_FIELDS,
    setup: '',
    exceptions_list: [],
    actions: [],
    immutable: false,
  }
}

const SEVERITIES: readonly Severity[] = ['low', 'medium', 'high', 'critical']

const REQUIRED_FIELDS = [
  { name: 'event.dataset', type: 'keyword' },
  { name: 'event.ingested', type: 'date' },
  { name: 'event.kind', type: 'keyword' },
  { name: 'event.risk_score', type: 'double' },
  { name: 'event.severity', type: 'long' },
  { name: 'rule.name', type: 'keyword' },
]

/** Each tactic that a rule of ours serves, with those of its techniques that ATT&CK lists under that tactic. */
function threatMapping() {
  return Object.entries(TACTICS).flatMap(([tacticName, tactic]) => {
    const named = RULES.filter(({ tactics }) => tactics.some(({ id }) => id === tactic.id))
    const techniques = Object.values(TECHNIQUES).filter(
      (technique) =>
        technique.tactics.some((each) => each === tacticName) &&
        named.some((rule) => rule.techniques.includes(technique)),
    )
    if (techniques.length === 0) return []
    return [
      {
        framework: 'MITRE ATT&CK',
        tactic: { ...tactic, reference: `${ATTACK_REFERENCE}/tactics/${tactic.id}/` },
        technique: techniquesOf(techniques),
      },
    ]
  })
}

/** Sub-techniques stand below their technique, which is listed once. */
function techniquesOf(techniques: readonly Technique[]) {
  const byId = Map.groupBy(techniques, ({ id }) => id)
  return [...byId].map(([id, [first, ...more]]) => ({
    id,
    name: first?.name,
    reference: `${ATTACK_REFERENCE}/techniques/${id}/`,
    subtechnique: [first, ...more].flatMap((technique) =>
      technique?.subtechnique === undefined ? [] : [subtechniqueOf(technique.subtechnique)],
    ),
  }))
}

function subtechniqueOf({ id, name }: { readonly id: string; readonly name: string }) {
  return { id, name, reference: `${ATTACK_REFERENCE}/techniques/${id.replace('.', '/')}/` }
}
