// Words on many alerts, as a live run says them, and what a cluster must hold in the end.
import { ecsOfAlert, jsonText } from '../../packages/alert-sink/dist/index.js'
import { materialIdOf } from '../../packages/alert-sink/dist/siem/index.js'
import { SAMPLE_ALERT } from '../../packages/alert-sink/dist/testing/sample-alert.js'

const DAY_MS = 86_400_000
const START_MS = Date.UTC(2026, 1, 20)
const DAYS = 20
export const TENANT = 'bench'

/** The lives that an alert may have: severities and states, and what of it matters. */
const LIVES = [
  [
    ['medium', 'provisional'],
    ['medium', 'final'],
  ],
  [
    ['medium', 'provisional'],
    ['medium', 'provisional'],
    ['high', 'provisional'],
    ['high', 'final'],
  ],
  [
    ['high', 'provisional'],
    ['high', 'provisional'],
    ['high', 'retracted'],
  ],
]

/** @returns {string[]} documents, one line of JSON each, in the order in which they are said */
export function wordsOn(alerts) {
  const words = []
  for (let number = 0; number < alerts; number++) words.push(...lifeOf(number))
  // The lives of some alerts overlap, as they do live: each block of words is dealt out by the number of the word.
  const block = 60
  const dealt = []
  for (let from = 0; from < words.length; from += block) {
    dealt.push(...words.slice(from, from + block).sort((a, b) => a.revision - b.revision))
  }
  return dealt.map(({ text }) => text)
}

function lifeOf(number) {
  const timestampMs = START_MS + (number % DAYS) * DAY_MS + (number % 86_400) * 1000
  const day = new Date(timestampMs).toISOString().slice(0, 10)
  const id = number.toString(16).padStart(32, '0')
  const userName = `user${number}`
  let last = null
  let materialRevision = 0
  return LIVES[number % LIVES.length].map(([severity, state], index) => {
    const isFresh = last === null || (severity !== last[0] && state === 'provisional')
    const isMaterial = isFresh || state !== 'provisional'
    last = [severity, state]
    if (isMaterial) materialRevision++
    const revision = index + 1
    const alert = {
      ...SAMPLE_ALERT,
      ...{ id, day, timestampMs, severity, state, revision, materialRevision, isMaterial, isFresh },
      ...{ tenant: TENANT, userName, userKey: userName, reopened: 0, joinedEvents: 10 + index },
      reason: `${userName} logged in from a place that nobody reaches so fast, word ${revision}`,
    }
    const run = {
      id: 'bench',
      mode: 'live',
      createdMs: timestampMs,
      emittedAtMs: timestampMs,
      ingestedMs: timestampMs,
    }
    return { revision, text: jsonText(ecsOfAlert(alert, run)) }
  })
}

/**
 * What must be there.
 * @param isTaken whether the server takes a document in a target, `last` or `material`
 * @returns by id the facts of the last word on each alert and of each material word; and by alert and version what is refused, and
 * what may be, as a better word may take its place before it is sent
 */
export function expectedOf(texts, isTaken) {
  const expected = { last: new Map(), material: new Map() }
  const refused = { surely: new Set(), perhaps: new Set() }
  const best = new Map()
  const bestTaken = new Map()
  for (const text of texts) {
    const body = JSON.parse(text)
    const { alert } = body.sekisho
    if (isBetter(alert, best)) best.set(alert.id, alert)
    if (!isTaken(body, 'last')) {
      refused.perhaps.add(nameOf(alert))
    } else if (isBetter(alert, bestTaken)) {
      bestTaken.set(alert.id, alert)
      expected.last.set(alert.id, factsOf(body))
    }
    if (!alert.is_material) continue
    const id = materialIdOf(body)
    const kind = alert.is_fresh ? 'alert' : 'event'
    if (!isTaken(body, 'material')) refused.surely.add(nameOf(alert))
    else if (!expected.material.has(id)) expected.material.set(id, factsOf(withKind(body, kind)))
  }
  for (const alert of best.values()) {
    if (bestTaken.get(alert.id) !== alert) refused.surely.add(nameOf(alert))
  }
  return { ...expected, refused }
}

/** Of two words that know as much, the later one counts. */
function isBetter({ id, version }, known) {
  return version >= (known.get(id)?.version ?? 0)
}

/** What a word on an alert is told from others by. */
function nameOf({ id, version }) {
  return `${id} ${version}`
}

function withKind(body, kind) {
  return { ...body, event: { ...body.event, kind } }
}

/** Everything but what names the run and the delivery. */
export function factsOf({ event, sekisho, ...rest }) {
  const { ingested: _ingested, ...told } = event
  const { run: _run, ...facts } = sekisho
  return JSON.stringify({ ...rest, event: told, sekisho: facts })
}

/** The first word on each of so many alerts: new, so that it is written to both targets. */
export function firstWordsOn(alerts) {
  return Array.from({ length: alerts }, (_, number) => lifeOf(number)[0].text)
}
