// Where the documents of the benches are written to.
import {
  indexOf,
  setUpElasticsearch,
  streamOf,
} from '../../packages/alert-sink/dist/elasticsearch/index.js'
import { TENANT } from './documents.mjs'

export const NAMESPACE = 'bench'

/** Pattern of the last words, and stream of the material ones. */
export const TARGETS = { last: `sekisho-alerts-${TENANT}-*`, material: streamOf(NAMESPACE) }

/** @param month `2026.02` */
export function monthIndex(month) {
  const day = `${month.replace('.', '-')}-01`
  return indexOf({ organization: { id: TENANT }, sekisho: { alert: { day } } })
}

/** Set up, and without a document. */
export async function emptied(admin) {
  await admin.indices.deleteDataStream({ name: `${TARGETS.material}*` })
  for (const { index } of await admin.cat.indices({ index: TARGETS.last, format: 'json' })) {
    await admin.indices.delete({ index })
  }
  await setUpElasticsearch(admin, { namespace: NAMESPACE, replicas: 0, retention: '30d' })
}
