// Compares the last words on alerts with those of a replay.
//
//   node tools/compare-alerts.mjs EXPECTED.ndjson FOUND.ndjson [FOUND.ndjson ...]
//
// Of each file the last word on each id counts; what is retracted is none. Left out of the comparison is what names a delivery and
// not a fact: sekisho.run, event.created and event.ingested, where a copy of a line was read, and counts of revisions.
// Said twice is a word of the same id and revision that stands in one file more than once.

import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** The parts of a document that are facts, as text. */
export function factsOf(document) {
  const { created: _c, ingested: _i, ...event } = document.event
  const { run: _r, superseded_by: _s, ...sekisho } = document.sekisho
  const { revision: _n, material_revision: _m, late_beyond_horizon: _l, ...rest } = sekisho
  const { is_material: _is, is_fresh: _f, reopened: _o, ...alert } = rest.alert
  const evidence = rest.evidence.map(({ raw_ref: _w, ...line }) => line)
  return JSON.stringify(sorted({ ...document, event, sekisho: { ...rest, alert, evidence } }))
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  )
}

/** The last words in a file by id, and words that stand there twice. */
export async function lastWordsOf(path) {
  const last = new Map()
  const seen = new Set()
  const twice = []
  const backwards = []
  if (!existsSync(path)) return { last, twice, backwards }
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (line === '') continue
    const document = JSON.parse(line)
    const { id } = document.event
    const { revision } = document.sekisho
    const name = `${id} ${revision}`
    if (seen.has(name)) twice.push(name)
    seen.add(name)
    if ((last.get(id)?.sekisho.revision ?? 0) >= revision) backwards.push(name)
    else last.set(id, document)
  }
  return { last, twice, backwards }
}

/** How the last words of some files differ from those of another. */
export async function differencesOf(expectedPath, foundPaths) {
  const expected = (await lastWordsOf(expectedPath)).last
  const found = new Map()
  const result = {
    expected: expected.size,
    lost: [],
    invented: [],
    changed: [],
    open: [],
    twice: [],
    backwards: [],
  }
  for (const path of foundPaths) {
    const { last, twice, backwards } = await lastWordsOf(path)
    result.twice.push(...twice)
    result.backwards.push(...backwards)
    for (const [id, document] of last) found.set(id, document)
  }
  for (const [id, document] of found) {
    const { state } = document.sekisho
    if (state === 'provisional') result.open.push(id)
    if (state !== 'final') continue
    const before = expected.get(id)
    if (before === undefined) result.invented.push(id)
    else if (factsOf(before) !== factsOf(document)) result.changed.push(id)
  }
  for (const id of expected.keys()) {
    if (found.get(id)?.sekisho.state !== 'final') result.lost.push(id)
  }
  return result
}

export function isSame({ lost, invented, changed, open, twice, backwards }) {
  return [lost, invented, changed, open, twice, backwards].every(({ length }) => length === 0)
}

/** One line of figures. */
export function differencesText({ expected, ...lists }) {
  const parts = Object.entries(lists).map(([name, ids]) => `${name} ${ids.length}`)
  return `${expected} alerts: ${parts.join(', ')}`
}

if (import.meta.filename === process.argv[1]) {
  const [expected, ...found] = process.argv.slice(2)
  const differences = await differencesOf(expected, found)
  console.log(differencesText(differences))
  for (const [name, ids] of Object.entries(differences)) {
    if (Array.isArray(ids)) for (const id of ids.slice(0, 20)) console.log(`  ${name} ${id}`)
  }
  process.exitCode = isSame(differences) ? 0 : 1
}
