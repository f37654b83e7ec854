import {
  ALERT_SEVERITIES,
  CAUSES,
  type Cause,
  type CauseEffect,
  causeEffectOf,
  type EvaluatedRun,
  type EvaluationJob,
  type Summary,
} from '@sekisho/simulate'
import { alignedRows } from './aligned-rows.ts'
import { FALSE_BUDGETS } from './false-budgets.ts'

/** Negative controls: what is taken away on purpose, so that the figures must follow. */
export const CONTROLS = ['shuffled-labels', 'no-attacks', 'without-cause'] as const

export type Control = (typeof CONTROLS)[number]

/** What a control says: rows for a person, and whether the figures followed. */
export interface ControlResult {
  readonly rows: readonly string[]
  readonly holds: boolean
}

/** More of the attacks than this is not found by chance. */
const CHANCE_MAX = 0.05

const CAUSE_NAMES = Object.keys(CAUSES) as Cause[]

/** The jobs of a control, made from those of an evaluation proper; `without-cause` makes several of each. */
export function controlJobsOf(
  control: Control | null,
  jobs: readonly EvaluationJob[],
): readonly EvaluationJob[] {
  switch (control) {
    case null:
      return jobs
    case 'shuffled-labels':
      return jobs.map((job) => ({ ...job, hasShuffledLabels: true }))
    case 'no-attacks':
      return jobs.map((job) => ({ ...job, options: { ...job.options, attacks: [] } }))
    case 'without-cause':
      return jobs.flatMap((job) => {
        const told = { ...job, tellsDocuments: true }
        return [told, ...CAUSE_NAMES.map((lacks) => ({ ...told, lacks }))]
      })
  }
}

/** Labels of others: the share of all episodes that is found, which must be next to nothing. */
export function shuffledResult(summary: Summary): ControlResult {
  const episodes = summary.kinds.reduce((sum, kind) => sum + kind.episodes, 0)
  const shareAt = (severity: 'medium' | 'high'): number =>
    summary.kinds.reduce(
      (sum, { recall, episodes }) => sum + (recall[severity].value ?? 0) * episodes,
      0,
    ) / Math.max(1, episodes)
  const holds = shareAt('medium') <= CHANCE_MAX
  const [medium, high] = [shareAt('medium').toFixed(3), shareAt('high').toFixed(3)]
  return {
    rows: [
      'Control: the labels are those of other users and networks, drawn at random.',
      `Found of ${episodes} attacks: ${medium} at medium or above, ${high} at high; chance is at most ${CHANCE_MAX}: ${verdictOf(holds)}.`,
    ],
    holds,
  }
}

/** No attack at all: whatever is said is false, and must keep the budget. */
export function noAttacksResult({ falsePerThousandUsersAndDay }: Summary): ControlResult {
  const kept = ALERT_SEVERITIES.map((severity) => {
    const rate = falsePerThousandUsersAndDay[severity].value ?? 0
    const holds = rate <= FALSE_BUDGETS[severity]
    const row = [severity, rate.toFixed(3), FALSE_BUDGETS[severity].toFixed(2), verdictOf(holds)]
    return { holds, row }
  })
  const heading = ['severity', 'false alerts', 'budget', 'verdict']
  return {
    rows: [
      'Control: nobody attacks. False alerts per 1,000 users a day, so grave or graver:',
      ...alignedRows([heading, ...kept.map(({ row }) => row)]),
    ],
    holds: kept.every(({ holds }) => holds),
  }
}

/** @param runs of the jobs of `without-cause`, in their order */
export function withoutCauseResult(runs: readonly EvaluatedRun[]): ControlResult {
  const size = CAUSE_NAMES.length + 1
  const effects = CAUSE_NAMES.map((cause, index) => {
    const each = runs.flatMap((run, at) =>
      at % size === 0
        ? [causeEffectOf(cause, run.documents ?? {}, runs[at + index + 1]?.documents ?? {})]
        : [],
    )
    return { cause, effect: each.reduce(added) }
  })
  const rows = effects.map(({ cause, effect }) => [
    cause,
    String(effect.before),
    String(effect.after),
    String(effect.inBoth),
    String(effect.otherwiseChanged),
    String(effect.unexplained),
    verdictOf(hasLostOnlyItsTerms(effect)),
  ])
  const heading = [
    'taken out',
    'its terms',
    'left',
    'documents',
    'changed',
    'unexplained',
    'verdict',
  ]
  return {
    rows: [
      'Control: the same worlds without the cause of some terms. Only those terms must go.',
      ...alignedRows([heading, ...rows]),
      'changed: of the documents without such a term; unexplained: such documents that are in one run only;',
      `both together at most ${MOVED_SHARE_MAX * 100} % of the documents, by way of profiles and of a day's worst login`,
    ],
    holds: effects.every(({ effect }) => hasLostOnlyItsTerms(effect)),
  }
}

function added(a: CauseEffect, b: CauseEffect): CauseEffect {
  return {
    before: a.before + b.before,
    after: a.after + b.after,
    inBoth: a.inBoth + b.inBoth,
    otherwiseChanged: a.otherwiseChanged + b.otherwiseChanged,
    unexplained: a.unexplained + b.unexplained,
  }
}

/**
 * A login that is held against a user teaches the profiles nothing, and a user's day is told by its worst login: where a
 * term is lost, profiles and the choice of the login may move a little, so that a few others move with them.
 */
const MOVED_SHARE_MAX = 0.005

/** A cause that never was shows nothing: that is no control. */
function hasLostOnlyItsTerms(effect: CauseEffect): boolean {
  const { before, after, inBoth, otherwiseChanged, unexplained } = effect
  const isLost = before > 0 && after === 0
  return isLost && otherwiseChanged + unexplained <= MOVED_SHARE_MAX * inBoth
}

function verdictOf(holds: boolean): string {
  return holds ? 'holds' : 'FAILS'
}
