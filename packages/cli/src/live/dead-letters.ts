import { readFileSync } from 'node:fs'
import { jsonText } from '@sekisho/alert-sink'
import { type Broker, BrokerError } from '@sekisho/bus'
import { type DeadLetter, topicsOf } from '@sekisho/pipeline'
import type { CommandRun } from '../command.ts'
import { readServiceConfig } from '../config/read-service-config.ts'
import type { ServiceConfig } from '../config/service-config.ts'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'
import type { OptionValues } from '../option-values.ts'
import { type ServiceLog, serviceLog } from '../service/logger.ts'
import { shownStart, shownText } from '../terminal/shown-text.ts'
import { UsageError } from '../usage-error.ts'
import { brokerOf } from './service-parts.ts'

const ACTIONS = ['list', 'raw'] as const
const SHOWN_CHARACTERS = 120

/** `sekisho deadletters list | raw`: what was set aside, and the lines again for another try. */
export const deadLetters: CommandRun = async (operands, values, io) => {
  const [action, ...more] = operands
  if (!ACTIONS.some((known) => known === action) || more.length > 0) {
    throw new UsageError('sekisho deadletters needs an action: list or raw')
  }
  const config = readServiceConfig(values, io.environment)
  const reason = values.text('reason')
  const log: ServiceLog = serviceLog('deadletters', { level: 'warn', format: 'text' }, io)
  try {
    const letters = (await lettersOf(config, values, log)).filter(
      (letter) => reason === null || letter.reason === reason,
    )
    if (action === 'raw') await writeRaw(letters, io)
    else if (values.choice('output', ['text', 'json'] as const) === 'json') {
      for (const letter of letters) await io.stdout.write(`${jsonText(letter)}\n`)
    } else await writeList(letters, io)
    return EXIT.done
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error
    await io.stderr.write(`sekisho: ${error.message}\n`)
    return EXIT.unreachable
  } finally {
    await log.flush()
  }
}

/** Of the topic when Kafka is configured, else of the file of `sekisho run`; each place once. */
async function lettersOf(
  config: ServiceConfig,
  values: OptionValues,
  log: ServiceLog,
): Promise<DeadLetter[]> {
  const file = values.text('file')
  const letters = new Map<string, DeadLetter>()
  const add = (text: string): void => {
    const letter = JSON.parse(text) as DeadLetter
    letters.set(`${letter.path}#${letter.number}`, letter)
  }
  if (config.kafka === null || file !== null) {
    for (const line of textIn(file ?? config.deadLettersPath).split('\n')) {
      if (line !== '') add(line)
    }
    return [...letters.values()]
  }
  const broker: Broker = brokerOf(config.kafka, log)
  try {
    const tail = await broker.tail(topicsOf(config.kafka.prefix).deadLetters, ({ value }) => {
      if (value !== null) add(value.toString('utf8'))
    })
    await tail.caughtUp
    await tail.close()
  } finally {
    await broker.close()
  }
  return [...letters.values()]
}

function textIn(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`)
  }
}

async function writeList(letters: readonly DeadLetter[], io: Io): Promise<void> {
  if (letters.length === 0) await io.stdout.write('nothing was set aside\n')
  const counts = new Map<string, number>()
  for (const { reason, detail, path, number, length, start } of letters) {
    counts.set(reason, (counts.get(reason) ?? 0) + 1)
    const text = Buffer.from(start, 'base64').toString('utf8')
    await io.stdout.write(
      `${shownText(path)}:${number}: ${reason}, ${length} bytes: ${shownStart(detail, 200)}\n  ${shownStart(text, SHOWN_CHARACTERS)}\n`,
    )
  }
  for (const [reason, count] of counts) await io.stderr.write(`${count} ${reason}\n`)
}

/** The lines as they were, as far as they were kept: for `sekisho ingest -` once their reason is mended. */
async function writeRaw(letters: readonly DeadLetter[], io: Io): Promise<void> {
  let cut = 0
  for (const { start, length } of letters) {
    const bytes = Buffer.from(start, 'base64')
    if (bytes.length < length) cut++
    else await io.stdout.write(`${bytes.toString('utf8')}\n`)
  }
  if (cut > 0) await io.stderr.write(`${cut} longer than what is kept of them, left out\n`)
}
