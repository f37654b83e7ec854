import { OutputFile } from '@sekisho/alert-sink'
import { SEVERITY_SCORE } from '@sekisho/event'
import type { ExpandedInputs } from '@sekisho/ingest'
import type { CommandRun } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { refuseOverwriting } from '../output-guard.ts'
import { deliverAlerts } from '../outputs/deliver-alerts.ts'
import { nothingToRead, reportLeftOut, reportReading } from '../reading/reading-report.ts'
import { inputsOf, progressOf } from '../reading/reading-settings.ts'
import { RejectedLines } from '../reading/rejected-lines.ts'
import { KeptState } from '../state/kept-state.ts'
import { styleOf } from '../terminal/style.ts'
import { AlertOutputs } from './alert-outputs.ts'
import { FoundAlerts } from './found-alerts.ts'
import { type ReplaySettings, replaySettingsOf } from './replay-settings.ts'
import { resultJson } from './result-json.ts'
import { resultText, tooLateText } from './result-text.ts'
import { revisedInputsOf } from './revised-inputs.ts'
import { type ScoredInputs, scoredInputsOf } from './scored-inputs.ts'

/** `sekisho replay`: archived logs to alerts. */
export const replay: CommandRun = async (paths, values, io) => {
  const settings = replaySettingsOf(values, io.environment)
  const inputs = await inputsOf(paths, 'replay')
  await reportLeftOut(inputs, io)
  if (inputs.sources.length === 0) return nothingToRead(inputs, io)
  const { paths: outputs, statePath } = settings
  refuseOverwriting(inputs, [
    ['out', outputs.alerts],
    ['signals', outputs.signals],
    ['rejected', outputs.rejected],
    ['state', statePath],
  ])
  const state =
    statePath === null ? null : await KeptState.open(statePath, settings.reading.config, io)
  let written: AlertOutputs | null = null
  let rejectedFile: OutputFile | null = null
  try {
    written = new AlertOutputs(outputs, settings.isRevisions ? 'live' : 'batch', io)
    rejectedFile = outputs.rejected === null ? null : new OutputFile(outputs.rejected)
    const result = await scoredAndReported(inputs, settings, state, written, rejectedFile, io)
    rejectedFile?.commit()
    if (!settings.isRevisions) written.write(result.found)
    await written.close()
    const isDelivered = await delivered(settings, io)
    // Last: a run that goes on from this state will not say again what this one said.
    if (isDelivered) state?.commit()
    await printResult(result, settings, io)
    return isDelivered ? exitCodeOf(result, settings) : EXIT.unreachable
  } finally {
    rejectedFile?.discard()
    written?.discard()
    state?.close()
  }
}

async function scoredAndReported(
  inputs: ExpandedInputs,
  { reading, period, paths, isRevisions }: ReplaySettings,
  state: KeptState | null,
  written: AlertOutputs,
  rejectedFile: OutputFile | null,
  io: Io,
): Promise<ScoredInputs> {
  const rejected = new RejectedLines(rejectedFile)
  const progress = progressOf(inputs, reading.progressMode, io)
  const keepsSignals = paths.signals !== null && !isRevisions
  const found = new FoundAlerts(period, keepsSignals, state?.before?.said)
  try {
    const run = { inputs, found, state, settings: reading, rejected, progress, io }
    const result = isRevisions
      ? await revisedInputsOf(run, period, written)
      : await scoredInputsOf(run)
    progress.clear()
    await reportReading(result.read, rejected, reading, io)
    const late = tooLateText(result)
    if (late !== null) await io.stderr.write(`Warning: ${late}\n`)
    return result
  } finally {
    progress.clear()
  }
}

/** @returns false when not everything has arrived where it should */
async function delivered(
  { elasticsearch, paths, reading }: ReplaySettings,
  io: Io,
): Promise<boolean> {
  if (elasticsearch === null) return true
  return await deliverAlerts(paths.alerts, elasticsearch, reading.progressMode, io)
}

/** The result goes to standard output, but where the alerts or signals themselves do. */
async function printResult(
  result: ScoredInputs,
  { paths, output }: ReplaySettings,
  io: Io,
): Promise<void> {
  if (output === 'json') {
    await io.stdout.write(resultJson(result, paths))
    return
  }
  const isTaken = paths.alerts === '-' || paths.signals === '-'
  const target = isTaken ? io.stderr : io.stdout
  const style = styleOf(target, io.environment)
  await target.write(resultText(result, paths, target.columns, style))
}

function exitCodeOf({ read, found }: ScoredInputs, { failOn }: ReplaySettings): number {
  const isFound =
    failOn !== null &&
    found.alerts.some(
      (alert) => found.isNew(alert) && SEVERITY_SCORE[alert.severity] >= SEVERITY_SCORE[failOn],
    )
  if (read.problems.length > 0) return EXIT.inputUnread
  return isFound ? EXIT.alertsFound : EXIT.done
}
