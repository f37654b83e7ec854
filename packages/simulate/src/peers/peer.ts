import { type Attempt, prefixOf } from '@sekisho/event'
import type { Finding } from '../metrics/finding.ts'

/** A peer's rule at work: it is shown every attempt in the order of delivery, and flags when it would. */
export interface PeerRun {
  /** What it flags at this attempt, null for nothing. */
  onAttempt(attempt: Attempt): Flag | null
}

/** A rule of the field, re-implemented from its description, at the settings it ships with. */
export interface Peer {
  readonly name: string
  /** The rule in one sentence, and where our reading of it differs. */
  readonly describe: string
  readonly begin: () => PeerRun
}

/** What a peer names. */
export interface Flag {
  /** `''` when it is about a source. */
  readonly userKey: string
  readonly address: string
  /** Event time at which it speaks, where that is later than the attempt's: rules that run every so often. */
  readonly saidMs?: number
}

/** True for the line that counts as a login of a person. */
export function isLogin({ event }: Attempt): boolean {
  return event.attempt === 'success' && event.decides !== 'no'
}

/** Outcomes that the rules of the field count as failed logins. */
const FAILED = new Set<Attempt['event']['attempt']>([
  'bad_credential',
  'unknown_user',
  'disabled_or_locked',
  'expired_password',
])

export function isFailedLogin({ event }: Attempt): boolean {
  return FAILED.has(event.attempt) && event.decides !== 'no'
}

/** The finding in a flag. Peers do not grade: every flag is an alert of medium severity. */
export function findingOfFlag(name: string, { event }: Attempt, flag: Flag): Finding {
  const { timestampMs } = event
  const saidMs = { medium: Math.max(timestampMs, flag.saidMs ?? timestampMs) }
  const prefixes = [prefixOf(flag.address)]
  return { rule: name, timestampMs, saidMs, severity: 'medium', userKey: flag.userKey, prefixes }
}
