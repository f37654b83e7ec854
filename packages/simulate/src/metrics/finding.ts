import { type Alert, prefixOf, type Severity } from '@sekisho/event'

/** Severities of alerts; a signal is none. */
export const ALERT_SEVERITIES = ['medium', 'high', 'critical'] as const

export type AlertSeverity = (typeof ALERT_SEVERITIES)[number]

/** Ranks of {@link ALERT_SEVERITIES}, so that "or above" is a comparison. */
export function isAtLeast(severity: AlertSeverity, least: AlertSeverity): boolean {
  return ALERT_SEVERITIES.indexOf(severity) >= ALERT_SEVERITIES.indexOf(least)
}

/** Nothing at a severity that was never said. */
export type SaidTimes = Readonly<Partial<Record<AlertSeverity, number>>>

/** What a detector says, ours or a peer's, as far as scoring reads it. */
export interface Finding {
  /** `U2` of ours; a peer's name. */
  readonly rule: string
  /** Event time that it is about, epoch ms: of an attack its first line, which is not when anybody could know. */
  readonly timestampMs: number
  /** Event time that the stream had come to when it was first said to be so grave or graver, epoch ms. */
  readonly saidMs: SaidTimes
  readonly severity: AlertSeverity
  /** Folded name of the user it is about, `''` when it is about a source. */
  readonly userKey: string
  /** Source networks that it names: /24 or /48. */
  readonly prefixes: readonly string[]
}

/** The finding in an alert of ours; null for a signal. */
export function findingOf(alert: Alert, saidMs: SaidTimes): Finding | null {
  const { ruleId, timestampMs, severity, userKey, source, relatedAddresses } = alert
  if (!isAlertSeverity(severity)) return null
  const prefixes = new Set(relatedAddresses.map(prefixOf))
  if (source !== null) prefixes.add(source.prefix)
  prefixes.delete('')
  return { rule: ruleId, timestampMs, saidMs, severity, userKey, prefixes: [...prefixes] }
}

/** False for a signal. */
export function isAlertSeverity(severity: Severity): severity is AlertSeverity {
  return severity !== 'low'
}
