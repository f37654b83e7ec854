import { compareText } from './evidence.ts'
import { COMMON_LIMITS, SOURCE_LIMITS } from './limits.ts'
import {
  FAILING_CLASSES,
  type OutcomeClassName,
  outcomeClassOf,
  SourceTally,
} from './source-tally.ts'
import type { AnnotatedAttempt, SourceView } from './source-view.ts'
import { DAY_MS, dayStartMs } from './time.ts'

/** An attempt that counts, with its class. */
export interface ClassedAttempt {
  readonly annotated: AnnotatedAttempt
  readonly userKey: string
  readonly outcomeClass: OutcomeClassName
}

/** A pane in which a source stood over the threshold, at its strongest window and level. */
export interface FlaggedPane {
  readonly paneStartMs: number
  /** The single address that fires, or `''` when only the network as a whole does. */
  readonly address: string
  /** Every address that fires by itself in this pane. */
  readonly addresses: readonly string[]
  readonly isPrefixFlagged: boolean
  readonly windowMs: number
  /** 1/1024 nat. */
  readonly llr: number
  readonly failingUsers: number
  /** Strongest value of the network as a whole in this pane. */
  readonly prefixLlr: number
}

/** The attack on one day: its flagged panes and the attempts that they were counted from. */
export interface SourceAttack {
  readonly day: number
  readonly panes: readonly FlaggedPane[]
  /** Attempts that count, from the day before to the end of the day, by time. */
  readonly attempts: readonly ClassedAttempt[]
  /** There were more attempts than are kept: every count is a lower bound. */
  readonly isCapped: boolean
}

/** Attempts of a span that say something about guessing, each with its class. */
export function classedAttemptsOf(
  view: SourceView,
  fromMs: number,
  toMs: number,
): ClassedAttempt[] {
  const attempts = view.attempts(fromMs, toMs)
  const classed: ClassedAttempt[] = []
  for (const annotated of attempts) {
    const outcomeClass = outcomeClassOf(annotated)
    const { userKey } = annotated.attempt.event
    if (outcomeClass !== null && userKey !== '') classed.push({ annotated, userKey, outcomeClass })
  }
  return classed
}

/**
 * Finds the panes of a day in which the distinct users failing at a source speak of an attack (A.3): a windowed
 * log-likelihood ratio over 10 minutes, an hour and a day, for each address and for the network as a whole.
 *
 * @returns null when no pane of `day` fires
 */
export function sourceAttack(view: SourceView, day: number): SourceAttack | null {
  const fromMs = dayStartMs(day) - DAY_MS
  const toMs = dayStartMs(day) + DAY_MS - 1
  if (!hasEnoughFailures(view.attempts(fromMs, toMs))) return null
  const attempts = classedAttemptsOf(view, fromMs, toMs)
  const best = new Map<number, FlaggedPane>()
  for (const windowMs of SOURCE_LIMITS.windowsMs) slide(attempts, windowMs, day, best)
  if (best.size === 0) return null
  const panes = [...best.values()].sort((a, b) => a.paneStartMs - b.paneStartMs)
  return { day, panes, attempts, isCapped: view.isCapped(fromMs, toMs) }
}

/** Most sources see hardly a failure: a look that spares them everything else. */
function hasEnoughFailures(attempts: readonly AnnotatedAttempt[]): boolean {
  let failures = 0
  for (const { outcome } of attempts) if (outcome !== 'success') failures++
  return failures >= SOURCE_LIMITS.failingUsersMin
}

/** The tallies of one window length, as it slides. */
class Window {
  readonly whole = new SourceTally()
  readonly #single = new Map<string, SourceTally>()
  readonly #firing = new Set<string>()

