import { type ClassedAttempt, classedAttemptsOf } from './classed-attempts.ts'
import { compareText } from './evidence.ts'
import { type Limits, PANE_MS } from './limits.ts'
import { classValuesOf, FAILING_CLASSES, SourceTally } from './source-tally.ts'
import type { AnnotatedAttempt, SourceView } from './source-view.ts'
import { DAY_MS, dayStartMs } from './time.ts'

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
  /** Value of the network as a whole in the same window. */
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

/**
 * Finds the panes of a day in which the distinct users failing at a source speak of an attack (A.3): a windowed
 * log-likelihood ratio over 10 minutes, an hour and a day, for each address and for the network as a whole.
 *
 * @param settledDay to the end of this day a success at the source shows that failures were typing errors
 * @returns null when no pane of `day` fires
 */
export function sourceAttack(
  view: SourceView,
  day: number,
  settledDay = day + 1,
): SourceAttack | null {
  const fromMs = dayStartMs(day) - DAY_MS
  const toMs = dayStartMs(day) + DAY_MS - 1
  const { limits } = view.config
  const { failingUsersMin, shortWindowMs, middleWindowMs, longWindowMs } = limits.source
  if (failuresAmong(view.attempts(fromMs, toMs)) < failingUsersMin) return null
  const attempts = classedAttemptsOf(view, fromMs, toMs, dayStartMs(settledDay + 1) - 1)
  const best = new Map<number, FlaggedPane>()
  for (const windowMs of [shortWindowMs, middleWindowMs, longWindowMs]) {
    slide(attempts, windowMs, day, limits, best)
  }
  if (best.size === 0) return null
  const panes = [...best.values()].sort((a, b) => a.paneStartMs - b.paneStartMs)
  return { day, panes, attempts, isCapped: view.isCapped(fromMs, toMs) }
}

/**
 * The attacks of a day and its two neighbours, as they are known when the day after it is complete.
 *
 * @param viewOf the source as rules see it when they ask for a day
 */
export function attacksAround(viewOf: (day: number) => SourceView, day: number): SourceAttack[] {
  return [day - 1, day, day + 1]
    .map((near) => sourceAttack(viewOf(near), near, Math.min(near, day) + 1))
    .filter((attack) => attack !== null)
}

/** Most sources see hardly a failure: a look that spares them everything else. */
function failuresAmong(attempts: readonly AnnotatedAttempt[]): number {
  let failures = 0
  for (const { outcome } of attempts) if (outcome !== 'success') failures++
  return failures
}

/** The tallies of one window length, as it slides. */
class Window {
  readonly whole: SourceTally
  readonly #single = new Map<string, SourceTally>()
  readonly #firing = new Set<string>()
  readonly #limits: Limits
  readonly #values: readonly number[]

  constructor(limits: Limits) {
    this.#limits = limits
    this.#values = classValuesOf(limits)
    this.whole = new SourceTally(this.#values)
  }

  change(classed: ClassedAttempt, change: 'add' | 'remove'): void {
    const { userKey, outcomeClass, address } = classed
    let tally = this.#single.get(address)
    if (tally === undefined) {
      tally = new SourceTally(this.#values)
      this.#single.set(address, tally)
    }
    tally[change](userKey, outcomeClass)
    this.whole[change](userKey, outcomeClass)
    if (this.isFiring(tally)) this.#firing.add(address)
    else this.#firing.delete(address)
  }

  isFiring({ llr, failingUsers }: SourceTally): boolean {
    const { threshold, failingUsersMin } = this.#limits.source
    return llr >= threshold && failingUsers >= failingUsersMin
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
  limits: Limits,
  best: Map<number, FlaggedPane>,
): void {
  const window = new Window(limits)
  let entering = 0
  let leaving = 0
  while (entering < attempts.length) {
    const paneStartMs = Math.floor(timeOf(attempts, entering) / PANE_MS) * PANE_MS
    const paneEndMs = paneStartMs + PANE_MS
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
  return (attempts[index] as ClassedAttempt).timestampMs
}

/** The smallest level that fires owns the pane; the network fires only where its addresses explain less than half. */
function judge(paneStartMs: number, windowMs: number, window: Window): FlaggedPane | null {
  const { whole } = window
  const addresses = window.firing()
  const strongest = addresses[0]
  const isOwner = strongest !== undefined && 2 * window.llrOf(strongest) >= whole.llr
  const isPrefixFlagged = !isOwner && window.isFiring(whole)
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
