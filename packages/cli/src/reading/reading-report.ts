import type { ExpandedInputs, InputProblem } from '@sekisho/ingest'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { shownText } from '../terminal/shown-text.ts'
import { countOf } from '../words.ts'
import { totalOf } from './line-counts.ts'
import type { ReadResult } from './read-inputs.ts'
import type { ReadingSettings } from './reading-settings.ts'
import type { RejectedLines } from './rejected-lines.ts'

/** Tells, on standard error, what could not be read and where all of it is kept. */
export async function reportReading(
  { counts, problems }: ReadResult,
  rejected: RejectedLines,
  { rejectedPath }: ReadingSettings,
  io: Io,
): Promise<void> {
  await reportProblems(problems, io)
  const count = totalOf(counts.rejected)
  if (count === 0) return
  const shown = rejected.shown.length
  const which = shown < count ? `, the first ${shown}:` : ':'
  await io.stderr.write(`${countOf(count, 'line')} could not be read${which}\n`)
  for (const text of rejected.shown) await io.stderr.write(`${text}\n`)
  if (rejectedPath !== null) {
    await io.stderr.write(`All of them are in ${shownText(rejectedPath)}\n`)
  } else if (shown < count) await io.stderr.write('--rejected FILE keeps all of them\n')
  // What follows on a terminal is something else.
  await io.stderr.write('\n')
}

/**
 * The end of a run that has nothing to read: what an earlier run wrote stays as it is.
 * @returns the exit code
 */
export async function nothingToRead({ problems }: ExpandedInputs, io: Io): Promise<number> {
  await reportProblems(problems, io)
  await io.stderr.write('sekisho: nothing to read, so nothing is written\n')
  return EXIT.inputUnread
}

/** Most names of left out files that are shown. */
const LEFT_OUT_SHOWN = 3

/** Tells which files of a folder are not read for their name's sake. */
export async function reportLeftOut({ leftOut }: ExpandedInputs, io: Io): Promise<void> {
  if (leftOut.length === 0) return
  const names = leftOut.slice(0, LEFT_OUT_SHOWN).map(shownText).join(', ')
  const more = leftOut.length > LEFT_OUT_SHOWN ? ', …' : ''
  await io.stderr.write(
    `${countOf(leftOut.length, 'file')} left out, no logs by their names (name them to read them): ${names}${more}\n`,
  )
}

/** Tells which inputs could not be read, or not to their end. */
export async function reportProblems(problems: readonly InputProblem[], io: Io): Promise<void> {
  for (const { path, problem } of problems) {
    await io.stderr.write(`sekisho: ${shownText(path)}: ${shownText(problem)}\n`)
  }
}
