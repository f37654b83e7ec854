import { type Attempt, SEVERITY_SCORE } from '@sekisho/event'
import { byTimeAndId, type NameMask } from './evidence.ts'
import { isOrganisationGround } from './network-kinds.ts'
import { sessionLivesOf } from './session-lives.ts'
import {
  explanationOfMove,
  type MoveExplanation,
  type SessionMove,
  sessionEndOf,
  sessionMoveOf,
  severityOfMove,
} from './session-move.ts'
import { type SessionTheft, sessionTheftAlert } from './session-theft-alert.ts'
import { dayOf } from './time.ts'
import type { UserFinding } from './user-rules.ts'
import type { UserView } from './user-view.ts'

/**
 * S1, session used from two places: one session of one user in two operators' networks, the way a stolen cookie shows
 * (A.2). One alert for each network that is not the user's own, on the day that the session is first seen there.
 *
 * Consecutive lines of a session are compared. A session that moves is also what roaming is for, so a move is
 * explained between access networks of one country, between networks that are both the user's own, and when the
 * session arrives on the organisation's ground. That it *leaves* the ground explains nothing: most victims sit in an
 * office. Defaults and false positives: docs/rules/S1.md.
 */
export function sessionTheft(view: UserView, day: number, mask: NameMask): UserFinding[] {
  const moves = sessionMovesOf(view, day)
  const thefts = new Map<string, SessionTheft>()
  for (const each of moves) if (each.explanation === null) keepWorse(thefts, view, each)
  const explained = moves.filter(({ explanation }) => explanation !== null).length
  return [...thefts.values()].map((theft) => ({
    draft: sessionTheftAlert(view, day, theft, explained, mask),
    attackPaneStartsMs: [],
  }))
}

/** A move of a session, and the lines of that session. */
export interface MoveOfDay {
  readonly move: SessionMove
  readonly signs: readonly Attempt[]
  /** Null for what is theft. */
  readonly explanation: MoveExplanation | null
}

/** The moves of a user's sessions from one operator's network to another's that a day's alert would be about. */
export function sessionMovesOf(view: UserView, day: number): MoveOfDay[] {
  if (!view.isInSeveralNetworks(day)) return []
  const { session, common } = view.config.limits
  const reach = { idleMs: session.idleMs, loginGroupMs: common.loginGroupMs }
  return sessionLivesOf(view.sessionLines(day), reach).flatMap((life) => {
    const signs = life.filter((line) => isPlaced(view, line))
    return movesOf(view, day, signs)
      .filter((move) => firstDayOf(signs, move) === day)
      .map((move) => ({ move, signs, explanation: explanationOfMove(move) }))
  })
}

/** Of a network without a number nobody can say that it is another operator's; the organisation's ground is its own. */
function isPlaced({ profile }: UserView, { prefix, place }: Attempt): boolean {
  const { networkClass, asn } = place
  return prefix !== '' && (asn !== 0 || isOrganisationGround(profile, { prefix, networkClass }))
}

function movesOf(view: UserView, day: number, signs: readonly Attempt[]): SessionMove[] {
  const moves: SessionMove[] = []
  for (const [index, later] of signs.entries()) {
    const earlier = signs[index - 1]
    if (earlier === undefined || !isAnotherNetwork(earlier, later)) continue
    const ends = [sessionEndOf(view, day, earlier), sessionEndOf(view, day, later)] as const
    moves.push(sessionMoveOf(view, day, ...ends))
  }
  return moves
}

function isAnotherNetwork(a: Attempt, b: Attempt): boolean {
  return a.prefix !== b.prefix && a.place.asn !== b.place.asn
}

/** The alert belongs to the day on which the session was first seen in the network that it is about (C.5). */
function firstDayOf(signs: readonly Attempt[], { to }: SessionMove): number {
  return dayOf(firstThere(signs, to.line.prefix).event.timestampMs)
}

/** The first line of a session in a source network. */
function firstThere(signs: readonly Attempt[], prefix: string): Attempt {
  return signs.find((line) => line.prefix === prefix) as Attempt
}

/** One document for each network and day: the worst move, and the earliest line of any session there. */
function keepWorse(
  thefts: Map<string, SessionTheft>,
  view: UserView,
  { move, signs }: { readonly move: SessionMove; readonly signs: readonly Attempt[] },
): void {
  const { prefix } = move.to.line
  const theft = { move, signs, first: firstThere(signs, prefix) }
  const kept = thefts.get(prefix)
  if (kept === undefined) {
    thefts.set(prefix, theft)
    return
  }
  const first = byTimeAndId(theft.first, kept.first) < 0 ? theft.first : kept.first
  const worse = compareMoves(view, move, kept.move) < 0 ? theft : kept
  thefts.set(prefix, { ...worse, first })
}

/** Worst first, then fastest, then earliest, so that the choice is a function of the set. */
function compareMoves(view: UserView, a: SessionMove, b: SessionMove): number {
  const severity = (move: SessionMove): number => SEVERITY_SCORE[severityOfMove(view, move)]
  const speed = (move: SessionMove): number => move.infeasible?.speedLowerKmh ?? 0
  return (
    severity(b) - severity(a) ||
    speed(b) - speed(a) ||
    byTimeAndId(a.to.line, b.to.line) ||
    byTimeAndId(a.from.line, b.from.line)
  )
}
