import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'
import type { OptionValues } from '../option-values.ts'
import { UsageError } from '../usage-error.ts'
import { type CheckRow, type ConnectionCheck, failed, passed } from './checks/check-row.ts'
import { configOf } from './config.ts'
import { type SettingsInForce, serviceConfigOf, settingsInForce } from './read-service-config.ts'
import { SETTINGS } from './settings.ts'

/**
 * Checks the configuration, one row for each thing that was looked at and for each mistake.
 * @param checks what is tried beside it; none when only the configuration itself is asked about
 */
export async function validated(
  values: OptionValues,
  { environment }: Pick<Io, 'environment'>,
  checks: readonly ConnectionCheck[],
): Promise<CheckRow[]> {
  let inForce: SettingsInForce
  try {
    inForce = settingsInForce(values, environment)
  } catch (error) {
    return mistakeRows(error)
  }
  const rows = [passed('configuration', sourcesText(inForce, values))]
  if (checks.length === 0) return rows
  const { filled, settings } = inForce
  let config: ReturnType<typeof serviceConfigOf>
  try {
    const { hashKeyFile } = filled
    const content = { ...settings.content, hashKeyFile }
    config = serviceConfigOf(filled, configOf(content, settings.file?.path ?? null), environment)
  } catch (error) {
    return [...rows, ...mistakeRows(error)]
  }
  for (const check of checks) rows.push(...(await check(config)))
  return rows
}

/** 0 when no row failed, 4 when it is only that a service does not answer, else 2. */
export function exitCodeOf(rows: readonly CheckRow[]): number {
  if (rows.some(({ result }) => result === 'fail')) return EXIT.usage
  return rows.some(({ result }) => result === 'unreachable') ? EXIT.unreachable : EXIT.done
}

function mistakeRows(error: unknown): CheckRow[] {
  if (!(error instanceof UsageError)) throw error
  return error.message.split('\n').map((sentence) => failed('configuration', sentence))
}

function sourcesText({ settings }: SettingsInForce, values: OptionValues): string {
  const { file } = settings
  const where = file === null ? 'there is no sekisho.yaml here' : `${file.path} is in order`
  const origins = SETTINGS.flatMap(({ option }) => values.originOf(option) ?? [])
  const last = origins.pop()
  if (last === undefined) return where
  const names = origins.length === 0 ? last : `${origins.join(', ')} and ${last}`
  return `${where}; set besides: ${names}`
}
