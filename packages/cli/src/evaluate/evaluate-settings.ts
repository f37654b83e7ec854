import { type EvaluationJob, WORLDS } from '@sekisho/simulate'
import { didYouMean } from '../nearest.ts'
import type { OptionValues } from '../option-values.ts'
import { wholeNumberOf } from '../simulate/simulate-settings.ts'
import type { ProgressMode } from '../terminal/progress.ts'

/** What `sekisho evaluate` was told. */
export interface EvaluateSettings {
  readonly worlds: readonly string[]
  readonly seeds: number
  readonly firstSeed: number
  readonly users: number
  readonly days: number
  /** The first third. */
  readonly learningDays: number
  readonly processes: number
  /** File for the figures and runs, null when nobody wants one. */
  readonly outPath: string | null
  readonly output: 'text' | 'json'
  readonly progressMode: ProgressMode
}

/** Names that stand for the worlds of a purpose. */
const PURPOSES = { report: 'reporting', tuning: 'tuning' } as const

/** @throws UsageError */
export function evaluateSettingsOf(values: OptionValues): EvaluateSettings {
  const outPath = values.text('out')
  if (outPath === '-') throw values.wrong('out', 'must name a file; --output json prints it')
  const days = wholeNumberOf(values, 'days', 45, 9, 400)
  return {
    worlds: worldsOf(values),
    seeds: wholeNumberOf(values, 'seeds', 20, 1, 1000),
    firstSeed: wholeNumberOf(values, 'first-seed', 11, 0, 2 ** 30),
    users: wholeNumberOf(values, 'users', 2000, 50, 200_000),
    days,
    learningDays: Math.floor(days / 3),
    processes: wholeNumberOf(values, 'processes', 2, 1, 64),
    outPath,
    output: values.choice('output', ['text', 'json'] as const) ?? 'text',
    progressMode: values.choice('progress', ['auto', 'always', 'never'] as const) ?? 'auto',
  }
}

/** Worlds by name, each once. @throws UsageError */
function worldsOf(values: OptionValues): readonly string[] {
  const known = [...Object.keys(PURPOSES), ...WORLDS.map(({ name }) => name)]
  const names = (values.text('worlds') ?? 'report').split(',').map((name) => name.trim())
  const chosen = names.flatMap((name) => {
    if (name === 'report' || name === 'tuning') {
      return WORLDS.filter(({ purpose }) => purpose === PURPOSES[name]).map((world) => world.name)
    }
    if (known.includes(name)) return [name]
    throw values.wrong(
      'worlds',
      `has no "${name}"${didYouMean(name, known)}; sekisho simulate --list shows them`,
    )
  })
  return [...new Set(chosen)]
}

/** Every run, the worlds of a seed one after the other. */
export function jobsOf(settings: EvaluateSettings): readonly EvaluationJob[] {
  const { worlds, seeds, firstSeed, users, days, learningDays } = settings
  return Array.from({ length: seeds }, (_, index) => firstSeed + index).flatMap((seed) =>
    worlds.map((world) => ({ world, options: { seed, users, days, learningDays } })),
  )
}
