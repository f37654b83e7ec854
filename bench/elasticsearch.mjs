// Documents a second into a real Elasticsearch, and how long a single alert takes until it is acknowledged and found, beside what the
// client does by itself in the same run.
// Usage: npm run bench:elasticsearch [-- --documents 10000] [--rounds 5] [--samples 100] [--seed 1] [--only rate|latency]
import { parseArgs } from 'node:util'
import {
  clientOf,
  createRunningKey,
  ElasticsearchDestination,
} from '../packages/alert-sink/dist/elasticsearch/index.js'
import { SYSTEM_CLOCK } from '../packages/pipeline/dist/index.js'
import { startElasticsearch } from '../tools/elasticsearch/node-process.mjs'
import { bulkRates } from './elasticsearch/bulk-rate.mjs'
import { firstWordsOn } from './elasticsearch/documents.mjs'
import { measuredLatencies, startPath, waysOf } from './elasticsearch/latency.mjs'
import { emptied, NAMESPACE } from './elasticsearch/targets.mjs'
import { medianOf, printed, quantileOf, spreadOf } from './live/figures.mjs'
import { randomOf } from './live/service-process.mjs'

const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '5' },
    samples: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
})
const log = (text) => process.stderr.write(`${text}\n`)
const node = await startElasticsearch()
const accessWith = (auth) => ({
  ...{ urls: [node.url], auth, ca: null, caFingerprint: null, requestTimeoutMs: 60_000 },
})
const admin = clientOf(accessWith({ username: node.username, password: node.password }))
try {
  await emptied(admin)
  const access = accessWith({ apiKey: await createRunningKey(admin, NAMESPACE, 'bench') })
  const client = clientOf(access)
  const { destination } = destinationWith(access)
  if (values.only !== 'latency') await printRates(client, destination)
  if (values.only !== 'rate') await printLatencies(client, destination, access)
  await destination.close()
  await client.close()
} finally {
  await admin.close()
  await node.stop()
}

/** A refusal or a retry would make every figure worthless. */
function destinationWith(access) {
  const listener = {
    async refused(_name, _document, reason) {
      throw new Error(`refused: ${reason}`)
    },
    delivered() {},
    retried(_name, reason) {
      throw new Error(`tried again: ${reason}`)
    },
  }
  const tools = { clock: SYSTEM_CLOCK, random: Math.random, listener }
  const settings = { name: 'bench', access, namespace: NAMESPACE }
  return { destination: new ElasticsearchDestination(settings, tools), listener }
}

async function printRates(client, destination) {
  const texts = firstWordsOn(Number(values.documents))
  const rounds = Number(values.rounds)
  const rates = await bulkRates({ admin, client, destination, texts, rounds, log })
  const bytes = texts.reduce((sum, text) => sum + text.length, 0)
  printed('documents', `${texts.length}, ${Math.round(bytes / texts.length)} bytes each`)
  printed('documents a second', `median (least to most) of ${rounds} rounds`)
  for (const [name, each] of Object.entries(rates)) printed(`  ${name}`, spreadOf(each))
  const [own, ...others] = Object.keys(rates)
  for (const other of others) {
    const ratios = rates[own].map((rate, round) => rate / rates[other][round])
    printed(
      `  ${own} / ${other}`,
      spreadOf(ratios, (ratio) => ratio.toFixed(2)),
    )
  }
}

async function printLatencies(client, destination, access) {
  const forwarded = destinationWith(access)
  const path = await startPath(forwarded.destination, forwarded.listener)
  const ways = waysOf({ client, destination, path })
  const samples = Number(values.samples) * Object.keys(ways).length
  const random = randomOf(Number(values.seed))
  await emptied(admin)
  const texts = firstWordsOn(2 * samples + Object.keys(ways).length)
  const measured = (some, isRefreshed) =>
    measuredLatencies({ admin, ways, texts: some, isRefreshed, random })
  // The first of each way makes connections and indices.
  await measured(texts.splice(0, Object.keys(ways).length), true)
  printFigures('refresh asked for', await measured(texts.splice(0, samples), true))
  printFigures("index's own refresh, 1 s", await measured(texts, false))
  await path.stop()
}

function printFigures(title, figures) {
  printed(title, `ms over ${values.samples} samples each`)
  for (const [name, { acknowledgedMs, foundMs }] of Object.entries(figures)) {
    printed(`  ${name}: acknowledged`, quantilesOf(acknowledgedMs))
    printed(`  ${name}: found`, quantilesOf(foundMs))
  }
}

function quantilesOf(samples) {
  const shown = (value) => value.toFixed(1).padStart(7)
  const [p95, p99] = [0.95, 0.99].map((share) => quantileOf(samples, share))
  return `p50 ${shown(medianOf(samples))}  p95 ${shown(p95)}  p99 ${shown(p99)}`
}
