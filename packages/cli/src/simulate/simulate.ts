import { type Simulation, simulate, worldOf } from '@sekisho/simulate'
import type { CommandRun } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { Progress } from '../terminal/progress.ts'
import { shownText } from '../terminal/shown-text.ts'
import { Turns } from '../turns.ts'
import { UsageError } from '../usage-error.ts'
import { countOf, numberText } from '../words.ts'
import { listText } from './list-text.ts'
import { type SimulateSettings, simulateSettingsOf } from './simulate-settings.ts'
import {
  CONFIGURATION,
  EPISODES,
  isNewFolder,
  LABELS,
  SimulationFiles,
} from './simulation-files.ts'

const DAY_MS = 86_400_000

/** `sekisho simulate`: the logs of a made-up organisation, with the truth beside them. */
export const simulateCommand: CommandRun = async (operands, values, io) => {
  if (operands.length > 0) throw new UsageError('sekisho simulate takes no operands')
  if (values.isOn('list', false)) {
    await io.stdout.write(listText())
    return EXIT.done
  }
  const settings = simulateSettingsOf(values)
  if (!isNewFolder(settings.folder)) {
    throw values.wrong('out', `must be a new or empty folder, ${shownText(settings.folder)} is not`)
  }
  const simulation = simulate(settings.world, settings.options)
  const files = new SimulationFiles(settings.folder)
  try {
    await writeLines(simulation, files, settings, io)
    files.commit(simulation, { world: settings.world, options: settings.options })
    await io.stdout.write(summaryOf(simulation, files, settings))
    return EXIT.done
  } finally {
    files.discard()
  }
}

async function writeLines(
  { lines, truth }: Simulation,
  files: SimulationFiles,
  { options, progressMode }: SimulateSettings,
  io: Io,
): Promise<void> {
  const progress = new Progress(io.stderr, progressMode, io.nowMs, null)
  const turns = new Turns(io)
  try {
    for (const line of lines) {
      files.write(line)
      // A look at the clock for each line would cost more than the line.
      if (files.lines % 512 !== 0 || !turns.isDue) continue
      const day = Math.floor((line.deliveredMs - truth.firstMs) / DAY_MS) + 1
      progress.step(`Day ${day} of ${options.days}, ${countOf(files.lines, 'line')}`)
      await turns.take()
    }
  } finally {
    progress.clear()
  }
}

function summaryOf(
  { truth }: Simulation,
  files: SimulationFiles,
  { world, folder, options }: SimulateSettings,
): string {
  const { seed, users, days, learningDays } = options
  const kinds = Map.groupBy(truth.episodes, ({ kind }) => kind)
  const width = Math.max(0, ...files.logs.map(({ name }) => name.length))
  const rows = [
    `${worldOf(world)?.describe ?? world}`,
    `Seed ${seed}, ${countOf(users, 'user')}, ${countOf(days, 'day')}, the first ${learningDays} without attacks`,
    '',
    ...files.logs.map(({ name, lines }) => `  ${name.padEnd(width)}  ${numberText(lines)} lines`),
    '',
    `${countOf(truth.episodes.length, 'episode')} of ${countOf(kinds.size, 'kind')} of attack in ${EPISODES}, their lines in ${LABELS}`,
    `sekisho replay ${shownText(folder)} --config ${shownText(folder)}/${CONFIGURATION}`,
  ]
  return `${rows.join('\n')}\n`
}
