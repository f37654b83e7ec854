import { CONSTANTS, type Constant, type LimitOverrides } from '@sekisho/detect'
import { z } from 'zod'

type Constants = Readonly<Record<string, Constant>>

/** Constants of a group that make no sense unless each is at most the next. */
const ASCENDING: readonly { readonly group: string; readonly names: readonly string[] }[] = [
  { group: 'login', names: ['signal', 'medium', 'high'] },
  { group: 'login', names: ['newForUserMin', 'newForUserMax'] },
  { group: 'login', names: ['rareMin', 'rareMax'] },
  { group: 'dormant', names: ['silentDays', 'longSilentDays'] },
  { group: 'source', names: ['shortWindowMs', 'middleWindowMs', 'longWindowMs'] },
  { group: 'bruteForce', names: ['shortWindowMs', 'middleWindowMs', 'longWindowMs'] },
]

const UNIT_TEXT: Readonly<Record<Constant['unit'], string>> = {
  count: '',
  days: ' days',
  km: ' km',
  'km/h': ' km/h',
  ms: ' ms',
  nats: ' nats',
  points: ' points',
  probability: '',
  risk: '',
  share: '',
}

/** Counts, days and times are whole numbers, but where the range itself begins at part of one. */
function isWhole({ unit, min }: Constant): boolean {
  return (unit === 'count' || unit === 'days' || unit === 'ms') && Number.isInteger(min)
}

function limitSchemaOf(constant: Constant): z.ZodType<number | undefined> {
  const { unit, min, max } = constant
  return z
    .number()
    .refine((value) => value >= min && value <= max, {
      error: `must be from ${min} to ${max}${UNIT_TEXT[unit]}`,
      abort: true,
    })
    .refine((value) => !isWhole(constant) || Number.isInteger(value), {
      error: 'must be a whole number',
    })
    .optional()
}

function groupSchemaOf(constants: Constants): z.ZodType {
  const entries = Object.entries(constants).map(([name, constant]) => {
    return [name, limitSchemaOf(constant)] as const
  })
  return z.strictObject(Object.fromEntries(entries)).optional()
}

/** Pairs of constants whose order the overrides turn round; each is told at one that the file names. */
function contradictionsIn(overrides: LimitOverrides): { path: string[]; message: string }[] {
  const found: { path: string[]; message: string }[] = []
  for (const { group, names } of ASCENDING) {
    const constants: Constants = CONSTANTS[group as keyof typeof CONSTANTS]
    const changed: Readonly<Record<string, number | undefined>> =
      overrides[group as keyof typeof CONSTANTS] ?? {}
    const valueInForce = (name: string): number =>
      changed[name] ?? (constants[name] as Constant).value
    for (const [i, low] of names.slice(0, -1).entries()) {
      const high = names[i + 1] as string
      if (valueInForce(low) <= valueInForce(high)) continue
      const isLowNamed = changed[low] !== undefined
      const [named, other] = isLowNamed ? [low, high] : [high, low]
      const message = `must not be ${isLowNamed ? 'more' : 'less'} than limits.${group}.${other} (${valueInForce(other)})`
      found.push({ path: [group, named], message })
    }
  }
  return found
}

/**
 * `limits:` of sekisho.yaml: any constant by its group and name, in its unit and within its range. What contradicts
 * another constant, changed or not, is refused as well.
 */
export const limitsSchema = z
  .strictObject(
    Object.fromEntries(
      Object.entries<Constants>(CONSTANTS).map(([group, constants]) => {
        return [group, groupSchemaOf(constants)] as const
      }),
    ),
  )
  .check(({ value, issues }) => {
    for (const { path, message } of contradictionsIn(value as LimitOverrides)) {
      issues.push({ code: 'custom', path, message, input: value })
    }
  })
