import {
  ATTACK_KINDS,
  type AttackKind,
  type SimulationOptions,
  SWITCHES,
  WORLDS,
} from '@sekisho/simulate'
import { didYouMean } from '../nearest.ts'
import type { OptionValues } from '../option-values.ts'
import type { ProgressMode } from '../terminal/progress.ts'
import { UsageError } from '../usage-error.ts'

/** What `sekisho simulate` was told. */
export interface SimulateSettings {
  readonly world: string
  readonly folder: string
  readonly options: SimulationOptions
  readonly progressMode: ProgressMode
}

const LIST = 'sekisho simulate --list shows them'

/** @throws UsageError */
export function simulateSettingsOf(values: OptionValues): SimulateSettings {
  const worlds = WORLDS.map(({ name }) => name)
  if (values.text('world') === null) throw new UsageError(`--world is needed; ${LIST}`)
  const world = values.choice('world', worlds) as string
  const folder = values.text('out')
  if (folder === null) throw new UsageError('--out is needed: a new or empty folder')
  if (folder === '-') throw values.wrong('out', 'must name a folder')
  const days = wholeNumberOf(values, 'days', 45, 1, 400)
  const kinds = values.text('attacks') === 'none' ? [] : namesOf(values, 'attacks', ATTACK_KINDS)
  return {
    world,
    folder,
    options: {
      seed: wholeNumberOf(values, 'seed', 1, 0, 2 ** 31),
      users: wholeNumberOf(values, 'users', 2000, 50, 200_000),
      days,
      learningDays: wholeNumberOf(values, 'learning-days', Math.floor(days / 3), 0, days),
      ...(kinds === null ? {} : { attacks: kinds as readonly AttackKind[] }),
      without: namesOf(values, 'without', SWITCHES) ?? [],
    },
    progressMode: values.choice('progress', ['auto', 'always', 'never'] as const) ?? 'auto',
  }
}

/** A number that an option names, or its default. @throws UsageError when it is not a whole number in the range */
export function wholeNumberOf(
  values: OptionValues,
  name: string,
  byDefault: number,
  least: number,
  most: number,
): number {
  const text = values.text(name)
  if (text === null) return byDefault
  const number = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw values.wrong(name, `must be a whole number from ${least} to ${most}, not "${text}"`)
}

/** Names separated by commas; null when the option was not given. */
function namesOf(
  values: OptionValues,
  option: string,
  known: readonly string[],
): readonly string[] | null {
  const text = values.text(option)
  if (text === null) return null
  const names = text.split(',').map((name) => name.trim())
  for (const name of names) {
    if (known.includes(name)) continue
    const problem = `has no "${name}"${didYouMean(name, known)}; ${LIST}`
    throw values.wrong(option, problem)
  }
  return names
}
