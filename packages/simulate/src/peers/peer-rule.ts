import type { Attempt } from '@sekisho/event'

/** What a rule says of a user, a source, or of several sources at once. */
export interface Flag {
  /** Event time of the line that it speaks of, epoch ms. */
  readonly timestampMs: number
  /** When it speaks, epoch ms: later than the line for rules that run every so often. */
  readonly saidMs: number
  /** `''` when it is about sources. */
  readonly userKey: string
  readonly addresses: readonly string[]
}

/**
 * Told of whatever a rule could say at any of its thresholds.
 * @param strength what the rule compares with its threshold: it speaks from the threshold on
 * @param setting index into the rule's settings
 */
export type OnFlag = (flag: Flag, strength: number, setting: number) => void

/** A rule at work on the attempts of a run, in the order of their delivery. */
export interface RuleRun {
  /** @param deliveredMs when the line reached the collector, epoch ms: the clock that scheduled searches run by */
  onAttempt(attempt: Attempt, deliveredMs: number): void
  /** No attempt follows: the searches that are still due run. */
  finish(): void
}

/**
 * A rule of the field, re-implemented from its description. It is tried at every threshold of a grid, which costs no
 * more than trying one: the rule tells how strongly it speaks, and each threshold up to that would have spoken.
 */
export interface PeerRule {
  readonly name: string
  /** The rule in one sentence, and where our reading of it differs. */
  readonly describe: string
  /** What a threshold counts, `km/h`. */
  readonly unit: string
  /** Ascending. */
  readonly thresholds: readonly number[]
  /** The threshold that it ships with, one of `thresholds`. */
  readonly shipped: number
  /** What else may be set, in words: windows or least distances. The first is as it ships. */
  readonly settings: readonly string[]
  readonly begin: (onFlag: OnFlag) => RuleRun
}

/** A threshold times powers of two, from `2 ** lowest` to `2 ** highest`, `perDoubling` of them to a doubling. */
export function logGrid(
  shipped: number,
  lowest: number,
  highest: number,
  perDoubling = 1,
): readonly number[] {
  const count = (highest - lowest) * perDoubling + 1
  return Array.from({ length: count }, (_, step) => shipped * 2 ** (lowest + step / perDoubling))
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

/** True for a line of a login that failed. */
export function isFailedLogin({ event }: Attempt): boolean {
  return FAILED.has(event.attempt) && event.decides !== 'no'
}

/** The flag of a rule that speaks at once, about the user of an attempt. */
export function flagOfLogin({ event }: Attempt, saidMs = event.timestampMs): Flag {
  const { timestampMs, userKey, sourceAddress } = event
  return {
    timestampMs,
    saidMs: Math.max(saidMs, timestampMs),
    userKey,
    addresses: [sourceAddress],
  }
}
