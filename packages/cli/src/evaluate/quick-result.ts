import { readFileSync } from 'node:fs'
import { OutputFile } from '@sekisho/alert-sink'
import { z } from 'zod'
import { InputError } from '../input-error.ts'
import type { EvaluationSize } from './evaluate-settings.ts'
import type { Figure } from './quick-figures.ts'

/** A quick evaluation as it is committed: what was run, and what came of it. */
export interface QuickResult {
  readonly size: EvaluationSize
  readonly figures: readonly Figure[]
}

const SIZE = z.strictObject({
  worlds: z.array(z.string()),
  firstSeed: z.number(),
  seeds: z.number(),
  users: z.number(),
  days: z.number(),
  learningDays: z.number(),
})

const BOUND = z.union([z.strictObject({ least: z.number() }), z.strictObject({ most: z.number() })])

const RESULT = z.strictObject({
  size: SIZE,
  figures: z.array(z.strictObject({ name: z.string(), value: z.number(), bound: BOUND })),
})

/** @throws InputError when there is none, or it is none of the runs at hand */
export function readQuickResult(path: string, size: EvaluationSize): QuickResult {
  const again = `sekisho evaluate --quick --update --baseline ${path} makes it`
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new InputError(`There is no last result in ${path} (${code}); ${again}`)
  }
  const result = RESULT.safeParse(jsonOf(text))
  if (!result.success) throw new InputError(`${path} is no result of a quick evaluation; ${again}`)
  if (JSON.stringify(result.data.size) !== JSON.stringify(SIZE.parse(size))) {
    throw new InputError(`${path} is of other worlds, seeds or sizes; ${again}`)
  }
  return result.data
}

/** Undefined for what is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** @throws OutputError */
export function writeQuickResult(path: string, { size, figures }: QuickResult): void {
  const file = new OutputFile(path)
  try {
    file.write(textOf(size, figures))
    file.commit()
  } finally {
    file.discard()
  }
}

/** A row for each figure, so that a commit shows which ones moved; otherwise as the formatter would write it. */
function textOf(size: EvaluationSize, figures: readonly Figure[]): string {
  const sizes = Object.entries(SIZE.parse(size)).map(
    ([name, value]) =>
      `    ${JSON.stringify(name)}: ${JSON.stringify(value).replaceAll(',', ', ')}`,
  )
  const rows = figures.map(({ name, value, bound }) => {
    const [[side, limit] = []] = Object.entries(bound)
    return `    { "name": ${JSON.stringify(name)}, "value": ${value}, "bound": { "${side}": ${limit} } }`
  })
  return `{\n  "size": {\n${sizes.join(',\n')}\n  },\n  "figures": [\n${rows.join(',\n')}\n  ]\n}\n`
}