  change(classed: ClassedAttempt, change: 'add' | 'remove'): void {
    const { userKey, outcomeClass, annotated } = classed
    const address = annotated.attempt.event.sourceAddress
    let tally = this.#single.get(address)
    if (tally === undefined) {
      tally = new SourceTally()
      this.#single.set(address, tally)
    }
    tally[change](userKey, outcomeClass)
    this.whole[change](userKey, outcomeClass)
    if (isFiring(tally)) this.#firing.add(address)
    else this.#firing.delete(address)
  }

  /** Addresses that fire by themselves, strongest first; ties by text. */
  firing(): string[] {
    return [...this.#firing].sort((a, b) => this.llrOf(b) - this.llrOf(a) || compareText(a, b))
  }

  tallyOf(address: string): SourceTally {
    return this.#single.get(address) as SourceTally
  }

  llrOf(address: string): number {
    return this.tallyOf(address).llr
  }
}

/**
 * One pass over the attempts with a window of `windowMs`. Every pane of `day` in which somebody fails is judged at its
 * end; a login alone does not prolong an attack.
 */
function slide(
  attempts: readonly ClassedAttempt[],
  windowMs: number,
  day: number,
  best: Map<number, FlaggedPane>,
): void {
  const { paneMs } = COMMON_LIMITS
  const window = new Window()
  let entering = 0
  let leaving = 0
  while (entering < attempts.length) {
    const paneStartMs = Math.floor(timeOf(attempts, entering) / paneMs) * paneMs
    const paneEndMs = paneStartMs + paneMs
    let isFailing = false
    for (; entering < attempts.length && timeOf(attempts, entering) < paneEndMs; entering++) {
      const classed = attempts[entering] as ClassedAttempt
      window.change(classed, 'add')
      isFailing ||= FAILING_CLASSES.has(classed.outcomeClass)
    }
    for (; timeOf(attempts, leaving) < paneEndMs - windowMs; leaving++) {
      window.change(attempts[leaving] as ClassedAttempt, 'remove')
    }
    if (paneStartMs < dayStartMs(day) || !isFailing) continue
    const pane = judge(paneStartMs, windowMs, window)
    if (pane !== null) keepStronger(best, pane)
  }
}

function timeOf(attempts: readonly ClassedAttempt[], index: number): number {
  return (attempts[index] as ClassedAttempt).annotated.attempt.event.timestampMs
}

function isFiring(tally: SourceTally): boolean {
  return tally.llr >= SOURCE_LIMITS.threshold && tally.failingUsers >= SOURCE_LIMITS.failingUsersMin
}

/** The smallest level that fires owns the pane; the network fires only where its addresses explain less than half. */
function judge(paneStartMs: number, windowMs: number, window: Window): FlaggedPane | null {
  const { whole } = window
  const addresses = window.firing()
  const strongest = addresses[0]
  const isOwner = strongest !== undefined && 2 * window.llrOf(strongest) >= whole.llr
  const isPrefixFlagged = !isOwner && isFiring(whole)
  if (addresses.length === 0 && !isPrefixFlagged) return null
  const tally = isPrefixFlagged || strongest === undefined ? whole : window.tallyOf(strongest)
  return {
    paneStartMs,
    address: isPrefixFlagged ? '' : (strongest ?? ''),
    addresses,
    isPrefixFlagged,
    windowMs,
    llr: tally.llr,
    failingUsers: tally.failingUsers,
    prefixLlr: whole.llr,
  }
}

/** Keeps the strongest window of a pane (the longest of equals) and every address that fired in any window. */
function keepStronger(best: Map<number, FlaggedPane>, pane: FlaggedPane): void {
  const known = best.get(pane.paneStartMs)
  if (known === undefined) {
    best.set(pane.paneStartMs, pane)
    return
  }
  const strongest = pane.llr >= known.llr ? pane : known
  best.set(pane.paneStartMs, {
    ...strongest,
    addresses: [...new Set([...known.addresses, ...pane.addresses])].sort(compareText),
    isPrefixFlagged: known.isPrefixFlagged || pane.isPrefixFlagged,
  })
}
