import { OutputFile } from '@sekisho/alert-sink'
import { type EvaluatedRun, inPool } from '@sekisho/simulate'
import type { CommandRun } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { Progress } from '../terminal/progress.ts'
import { styleOf } from '../terminal/style.ts'
import { UsageError } from '../usage-error.ts'
import { type EvaluateSettings, evaluateSettingsOf, jobsOf } from './evaluate-settings.ts'
import { evaluationOf } from './evaluation.ts'
import { evaluationText } from './evaluation-text.ts'
import { Workers } from './workers.ts'

/** The time left is told so often. */
const TICK_MS = 1000

/** `sekisho evaluate`: what is found in organisations of which the truth is known. */
export const evaluate: CommandRun = async (operands, values, io) => {
  if (operands.length > 0) throw new UsageError('sekisho evaluate takes no operands')
  const settings = evaluateSettingsOf(values)
  // Opened before the work: a file that cannot be written is not found out about half an hour later.
  const file = settings.outPath === null ? null : new OutputFile(settings.outPath)
  try {
    const runs = await runsOf(settings, io)
    const evaluation = evaluationOf(runs, settings)
    file?.write(`${JSON.stringify({ ...evaluation, runs }, null, 1)}\n`)
    file?.commit()
    const text =
      settings.output === 'json'
        ? `${JSON.stringify(evaluation, null, 2)}\n`
        : evaluationText(evaluation, styleOf(io.stdout, io.environment))
    await io.stdout.write(text)
    return EXIT.done
  } finally {
    file?.discard()
  }
}

async function runsOf(settings: EvaluateSettings, io: Io): Promise<EvaluatedRun[]> {
  const jobs = jobsOf(settings)
  const workers = new Workers(io.signal)
  const progress = new Progress(io.stderr, settings.progressMode, io.nowMs, null)
  const startMs = io.nowMs()
  let done = 0
  const tell = (): void => {
    const minutes = Math.ceil(((io.nowMs() - startMs) / done) * ((jobs.length - done) / 60_000))
    const left = done === 0 ? '' : `, about ${minutes} min left`
    progress.step(`${done} of ${jobs.length} runs${left}`)
  }
  const ticking = setInterval(tell, TICK_MS)
  try {
    return await inPool(
      jobs,
      settings.processes,
      (job, number) => workers.run(job, number),
      (count) => {
        done = count
      },
    )
  } finally {
    clearInterval(ticking)
    progress.clear()
    workers.end()
  }
}
