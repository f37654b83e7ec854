import { quantile } from 'simple-statistics'
import type { AttackKind } from '../simulation.ts'
import { ALERT_SEVERITIES, type AlertSeverity, bySeverity, isAtLeast } from './finding.ts'
import { type Estimate, estimateOf } from './interval.ts'
import type { Detection, EpisodeResult, JudgedRun } from './judged-run.ts'

/** A judged run and what it was made of. */
export interface MeasuredRun {
  readonly seed: number
  readonly users: number
  /** Days that were judged: without those for learning. */
  readonly judgedDays: number
  readonly judged: JudgedRun
}

/** How well one kind of attack is found. */
export interface KindSummary {
  readonly kind: AttackKind
  readonly episodes: number
  /** Share found at this severity or above. */
  readonly recall: Readonly<Record<AlertSeverity, Estimate>>
  /** Event time from the first line to the first alert of medium or above, ms, of the episodes that were found. */
  readonly delayMs: { readonly median: number | null; readonly p95: number | null }
  /** Distinct users tried until that alert. */
  readonly victimsTried: { readonly median: number | null; readonly p95: number | null }
}

export interface Summary {
  readonly kinds: readonly KindSummary[]
  /** False alerts at this severity or above per 1,000 users and day. */
  readonly falsePerThousandUsersAndDay: Readonly<Record<AlertSeverity, Estimate>>
  /** Share of the alerts at this severity or above that name an attack. */
  readonly precision: Readonly<Record<AlertSeverity, Estimate>>
  /** Share of the users under whose name an attacker got in while trying many, whom an alert of this severity or above names. */
  readonly gotInNamed: Readonly<Record<AlertSeverity, Estimate>>
  /** Share of the attacks from one source that were found at medium or above by the sixth user tried. */
  readonly foundBySixthVictim: Estimate
}

/** Attacks in which a source tries many users, so that a success is one inside an attack. */
const TRYING_MANY: ReadonlySet<AttackKind> = new Set([
  'single-source-stuffing',
  'rotating-prefix-stuffing',
  'hosting-fleet',
  'leaked-list-replay',
  'ordered-spray',
  'shared-carrier-gateway',
])

/** Users tried until when an attack from one source must have been found (design of the evaluation). */
const VICTIMS_MAX = 6

/** What runs come to, with intervals over their seeds. The order of the runs changes nothing. */
export function summaryOf(runs: readonly MeasuredRun[]): Summary {
  const seeds = [...Map.groupBy(runs, ({ seed }) => seed).entries()]
    .sort(([a], [b]) => a - b)
    .map(([, ofSeed]) => ofSeed)
  const kinds = [...new Set(runs.flatMap(({ judged }) => judged.episodes.map(({ kind }) => kind)))]
  return {
    kinds: kinds.sort().map((kind) => kindSummary(kind, seeds)),
    falsePerThousandUsersAndDay: bySeverity((least) =>
      estimateOf(seeds, (some) => falseRate(some.flat(), least)),
    ),
    precision: bySeverity((least) => estimateOf(seeds, (some) => precision(some.flat(), least))),
    gotInNamed: bySeverity((least) => {
      const isInside = ({ kind }: EpisodeResult): boolean => TRYING_MANY.has(kind)
      const inside = seeds.map((runs) => episodesOf(runs).filter(isInside))
      return shareOf(
        inside,
        ({ gotInNamed }) => gotInNamed[least],
        ({ gotIn }) => gotIn,
      )
    }),
    foundBySixthVictim: shareOf(
      seeds.map((runs) => episodesOf(runs).filter(({ kind }) => kind === 'single-source-stuffing')),
      ({ found }) =>
        Number((found.medium?.victimsTried ?? Number.POSITIVE_INFINITY) <= VICTIMS_MAX),
      () => 1,
    ),
  }
}

function episodesOf(runs: readonly MeasuredRun[]): EpisodeResult[] {
  return runs.flatMap(({ judged }) => judged.episodes)
}

/** A share over the episodes of each seed; counted once for each, for resampling need not look through all of them again. */
function shareOf(
  seeds: readonly (readonly EpisodeResult[])[],
  partOf: (episode: EpisodeResult) => number,
  wholeOf: (episode: EpisodeResult) => number,
): Estimate {
  const counts = seeds.map((episodes) => ({
    part: sumOf(episodes, partOf),
    whole: sumOf(episodes, wholeOf),
  }))
  return estimateOf(counts, (some) => {
    const whole = sumOf(some, (count) => count.whole)
    return whole === 0 ? null : sumOf(some, ({ part }) => part) / whole
  })
}

function kindSummary(kind: AttackKind, seeds: readonly (readonly MeasuredRun[])[]): KindSummary {
  const bySeed = seeds.map((runs) => episodesOf(runs).filter((episode) => episode.kind === kind))
  const all = bySeed.flat()
  const detections = all.map(({ found }) => found.medium).filter((found) => found !== null)
  return {
    kind,
    episodes: all.length,
    recall: bySeverity((least) =>
      shareOf(
        bySeed,
        ({ found }) => Number(found[least] !== null),
        () => 1,
      ),
    ),
    delayMs: quantilesOf(detections, ({ delayMs }) => delayMs),
    victimsTried: quantilesOf(detections, ({ victimsTried }) => victimsTried),
  }
}

function quantilesOf(detections: readonly Detection[], figureOf: (detection: Detection) => number) {
  if (detections.length === 0) return { median: null, p95: null }
  const values = detections.map(figureOf)
  return { median: quantile(values, 0.5), p95: quantile(values, 0.95) }
}

function falseRate(runs: readonly MeasuredRun[], least: AlertSeverity): number | null {
  const userDays = sumOf(runs, ({ users, judgedDays }) => users * judgedDays)
  if (userDays === 0) return null
  return (sumOf(runs, ({ judged }) => atLeast(judged.falseFindings, least)) * 1000) / userDays
}

function precision(runs: readonly MeasuredRun[], least: AlertSeverity): number | null {
  const right = sumOf(runs, ({ judged }) => atLeast(judged.trueFindings, least))
  const wrong = sumOf(runs, ({ judged }) => atLeast(judged.falseFindings, least))
  return right + wrong === 0 ? null : right / (right + wrong)
}

function atLeast(counts: Readonly<Record<AlertSeverity, number>>, least: AlertSeverity): number {
  return sumOf(
    ALERT_SEVERITIES.filter((severity) => isAtLeast(severity, least)),
    (severity) => counts[severity],
  )
}

function sumOf<T>(list: readonly T[], figureOf: (one: T) => number): number {
  return list.reduce((sum, one) => sum + figureOf(one), 0)
}
