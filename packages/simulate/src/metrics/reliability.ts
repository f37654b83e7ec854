import type { Forecast } from './graded-run.ts'

/** Logins whose probability was said to be in a range. */
export interface ReliabilityBin {
  readonly from: number
  /** Not in the bin, but for the last, which has 1. */
  readonly to: number
  readonly logins: number
  /** Mean of what was said; null without logins. */
  readonly said: number | null
  /** Share that was an attacker's; null without logins. */
  readonly stolen: number | null
}

export interface Reliability {
  readonly bins: readonly ReliabilityBin[]
  readonly logins: number
  /** Share of the attacker's among them: the class mix, without which a Brier score means nothing. */
  readonly stolenShare: number | null
  /** Mean squared difference of what was said and what was so (Brier 1950): 0 is perfect. */
  readonly brier: number | null
  /** The Brier score of who always says the class mix: p (1 - p). */
  readonly brierOfMix: number | null
}

/** Finer at both ends, where the probabilities of rare things lie. */
const EDGES = [0, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1] as const

/**
 * How far the probabilities that logins were given are right: of the logins that were said at all, signals included. An
 * organisation of a simulation is attacked far more often than the prior of the score assumes, so that the share is
 * expected to lie above what was said.
 */
export function reliabilityOf(forecasts: readonly Forecast[]): Reliability {
  const bins = EDGES.slice(0, -1).map((from, index) => {
    const to = EDGES[index + 1] as number
    const isLast = to === 1
    const inBin = forecasts.filter(
      ({ posterior }) => posterior >= from && (posterior < to || isLast),
    )
    const said = meanOf(inBin.map(({ posterior }) => posterior))
    return { from, to, logins: inBin.length, said, stolen: shareOf(inBin) }
  })
  const stolenShare = shareOf(forecasts)
  return {
    bins,
    logins: forecasts.length,
    stolenShare,
    brier: meanOf(forecasts.map(({ posterior, isStolen }) => (posterior - Number(isStolen)) ** 2)),
    brierOfMix: stolenShare === null ? null : stolenShare * (1 - stolenShare),
  }
}

function shareOf(forecasts: readonly Forecast[]): number | null {
  return meanOf(forecasts.map(({ isStolen }) => Number(isStolen)))
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
