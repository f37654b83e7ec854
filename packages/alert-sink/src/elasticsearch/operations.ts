import type { AlertBody, AlertDocument } from '../delivery/destination.ts'
import { materialIdOf } from '../delivery/material-id.ts'
import { indexOf } from './targets.ts'

/** One thing to be written: an action and its document, as lines of a bulk request. */
export interface Operation {
  readonly document: AlertDocument
  /** Index and id: who writes the same place has the same. */
  readonly place: string
  /** Orders those of one place: what is higher is what shall be there. */
  readonly version: number
  readonly action: string
  /** At least the bytes of its lines. */
  readonly bytes: number
  /** Kind of the event where it is not the document's own. */
  readonly kind: string | null
  /** What shall be there if this one is refused, the best first. */
  readonly instead: readonly Operation[]
}

/** Room for the time of a request, another kind of event, and ends of lines. */
const CHANGE_BYTES_MAX = 128

const ID_LENGTH_MAX = 400
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Why a document has no place to be written to, or null: whoever may write to the topic of alerts may write anything. */
export function whyNotAnAlert({ body }: AlertDocument): string | null {
  const { organization, sekisho, event } = (body ?? {}) as Partial<AlertBody>
  const { id, day, version } = sekisho?.alert ?? {}
  if (typeof event !== 'object' || event === null) return 'it has no event'
  if (typeof organization?.id !== 'string') return 'it has no organization.id'
  if (typeof id !== 'string' || id === '') return 'it has no sekisho.alert.id'
  if (id.length > ID_LENGTH_MAX) return `its sekisho.alert.id has ${id.length} characters`
  if (typeof day !== 'string' || !DAY.test(day)) return 'it has no sekisho.alert.day'
  return Number.isSafeInteger(version) && (version as number) >= 0
    ? null
    : 'it has no sekisho.alert.version'
}

/**
 * What is written of a document: the last word on its alert, in place of older ones; and, when the word is material, an entry that
 * stays. External versions let whoever knows more win, in whatever order they write; an id of its own lets each material word in once.
 */
export function operationsOf(document: AlertDocument, stream: string): Operation[] {
  const { body } = document
  const { alert } = body.sekisho
  const { id, version } = alert
  const _index = indexOf(body)
  const lastWord = { index: { _index, _id: id, version, version_type: 'external_gte' } }
  const operations = [operationOf(document, lastWord, `${_index}/${id}`, version, null)]
  if (alert.is_material) {
    const _id = materialIdOf(body)
    const kind = alert.is_fresh && body.event.kind === 'alert' ? 'alert' : 'event'
    // Where the stream is missing, no index of its name must take its place.
    const entry = { create: { _index: stream, _id, require_data_stream: true } }
    operations.push(operationOf(document, entry, `${stream}/${_id}`, null, kind))
  }
  return operations
}

/** @param version null for what is only written where nothing is yet: of several, the first shall be there */
function operationOf(
  document: AlertDocument,
  head: unknown,
  place: string,
  version: number | null,
  kind: string | null,
): Operation {
  const action = JSON.stringify(head)
  const bytes = Buffer.byteLength(action) + Buffer.byteLength(document.text) + CHANGE_BYTES_MAX
  return { document, place, version: version ?? -1, action, bytes, kind, instead: [] }
}

/**
 * The document as it is written.
 * @param sentMs when the request is made that brings it, epoch ms: `event.ingested`, by which Kibana's rules look for what is new. A
 *   document that waited for an hour would otherwise be older than what the rules look at.
 */
export function sourceOf({ document, kind }: Operation, sentMs: number): string {
  const { body } = document
  const ingested = new Date(sentMs).toISOString()
  return JSON.stringify({
    ...body,
    event: { ...body.event, ...(kind === null ? {} : { kind }), ingested },
  })
}

/**
 * One operation for each place. Several words on one alert may come in one batch, with versions that are equal; when the last of them
 * has to be tried again, an earlier one must not come after it. The others stand by in case the server refuses the one.
 */
export function oneForEachPlace(operations: readonly Operation[]): Operation[] {
  const places = new Map<string, Operation[]>()
  for (const operation of operations) {
    const there = places.get(operation.place)
    if (there === undefined) places.set(operation.place, [operation])
    else there.push(operation)
  }
  return [...places.values()].map((there) => standInOf(bestFirst(there)) as Operation)
}

/** Of last words, the highest version and of equal ones the latest; of entries, the earliest. */
function bestFirst(there: readonly Operation[]): Operation[] {
  const latestFirst = there[0]?.version === -1 ? [...there] : there.toReversed()
  return latestFirst.sort((one, other) => other.version - one.version)
}

/** The best of operations for one place, the others behind it. */
export function standInOf([best, ...instead]: readonly Operation[]): Operation | undefined {
  return best === undefined ? undefined : { ...best, instead }
}
