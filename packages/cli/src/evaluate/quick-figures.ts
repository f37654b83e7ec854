import { ALERT_SEVERITIES } from '@sekisho/simulate'
import type { Evaluation } from './evaluation.ts'

/** A figure of the quick evaluation and how far a change may move it. */
export interface Figure {
  readonly name: string
  /** A share, or false alerts per 1,000 users a day; to four decimals. */
  readonly value: number
  readonly bound: Bound
}

/** What a later figure must not leave: `least` for what should be high, `most` for what should be low. */
export type Bound = { readonly least: number } | { readonly most: number }

/** A quick evaluation loses no more than this share of the attacks of a kind, or one of them. */
const RECALL_LOSS_MAX = 0.05

/** It gives no more than this share of false alerts more, or so many. */
const FALSE_GAIN_MAX = 0.25
const FALSE_ALERTS_MORE = 2

/**
 * The figures that are watched: recall of each kind of attack at medium and high, false alerts of each severity, and
 * what was promised of attacks from one source. The runs are the same each time, so that a figure moves only when the
 * program does; the bounds say how much of that is let through without anybody deciding on it.
 */
export function figuresOf(evaluation: Evaluation): readonly Figure[] {
  const { all, worlds, users, days, learningDays, seeds } = evaluation
  const userDays = users * (days - learningDays) * seeds * worlds.length
  const recall = all.kinds.flatMap(({ kind, episodes, recall }) =>
    (['medium', 'high'] as const).map((severity) =>
      shareFigure(`${kind}, ${severity}`, recall[severity].value, episodes),
    ),
  )
  const sources = all.kinds.find(({ kind }) => kind === 'single-source-stuffing')?.episodes ?? 0
  const falseAlerts = ALERT_SEVERITIES.map((severity): Figure => {
    const value = all.falsePerThousandUsersAndDay[severity].value ?? 0
    const more = Math.max(value * FALSE_GAIN_MAX, (FALSE_ALERTS_MORE * 1000) / userDays)
    const name = `false alerts, ${severity === 'critical' ? severity : `${severity} or above`}`
    return { name, value: rounded(value), bound: { most: rounded(value + more) } }
  })
  return [
    ...recall,
    shareFigure('got in while trying many, high', all.gotInNamed.high.value, 0),
    shareFigure('one source, found by the sixth user', all.foundBySixthVictim.value, sources),
    ...falseAlerts,
  ].filter((figure) => figure !== null)
}

/** @param count what the share is of, 0 when one of it is nothing */
function shareFigure(name: string, value: number | null, count: number): Figure | null {
  if (value === null) return null
  const loss = Math.max(RECALL_LOSS_MAX, count === 0 ? 0 : 1 / count)
  return { name, value: rounded(value), bound: { least: rounded(Math.max(0, value - loss)) } }
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4
}

export type Verdict = 'same' | 'better' | 'worse' | 'out of bounds' | 'new' | 'gone'

/** A figure then and now; null where there was or is none. */
export interface Comparison {
  readonly name: string
  readonly before: number | null
  readonly now: number | null
  readonly bound: Bound | null
  readonly verdict: Verdict
}

/** Figures beside those of the last committed result, in the order of those of now. */
export function comparisonsOf(committed: readonly Figure[], now: readonly Figure[]): Comparison[] {
  const before = new Map(committed.map((figure) => [figure.name, figure]))
  const compared = now.map(({ name, value }): Comparison => {
    const last = before.get(name)
    before.delete(name)
    if (last === undefined) return { name, before: null, now: value, bound: null, verdict: 'new' }
    return { ...last, before: last.value, now: value, verdict: verdictOf(last, value) }
  })
  const gone = [...before.values()].map(
    ({ name, value, bound }): Comparison => ({
      name,
      before: value,
      now: null,
      bound,
      verdict: 'gone',
    }),
  )
  return [...compared, ...gone]
}

function verdictOf({ value: last, bound }: Figure, now: number): Verdict {
  if (now === last) return 'same'
  if ('least' in bound) {
    if (now < bound.least) return 'out of bounds'
    return now > last ? 'better' : 'worse'
  }
  if (now > bound.most) return 'out of bounds'
  return now < last ? 'better' : 'worse'
}

/** True for what must not pass: a figure that left its bound, or that there is no more. */
export function isRefused({ verdict }: Comparison): boolean {
  return verdict === 'out of bounds' || verdict === 'gone'
}
