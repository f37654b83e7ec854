import { randomUUID } from 'node:crypto'
import { type LineOutput, NdjsonAlertSink, OutputFile } from '@sekisho/alert-sink'
import { type Alert, SEVERITY_SCORE, type Severity } from '@sekisho/event'
import type { ExpandedInputs } from '@sekisho/ingest'
import type { CommandRun } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'
import type { OptionValues } from '../option-values.ts'
import { refuseOverwriting } from '../output-guard.ts'
import { nothingToRead, reportLeftOut, reportReading } from '../reading/reading-report.ts'
import {
  inputsOf,
  progressOf,
  type ReadingSettings,
  readingSettingsOf,
} from '../reading/reading-settings.ts'
import { RejectedLines } from '../reading/rejected-lines.ts'
import { styleOf } from '../terminal/style.ts'
import { UsageError } from '../usage-error.ts'
import { resultJson } from './result-json.ts'
import { resultText } from './result-text.ts'
import { type Period, type ScoredInputs, scoredInputsOf } from './scored-inputs.ts'

const DEFAULT_OUT = 'alerts.ndjson'
const SEVERITIES: readonly Severity[] = ['low', 'medium', 'high', 'critical']

interface ReplaySettings {
  readonly reading: ReadingSettings
  readonly period: Period
  /** `-` for standard output. */
  readonly out: string
  readonly output: 'text' | 'json'
  readonly failOn: Severity | null
}

/** `sekisho replay`: archived logs to alerts. */
export const replay: CommandRun = async (paths, values, io) => {
  const settings = settingsOf(values)
  const inputs = await inputsOf(paths, 'replay')
  await reportLeftOut(inputs, io)
  if (inputs.sources.length === 0) return nothingToRead(inputs, io)
  const { out, reading } = settings
  refuseOverwriting(inputs, [
    ['out', out],
    ['rejected', reading.rejectedPath],
  ])
  const files: OutputFile[] = []
  const opened = (path: string): OutputFile => {
    const file = new OutputFile(path)
    files.push(file)
    return file
  }
  try {
    const alertsFile = out === '-' ? null : opened(out)
    const rejectedFile = reading.rejectedPath === null ? null : opened(reading.rejectedPath)
    const result = await scoredAndReported(inputs, settings, rejectedFile, io)
    rejectedFile?.commit()
    await writeAlerts(result.alerts, alertsFile, io)
    await printResult(result, settings, io)
    return exitCodeOf(result, settings)
  } finally {
    for (const file of files) file.discard()
  }
}

function settingsOf(values: OptionValues): ReplaySettings {
  const fromMs = values.instantMs('from') ?? Number.NEGATIVE_INFINITY
  const toMs = values.instantMs('to') ?? Number.POSITIVE_INFINITY
  if (fromMs >= toMs) throw values.wrong('to', 'must be later than --from')
  const out = values.text('out') ?? DEFAULT_OUT
  const output = values.choice('output', ['text', 'json'] as const) ?? 'text'
  if (out === '-' && output === 'json') {
    throw new UsageError('--out - and --output json both want standard output; use one of them')
  }
  return {
    reading: readingSettingsOf(values),
    period: { fromMs, toMs },
    out,
    output,
    failOn: values.choice('fail-on', SEVERITIES),
  }
}

async function scoredAndReported(
  inputs: ExpandedInputs,
  { reading, period }: ReplaySettings,
  rejectedFile: OutputFile | null,
  io: Io,
): Promise<ScoredInputs> {
  const rejected = new RejectedLines(rejectedFile)
  const progress = progressOf(inputs, reading.progressMode, io)
  try {
    const run = { inputs, period, settings: reading, rejected, progress, io }
    const result = await scoredInputsOf(run)
    progress.clear()
    await reportReading(result.read, rejected, reading, io)
    return result
  } finally {
    progress.clear()
  }
}

async function writeAlerts(
  alerts: readonly Alert[],
  file: OutputFile | null,
  io: Io,
): Promise<void> {
  const emittedAtMs = io.nowMs()
  const run = {
    id: randomUUID(),
    mode: 'batch',
    createdMs: emittedAtMs,
    emittedAtMs,
    ingestedMs: emittedAtMs,
  } as const
  const standardOutput: LineOutput = { write: (text) => io.stdout.write(text), commit: () => {} }
  const sink = new NdjsonAlertSink(file ?? standardOutput, () => run)
  for (const alert of alerts) await sink.write(alert)
  await sink.close()
}

/** The result goes to standard output, but where the alerts themselves do. */
async function printResult(
  result: ScoredInputs,
  { out, output, reading }: ReplaySettings,
  io: Io,
): Promise<void> {
  if (output === 'json') {
    await io.stdout.write(resultJson(result, out, reading.rejectedPath))
    return
  }
  const target = out === '-' ? io.stderr : io.stdout
  const style = styleOf(target, io.environment)
  const shownOut = out === '-' ? 'standard output' : out
  await target.write(resultText(result, shownOut, target.columns, style))
}

function exitCodeOf({ read, alerts }: ScoredInputs, { failOn }: ReplaySettings): number {
  const isFound =
    failOn !== null &&
    alerts.some(({ severity }) => SEVERITY_SCORE[severity] >= SEVERITY_SCORE[failOn])
  if (read.problems.length > 0) return EXIT.inputUnread
  return isFound ? EXIT.alertsFound : EXIT.done
}
