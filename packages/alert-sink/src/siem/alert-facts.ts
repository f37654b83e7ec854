import { isIP } from 'node:net'
import type { AlertState, Severity } from '@sekisho/event'
import type { AlertBody } from '../delivery/destination.ts'

/** What flat formats tell of an alert. Texts are as they were typed; what an alert does not have is ''. */
export interface AlertFacts {
  readonly alertId: string
  readonly ruleId: string
  readonly ruleName: string
  readonly ruleVersion: string
  readonly ruleCategory: string
  readonly action: string
  readonly message: string
  readonly reason: string
  readonly outcome: string
  readonly severity: Severity
  /** 0 … 10; 0 for an alert that was taken back, so that no threshold fires on it. */
  readonly severityOfTen: number
  readonly riskScore: number
  readonly state: AlertState
  readonly revision: string
  /** Epoch ms; null when it cannot be read. */
  readonly timestampMs: number | null
  readonly startMs: number | null
  readonly endMs: number | null
  readonly userName: string
  readonly userDomain: string
  /** An IPv4 or IPv6 address, or ''. */
  readonly sourceIp: string
  /** 4, 6, or 0 without an address. */
  readonly sourceIpVersion: number
  /** The address, or the range of a source network. */
  readonly sourceAddress: string
  readonly country: string
  readonly gatewayName: string
  readonly gatewaySerial: string
  readonly organization: string
  readonly entity: string
  readonly incident: string
  readonly terms: string
  readonly techniques: string
  readonly configuration: string
}

/** Never throws: a field of another type than it should have counts as absent. */
export function factsOf(body: AlertBody): AlertFacts {
  const sourceIp = textAt(body, 'source', 'ip')
  const sourceIpVersion = isIP(sourceIp)
  const { state, severity } = body.sekisho
  return {
    alertId: body.sekisho.alert.id,
    ruleId: textAt(body, 'rule', 'id'),
    ruleName: textAt(body, 'rule', 'name'),
    ruleVersion: textAt(body, 'rule', 'version'),
    ruleCategory: textAt(body, 'rule', 'category'),
    action: textAt(body, 'event', 'action'),
    message: textAt(body, 'message'),
    reason: textAt(body, 'event', 'reason'),
    outcome: textAt(body, 'event', 'outcome'),
    severity,
    severityOfTen: state === 'retracted' ? 0 : ofTen(body.event.severity),
    riskScore: body.event.risk_score,
    state,
    revision: textAt(body, 'sekisho', 'revision'),
    timestampMs: epochMsOf(body['@timestamp']),
    startMs: epochMsOf(textAt(body, 'event', 'start')),
    endMs: epochMsOf(textAt(body, 'event', 'end')),
    userName: textAt(body, 'user', 'name'),
    userDomain: textAt(body, 'user', 'domain'),
    sourceIp: sourceIpVersion === 0 ? '' : sourceIp,
    sourceIpVersion,
    sourceAddress: textAt(body, 'source', 'address') || sourceIp,
    country: textAt(body, 'source', 'geo', 'country_iso_code'),
    gatewayName: textAt(body, 'observer', 'name'),
    gatewaySerial: textAt(body, 'observer', 'serial_number'),
    organization: body.organization.id,
    entity: textAt(body, 'sekisho', 'alert', 'entity'),
    incident: textAt(body, 'sekisho', 'incident', 'id'),
    terms: termsOf(valueAt(body, 'sekisho', 'score', 'terms')),
    techniques: techniquesOf(body),
    configuration: textAt(body, 'sekisho', 'inputs', 'config'),
  }
}

/** Elastic's 0 … 100 as 0 … 10: low 2, medium 5, high 7, critical 10, each in the band of that name in CEF. */
function ofTen(severity: number): number {
  return Math.min(10, Math.max(0, Math.round(severity / 10)))
}

function epochMsOf(text: string): number | null {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}

function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let at = value
  for (const name of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined
    at = (at as Record<string, unknown>)[name]
  }
  return at
}

function textAt(body: AlertBody, ...path: readonly string[]): string {
  const value = valueAt(body, ...path)
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value : ''
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Names with their weights, the heaviest first: `impossible_travel 2.30, new_for_user 3.40`. */
function termsOf(value: unknown): string {
  const terms = listOf(value).map((term) => ({
    name: String(valueAt(term, 'name') ?? ''),
    weight: Number(valueAt(term, 'value') ?? 0),
  }))
  terms.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
  return terms.map(({ name, weight }) => `${name} ${weight.toFixed(2)}`).join(', ')
}

function techniquesOf(body: AlertBody): string {
  const technique = valueAt(body, 'threat', 'technique')
  const ids = [
    ...listOf(valueAt(technique, 'id')),
    ...listOf(valueAt(technique, 'subtechnique', 'id')),
  ]
  return ids.map(String).join(', ')
}
