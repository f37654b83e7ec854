import type { Alert } from '@sekisho/event'
import { subjectOf } from './finding.ts'
import type { JudgedEpisode } from './labelled-episode.ts'

/** A login that was said, at whatever severity, and whether it was an attacker's. */
export interface Forecast {
  /** Probability that the login is stolen, as its document says it. */
  readonly posterior: number
  readonly isStolen: boolean
}

/** What a run said by risk instead of by severity, signals among it: what a sweep over thresholds needs. */
export interface GradedRun {
  /** Greatest risk (0 to 100) of what names an episode, in the order of the run's episodes; -1 when nothing does. */
  readonly episodeRisks: readonly number[]
  /** Risk of everything that names an attack. */
  readonly trueRisks: readonly number[]
  /** Risk of everything that names none. */
  readonly falseRisks: readonly number[]
  readonly forecasts: readonly Forecast[]
}

/**
 * Holds the final alerts and signals of a run against the truth, those of the days for learning left aside.
 * @param alerts in any order
 */
export function gradedRun(
  alerts: readonly Alert[],
  episodes: readonly JudgedEpisode[],
  fromMs: number,
): GradedRun {
  const episodeRisks = episodes.map(() => -1)
  const trueRisks: number[] = []
  const falseRisks: number[] = []
  const forecasts: Forecast[] = []
  for (const alert of alerts) {
    const { timestampMs, riskScore, posterior } = alert
    if (timestampMs < fromMs) continue
    const subject = subjectOf(alert)
    let isStolen = false
    for (const [index, episode] of episodes.entries()) {
      if (!episode.isNamedBy(subject)) continue
      isStolen = true
      episodeRisks[index] = Math.max(episodeRisks[index] ?? -1, riskScore)
    }
    ;(isStolen ? trueRisks : falseRisks).push(riskScore)
    if (posterior !== null) forecasts.push({ posterior, isStolen })
  }
  const ascending = (a: number, b: number): number => a - b
  return {
    episodeRisks,
    trueRisks: trueRisks.sort(ascending),
    falseRisks: falseRisks.sort(ascending),
    forecasts,
  }
}
