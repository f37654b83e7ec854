import type { OptionValues } from '../option-values.ts'
import { UsageError } from '../usage-error.ts'

/** Options without a value. */
const SWITCHES: ReadonlySet<string> = new Set(['quick', 'update', 'tune'])

/**
 * Refuses options that mean nothing beside another.
 * @param why begins with the option beside which they mean nothing
 * @throws UsageError on the first that was given
 */
export function refuseOptions(values: OptionValues, names: readonly string[], why: string): void {
  for (const name of names) {
    const isGiven = SWITCHES.has(name) ? values.isOn(name, false) : values.originOf(name) !== null
    if (isGiven) throw new UsageError(`--${name} has no place with ${why}`)
  }
}
