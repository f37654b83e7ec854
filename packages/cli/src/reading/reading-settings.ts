import { tmpdir } from 'node:os'
import { type ExpandedInputs, expandInputs, LineParser } from '@sekisho/ingest'
import { openLocator } from '@sekisho/locate'
import { type Config, readConfig } from '../config/config.ts'
import type { Io } from '../io.ts'
import type { OptionValues } from '../option-values.ts'
import { FORMATS } from '../products.ts'
import { Progress, type ProgressMode } from '../terminal/progress.ts'
import { isTimeZone, notAZone } from '../time-zone.ts'
import { UsageError } from '../usage-error.ts'

const PROGRESS_MODES: readonly ProgressMode[] = ['auto', 'always', 'never']

const MEBIBYTE = 1024 ** 2
const MEMORY_BUDGET_BYTES = 128 * MEBIBYTE
const MEMORY_BUDGET_BYTES_MIN = MEBIBYTE

/** What every command that reads logs was told. */
export interface ReadingSettings {
  readonly config: Config
  readonly timezone: string | null
  readonly parser: LineParser
  readonly rejectedPath: string | null
  readonly progressMode: ProgressMode
  readonly sorting: { readonly memoryBudgetBytes: number; readonly temporaryDirectory: string }
}

/** @throws UsageError */
export function readingSettingsOf(values: OptionValues): ReadingSettings {
  const config = readConfig(values.text('config'))
  const given = values.text('timezone')
  if (given !== null && !isTimeZone(given)) throw values.wrong('timezone', notAZone(given))
  const timezone = given ?? config.timezone
  const format = values.choice('format', FORMATS) ?? 'auto'
  return {
    config,
    timezone,
    parser: new LineParser({ format, ...(timezone === null ? {} : { timezone }) }),
    rejectedPath: values.text('rejected'),
    progressMode: values.choice('progress', PROGRESS_MODES) ?? 'auto',
    sorting: {
      memoryBudgetBytes:
        values.bytes('memory-budget', MEMORY_BUDGET_BYTES_MIN) ?? MEMORY_BUDGET_BYTES,
      temporaryDirectory: tmpdir(),
    },
  }
}

/**
 * The sources that the paths stand for; what cannot be found is among the problems.
 * @throws UsageError when no path was given
 */
export async function inputsOf(paths: readonly string[], command: string): Promise<ExpandedInputs> {
  if (paths.length > 0) return expandInputs(paths)
  throw new UsageError(
    `sekisho ${command} needs at least one PATH: a file, a folder, a glob or - for standard input`,
  )
}

/** Progress over all inputs; a pipe has no size, so that then there is no total. */
export function progressOf(inputs: ExpandedInputs, mode: ProgressMode, io: Io): Progress {
  let totalBytes: number | null = 0
  for (const { sizeBytes } of inputs.sources) {
    totalBytes = totalBytes === null || sizeBytes === null ? null : totalBytes + sizeBytes
  }
  return new Progress(io.stderr, mode, io.nowMs, totalBytes)
}

/** Opens the location databases. @throws Error when one is missing or damaged */
export function locatorOf({ config }: ReadingSettings, progress: Progress) {
  return openLocator({
    networks: config.networks,
    onProgress: ({ step, fraction }) => {
      progress.step(
        `Preparing the location tables, once: ${step} (${Math.floor(fraction * 100)} %)`,
      )
    },
  })
}
