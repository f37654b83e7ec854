import {
  type Attempt,
  type Consideration,
  type EvidenceLine,
  type ScoreTerm,
  SEVERITY_SCORE,
  type Severity,
} from '@sekisho/event'
import type { AlertDraft } from './alert-draft.ts'
import { isSpraying, roundsOf, severityCapOf } from './attack-shape.ts'
import { isShown } from './classed-attempts.ts'
import {
  alertGatewayOf,
  alertSourceOf,
  durationTextOf,
  evidenceOf,
  type NameMask,
  networkTextOf,
  relatedOf,
  timeSpanOf,
} from './evidence.ts'
import { type Limits, UNITS_PER_NAT } from './limits.ts'
import {
  type AttackWindow,
  evidenceAttemptsOf,
  failingUsersOf,
  loudestWindowOf,
  usersOf,
} from './loudest-window.ts'
import type { FlaggedPane, SourceAttack } from './source-attack.ts'
import {
  classValuesOf,
  FAILING_CLASSES,
  OUTCOME_CLASSES,
  type OutcomeClassName,
} from './source-tally.ts'
import type { SourceView } from './source-view.ts'
import { countTextOf, dayTextOf } from './time.ts'

/**
 * N1 and N2, stuffing and spraying from a source: one alert a source network and day, named by its shape (A.3).
 * Defaults and false positives: docs/rules/N1.md and N2.md.
 */
export function sourceAttackAlert(
  { prefix, config: { limits } }: SourceView,
  attack: SourceAttack,
  mask: NameMask,
): AlertDraft {
  const loudest = loudestWindowOf(attack, limits)
  const isSpray = isSpraying(attack, loudest, limits.source)
  const first = attack.panes[0] as FlaggedPane
  const evidenceAttempts = evidenceAttemptsOf(loudest, limits)
  const evidence = evidenceAttempts.map((attempt) => evidenceOf(attempt, 'decisive', mask))
  const failing = failingUsersOf(loudest)
  const cap = severityCapOf(attack, loudest, limits)
  const severity: Severity = cap === null ? 'high' : 'medium'
  const example = evidenceAttempts[0] as Attempt
  const source = alertSourceOf(example)
  const window = loudest.attempts.filter(isShown).map(({ annotated }) => annotated.attempt)
  return {
    family: 'N',
    ruleId: isSpray ? 'N2' : 'N1',
    entity: `prefix:${prefix}`,
    day: dayTextOf(attack.day),
    discriminator: '',
    timestampMs: firstTimeIn(attack, first),
    ...timeSpanOf(window),
    severity,
    riskScore: SEVERITY_SCORE[severity],
    outcome: 'failure',
    reason: `${attack.isCapped ? 'at least ' : ''}${reasonOf(loudest, failing, isSpray, source)}`,
    userName: '',
    userDomain: '',
    userKey: '',
    source: loudest.pane.address === '' ? { ...source, address: '' } : source,
    gateway: alertGatewayOf(example),
    relatedAddresses: relatedOf(window.map((attempt) => attempt.event.sourceAddress)),
    relatedUsers: relatedOf(
      [...loudest.classes.keys()].filter((key) => isAttacked(loudest, key, mask)),
    ),
    relatedGateways: relatedOf(window.map((attempt) => attempt.event.gateway)),
    score: loudest.pane.llr / UNITS_PER_NAT,
    posterior: null,
    threshold: limits.source.threshold / UNITS_PER_NAT,
    terms: termsOf(loudest, evidence, limits, mask),
    considered: consideredOf(loudest, cap, attack.isCapped, limits),
    travel: null,
    evidence,
    evidenceTotal: window.length,
    counts: countsOf(attack, loudest, failing, limits),
  }
}

/** Time of the first attempt in a flagged pane. */
function firstTimeIn(attack: SourceAttack, { paneStartMs }: FlaggedPane): number {
  const first = attack.attempts.find(
    (classed) => isShown(classed) && classed.timestampMs >= paneStartMs,
  )
  return first?.timestampMs ?? paneStartMs
}

/** Persons among the names that were tried, whether they got in or not. */
function isAttacked({ classes }: AttackWindow, userKey: string, mask: NameMask): boolean {
  const name = classes.get(userKey)
  const isTried = name !== undefined && (FAILING_CLASSES.has(name) || name === 'other_success')
  return isTried && mask.isPerson(userKey)
}

