import { type AlertDraft, type Limits, UNITS_PER_NAT } from '@sekisho/detect'
import type { Attempt, Consideration, ScoreTerm, Severity } from '@sekisho/event'

/** A term as an explanation shows it. */
export type ExplainedTerm = Pick<ScoreTerm, 'name' | 'value' | 'why' | 'quantities'>

/** What U2 makes of one login, also where it comes to nothing. */
export interface LoginExplanation {
  /** Those that count most first. */
  readonly terms: readonly ExplainedTerm[]
  readonly considered: readonly Consideration[]
  /** Sum of the terms, nats. */
  readonly sum: number
  readonly thresholds: { readonly signal: number; readonly medium: number; readonly high: number }
  /** Null when it is not even a signal. */
  readonly severity: Severity | null
  /** Event id of a graver login from the same network and day, whose document stands for both; `''` without. */
  readonly standsBehind: string
}

/** The family of documents that are about one login. */
const FAMILY = 'U2'

/** The draft that is about a login itself. */
function draftOf(drafts: readonly AlertDraft[], { id }: Attempt): AlertDraft | undefined {
  return drafts.find(({ family, evidence }) => family === FAMILY && evidence[0]?.eventId === id)
}

/**
 * @param bottom drafts of the rules with thresholds at the bottom, asked for this login alone
 * @param real drafts of the rules for the user's day
 * @param isFirst the login is the day's first: only that can be the first ever
 * @returns null for a login without a source network, which has no place to be novel in
 */
export function loginExplanation(
  login: Attempt,
  bottom: readonly AlertDraft[],
  real: readonly AlertDraft[],
  isFirst: boolean,
  limits: Limits['login'],
): LoginExplanation | null {
  const weighed = draftOf(bottom, login)
  if (weighed === undefined) return null
  const terms = weighed.terms.filter(({ name }) => isFirst || name !== 'first_use')
  const own = draftOf(real, login)
  const other = real.find(
    ({ family, discriminator }) => family === FAMILY && discriminator === login.prefix,
  )
  return {
    terms: terms.map(({ name, value, why, quantities }) => ({ name, value, why, quantities })),
    considered: own?.considered ?? weighed.considered,
    sum: terms.reduce((sum, { value }) => sum + value, 0),
    thresholds: {
      signal: limits.signal / UNITS_PER_NAT,
      medium: limits.medium / UNITS_PER_NAT,
      high: limits.high / UNITS_PER_NAT,
    },
    severity: own?.severity ?? null,
    standsBehind: own === undefined ? (other?.evidence[0]?.eventId ?? '') : '',
  }
}
