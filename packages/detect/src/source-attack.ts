import { COMMON_LIMITS, SOURCE_LIMITS } from './limits.ts'
import {
  isOneEditApart,
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
}

/** Attempts of a span that say something about guessing, each with its class. */
export function classedAttemptsOf(
  view: SourceView,
  fromMs: number,
  toMs: number,
): ClassedAttempt[] {
  const attempts = view.attempts(fromMs, toMs)
  const vouched = new Set<string>()
  for (const { isVouched, attempt } of attempts) if (isVouched) vouched.add(attempt.event.userKey)
  const misspelt = new Map<string, boolean>()
  const isMisspelt = (userKey: string): boolean => {
    let answer = misspelt.get(userKey)
    if (answer === undefined) {
      answer = [...vouched].some((name) => isOneEditApart(name, userKey))
      misspelt.set(userKey, answer)
    }
    return answer
  }
  const classed: ClassedAttempt[] = []
  for (const annotated of attempts) {
    const outcomeClass = outcomeClassOf(annotated, isMisspelt)
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
  const attempts = classedAttemptsOf(view, dayStartMs(day) - DAY_MS, dayStartMs(day) + DAY_MS - 1)
  if (attempts.length < SOURCE_LIMITS.failingUsersMin) return null
  const best = new Map<number, FlaggedPane>()
  for (const windowMs of SOURCE_LIMITS.windowsMs) slide(attempts, windowMs, day, best)
  if (best.size === 0) return null
  const panes = [...best.values()].sort((a, b) => a.paneStartMs - b.paneStartMs)
  return { day, panes, attempts }
}

/** One pass over the attempts with a window of `windowMs`; every pane of `day` is judged at its end. */
function slide(
  attempts: readonly ClassedAttempt[],
  windowMs: number,
  day: number,
  best: Map<number, FlaggedPane>,
): void {
  const { paneMs } = COMMON_LIMITS
  const whole = new SourceTally()
  const single = new Map<string, SourceTally>()
  let entering = 0
  let leaving = 0
  while (entering < attempts.length) {
    const paneStartMs = Math.floor(timeOf(attempts, entering) / paneMs) * paneMs
    const paneEndMs = paneStartMs + paneMs
    const active = new Set<string>()
    for (; entering < attempts.length && timeOf(attempts, entering) < paneEndMs; entering++) {
      const address = count(attempts[entering] as ClassedAttempt, whole, single, 'add')
      active.add(address)
    }
    for (; timeOf(attempts, leaving) < paneEndMs - windowMs; leaving++) {
      count(attempts[leaving] as ClassedAttempt, whole, single, 'remove')
    }
    if (paneStartMs < dayStartMs(day)) continue
    const pane = judge(paneStartMs, windowMs, whole, single, active)
    if (pane !== null) keepStronger(best, pane)
  }
}

function timeOf(attempts: readonly ClassedAttempt[], index: number): number {
  return (attempts[index] as ClassedAttempt).annotated.attempt.event.timestampMs
}

function count(
  classed: ClassedAttempt,
  whole: SourceTally,
  single: Map<string, SourceTally>,
  change: 'add' | 'remove',
): string {
  const address = classed.annotated.attempt.event.sourceAddress
  let tally = single.get(address)
  if (tally === undefined) {
    tally = new SourceTally()
    single.set(address, tally)
  }
  tally[change](classed.userKey, classed.outcomeClass)
  whole[change](classed.userKey, classed.outcomeClass)
  return address
}

function isFiring(tally: SourceTally): boolean {
  return tally.llr >= SOURCE_LIMITS.threshold && tally.failingUsers >= SOURCE_LIMITS.failingUsersMin
}

/** The smallest level that fires owns the pane, unless it explains less than half of the evidence. */
function judge(
  paneStartMs: number,
  windowMs: number,
  whole: SourceTally,
  single: ReadonlyMap<string, SourceTally>,
  active: ReadonlySet<string>,
): FlaggedPane | null {
  const addresses = [...active].filter((a) => isFiring(single.get(a) as SourceTally)).sort()
  const isPrefixFlagged = isFiring(whole)
  if (addresses.length === 0 && !isPrefixFlagged) return null
  const strongest = addresses.reduce<string>(
    (best, a) => (best === '' || llrOf(single, a) > llrOf(single, best) ? a : best),
    '',
  )
  const isOwner = strongest !== '' && 2 * llrOf(single, strongest) >= whole.llr
  const tally = isOwner ? (single.get(strongest) as SourceTally) : whole
  return {
    paneStartMs,
    address: isOwner ? strongest : '',
    addresses,
    isPrefixFlagged,
    windowMs,
    llr: tally.llr,
    failingUsers: tally.failingUsers,
    prefixLlr: whole.llr,
  }
}

function llrOf(single: ReadonlyMap<string, SourceTally>, address: string): number {
  return (single.get(address) as SourceTally).llr
}

/** Keeps the strongest window of a pane (the shortest of equals) and every address that fired in any window. */
function keepStronger(best: Map<number, FlaggedPane>, pane: FlaggedPane): void {
  const known = best.get(pane.paneStartMs)
  if (known === undefined) {
    best.set(pane.paneStartMs, pane)
    return
  }
  const strongest = pane.llr > known.llr ? pane : known
  best.set(pane.paneStartMs, {
    ...strongest,
    addresses: [...new Set([...known.addresses, ...pane.addresses])].sort(),
    isPrefixFlagged: known.isPrefixFlagged || pane.isPrefixFlagged,
  })
}
