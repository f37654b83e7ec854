// Delivers documents through a proxy while something goes wrong.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  createRunningKey,
  runningPrivileges,
} from '../../packages/alert-sink/dist/elasticsearch/index.js'
import { FileDisk, Outbox } from '../../packages/pipeline/dist/index.js'
import { compared } from './comparison.mjs'
import { DelivererProcess } from './deliverer-process.mjs'
import { startProxy } from './proxy.mjs'
import { emptied, monthIndex, NAMESPACE, TARGETS } from './targets.mjs'

const POLL_MS = 5
const OUTBOX_BLOCK = 1000

/** @throws Error when it is not done in `timeoutMs`, or a deliverer ends otherwise than it should */
export async function faultRun(row, { node, admin, texts, random, awayMs, timeoutMs }) {
  await emptied(admin)
  const given = row.poison === undefined ? texts : texts.map((text, at) => poisoned(row, text, at))
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-faults-'))
  const proxy = await startProxy(node.url)
  const run = { deliverers: [], reasons: [] }
  try {
    const newKey = () => createRunningKey(admin, NAMESPACE, 'faults')
    const key = await newKey()
    const context = {
      ...{ proxy, node, admin, random, awayMs, sleep, key, newKey },
      rights: runningPrivileges(NAMESPACE),
      monthIndex,
      after: (bulks) => {
        const last = proxy.bulks + bulks
        return until(() => proxy.bulks >= last)
      },
      retried: (pattern) => until(() => run.reasons.some((reason) => pattern.test(reason))),
      kill: (login) => run.deliverers[0].kill(login),
    }
    await row.before?.(context)
    const folders = await outboxesIn(folder, row.deliverers ?? 1, given)
    const startMs = performance.now()
    run.deliverers = folders.map(
      (each) =>
        new DelivererProcess([each, proxy.url, NAMESPACE], row.login ?? { apiKey: key }, (reason) =>
          run.reasons.push(reason),
        ),
    )
    const ended = run.deliverers.map((each) => each.ended)
    await within(timeoutMs, Promise.all([row.during(context), ...ended]), run)
    const tookMs = performance.now() - startMs
    const isTaken = row.isTaken ?? (() => true)
    const found = await compared({
      client: admin,
      targets: TARGETS,
      texts: given,
      folders,
      isTaken,
    })
    return { ...found, ...factsOf(run, proxy), tookMs }
  } finally {
    for (const each of run.deliverers) each.end()
    await proxy.close()
    rmSync(folder, { recursive: true })
  }
}

function factsOf({ deliverers, reasons }, { broken, mendedMs, recoveredMs }) {
  return {
    ...{ broken, retries: reasons.length, reasons: [...new Set(reasons)] },
    kills: deliverers.reduce((sum, each) => sum + each.kills, 0),
    recoveryMs: mendedMs === null || recoveredMs === null ? null : recoveredMs - mendedMs,
    rssBytes: Math.max(...deliverers.map((each) => each.rssBytes)),
  }
}

function poisoned(row, text, at) {
  return JSON.stringify(row.poison(JSON.parse(text), at))
}

/** Outboxes that all hold the documents, as a journal would have left them. */
async function outboxesIn(folder, count, texts) {
  const disk = new FileDisk()
  const folders = Array.from({ length: count }, (_, number) => join(folder, String(number)))
  for (const each of folders) {
    mkdirSync(each)
    const outbox = await Outbox.open(disk, each)
    for (let from = 0; from < texts.length; from += OUTBOX_BLOCK) {
      const block = texts.slice(from, from + OUTBOX_BLOCK)
      await disk.append(outbox.path, Buffer.from(`${block.join('\n')}\n`))
      await disk.sync(outbox.path)
      await outbox.look()
    }
  }
  await disk.close()
  return folders
}

async function until(holds) {
  while (!holds()) await sleep(POLL_MS)
}

async function within(timeoutMs, work, { reasons }) {
  const timer = new AbortController()
  const late = sleep(timeoutMs, null, { signal: timer.signal }).then(() => {
    const last = [...new Set(reasons.slice(-5))].join(' | ')
    throw new Error(`not done after ${timeoutMs / 1000} s; the last it said: ${last}`)
  })
  late.catch(() => {})
  try {
    await Promise.race([work, late])
  } finally {
    timer.abort()
  }
}
