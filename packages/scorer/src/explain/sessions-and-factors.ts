import {
  DAY_MS,
  dayStartMs,
  type Limits,
  type MoveExplanation,
  sessionMovesOf,
  type UserView,
} from '@sekisho/detect'

/** What S1 looks at. */
export interface SessionsOfDay {
  /** Lines of sessions around the day. */
  readonly lines: number
  /** Moves of sessions from one operator's network to another's. */
  readonly moves: number
  /** What explains those that are explained, each reason once. */
  readonly explanations: readonly MoveExplanation[]
}

/** What M1 looks at: second factors that were refused. */
export interface FactorsOfDay {
  /** On the day and in the window before it. */
  readonly denied: number
  /** The most of them in one window. */
  readonly deniedAtOnce: number
  readonly windowMs: number
  readonly deniedMin: number
  readonly deniedBeforeSuccessMin: number
}

/** Of a user without lines. */
export const NO_SESSIONS: SessionsOfDay = { lines: 0, moves: 0, explanations: [] }

export function sessionsOf(view: UserView, day: number): SessionsOfDay {
  const moves = sessionMovesOf(view, day)
  const explanations = moves.flatMap(({ explanation }) => explanation ?? [])
  return {
    lines: view.sessionLines(day).length,
    moves: moves.length,
    explanations: [...new Set(explanations)],
  }
}

/** @param view null for a user without lines */
export function factorsOf(
  view: UserView | null,
  day: number,
  limits: Limits['fatigue'],
): FactorsOfDay {
  const { windowMs, deniedMin, deniedBeforeSuccessMin } = limits
  const startMs = dayStartMs(day)
  const failures = view?.failures(startMs - windowMs, startMs + DAY_MS - 1) ?? []
  const times = failures
    .filter(({ outcome }) => outcome === 'mfa_denied')
    .map(({ attempt }) => attempt.event.timestampMs)
    .sort((a, b) => a - b)
  let from = 0
  let deniedAtOnce = 0
  for (const [index, atMs] of times.entries()) {
    while (atMs - (times[from] ?? atMs) > windowMs) from++
    deniedAtOnce = Math.max(deniedAtOnce, index - from + 1)
  }
  return { denied: times.length, deniedAtOnce, windowMs, deniedMin, deniedBeforeSuccessMin }
}
