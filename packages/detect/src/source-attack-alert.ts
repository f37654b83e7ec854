import type { Attempt, Consideration, EvidenceLine, ScoreTerm, Severity } from '@sekisho/event'
import { type AlertDraft, RISK_OF_SEVERITY } from './alert-draft.ts'
import {
  alertGatewayOf,
  alertSourceOf,
  byTimeAndId,
  durationTextOf,
  evidenceOf,
  type NameMask,
  networkTextOf,
  relatedOf,
  timeSpanOf,
} from './evidence.ts'
import { COMMON_LIMITS, SOURCE_LIMITS, UNITS_PER_NAT } from './limits.ts'
import type { ClassedAttempt, FlaggedPane, SourceAttack } from './source-attack.ts'
import {
  FAILING_CLASSES,
  OUTCOME_CLASSES,
  type OutcomeClassName,
  SourceTally,
} from './source-tally.ts'
import { dayTextOf } from './time.ts'

/** Each user's class in the window that speaks loudest, and the attempts behind it. */
interface LoudestWindow {
  readonly pane: FlaggedPane
  readonly attempts: readonly ClassedAttempt[]
  readonly classes: ReadonlyMap<string, OutcomeClassName>
}

/**
 * N1 and N2, stuffing and spraying from a source: one alert a source network and day, named by its shape (A.3).
 * Defaults and false positives: docs/rules/N1.md and N2.md.
 */
export function sourceAttackAlert(
  prefix: string,
  attack: SourceAttack,
  mask: NameMask,
): AlertDraft {
  const loudest = loudestWindowOf(attack)
  const isSpray = isSpraying(attack, loudest)
  const first = attack.panes[0] as FlaggedPane
  const evidenceAttempts = evidenceAttemptsOf(loudest)
  const evidence = evidenceAttempts.map((attempt) => evidenceOf(attempt, 'decisive', mask))
  const failing = failingUsersOf(loudest)
  const cap = severityCapOf(attack, loudest)
  const severity: Severity = cap === null ? 'high' : 'medium'
  const example = evidenceAttempts[0] as Attempt
  const source = alertSourceOf(example)
  const window = loudest.attempts.map(({ annotated }) => annotated.attempt)
  return {
    family: 'N',
    ruleId: isSpray ? 'N2' : 'N1',
    entity: `prefix:${prefix}`,
    day: dayTextOf(attack.day),
    discriminator: '',
    timestampMs: first.paneStartMs,
    ...timeSpanOf(window),
    severity,
    riskScore: RISK_OF_SEVERITY[severity],
    outcome: 'failure',
    reason: reasonOf(loudest, failing, isSpray, source),
    userName: '',
    userDomain: '',
    userKey: '',
    source: loudest.pane.address === '' ? { ...source, address: '' } : source,
    gateway: alertGatewayOf(example),
    relatedAddresses: relatedOf(window.map((attempt) => attempt.event.sourceAddress)),
    relatedUsers: relatedOf(failing.filter((userKey) => mask.isPerson(userKey))),
    relatedGateways: relatedOf(window.map((attempt) => attempt.event.gateway)),
    score: loudest.pane.llr / UNITS_PER_NAT,
    threshold: SOURCE_LIMITS.threshold / UNITS_PER_NAT,
    terms: termsOf(loudest, evidence, mask),
    considered: consideredOf(loudest, cap),
    travel: null,
    evidence,
    evidenceTotal: window.length,
    counts: countsOf(attack, loudest, failing),
  }
}

function loudestWindowOf(attack: SourceAttack): LoudestWindow {
  const pane = attack.panes.reduce((best, p) => (p.llr > best.llr ? p : best))
  const endMs = pane.paneStartMs + COMMON_LIMITS.paneMs
  const attempts = attack.attempts.filter(({ annotated: { attempt } }) => {
    const { timestampMs, sourceAddress } = attempt.event
    const isInside = timestampMs >= endMs - pane.windowMs && timestampMs < endMs
    return isInside && (pane.address === '' || pane.address === sourceAddress)
  })
  const tally = new SourceTally()
  for (const { userKey, outcomeClass } of attempts) tally.add(userKey, outcomeClass)
  return { pane, attempts, classes: tally.classes() }
}

function failingUsersOf({ classes }: LoudestWindow): string[] {
  return [...classes].filter(([, name]) => FAILING_CLASSES.has(name)).map(([userKey]) => userKey)
}

function usersOf({ classes }: LoudestWindow, ...names: OutcomeClassName[]): number {
  let users = 0
  for (const name of classes.values()) if (names.includes(name)) users++
  return users
}

/** Why the alert is medium at most, or null. */
function severityCapOf(attack: SourceAttack, loudest: LoudestWindow): string | null {
  const example = (loudest.attempts.at(-1) as ClassedAttempt).annotated
  if (example.isCold) return 'the organisation has less than a week of history'
  const { networkClass } = example.attempt.place
  if (networkClass === 'hosting' || networkClass === 'anon' || networkClass === 'satellite')
    return null
  const failing = failingUsersOf(loudest).length
  const isVouchedPlace = attack.attempts.some(({ annotated }) => annotated.isVouched)
  const unknownShare = usersOf(loudest, 'unknown_user') / failing
  const isPopUp =
    !isVouchedPlace &&
    unknownShare < SOURCE_LIMITS.popUpUnknownShare &&
    usersOf(loudest, 'other_success') === 0
  return isPopUp
    ? 'few names are unknown and nobody strange got in: it could be a hotel or an event'
    : null
}

