// How many lines a second the whole path over Kafka bears, beside what the client library can write at all.
//
// Each repetition has a broker of its own. `ingest` alone: an archive into the topic of attempts while nobody reads it. The whole
// path: the same archive while scorers read, until the last alert of it is final on the topic of alerts; what stands there is
// compared with a replay. The limit: the bench's own process writes as many records of the same mean size with the same writer
// to a topic with the same settings. Rates are from the first record's time to the last one's, so that the start of a process
// does not count.

import { join } from 'node:path'
import { differencesOf, differencesText, isSame, lastWordsOf } from '../../tools/compare-alerts.mjs'
import { writeCorpus } from '../corpus.mjs'
import { AlertLog } from './alert-log.mjs'
import { Deployment, until } from './deployment.mjs'
import { printed, spreadOf } from './figures.mjs'
import { replayed } from './kafka-kills.mjs'

const SETTLE_MS = 900_000
/** Records handed to the writer at once when its limit is measured: some megabytes. */
const LIMIT_BATCH = 10_000

/** @returns one entry for each repetition */
export async function measuredThroughput({ lines, partitions, scorers, repetitions, log }) {
  const results = []
  for (let i = 0; i < repetitions; i++) {
    const alone = await ingestAlone({ lines, partitions })
    const whole = await wholePath({ lines, partitions, scorers })
    const result = { ...alone, ...whole }
    log(JSON.stringify(result))
    results.push(result)
  }
  return results
}

/** Shares of the limit are in records of attempts: a line that the rules do not read is none. */
export function printThroughput(results) {
  const of = (name) => spreadOf(results.map((result) => result[name]))
  const share = (name) =>
    spreadOf(results.map((result) => (100 * result[name]) / result.limitRecordRate))
  const inLines = (name) => `${of(`${name}Rate`)}; ${of(`${name}RecordRate`)} records a second`
  printed('client limit, records a second', of('limitRecordRate'))
  printed('  bytes of a record', of('meanBytes'))
  printed('ingest alone, lines a second', inLines('ingest'))
  printed('  in % of the client limit', share('ingestRecordRate'))
  printed('whole path, lines a second', inLines('whole'))
  printed('  in % of the client limit', share('wholeRecordRate'))
  printed('  ingest meanwhile, lines a second', of('wholeIngestRate'))
  for (const { differences } of results) printed('  against a replay', differences)
  if (!results.every((result) => result.isSame)) process.exitCode = 1
}

/** An archive into the topic of attempts, and the limit of the writer, one after the other on the same broker. */
async function ingestAlone({ lines, partitions }) {
  const deployment = await Deployment.started({ partitions })
  try {
    const corpus = join(deployment.folder, 'corpus.log')
    writeCorpus(corpus, lines, 'vpn')
    deployment.run(['ingest', corpus, '--state-folder', 'state-ingest'])
    const written = await TopicSpan.ofWhole(deployment, deployment.topics.authByUser)
    const limit = await clientLimit(deployment, written, partitions)
    return {
      records: written.records,
      meanBytes: written.bytes / written.records,
      ingestRate: (1000 * lines) / written.tookMs,
      ingestRecordRate: (1000 * written.records) / written.tookMs,
      limitRecordRate: limit,
    }
  } finally {
    await deployment.stop()
  }
}

/** How much stands in a topic, and from when to when it was written. */
class TopicSpan {
  records = 0
  bytes = 0
  firstMs = Number.POSITIVE_INFINITY
  lastMs = Number.NEGATIVE_INFINITY

  /** @returns the topic as it is now */
  static async ofWhole({ broker }, topic) {
    const span = new TopicSpan()
    const tail = await broker.tail(topic, (record) => span.add(record))
    await tail.caughtUp
    await tail.close()
    return span
  }

  add({ key, value, timestampMs }) {
    this.records++
    this.bytes += Buffer.byteLength(key) + (value?.length ?? 0)
    this.firstMs = Math.min(this.firstMs, timestampMs)
    this.lastMs = Math.max(this.lastMs, timestampMs)
  }

  get tookMs() {
    return this.lastMs - this.firstMs
  }
}

/** Records a second of the idempotent writer alone. */
async function clientLimit({ broker, topics }, { records, bytes }, partitions) {
  const described = (await broker.describe([topics.authByUser])).get(topics.authByUser)
  const config = { 'cleanup.policy': described.config['cleanup.policy'] }
  await broker.create([{ topic: 'limit', partitions, replicationFactor: 1, config }])
  const writer = await broker.writer()
  const value = Buffer.alloc(Math.round(bytes / records) - 8, 'x')
  const recordOf = (number) => ({
    ...{ topic: 'limit', partition: number % partitions, key: 'key-0000', value },
  })
  const batch = Array.from({ length: LIMIT_BATCH }, (_, number) => recordOf(number))
  await writer.write(batch)
  const startMs = performance.now()
  let written = 0
  for (; written < records; written += LIMIT_BATCH) await writer.write(batch)
  const tookMs = performance.now() - startMs
  await writer.close()
  return (1000 * written) / tookMs
}

/** An archive through ingest and scorers until everything is final. */
async function wholePath({ lines, partitions, scorers }) {
  const deployment = await Deployment.started({ partitions })
  try {
    const corpus = join(deployment.folder, 'corpus.log')
    writeCorpus(corpus, lines, 'vpn')
    const expected = replayed(deployment.folder, corpus)
    const finals = (await lastWordsOf(expected)).last.size
    let lastMs = 0
    const alerts = await AlertLog.read(deployment, (_, nowMs) => {
      lastMs = nowMs
    })
    const services = await deployment.readyScorers(scorers, partitions)
    const ingest = deployment.service('ingest', ['ingest', corpus])
    const isFinal = () => alerts.finals >= finals
    await until(isFinal, { what: 'scoring', limitMs: SETTLE_MS, services })
    const lastFinalMs = lastMs
    await until(() => ingest.exitCode === 0, { what: 'ingest', limitMs: 10_000, services })
    for (const service of services) await service.stop()
    await alerts.close()
    const differences = await differencesOf(expected, [alerts.path])
    const written = await TopicSpan.ofWhole(deployment, deployment.topics.authByUser)
    return {
      wholeRate: (1000 * lines) / (lastFinalMs - written.firstMs),
      wholeRecordRate: (1000 * written.records) / (lastFinalMs - written.firstMs),
      wholeIngestRate: (1000 * lines) / written.tookMs,
      differences: differencesText(differences),
      isSame: isSame(differences),
    }
  } finally {
    await deployment.stop()
  }
}
