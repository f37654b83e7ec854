import { type EvaluationJob, WORLDS, type WorldPurpose } from '@sekisho/simulate'
import { didYouMean } from '../nearest.ts'
import type { OptionValues } from '../option-values.ts'
import { wholeNumberOf } from '../simulate/simulate-settings.ts'
import type { ProgressMode } from '../terminal/progress.ts'
import { CONTROLS, type Control } from './controls.ts'

/** The runs of an evaluation: the same of it give the same figures. */
export interface EvaluationSize {
  readonly worlds: readonly string[]
  readonly firstSeed: number
  readonly seeds: number
  readonly users: number
  readonly days: number
  /** The first third. */
  readonly learningDays: number
}

/** What `sekisho evaluate` was told. */
export interface EvaluateSettings extends EvaluationSize {
  /** What is disturbed to see whether the figures follow; null in an evaluation proper. */
  readonly control: Control | null
  readonly processes: number
  /** File for the figures and runs, null when nobody wants one. */
  readonly outPath: string | null
  /** File for the page with plots, null when nobody wants one. */
  readonly htmlPath: string | null
  readonly output: 'text' | 'json'
  readonly progressMode: ProgressMode
}

/** Names that stand for the worlds of a purpose. */
const PURPOSES = { report: 'reporting', tuning: 'tuning' } as const

/** @throws UsageError */
export function evaluateSettingsOf(values: OptionValues): EvaluateSettings {
  const days = wholeNumberOf(values, 'days', 45, 9, 400)
  return {
    worlds: worldsOf(values),
    seeds: wholeNumberOf(values, 'seeds', 20, 1, 1000),
    firstSeed: wholeNumberOf(values, 'first-seed', 11, 0, 2 ** 30),
    users: wholeNumberOf(values, 'users', 1500, 50, 200_000),
    days,
    learningDays: Math.floor(days / 3),
    control: values.choice('control', CONTROLS),
    processes: processesOf(values),
    outPath: fileOf(values, 'out'),
    htmlPath: fileOf(values, 'html'),
    output: outputOf(values),
    progressMode: progressModeOf(values),
  }
}

export function processesOf(values: OptionValues): number {
  return wholeNumberOf(values, 'processes', 2, 1, 64)
}

export function progressModeOf(values: OptionValues): ProgressMode {
  return values.choice('progress', ['auto', 'always', 'never'] as const) ?? 'auto'
}

export function outputOf(values: OptionValues): 'text' | 'json' {
  return values.choice('output', ['text', 'json'] as const) ?? 'text'
}

/** @throws UsageError on standard output, which has the figures already */
export function fileOf(values: OptionValues, name: string): string | null {
  const path = values.text(name)
  if (path === '-') throw values.wrong(name, 'must name a file; --output json prints the figures')
  return path
}

/**
 * Worlds by name, each once. `--tune` is for those who look for better settings: they never see the worlds that the
 * published figures are from, and no run has worlds of both kinds.
 * @throws UsageError
 */
function worldsOf(values: OptionValues): readonly string[] {
  const isTuning = values.isOn('tune', false)
  const known = [...Object.keys(PURPOSES), ...WORLDS.map(({ name }) => name)]
  const text = values.text('worlds') ?? (isTuning ? 'tuning' : 'report')
  const chosen = text.split(',').flatMap((part) => {
    const name = part.trim()
    if (name === 'report' || name === 'tuning') return worldsFor(PURPOSES[name])
    const world = WORLDS.find((one) => one.name === name)
    if (world !== undefined) return [world]
    throw values.wrong(
      'worlds',
      `has no "${name}"${didYouMean(name, known)}; sekisho simulate --list shows them`,
    )
  })
  const purposes = new Set(chosen.map(({ purpose }) => purpose))
  if (purposes.size > 1) {
    throw values.wrong('worlds', 'mixes worlds for tuning with worlds for reporting')
  }
  if (isTuning && purposes.has('reporting')) {
    throw values.wrong('worlds', 'names worlds for reporting, on which --tune must not look')
  }
  return [...new Set(chosen.map(({ name }) => name))]
}

function worldsFor(purpose: WorldPurpose) {
  return WORLDS.filter((world) => world.purpose === purpose)
}

/** Every run, the worlds of a seed one after the other. */
export function jobsOf(size: EvaluationSize): readonly EvaluationJob[] {
  const { worlds, seeds, firstSeed, users, days, learningDays } = size
  return Array.from({ length: seeds }, (_, index) => firstSeed + index).flatMap((seed) =>
    worlds.map((world) => ({ world, options: { seed, users, days, learningDays } })),
  )
}
