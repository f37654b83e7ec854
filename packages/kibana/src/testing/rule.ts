import { z } from 'zod'
import { fieldsOfKql } from './kql.ts'
import { type Reading, usesIn } from './reading.ts'

const text = z.string().min(1)
const severity = z.enum(['low', 'medium', 'high', 'critical'])
const risk = z.number().int().min(0).max(100)
const entry = z.strictObject({ id: text, name: text, reference: z.url() })

/** A rule of the type `query` as the detection engine exports it, as far as ours says something. */
export const rule = z.strictObject({
  rule_id: text,
  version: z.number().int().positive(),
  name: text,
  description: text,
  type: z.literal('query'),
  language: z.literal('kuery'),
  query: text,
  index: z.array(text).length(1),
  filters: z.array(z.unknown()),
  enabled: z.boolean(),
  interval: z.string().regex(/^\d+[smh]$/),
  from: z.string().regex(/^now-\d+[smh]$/),
  to: z.literal('now'),
  max_signals: z.number().int().positive().max(1000),
  timestamp_override: text,
  timestamp_override_fallback_disabled: z.boolean(),
  severity,
  severity_mapping: z.array(
    z.strictObject({ field: text, operator: z.literal('equals'), value: text, severity }),
  ),
  risk_score: risk,
  risk_score_mapping: z.array(
    z.strictObject({ field: text, operator: z.literal('equals'), value: z.literal('') }),
  ),
  rule_name_override: text,
  threat: z.array(
    z.strictObject({
      framework: z.literal('MITRE ATT&CK'),
      tactic: entry,
      technique: z.array(entry.extend({ subtechnique: z.array(entry) })).min(1),
    }),
  ),
  investigation_fields: z.strictObject({ field_names: z.array(text).min(1) }),
  note: text,
  false_positives: z.array(text),
  references: z.array(z.url()),
  tags: z.array(text),
  author: z.array(text),
  license: text,
  related_integrations: z.array(z.unknown()),
  required_fields: z.array(z.strictObject({ name: text, type: text })),
  setup: z.string(),
  exceptions_list: z.array(z.unknown()),
  actions: z.array(z.unknown()),
  immutable: z.literal(false),
})

export type ReadRule = z.infer<typeof rule>

/** The question that the rule asks, and the fields that it takes from what is found. */
export function ruleReading(read: ReadRule): Reading {
  const { rule_id, index, query, severity_mapping, risk_score_mapping } = read
  const [only] = index as [string]
  return {
    where: `rule ${rule_id}`,
    index: only,
    query,
    uses: [
      ...usesIn(fieldsOfKql(query), 'asked'),
      ...usesIn([read.timestamp_override], 'date'),
      ...usesIn([read.rule_name_override], 'values'),
      ...usesIn(
        [...severity_mapping, ...risk_score_mapping].map(({ field }) => field),
        'number',
      ),
      ...usesIn(read.investigation_fields.field_names, 'shown'),
      ...usesIn(
        read.required_fields.map(({ name }) => name),
        'values',
      ),
    ],
    aggregations: {},
    gapsOf: () => [],
  }
}
