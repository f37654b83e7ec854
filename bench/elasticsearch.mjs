// How fast alerts get into Elasticsearch, beside the helpers of the plain client in the same run and in turn: the bulk rate, and the
// time from an alert being given to it being acknowledged and to it being found by a search, after a refresh that is asked for and with
// the refresh of the index (1 s).
// Usage: npm run bench:elasticsearch [-- --alerts 2000 --rounds 5 --singles 100]
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import {
  clientOf,
  ElasticsearchDestination,
  setUpElasticsearch,
} from '../packages/alert-sink/dist/elasticsearch/index.js'
import { documentOf } from '../packages/alert-sink/dist/index.js'
import { materialIdOf } from '../packages/alert-sink/dist/siem/index.js'
import { SYSTEM_CLOCK } from '../packages/pipeline/dist/index.js'
import { startElasticsearch } from '../tools/elasticsearch/node-process.mjs'
import { TENANT, wordsOn } from './elasticsearch/documents.mjs'

const { values } = parseArgs({
  options: {
    alerts: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '5' },
    singles: { type: 'string', default: '100' },
  },
})
const NAMESPACE = 'bench'
const STREAM = `logs-sekisho.alert-${NAMESPACE}`
const INDICES = `sekisho-alerts-${TENANT}-*`
const BATCH = 500
/** Of the index that is searched. */
const POLL_MS = 10

const node = await startElasticsearch()
const auth = { username: node.username, password: node.password }
const access = { urls: [node.url], auth, ca: null, caFingerprint: null, requestTimeoutMs: 60_000 }
const client = clientOf(access)
const listener = {
  refused: async (_n, _d, reason) => Promise.reject(new Error(reason)),
  delivered() {},
  retried() {},
}
const tools = { clock: SYSTEM_CLOCK, random: Math.random, listener }
const destination = new ElasticsearchDestination(
  { name: 'bench', access, namespace: NAMESPACE },
  tools,
)
const documents = wordsOn(Number(values.alerts)).map(documentOf)
const never = new AbortController().signal

const WAYS = {
  'Sekisho: last words by version, material words once': async () => {
    for (let from = 0; from < documents.length; from += BATCH) {
      await destination.deliver(documents.slice(from, from + BATCH), never)
    }
  },
  'bulk helper, the same two places without versions': () => helped(bothOf),
  'bulk helper, one plain index of every document': () => helped(plainOf),
}

try {
  await bulkRates()
  await latencies()
} finally {
  await destination.close()
  await client.close()
  await node.stop()
}

async function bulkRates() {
  console.log(`${documents.length} documents, ${values.rounds} rounds in turn, batches of ${BATCH}`)
  const rates = Object.fromEntries(Object.keys(WAYS).map((name) => [name, []]))
  // The first round warms up both sides and is left out.
  for (let round = 0; round <= Number(values.rounds); round++) {
    for (const [name, deliver] of Object.entries(WAYS)) {
      await emptied()
      const startMs = performance.now()
      await deliver()
      const rate = documents.length / ((performance.now() - startMs) / 1000)
      if (round > 0) rates[name].push(rate)
    }
  }
  const [, ...others] = Object.values(rates)
  for (const [name, list] of Object.entries(rates)) {
    console.log(`${name.padEnd(54)} ${spreadOf(list)} documents/s`)
  }
  const [ours] = Object.values(rates)
  for (const [index, other] of others.entries()) {
    const ratios = ours.map((rate, round) => rate / other[round])
    console.log(`${`ratio to ${Object.keys(WAYS)[index + 1]}`.padEnd(54)} ${spreadOf(ratios, 2)}`)
  }
}

