// Breaks the way to a real Elasticsearch in every way that we know, while an outbox is delivered to it, and compares what it holds
// in the end with what was given: lost, twice (a document that is there beside another of its place cannot be; one that should not be
// there is), and facts that differ. Memory is the peak of the delivering process over that of the run in which nothing goes wrong.
// Exit code 1 when a row fails.
// Usage: npm run faults:elasticsearch [-- --alerts 3000 --away-s 10 --row TEXT]
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { clientOf, setUpElasticsearch } from '../packages/alert-sink/dist/elasticsearch/index.js'
import { startElasticsearch } from '../tools/elasticsearch/node-process.mjs'
import { Deliverer } from './elasticsearch/deliverer-process.mjs'
import { expectedOf, factsOf, TENANT, wordsOn } from './elasticsearch/documents.mjs'
import { startProxy } from './elasticsearch/proxy.mjs'
import { ROWS } from './elasticsearch/rows.mjs'

const { values } = parseArgs({
  options: {
    alerts: { type: 'string', default: '3000' },
    'away-s': { type: 'string', default: '10' },
    row: { type: 'string', default: '' },
  },
})
const NAMESPACE = 'faults'
const STREAM = `logs-sekisho.alert-${NAMESPACE}`
const INDICES = `sekisho-alerts-${TENANT}-*`
const MEMORY_BYTES_MAX = 64 * 2 ** 20
const ROW_MS_MAX = 300_000
const POISON_EVERY = 100

const node = await startElasticsearch()
const login = { username: node.username, password: node.password }
const admin = clientOf({
  urls: [node.url],
  auth: login,
  ca: null,
  caFingerprint: null,
  requestTimeoutMs: 60_000,
})
const texts = wordsOn(Number(values.alerts))
let calmBytes = null
let isFailed = false
try {
  console.log(`${texts.length} words on ${values.alerts} alerts`)
  for (const row of ROWS.filter(({ name }) => name.includes(values.row))) await tried(row)
} finally {
  await admin.close()
  await node.stop()
}
process.exitCode = isFailed ? 1 : 0

async function tried(row) {
  if (row.settings !== undefined) await restarted(row.settings)
  await emptied()
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-faults-'))
  const proxy = await startProxy(node.url)
  try {
    const given =
      row.poison === undefined
        ? texts
        : texts.map((text, i) =>
            i % POISON_EVERY === 7 ? JSON.stringify(row.poison(JSON.parse(text))) : text,
          )
    const result = await delivered(row, given, folder, proxy)
    report(row, result, await compared(row, given, folder))
  } finally {
    await proxy.close()
    rmSync(folder, { recursive: true })
    if (row.settings !== undefined) await restarted({})
  }
}

async function restarted(settings) {
  await node.end('SIGKILL')
  await node.start(settings)
}

async function emptied() {
  await admin.indices.deleteDataStream({ name: `${STREAM}*` })
  for (const { index } of await admin.cat.indices({ index: INDICES, format: 'json' })) {
    await admin.indices.delete({ index })
  }
  await setUpElasticsearch(admin, { namespace: NAMESPACE, replicas: 0, retention: '30d' })
}

async function delivered(row, given, folder, proxy) {
  const reasons = []
  const waiting = []
  const context = {
    ...{ proxy, node, admin, sleep, stream: STREAM, awayMs: Number(values['away-s']) * 1000 },
    after: (bulks) => until(() => proxy.bulks >= bulks),
    retried: (pattern) => until(() => reasons.some((reason) => pattern.test(reason))),
    kill: () => deliverers[0].kill(),
  }
  await row.before?.(context)
  const deliverers = Array.from({ length: row.deliverers ?? 1 }, (_, number) => {
    const outbox = join(folder, String(number))
    mkdirSync(outbox)
    writeFileSync(join(outbox, '1.ndjson'), `${given.join('\n')}\n`)
    return new Deliverer([outbox, proxy.url, NAMESPACE], row.login ?? login, (reason) =>
      reasons.push(reason),
    )
  })
  const startMs = performance.now()
  waiting.push(row.during(context), ...deliverers.map(({ ended }) => ended))
  const timer = setTimeout(() => {
    console.error(
      `${row.name}: not done after ${ROW_MS_MAX / 1000} s; last reasons: ${reasons.slice(-3).join(' | ')}`,
    )
    process.exit(1)
  }, ROW_MS_MAX)
  await Promise.all(waiting)
  clearTimeout(timer)
  const rssBytes = Math.max(...deliverers.map((each) => each.rssBytes))
  return {
    ms: performance.now() - startMs,
    rssBytes,
    retries: reasons.length,
    reasons,
    broken: proxy.broken,
  }
}

async function until(holds) {
  while (!holds()) await sleep(5)
}

/** What is there and what should be, but for what was refused and kept. */
async function compared(row, given, folder) {
  await admin.indices.refresh({ index: `${INDICES},${STREAM}` })
  const expected = expectedOf(given)
  const refused = new Set(refusedIn(join(folder, '0', 'refused')))
  const problems = { lost: 0, invented: 0, different: 0, refused: refused.size }
  for (const [index, wanted] of [
    [INDICES, expected.last],
    [STREAM, expected.material],
  ]) {
    const there = await documentsIn(index)
    for (const [id, facts] of wanted) {
      const found = there.get(id)
      // A refused word is kept in a file, and an older word on the alert may stand in its place.
      if (refused.has(id.slice(0, 32))) continue
      if (found === undefined) problems.lost++
      else if (found !== facts) problems.different++
    }
    for (const id of there.keys()) if (!wanted.has(id)) problems.invented++
  }
  const mayBeRefused = row.isRefused !== undefined || row.poison !== undefined
  if (mayBeRefused === (refused.size === 0)) problems.lost++
  return problems
}

function refusedIn(path) {
  try {
    return readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0])
  } catch {
    return []
  }
}

async function documentsIn(index) {
  const found = new Map()
  let page = await admin.search({ index, size: 2000, scroll: '1m' })
  while (page.hits.hits.length > 0) {
    for (const { _id, _source } of page.hits.hits) found.set(_id, factsOf(_source))
    page = await admin.scroll({ scroll_id: page._scroll_id, scroll: '1m' })
  }
  await admin.clearScroll({ scroll_id: page._scroll_id })
  return found
}

function report(row, { ms, rssBytes, retries, reasons, broken }, problems) {
  const { lost, invented, different, refused } = problems
  calmBytes ??= rssBytes
  const growth = rssBytes - calmBytes
  // A fault that was not noticed proves nothing.
  const isFault = row.isCalm === true || retries + broken + refused > 0
  const isFine = lost + invented + different === 0 && growth <= MEMORY_BYTES_MAX && isFault
  isFailed ||= !isFine
  console.log(
    [
      isFine ? 'ok  ' : 'FAIL',
      row.name.padEnd(77),
      `lost ${lost}, twice or made up ${invented}, other facts ${different}, refused and kept ${String(refused).padEnd(4)}`,
      `${(ms / 1000).toFixed(1).padStart(6)} s, ${broken} broken, ${retries} retries, memory ${growth < 0 ? '' : '+'}${(growth / 2 ** 20).toFixed(0)} MiB`,
    ].join('  '),
  )
  if (process.env.SEKISHO_DEBUG) console.log([...new Set(reasons)].slice(0, 5))
}
