// How long it takes from an alert to its document: acknowledged, and found by a search.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { indexOf } from '../../packages/alert-sink/dist/elasticsearch/index.js'
import { documentOf } from '../../packages/alert-sink/dist/index.js'
import { FileDisk, Forwarder, Outbox, SYSTEM_CLOCK } from '../../packages/pipeline/dist/index.js'
import { TARGETS } from './targets.mjs'

const SEARCH_POLL_MS = 10
const REFRESH_INTERVAL_MS = 1000

/** The ways of a document, each settles when it is acknowledged. */
export function waysOf({ client, destination, path }) {
  const { signal } = new AbortController()
  return {
    'index call of the client': (text) => {
      const body = JSON.parse(text)
      return client.index({ index: indexOf(body), id: body.sekisho.alert.id, document: body })
    },
    destination: (text) => destination.deliver([documentOf(text)], signal),
    'outbox, forwarder, destination': (text) => path.deliver(text),
  }
}

/**
 * @param texts as many documents as there are samples for all ways together, none delivered before
 * @param isRefreshed whether a refresh is asked for after the acknowledgement, or the index's own is waited for
 * @returns by way `acknowledgedMs` and `foundMs`, from the moment when the document is given, a value for each sample
 */
export async function measuredLatencies({ admin, ways, texts, isRefreshed, random }) {
  const names = Object.keys(ways)
  const figures = Object.fromEntries(
    names.map((name) => [name, { acknowledgedMs: [], foundMs: [] }]),
  )
  for (const [number, text] of texts.entries()) {
    const name = names[number % names.length]
    // Otherwise each sample would begin right after a refresh.
    if (!isRefreshed) await sleep(random() * REFRESH_INTERVAL_MS)
    const { index, id } = placeOf(text)
    const startMs = performance.now()
    await ways[name](text)
    figures[name].acknowledgedMs.push(performance.now() - startMs)
    if (isRefreshed) await admin.indices.refresh({ index })
    while (!(await isFound(admin, id))) await sleep(SEARCH_POLL_MS)
    figures[name].foundMs.push(performance.now() - startMs)
  }
  return figures
}

function placeOf(text) {
  const body = JSON.parse(text)
  return { index: indexOf(body), id: body.sekisho.alert.id }
}

async function isFound(admin, id) {
  const { hits } = await admin.search({
    ...{ index: TARGETS.last, size: 0, track_total_hits: true },
    query: { ids: { values: [id] } },
  })
  return hits.total.value > 0
}

/**
 * An outbox that is forwarded to a destination, as in `run` and `sink`.
 * @param listener of the destination; its `delivered` is replaced
 */
export async function startPath(destination, listener) {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-latency-'))
  const disk = new FileDisk()
  const outbox = await Outbox.open(disk, folder)
  const forwarder = new Forwarder({
    ...{ disk, folder, outbox, destinations: [destination] },
    clock: SYSTEM_CLOCK,
  })
  const forwarding = forwarder.run()
  return {
    async deliver(text) {
      const delivered = new Promise((resolve) => {
        listener.delivered = resolve
      })
      await disk.append(outbox.path, Buffer.from(`${text}\n`))
      await disk.sync(outbox.path)
      await delivered
    },
    async stop() {
      forwarder.stop()
      await forwarding
      await disk.close()
      rmSync(folder, { recursive: true })
    },
  }
}
