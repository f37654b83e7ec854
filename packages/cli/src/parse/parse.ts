import { OutputFile } from '@sekisho/alert-sink'
import type { CommandRun } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { refuseOverwriting } from '../output-guard.ts'
import { lineRows } from '../reading/line-counts.ts'
import { readInputs } from '../reading/read-inputs.ts'
import { nothingToRead, reportLeftOut, reportReading } from '../reading/reading-report.ts'
import { inputsOf, locatorOf, progressOf, readingSettingsOf } from '../reading/reading-settings.ts'
import { RejectedLines } from '../reading/rejected-lines.ts'
import { WaitingDocuments } from './waiting-documents.ts'

/** `sekisho parse`: one document for each event, in the order of the lines. */
export const parse: CommandRun = async (paths, values, io) => {
  const settings = readingSettingsOf(values)
  const isLocated = values.isOn('locate', true)
  const isAll = values.isOn('all', false)
  const inputs = await inputsOf(paths, 'parse')
  await reportLeftOut(inputs, io)
  if (inputs.sources.length === 0) return nothingToRead(inputs, io)
  refuseOverwriting(inputs, [['rejected', settings.rejectedPath]])
  const file = settings.rejectedPath === null ? null : new OutputFile(settings.rejectedPath)
  const rejected = new RejectedLines(file)
  const progress = progressOf(inputs, settings.progressMode, io)
  const documents = new WaitingDocuments(
    settings.sorting,
    settings.config.detect.limits.common.loginGroupMs,
  )
  try {
    const locator = isLocated ? locatorOf(settings, progress) : null
    const handler = documents.handler({ config: settings.config.detect, locator, isAll })
    const read = await readInputs(inputs, settings.parser, rejected, progress, io, handler)
    progress.clear()
    await documents.writeTo(io)
    file?.commit()
    await reportReading(read, rejected, settings, io)
    for (const [name, text] of lineRows(read.counts)) {
      await io.stderr.write(`${name.padEnd(10)}${text}\n`)
    }
    return read.problems.length > 0 ? EXIT.inputUnread : EXIT.done
  } finally {
    progress.clear()
    documents.close()
    file?.discard()
  }
}
