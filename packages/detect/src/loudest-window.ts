import type { Attempt } from '@sekisho/event'
import { type ClassedAttempt, isShown, type ShownAttempt } from './classed-attempts.ts'
import { byTimeAndId } from './evidence.ts'
import { type Limits, PANE_MS } from './limits.ts'
import type { FlaggedPane, SourceAttack } from './source-attack.ts'
import {
  classValuesOf,
  FAILING_CLASSES,
  OUTCOME_CLASSES,
  type OutcomeClassName,
  SourceTally,
} from './source-tally.ts'

/** Each user's class in the window of a flagged pane, and the attempts behind it. */
export interface AttackWindow {
  readonly pane: FlaggedPane
  readonly attempts: readonly ClassedAttempt[]
  readonly classes: ReadonlyMap<string, OutcomeClassName>
}

/** Of equally loud panes the last with the longest window: it holds every round of a spray. */
export function loudestWindowOf(attack: SourceAttack, limits: Limits): AttackWindow {
  const loudest = attack.panes.reduce((best, pane) => (pane.llr >= best.llr ? pane : best))
  return attackWindowOf(attack, loudest, limits)
}

/** The attempts that a flagged pane was judged by. */
export function attackWindowOf(
  attack: SourceAttack,
  pane: FlaggedPane,
  limits: Limits,
): AttackWindow {
  const endMs = pane.paneStartMs + PANE_MS
  const attempts = attack.attempts.filter(({ timestampMs, address }) => {
    const isInside = timestampMs >= endMs - pane.windowMs && timestampMs < endMs
    return isInside && (pane.address === '' || pane.address === address)
  })
  const tally = new SourceTally(classValuesOf(limits))
  for (const { userKey, outcomeClass } of attempts) tally.add(userKey, outcomeClass)
  return { pane, attempts, classes: tally.classes() }
}

/** Users whose strongest outcome is a failure. */
export function failingUsersOf({ classes }: AttackWindow): string[] {
  return [...classes].filter(([, name]) => FAILING_CLASSES.has(name)).map(([userKey]) => userKey)
}

/** How many users count under one of these classes. */
export function usersOf({ classes }: AttackWindow, ...names: OutcomeClassName[]): number {
  let users = 0
  for (const name of classes.values()) if (names.includes(name)) users++
  return users
}

/**
 * The lines to show: one of each kind, those who got in first, then of each user the first and the last, strangest
 * users first; at most as many as an alert shows, by time.
 */
export function evidenceAttemptsOf(loudest: AttackWindow, limits: Limits): Attempt[] {
  const { evidenceLines } = limits.common
  const valueOfClass = new Map(
    classValuesOf(limits).map((value, i) => [OUTCOME_CLASSES[i]?.name, value]),
  )
  const counted = loudest.attempts
    .filter(isShown)
    .filter(({ userKey, outcomeClass }) => loudest.classes.get(userKey) === outcomeClass)
  const kinds = new Map<OutcomeClassName, ShownAttempt>()
  const perUser = new Map<string, { first: ShownAttempt; last: ShownAttempt }>()
  for (const classed of counted) {
    if (!kinds.has(classed.outcomeClass)) kinds.set(classed.outcomeClass, classed)
    const known = perUser.get(classed.userKey)
    perUser.set(classed.userKey, { first: known?.first ?? classed, last: classed })
  }
  const users = [...perUser.values()].sort(
    (a, b) =>
      (valueOfClass.get(b.first.outcomeClass) ?? 0) -
        (valueOfClass.get(a.first.outcomeClass) ?? 0) ||
      byTimeAndId(a.first.annotated.attempt, b.first.annotated.attempt),
  )
  const half = users.slice(0, evidenceLines / 2)
  const wanted = [
    ...counted.filter(({ outcomeClass }) => outcomeClass === 'other_success').slice(0, 5),
    ...kinds.values(),
    ...half.flatMap(({ first, last }) => [first, last]),
    ...users.map(({ first }) => first),
  ]
  const lines = new Map(wanted.map(({ annotated: { attempt } }) => [attempt.id, attempt]))
  return [...lines.values()].slice(0, evidenceLines).sort(byTimeAndId)
}
