// Breaks the way to a real Elasticsearch in every way that we know, while an outbox is delivered to it, and compares what it holds
// in the end with what was given: lost, twice (or what should not be there), and with other facts. Memory is the peak of the delivering
// process over the median of the runs in which nothing goes wrong. Exit code 1 when a row fails.
// Usage: npm run faults:elasticsearch [-- --seed 1] [--documents 6000] [--away-s 6] [--row TEXT] [--reasons]
//   --away-s 120 for an absence of two minutes; --row only the rows whose name holds TEXT, after those without a fault
import { parseArgs } from 'node:util'
import { clientOf } from '../packages/alert-sink/dist/elasticsearch/index.js'
import { startElasticsearch } from '../tools/elasticsearch/node-process.mjs'
import { wordsOn } from './elasticsearch/documents.mjs'
import { faultRun } from './elasticsearch/fault-run.mjs'
import { CALM_ROW, ROWS } from './elasticsearch/rows.mjs'
import { medianOf } from './live/figures.mjs'
import { randomOf } from './live/service-process.mjs'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    documents: { type: 'string', default: '6000' },
    'away-s': { type: 'string', default: '6' },
    row: { type: 'string', default: '' },
    reasons: { type: 'boolean', default: false },
  },
})
const MEMORY_BYTES_MAX = 64 * 2 ** 20
const MIB = 2 ** 20
const ROW_MS_MAX = 120_000
/** What a process takes of memory differs from run to run. */
const CALM_RUNS = 3
/** On the average of the three lives that alerts have. */
const WORDS_OF_AN_ALERT = 3

const awayMs = 1000 * Number(values['away-s'])
const texts = wordsOn(Math.ceil(Number(values.documents) / WORDS_OF_AN_ALERT))
const random = randomOf(Number(values.seed))
const startMs = performance.now()
const node = await startElasticsearch()
const admin = clientOf({
  urls: [node.url],
  auth: { username: node.username, password: node.password },
  ...{ ca: null, caFingerprint: null, requestTimeoutMs: 60_000 },
})
const calmBytes = []
let failures = 0
let settings = {}
try {
  const bytes = texts.reduce((sum, text) => sum + text.length, 0)
  console.log(`seed ${values.seed}: ${texts.length} documents, ${(bytes / MIB).toFixed(1)} MiB`)
  console.log(
    lineOf(
      ['', 'fault', 'lost', 'twice', 'other', 'dead', 'wrong', 'recovered', 'took'],
      'memory',
      ' how',
    ),
  )
  for (let run = 0; run < CALM_RUNS; run++) await tried(CALM_ROW)
  for (const row of ROWS.filter(({ name }) => name.includes(values.row))) await tried(row)
} finally {
  await admin.close()
  await node.stop()
}
const tookS = (performance.now() - startMs) / 1000
console.log(
  `${failures === 0 ? 'every row holds' : `${failures} rows FAILED`}, ${tookS.toFixed(0)} s`,
)
process.exitCode = failures === 0 ? 0 : 1

async function tried(row) {
  await withSettings(row.settings ?? {})
  try {
    const timeoutMs = ROW_MS_MAX + awayMs
    report(row, await faultRun(row, { node, admin, texts, random, awayMs, timeoutMs }))
  } catch (error) {
    failures++
    console.log(`FAIL  ${row.name}: ${error.stack}`)
  }
}

async function withSettings(wanted) {
  if (JSON.stringify(wanted) === JSON.stringify(settings)) return
  settings = wanted
  await node.end('SIGKILL')
  await node.start(settings)
}

function report(row, result) {
  const { lost, twice, different, refused, misjudged, broken, retries, kills } = result
  const isCalm = row === CALM_ROW
  if (isCalm) calmBytes.push(result.rssBytes)
  const growthBytes = isCalm ? 0 : result.rssBytes - medianOf(calmBytes)
  // A fault that nobody noticed proves nothing.
  const isNoticed = broken + retries + refused + kills > 0 || row.isQuiet || isCalm
  const isFine =
    lost + twice + different + misjudged === 0 && growthBytes <= MEMORY_BYTES_MAX && isNoticed
  if (!isFine) failures++
  const recovered = result.recoveryMs === null ? '-' : `${(result.recoveryMs / 1000).toFixed(1)} s`
  const memory = `${growthBytes < 0 ? '' : '+'}${(growthBytes / MIB).toFixed(0)} MiB`
  console.log(
    lineOf(
      [
        ...[isFine ? 'ok' : 'FAIL', row.name, lost, twice, different, refused, misjudged],
        ...[recovered, `${(result.tookMs / 1000).toFixed(1)} s`],
      ],
      isCalm ? `${(result.rssBytes / MIB).toFixed(0)} MiB` : memory,
      `${howOf(row, result)}${isNoticed ? '' : ' (NOT NOTICED)'}`,
    ),
  )
  if (values.reasons)
    for (const reason of result.reasons.slice(0, 5)) console.log(`      ${reason}`)
}

function howOf({ recovery }, { broken, retries, kills }) {
  const counts = { broken, retries, kills }
  const shown = Object.entries(counts).filter(([, count]) => count > 0)
  return ` ${[...shown.map(([name, count]) => `${count} ${name}`), recovery].join('; ')}`
}

function lineOf([verdict, name, ...figures], memory, how) {
  const cells = figures.map((each) => String(each).padStart(6).padEnd(9))
  return `${String(verdict).padEnd(5)} ${name.padEnd(74)} ${cells.join('')}${memory.padStart(9)} ${how}`
}
