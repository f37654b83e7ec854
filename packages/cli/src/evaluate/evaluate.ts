import { OutputFile } from '@sekisho/alert-sink'
import type { EvaluatedRun } from '@sekisho/simulate'
import type { CommandRun } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { styleOf } from '../terminal/style.ts'
import { UsageError } from '../usage-error.ts'
import {
  type Control,
  type ControlResult,
  controlJobsOf,
  noAttacksResult,
  shuffledResult,
  withoutCauseResult,
} from './controls.ts'
import { evaluateSettingsOf, jobsOf } from './evaluate-settings.ts'
import { type Evaluation, evaluationOf } from './evaluation.ts'
import { evaluationText } from './evaluation-text.ts'
import { evaluationPage } from './page/page.ts'
import { evaluateQuick } from './quick.ts'
import { evaluateRbaFile } from './rba.ts'
import { refuseOptions } from './refused-options.ts'
import { runsOf } from './runs.ts'

/** `sekisho evaluate`: what is found in organisations of which the truth is known. */
export const evaluate: CommandRun = async (operands, values, io) => {
  if (operands.length > 0) throw new UsageError('sekisho evaluate takes no operands')
  if (values.originOf('rba') !== null) return evaluateRbaFile(operands, values, io)
  if (values.isOn('quick', false)) return evaluateQuick(operands, values, io)
  refuseOptions(values, ['update', 'baseline'], 'what is not --quick')
  const settings = evaluateSettingsOf(values)
  const { control, output } = settings
  if (control !== null) refuseOptions(values, ['html'], '--control, which has no plots')
  // Opened before the work: a file that cannot be written is not found out about half an hour later.
  const [file, page] = openedFiles([settings.outPath, settings.htmlPath])
  try {
    const runs = await runsOf(controlJobsOf(control, jobsOf(settings)), settings, io)
    // Of `without-cause` only the first of each few is a run of the whole.
    const proper = runs.filter(({ lacks }) => lacks === null)
    const evaluation = evaluationOf(proper, settings)
    const result = control === null ? null : controlResult(control, runs, evaluation)
    file?.write(`${JSON.stringify({ ...evaluation, control: result, runs })}\n`)
    file?.commit()
    page?.write(evaluationPage(evaluation))
    page?.commit()
    const style = styleOf(io.stdout, io.environment)
    const text =
      output === 'json'
        ? `${JSON.stringify({ ...evaluation, control: result }, null, 2)}\n`
        : (result?.rows.map((row) => `${row}\n`).join('') ?? evaluationText(evaluation, style))
    await io.stdout.write(text)
    return result?.holds === false ? EXIT.alertsFound : EXIT.done
  } finally {
    file?.discard()
    page?.discard()
  }
}

/** Opens all of the files or none; null for what is not wanted. @throws OutputError */
function openedFiles(paths: readonly (string | null)[]): (OutputFile | null)[] {
  const files: (OutputFile | null)[] = []
  try {
    for (const path of paths) files.push(path === null ? null : new OutputFile(path))
    return files
  } catch (error) {
    for (const file of files) file?.discard()
    throw error
  }
}

function controlResult(
  control: Control,
  runs: readonly EvaluatedRun[],
  { all }: Evaluation,
): ControlResult {
  switch (control) {
    case 'shuffled-labels':
      return shuffledResult(all)
    case 'no-attacks':
      return noAttacksResult(all)
    case 'without-cause':
      return withoutCauseResult(runs)
  }
}
