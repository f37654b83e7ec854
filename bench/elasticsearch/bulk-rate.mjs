// How many documents a second arrive, by the destination and by the bulk helper of the client.

import { indexOf } from '../../packages/alert-sink/dist/elasticsearch/index.js'
import { documentOf } from '../../packages/alert-sink/dist/index.js'
import { materialIdOf } from '../../packages/alert-sink/dist/siem/index.js'
import { emptied, TARGETS } from './targets.mjs'

/** As a forwarder gives them. */
const BATCH_DOCUMENTS = 500

/**
 * @param admin client of a user who may delete
 * @param client that the helper is of; with the rights of the destination
 * @param texts documents that are all written to both targets
 * @returns by contender the documents a second of each round
 */
export async function bulkRates({ admin, client, destination, texts, rounds, log }) {
  const documents = texts.map(documentOf)
  const batchBytes = Math.round(
    (BATCH_DOCUMENTS * texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)) /
      texts.length,
  )
  const contenders = {
    destination: () => byDestination(destination, documents),
    'helper, two operations a document': () => byHelper(client, twoEach(documents), 2 * batchBytes),
    'helper, one operation a document': () => byHelper(client, oneEach(documents), batchBytes),
  }
  const names = Object.keys(contenders)
  const rates = Object.fromEntries(names.map((name) => [name, []]))
  // The first round warms up, and does not count.
  for (let round = 0; round <= rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length]
      await emptied(admin)
      const startMs = performance.now()
      await contenders[name]()
      const rate = (documents.length * 1000) / (performance.now() - startMs)
      log(`round ${round}: ${name}: ${rate.toFixed(0)} documents a second`)
      await checkArrived(admin, documents.length, name.includes('one') ? 0 : documents.length)
      if (round > 0) rates[name].push(rate)
    }
  }
  return rates
}

async function byDestination(destination, documents) {
  const { signal } = new AbortController()
  for (let from = 0; from < documents.length; from += BATCH_DOCUMENTS) {
    await destination.deliver(documents.slice(from, from + BATCH_DOCUMENTS), signal)
  }
}

/** One request at a time, as the destination does, which keeps the order of documents. */
async function byHelper(client, datasource, flushBytes) {
  const { failed } = await client.helpers.bulk({
    ...{ datasource, flushBytes, concurrency: 1 },
    onDocument: ({ action, source }) => [action, source],
  })
  if (failed > 0) throw new Error(`the helper could not write ${failed}`)
}

/** Without versions. */
function* actionsOf({ body }) {
  yield { action: { index: { _index: indexOf(body), _id: body.sekisho.alert.id } }, source: body }
  yield { action: { create: { _index: TARGETS.material, _id: materialIdOf(body) } }, source: body }
}

async function* twoEach(documents) {
  for (const document of documents) yield* actionsOf(document)
}

async function* oneEach(documents) {
  for (const document of documents) yield actionsOf(document).next().value
}

async function checkArrived(admin, last, material) {
  await admin.indices.refresh({ index: Object.values(TARGETS) })
  for (const [target, wanted] of Object.entries({ last, material })) {
    const { count } = await admin.count({ index: TARGETS[target] })
    if (count !== wanted) throw new Error(`${count} documents in ${TARGETS[target]}, not ${wanted}`)
  }
}
