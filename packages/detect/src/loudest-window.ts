import type { Attempt } from '@sekisho/event'
import { byTimeAndId } from './evidence.ts'
import { COMMON_LIMITS } from './limits.ts'
import type { ClassedAttempt, FlaggedPane, SourceAttack } from './source-attack.ts'
import {
  FAILING_CLASSES,
  OUTCOME_CLASSES,
  type OutcomeClassName,
  SourceTally,
} from './source-tally.ts'

/** Each user's class in the window that speaks loudest, and the attempts behind it. */
export interface LoudestWindow {
  readonly pane: FlaggedPane
  readonly attempts: readonly ClassedAttempt[]
  readonly classes: ReadonlyMap<string, OutcomeClassName>
}

/** Of equally loud panes the last with the longest window: it holds every round of a spray. */
export function loudestWindowOf(attack: SourceAttack): LoudestWindow {
  const pane = attack.panes.reduce((best, p) => (p.llr >= best.llr ? p : best))
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

/** Users whose strongest outcome is a failure. */
export function failingUsersOf({ classes }: LoudestWindow): string[] {
  return [...classes].filter(([, name]) => FAILING_CLASSES.has(name)).map(([userKey]) => userKey)
}

/** How many users count under one of these classes. */
export function usersOf({ classes }: LoudestWindow, ...names: OutcomeClassName[]): number {
  let users = 0
  for (const name of classes.values()) if (names.includes(name)) users++
  return users
}

/**
 * The lines to show: one of each kind, those who got in first, then of each user the first and the last, strangest
 * users first; at most as many as an alert shows, by time.
 */
export function evidenceAttemptsOf(loudest: LoudestWindow): Attempt[] {
  const counted = loudest.attempts.filter(
    ({ userKey, outcomeClass }) => loudest.classes.get(userKey) === outcomeClass,
  )
  const kinds = new Map<OutcomeClassName, ClassedAttempt>()
  const perUser = new Map<string, { first: ClassedAttempt; last: ClassedAttempt }>()
  for (const classed of counted) {
    if (!kinds.has(classed.outcomeClass)) kinds.set(classed.outcomeClass, classed)
    const known = perUser.get(classed.userKey)
    perUser.set(classed.userKey, { first: known?.first ?? classed, last: classed })
  }
  const users = [...perUser.values()].sort(
    (a, b) =>
      classValueOf(b.first.outcomeClass) - classValueOf(a.first.outcomeClass) ||
      byTimeAndId(a.first.annotated.attempt, b.first.annotated.attempt),
  )
  const half = users.slice(0, COMMON_LIMITS.evidenceLines / 2)
  const wanted = [
    ...counted.filter(({ outcomeClass }) => outcomeClass === 'other_success').slice(0, 5),
    ...kinds.values(),
    ...half.flatMap(({ first, last }) => [first, last]),
    ...users.map(({ first }) => first),
  ]
  const lines = new Map(wanted.map(({ annotated: { attempt } }) => [attempt.id, attempt]))
  return [...lines.values()].slice(0, COMMON_LIMITS.evidenceLines).sort(byTimeAndId)
}

function classValueOf(name: OutcomeClassName): number {
  return OUTCOME_CLASSES.find((c) => c.name === name)?.value ?? 0
}
