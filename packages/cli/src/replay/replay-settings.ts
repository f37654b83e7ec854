import type { Severity } from '@sekisho/event'
import type { Io } from '../io.ts'
import type { OptionValues } from '../option-values.ts'
import {
  type ElasticsearchTarget,
  elasticsearchTargetOf,
} from '../outputs/elasticsearch-options.ts'
import { type ReadingSettings, readingSettingsOf } from '../reading/reading-settings.ts'
import { UsageError } from '../usage-error.ts'
import { ALERT_SEVERITIES, type Period } from './found-alerts.ts'

const DEFAULT_OUT = 'alerts.ndjson'

/** Where the documents of a replay go; `-` is standard output. */
export interface ResultPaths {
  readonly alerts: string
  /** Null when nobody wants them. */
  readonly signals: string | null
  readonly rejected: string | null
}

/** What `sekisho replay` was told. */
export interface ReplaySettings {
  readonly reading: ReadingSettings
  readonly period: Period
  readonly paths: ResultPaths
  readonly statePath: string | null
  /** Every revision is given out, in the order in which the lines were read. */
  readonly isRevisions: boolean
  readonly output: 'text' | 'json'
  readonly failOn: Severity | null
  /** Null when the alerts stay here. */
  readonly elasticsearch: ElasticsearchTarget | null
}

/** @throws UsageError */
export function replaySettingsOf(
  values: OptionValues,
  environment: Io['environment'],
): ReplaySettings {
  const fromMs = values.instantMs('from') ?? Number.NEGATIVE_INFINITY
  const toMs = values.instantMs('to') ?? Number.POSITIVE_INFINITY
  if (fromMs >= toMs) throw values.wrong('to', 'must be later than --from')
  const reading = readingSettingsOf(values)
  const paths = {
    alerts: values.text('out') ?? DEFAULT_OUT,
    signals: values.text('signals'),
    rejected: reading.rejectedPath,
  }
  const output = values.choice('output', ['text', 'json'] as const) ?? 'text'
  refuseSharedOutput(paths, output)
  const statePath = values.text('state')
  if (statePath === '-') throw values.wrong('state', 'must name a file')
  const isRevisions = values.isOn('revisions', false)
  if (isRevisions && statePath !== null) {
    throw new UsageError(
      '--revisions and --state exclude each other: replay with --state sorts the lines, --revisions takes them as they come',
    )
  }
  const failOn = values.choice('fail-on', ALERT_SEVERITIES.toReversed())
  const elasticsearch = elasticsearchTargetOf(values, environment)
  if (elasticsearch !== null && paths.alerts === '-') {
    throw new UsageError(
      '--out - and --elasticsearch exclude each other: what is delivered is kept in a file first',
    )
  }
  return {
    ...{ reading, period: { fromMs, toMs }, paths, statePath, isRevisions, output, failOn },
    elasticsearch,
  }
}

/** Standard output can be given to one of them. @throws UsageError */
function refuseSharedOutput({ alerts, signals }: ResultPaths, output: 'text' | 'json'): void {
  const wanting = [
    ...(alerts === '-' ? ['--out -'] : []),
    ...(signals === '-' ? ['--signals -'] : []),
    ...(output === 'json' ? ['--output json'] : []),
  ]
  const [first, second] = wanting
  if (second === undefined) return
  throw new UsageError(`${first} and ${second} both want standard output; use one of them`)
}