const CLASS_TEXT: Readonly<Record<OutcomeClassName, string>> = {
  vouched_success: 'got in and have used this network before',
  ordinary_success: 'got in from an ordinary network of a country they know',
  other_success: 'got in although they never used this network',
  factor_denied: 'gave the right password but failed the second factor',
  vouched_failure: 'failed and have used this network before',
  operator_known_failure: 'failed and know its operator from elsewhere',
  unvouched_failure: 'failed and never used this network',
  locked: 'failed on a locked or disabled account',
  misspelt: 'failed under a name one letter away from a user of this network',
  unknown_user: 'never succeeded anywhere',
}

function termsOf(
  loudest: AttackWindow,
  evidence: readonly EvidenceLine[],
  limits: Limits,
  mask: NameMask,
): ScoreTerm[] {
  const values = classValuesOf(limits)
  const shown = new Map(evidence.map((line, index) => [line.eventId, index]))
  return OUTCOME_CLASSES.flatMap(({ name }, index) => {
    const users = usersOf(loudest, name)
    const value = values[index] as number
    if (users === 0) return []
    const lines = loudest.attempts
      .filter(isShown)
      .filter(({ outcomeClass }) => outcomeClass === name)
      .map(({ annotated }) => shown.get(annotated.attempt.id))
      .filter((line) => line !== undefined)
    const names = name === 'other_success' ? `: ${personsOf(loudest, name, mask)}` : ''
    return [
      {
        name,
        value: (users * value) / UNITS_PER_NAT,
        why: `${countTextOf(users, 'user')} ${CLASS_TEXT[name]}${names}`,
        quantities: { users, nats_per_user: value / UNITS_PER_NAT },
        evidence: lines,
      },
    ]
  })
}

function personsOf({ classes }: AttackWindow, name: OutcomeClassName, mask: NameMask): string {
  const users = [...classes].filter(([userKey, c]) => c === name && mask.isPerson(userKey))
  return relatedOf(users.map(([userKey]) => userKey))
    .slice(0, 5)
    .join(', ')
}

function consideredOf(
  loudest: AttackWindow,
  cap: string | null,
  isCapped: boolean,
  { room }: Limits,
): Consideration[] {
  const { pane } = loudest
  return [
    {
      name: 'severity_cap',
      applied: cap !== null,
      why: cap ?? 'no reason to hold the severity at medium',
    },
    {
      name: 'network_level',
      applied: pane.address === '',
      why:
        pane.address === ''
          ? 'the network as a whole explains more than any single address'
          : `${pane.address} alone explains at least half of what the network shows (${(pane.prefixLlr / UNITS_PER_NAT).toFixed(1)})`,
    },
    {
      name: 'sampled',
      applied: isCapped,
      why: isCapped
        ? `only ${room.usersPerPane} users of each five minutes are kept: every count is a lower bound`
        : 'every attempt is counted',
    },
    {
      name: 'vouched_users',
      applied: usersOf(loudest, 'vouched_success', 'vouched_failure') > 0,
      why: `${usersOf(loudest, 'vouched_success', 'vouched_failure')} of the users of this window have used the network before`,
    },
  ]
}

function reasonOf(
  loudest: AttackWindow,
  failing: readonly string[],
  isSpray: boolean,
  source: { asn: number; asName: string; country: string; networkClass: string; prefix: string },
): string {
  const { pane } = loudest
  const failures = loudest.attempts
    .filter(isShown)
    .filter(({ outcomeClass }) => FAILING_CLASSES.has(outcomeClass))
  const duration = durationTextOf(failures.map(({ annotated }) => annotated.attempt))
  const unknown = usersOf(loudest, 'unknown_user')
  const strangers = usersOf(loudest, 'other_success')
  const where = `${pane.address === '' ? source.prefix : pane.address}, ${networkTextOf(source)}`
  const how = isSpray
    ? 'in rounds over one set of names'
    : `${unknown} of them under names that never succeeded`
  const success = strangers === 0 ? '' : `; ${strangers} got in`
  return `${failing.length} different users failed within ${duration} from ${where}, ${how}${success}`
}

function countsOf(
  attack: SourceAttack,
  loudest: AttackWindow,
  failing: readonly string[],
  { source: { sprayRoundGapMs } }: Limits,
): Record<string, number> {
  const rounds = roundsOf(attack, new Set(failing), sprayRoundGapMs)
  return {
    users_failed: failing.length,
    users_unknown: usersOf(loudest, 'unknown_user'),
    users_succeeded: usersOf(loudest, 'vouched_success', 'ordinary_success', 'other_success'),
    attempts: loudest.attempts.filter(isShown).length,
    rounds_max: rounds.reduce((most, count) => Math.max(most, count), 0),
    window_s: loudest.pane.windowMs / 1000,
    flagged_panes: attack.panes.length,
  }
}
