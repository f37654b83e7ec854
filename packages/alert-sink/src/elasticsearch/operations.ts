import type { AlertBody, AlertDocument } from '../delivery/destination.ts'
import { materialIdOf } from '../delivery/material-id.ts'
import { indexOf } from './targets.ts'

/** One thing to be written: an action and its document, as lines of a bulk request. */
export interface Operation {
  readonly document: AlertDocument
  readonly action: string
  readonly source: string
  readonly bytes: number
}

/**
 * What is written of a document: the last word on its alert, in place of older ones; and, when the word is material, an entry that
 * stays. External versions let whoever knows more win, in whatever order they write; an id of its own lets each material word in once.
 * @param sentMs when it is sent, epoch ms: `event.ingested`, by which Kibana's rules look for what is new
 */
export function operationsOf(document: AlertDocument, stream: string, sentMs: number): Operation[] {
  const { body } = document
  const { alert } = body.sekisho
  const ingested = new Date(sentMs).toISOString()
  const lastWord = {
    index: {
      _index: indexOf(body),
      _id: alert.id,
      version: alert.version,
      version_type: 'external_gte',
    },
  }
  const operations = [operationOf(document, lastWord, withEvent(body, { ingested }))]
  if (alert.is_material) {
    const entry = { create: { _index: stream, _id: materialIdOf(body) } }
    const kind = alert.is_fresh && body.event.kind === 'alert' ? 'alert' : 'event'
    operations.push(operationOf(document, entry, withEvent(body, { ingested, kind })))
  }
  return operations
}

function withEvent(body: AlertBody, change: Partial<AlertBody['event']>): AlertBody {
  return { ...body, event: { ...body.event, ...change } }
}

function operationOf(document: AlertDocument, action: unknown, body: AlertBody): Operation {
  const [head, source] = [JSON.stringify(action), JSON.stringify(body)]
  const bytes = Buffer.byteLength(head) + Buffer.byteLength(source) + 2
  return { document, action: head, source, bytes }
}
