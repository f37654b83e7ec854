import { createReadStream } from 'node:fs'
import { OutputFile } from '@sekisho/alert-sink'
import { ALERT_SEVERITIES, evaluateRba, type RbaEvaluation, RbaFileError } from '@sekisho/simulate'
import type { CommandRun } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { InputError } from '../input-error.ts'
import { Progress } from '../terminal/progress.ts'
import { type Style, styleOf } from '../terminal/style.ts'
import { numberText } from '../words.ts'
import { alignedRows } from './aligned-rows.ts'
import { fileOf, outputOf, progressModeOf } from './evaluate-settings.ts'
import { refuseOptions } from './refused-options.ts'

/** Options of worlds and their runs. */
const OF_WORLDS = [
  ...['worlds', 'tune', 'seeds', 'first-seed', 'users', 'days', 'processes'],
  ...['control', 'html', 'quick', 'update', 'baseline'],
]

/** `sekisho evaluate --rba FILE`: the public data set instead of worlds; whoever runs it brings the file. */
export const evaluateRbaFile: CommandRun = async (_operands, values, io) => {
  refuseOptions(values, OF_WORLDS, '--rba, which reads a file')
  const path = values.text('rba') ?? ''
  const outPath = fileOf(values, 'out')
  const output = outputOf(values)
  const file = outPath === null ? null : new OutputFile(outPath)
  const progress = new Progress(io.stderr, progressModeOf(values), io.nowMs, null)
  try {
    const result = await evaluateRba(createReadStream(path, { signal: io.signal }), {
      path,
      onDay: (attempts) => progress.step(`${numberText(attempts)} attempts`),
    })
    progress.clear()
    file?.write(`${JSON.stringify(result, null, 1)}\n`)
    file?.commit()
    const text =
      output === 'json'
        ? `${JSON.stringify(result, null, 2)}\n`
        : rbaText(result, styleOf(io.stdout, io.environment))
    await io.stdout.write(text)
    return EXIT.done
  } catch (error) {
    throw readingErrorOf(error, path, io.signal)
  } finally {
    progress.clear()
    file?.discard()
  }
}

/** What is wrong with the file in a sentence; anything else as it is. */
function readingErrorOf(error: unknown, path: string, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  if (error instanceof RbaFileError) return new InputError(error.message)
  const { code, syscall } = error as NodeJS.ErrnoException
  if (syscall === undefined) return error
  return new InputError(`${path} cannot be read (${code}): is it the CSV of the RBA data set?`)
}

function rbaText(result: RbaEvaluation, style: Style): string {
  const { attempts, users, days, takeovers, placeholders } = result
  const rejected = Object.entries(result.rejected).map(([why, count]) => `${count} ${why}`)
  const rows = ALERT_SEVERITIES.map((severity) => [
    severity === 'critical' ? severity : `${severity} or above`,
    `${result.found[severity]} of ${takeovers}`,
    result.falsePerThousandUsersAndDay[severity].toFixed(3),
  ])
  const said = ALERT_SEVERITIES.map((severity) => {
    const { takeover, 'attack-address': address, false: wrong } = result.alerts[severity]
    return [severity, ...[takeover, address, wrong].map(numberText)]
  })
  return `${[
    style.bold('Sekisho on the RBA data set'),
    `${numberText(attempts)} attempts, ${numberText(users)} users, ${numberText(days)} days; ${numberText(placeholders)} attempts of placeholder networks; rows left out: ${rejected.join(', ') || 'none'}`,
    '',
    ...alignedRows([['severity', 'takeovers found', 'false per 1,000 users a day'], ...rows]),
    '',
    ...alignedRows([['alerts', 'of a takeover', 'of an attack address', 'false'], ...said]),
    style.dim(
      'The data set is synthesised: its places are not real, and few of its logins are takeovers.',
    ),
  ].join('\n')}\n`
}
