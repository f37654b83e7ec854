import { type Alert, prefixOf, type Severity } from '@sekisho/event'

/** Severities of alerts; a signal is none. */
export const ALERT_SEVERITIES = ['medium', 'high', 'critical'] as const

export type AlertSeverity = (typeof ALERT_SEVERITIES)[number]

/** Ranks of {@link ALERT_SEVERITIES}, so that "or above" is a comparison. */
export function isAtLeast(severity: AlertSeverity, least: AlertSeverity): boolean {
  return ALERT_SEVERITIES.indexOf(severity) >= ALERT_SEVERITIES.indexOf(least)
}

/** A figure for each severity. */
export function bySeverity<T>(
  figureOf: (least: AlertSeverity) => T,
): Readonly<Record<AlertSeverity, T>> {
  return { medium: figureOf('medium'), high: figureOf('high'), critical: figureOf('critical') }
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

/** What and when a finding is about. */
export type Subject = Pick<Finding, 'timestampMs' | 'userKey' | 'prefixes'>

/** What an alert or a signal of ours is about. */
export function subjectOf({ timestampMs, userKey, source, relatedAddresses }: Alert): Subject {
  const prefixes = new Set(relatedAddresses.map(prefixOf))
  if (source !== null) prefixes.add(source.prefix)
  prefixes.delete('')
  return { timestampMs, userKey, prefixes: [...prefixes] }
}

/** The finding in an alert of ours; null for a signal. */
export function findingOf(alert: Alert, saidMs: SaidTimes): Finding | null {
  const { ruleId: rule, severity } = alert
  return isAlertSeverity(severity) ? { ...subjectOf(alert), rule, saidMs, severity } : null
}

/** False for a signal. */
export function isAlertSeverity(severity: Severity): severity is AlertSeverity {
  return severity !== 'low'
}