/** Spraying comes in rounds over one set of existing users; everything else is stuffing. */
function isSpraying(attack: SourceAttack, loudest: LoudestWindow): boolean {
  const failing = failingUsersOf(loudest)
  const unknownShare = usersOf(loudest, 'unknown_user') / failing.length
  if (unknownShare >= SOURCE_LIMITS.sprayUnknownShareMax) return false
  const rounds = roundsOf(attack, new Set(failing))
  const repeated = rounds.filter((count) => count >= 2).length
  return (
    2 * repeated >= rounds.length && rounds.every((count) => count <= SOURCE_LIMITS.sprayRoundsMax)
  )
}

/** How often each failing user was tried, attempts less than half an hour apart being one round. */
function roundsOf(attack: SourceAttack, failing: ReadonlySet<string>): number[] {
  const last = new Map<string, number>()
  const rounds = new Map<string, number>()
  for (const { userKey, annotated } of attack.attempts) {
    if (!failing.has(userKey)) continue
    const { timestampMs } = annotated.attempt.event
    const before = last.get(userKey)
    if (before === undefined || timestampMs - before >= SOURCE_LIMITS.sprayRoundGapMs) {
      rounds.set(userKey, (rounds.get(userKey) ?? 0) + 1)
    }
    last.set(userKey, timestampMs)
  }
  return [...rounds.values()]
}

/** One line a user: strangest classes first, then by time, at most as many as an alert shows. */
function evidenceAttemptsOf(loudest: LoudestWindow): Attempt[] {
  const perUser = new Map<string, ClassedAttempt>()
  for (const classed of loudest.attempts) {
    const isOfClass = loudest.classes.get(classed.userKey) === classed.outcomeClass
    if (isOfClass && !perUser.has(classed.userKey)) perUser.set(classed.userKey, classed)
  }
  const weight = ({ outcomeClass }: ClassedAttempt): number => classValueOf(outcomeClass)
  return [...perUser.values()]
    .sort((a, b) => weight(b) - weight(a) || byTimeAndId(a.annotated.attempt, b.annotated.attempt))
    .slice(0, COMMON_LIMITS.evidenceLines)
    .map(({ annotated }) => annotated.attempt)
    .sort(byTimeAndId)
}

function classValueOf(name: OutcomeClassName): number {
  return OUTCOME_CLASSES.find((c) => c.name === name)?.value ?? 0
}

const CLASS_TEXT: Readonly<Record<OutcomeClassName, string>> = {
  vouched_success: 'got in and have used this network before',
  ordinary_success: 'got in from an ordinary network of a country they know',
  other_success: 'got in although they never used this network',
  factor_denied: 'gave the right password and were stopped at the second factor',
  vouched_failure: 'failed and have used this network before',
  operator_known_failure: 'failed and know its operator from elsewhere',
  unvouched_failure: 'failed and never used this network',
  locked: 'are locked or disabled',
  misspelt: 'look like a misspelt name of somebody who uses this network',
  unknown_user: 'never succeeded anywhere',
}

function termsOf(
  loudest: LoudestWindow,
  evidence: readonly EvidenceLine[],
  mask: NameMask,
): ScoreTerm[] {
  const shown = new Map(evidence.map((line, index) => [line.eventId, index]))
  return OUTCOME_CLASSES.flatMap(({ name, value }) => {
    const users = usersOf(loudest, name)
    if (users === 0) return []
    const lines = loudest.attempts
      .filter(
        ({ outcomeClass, userKey }) =>
          outcomeClass === name && loudest.classes.get(userKey) === name,
      )
      .map(({ annotated }) => shown.get(annotated.attempt.id))
      .filter((index) => index !== undefined)
    const names = name === 'other_success' ? `: ${personsOf(loudest, name, mask)}` : ''
    return [
      {
        name,
        value: (users * value) / UNITS_PER_NAT,
        why: `${users} users ${CLASS_TEXT[name]}${names}`,
        evidence: lines,
      },
    ]
  })
}

function personsOf({ classes }: LoudestWindow, name: OutcomeClassName, mask: NameMask): string {
  const users = [...classes].filter(([userKey, c]) => c === name && mask.isPerson(userKey))
  return relatedOf(users.map(([userKey]) => userKey))
    .slice(0, 5)
    .join(', ')
}

function consideredOf(loudest: LoudestWindow, cap: string | null): Consideration[] {
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
      name: 'vouched_users',
      applied: usersOf(loudest, 'vouched_success', 'vouched_failure') > 0,
      why: `${usersOf(loudest, 'vouched_success', 'vouched_failure')} users of this window have used the network before`,
    },
  ]
}

function reasonOf(
  loudest: LoudestWindow,
  failing: readonly string[],
  isSpray: boolean,
  source: { asn: number; asName: string; country: string; networkClass: string; prefix: string },
): string {
  const { pane } = loudest
  const duration = durationTextOf(loudest.attempts.map(({ annotated }) => annotated.attempt))
  const unknown = usersOf(loudest, 'unknown_user')
  const strangers = usersOf(loudest, 'other_success')
  const where = `${pane.address === '' ? source.prefix : pane.address}, ${networkTextOf(source)}`
  const how = isSpray ? 'in rounds over one set of names' : `${unknown} of them never seen before`
  const success = strangers === 0 ? '' : `; ${strangers} got in`
  return `${failing.length} different users failed within ${duration} from ${where}, ${how}${success}`
}

function countsOf(
  attack: SourceAttack,
  loudest: LoudestWindow,
  failing: readonly string[],
): Record<string, number> {
  return {
    users_failed: failing.length,
    users_unknown: usersOf(loudest, 'unknown_user'),
    users_succeeded: usersOf(loudest, 'vouched_success', 'ordinary_success', 'other_success'),
    attempts: loudest.attempts.length,
    window_s: loudest.pane.windowMs / 1000,
    flagged_panes: attack.panes.length,
  }
}
