import { readFileSync } from 'node:fs'
import { jsonText } from '@sekisho/alert-sink'
import type { Broker } from '@sekisho/bus'
import { LineParser } from '@sekisho/ingest'
import {
  AttemptReader,
  type DeadLetter,
  IngestService,
  LettersFeed,
  type LineMeasures,
  NOWHERE,
  SYSTEM_CLOCK,
  topicsOf,
} from '@sekisho/pipeline'
import type { CommandRun } from '../command.ts'
import { readServiceConfig } from '../config/read-service-config.ts'
import type { ServiceConfig } from '../config/service-config.ts'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'
import type { OptionValues } from '../option-values.ts'
import { type ServiceLog, serviceLog } from '../service/logger.ts'
import { shownStart, shownText } from '../terminal/shown-text.ts'
import { UsageError } from '../usage-error.ts'
import { countOf } from '../words.ts'
import { brokerOf, kafkaOf, locatorFor, newRunId, refuseOtherTopics } from './service-parts.ts'

const ACTIONS = ['list', 'raw', 'refeed'] as const
const SHOWN_CHARACTERS = 120

/** `sekisho deadletters list | raw | refeed`: what was set aside, and the lines again for another try. */
export const deadLetters: CommandRun = async (operands, values, io) => {
  const [action, ...more] = operands
  if (!ACTIONS.some((known) => known === action) || more.length > 0) {
    throw new UsageError('sekisho deadletters needs an action: list, raw or refeed')
  }
  const config = readServiceConfig(values, io.environment)
  const reason = values.text('reason')
  const log: ServiceLog = serviceLog('deadletters', { level: 'error', format: 'text' }, io)
  try {
    const letters = (await lettersOf(config, values, log)).filter(
      (letter) => reason === null || letter.reason === reason,
    )
    if (action === 'raw') await writeRaw(letters, io)
    else if (action === 'refeed') await refeed(letters, config, values, log, io)
    else if (values.choice('output', ['text', 'json'] as const) === 'json') {
      for (const letter of letters) await io.stdout.write(`${jsonText(letter)}\n`)
    } else await writeList(letters, io)
    return EXIT.done
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

/** Reads the lines anew, with the zone and program of today, and writes their attempts to Kafka; what is refused again stays. */
async function refeed(
  letters: readonly DeadLetter[],
  config: ServiceConfig,
  values: OptionValues,
  log: ServiceLog,
  io: Io,
): Promise<void> {
  const kafka = kafkaOf(config, 'deadletters refeed')
  const whole = letters.filter(({ start, length }) => Buffer.byteLength(start, 'base64') >= length)
  const counts = { event: 0, ignored: 0, rejected: 0 }
  const lines: LineMeasures = {
    event: () => counts.event++,
    ignored: () => counts.ignored++,
    rejected: () => counts.rejected++,
  }
  const timezone = values.text('timezone') ?? config.timezone
  const parser = new LineParser(timezone === null ? {} : { timezone })
  const reader = new AttemptReader(parser, locatorFor(config, log), config.detect, lines)
  const broker = brokerOf(kafka, log)
  try {
    await refuseOtherTopics(broker, kafka)
    const service = new IngestService(
      {
        ...{ broker, disk: UNKEPT, positionsPath: '', partitions: kafka.partitions },
        config: config.detect,
        topics: topicsOf(kafka.prefix),
        clock: SYSTEM_CLOCK,
        ingestId: newRunId(),
        feeds: [{ feed: new LettersFeed(whole), reader }],
        ...{ endsWithFeeds: false, isBeside: true, reach: NOWHERE },
        onRetry: (error) => log.warn('write-retried', error.message),
        lag: () => {},
      },
      null,
    )
    await service.run()
  } finally {
    await broker.close()
  }
  const { event, ignored, rejected } = counts
  await io.stdout.write(
    `${countOf(whole.length, 'line')} read again: ${countOf(event, 'event')}, ${ignored} ignored, ${rejected} refused again\n`,
  )
  const cut = letters.length - whole.length
  if (cut > 0) await io.stderr.write(`${cut} longer than what is kept of them, left out\n`)
}

/** Where it stands need not be kept: it is done at once. */
const UNKEPT = { writeAtomically: async (): Promise<void> => {} }
