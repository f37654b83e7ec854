// Compares what a cluster holds with what was given to be delivered.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expectedOf, factsOf } from './documents.mjs'

const PAGE_DOCUMENTS = 2000

/**
 * @param targets index pattern of the last words, name of the stream of material words: `{ last, material }`
 * @param folders of the outboxes, with what was refused
 * @param isTaken whether the server takes a document in a target
 * @returns how many were `lost`, are there `twice` (or should not be there), are `different`; how many were `refused` and kept, and
 * of these how many wrongly (or were not kept): `misjudged`
 */
export async function compared({ client, targets, texts, folders, isTaken }) {
  await client.indices.refresh({ index: Object.values(targets) })
  const expected = expectedOf(texts, isTaken)
  const found = { lost: 0, twice: 0, different: 0, refused: 0, misjudged: 0 }
  for (const [target, index] of Object.entries(targets)) {
    const wanted = expected[target]
    const there = new Map()
    for await (const { _id, _source } of documentsIn(client, index)) {
      if (there.has(_id) || !wanted.has(_id)) found.twice++
      there.set(_id, factsOf(_source))
    }
    for (const [id, facts] of wanted) {
      if (!there.has(id)) found.lost++
      else if (there.get(id) !== facts) found.different++
    }
  }
  for (const folder of folders) {
    const names = refusedIn(folder)
    const kept = new Set(names)
    found.refused += names.length
    found.misjudged += names.length - kept.size
    const { surely, perhaps } = expected.refused
    for (const name of surely) if (!kept.has(name)) found.misjudged++
    for (const name of kept) if (!surely.has(name) && !perhaps.has(name)) found.misjudged++
  }
  return found
}

/** Every document of an index, also those that have one id in two indices of a stream. */
async function* documentsIn(client, index) {
  let page = await client.search({ index, size: PAGE_DOCUMENTS, scroll: '1m' })
  while (page.hits.hits.length > 0) {
    yield* page.hits.hits
    page = await client.scroll({ scroll_id: page._scroll_id, scroll: '1m' })
  }
  await client.clearScroll({ scroll_id: page._scroll_id })
}

/** Alert and version of what was refused. */
function refusedIn(folder) {
  let text = ''
  try {
    text = readFileSync(join(folder, 'refused'), 'utf8')
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' ').slice(0, 2).join(' '))
}