/** @param operationsOf gives pairs of an action and a document */
async function helped(operationsOf) {
  const result = await client.helpers.bulk({
    datasource: documents.flatMap(operationsOf),
    onDocument: ([action, source]) => (source === undefined ? action : [action, source]),
    flushBytes: 5 * 1024 * 1024,
    concurrency: 1,
    refreshOnCompletion: false,
  })
  const unwanted = result.failed - result.noop
  if (unwanted > 0 && operationsOf === plainOf) throw new Error(`${result.failed} failed`)
}

function bothOf({ body }) {
  const { alert } = body.sekisho
  const month = alert.day.slice(0, 7).replace('-', '.')
  const last = [{ index: { _index: `sekisho-alerts-${TENANT}-${month}`, _id: alert.id } }, body]
  if (!alert.is_material) return [last]
  return [last, [{ create: { _index: STREAM, _id: materialIdOf(body) } }, body]]
}

function plainOf({ body }) {
  return [[{ index: { _index: `sekisho-alerts-${TENANT}-plain` } }, body]]
}

async function emptied() {
  await client.indices.deleteDataStream({ name: `${STREAM}*` })
  for (const { index } of await client.cat.indices({ index: INDICES, format: 'json' })) {
    await client.indices.delete({ index })
  }
  await setUpElasticsearch(client, { namespace: NAMESPACE, replicas: 0, retention: '30d' })
}

async function latencies() {
  const count = Number(values.singles)
  console.log(`\n${count} single alerts, one after the other`)
  for (const isAsked of [true, false]) {
    await emptied()
    const times = { ours: { acknowledged: [], found: [] }, plain: { acknowledged: [], found: [] } }
    const singles = isAsked ? count : Math.ceil(count / 4)
    for (let number = 0; number < singles; number++) {
      const document = documentOf(textOf(number))
      await timed(times.ours, `${number}`, isAsked, () => destination.deliver([document], never))
      const plain = {
        index: `sekisho-alerts-${TENANT}-plain`,
        document: { ...document.body, user: { id: `plain${number}` } },
      }
      await timed(times.plain, `plain${number}`, isAsked, () => client.index(plain))
    }
    const refresh = isAsked ? 'refresh asked for' : 'refresh of the index'
    for (const [name, { acknowledged, found }] of Object.entries(times)) {
      const who = name === 'ours' ? 'Sekisho, two places' : 'plain index call'
      console.log(`${`${who}: acknowledged`.padEnd(54)} ${quantilesOf(acknowledged)}`)
      console.log(`${`${who}: found, ${refresh}`.padEnd(54)} ${quantilesOf(found)}`)
    }
  }
}

function textOf(number) {
  const { text } = documents[number % documents.length]
  const body = JSON.parse(text)
  body.user = { ...body.user, id: String(number) }
  body.sekisho.alert.id = `${number}`.padStart(32, 'a')
  return JSON.stringify(body)
}

async function timed({ acknowledged, found }, userId, isAsked, deliver) {
  // At any moment of the second between two refreshes.
  if (!isAsked) await sleep(((found.length * 377) % 1000) + 1)
  const startMs = performance.now()
  await deliver()
  acknowledged.push(performance.now() - startMs)
  const query = { index: INDICES, size: 0, query: { term: { 'user.id': userId } } }
  for (;;) {
    if (isAsked) await client.indices.refresh({ index: INDICES })
    const { hits } = await client.search(query)
    if (hits.total.value > 0) break
    await sleep(POLL_MS)
  }
  found.push(performance.now() - startMs)
}

function spreadOf(list, digits = 0) {
  const sorted = list.toSorted((a, b) => a - b)
  const [low, median, high] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)]
  const shown = (value) =>
    digits === 0 ? Math.round(value).toLocaleString('en') : value.toFixed(digits)
  return `${shown(median)} (${shown(low)} to ${shown(high)})`
}

function quantilesOf(list) {
  const sorted = list.toSorted((a, b) => a - b)
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
  return `p50 ${at(0.5).toFixed(0)} ms, p95 ${at(0.95).toFixed(0)} ms, p99 ${at(0.99).toFixed(0)} ms`
}
