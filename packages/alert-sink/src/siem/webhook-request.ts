import type { AlertDocument } from '../delivery/destination.ts'
import { materialIdOf } from '../delivery/material-id.ts'
import { jsonText } from '../json-text.ts'
import { slackMessageOf, teamsMessageOf } from './chat-cards.ts'

export type WebhookTemplate = 'json' | 'slack' | 'teams' | 'splunk-hec'

/** Where Splunk puts events; what is absent, the token decides. */
export interface SplunkFields {
  readonly host?: string
  readonly source?: string
  readonly sourcetype?: string
  readonly index?: string
}

/** A request, and the documents that it delivers. */
export interface WebhookRequest {
  readonly body: string
  /** Null for a request of several documents. */
  readonly idempotencyKey: string | null
  readonly documents: readonly AlertDocument[]
}

const EVENTS_AT_ONCE = 100
/** What Splunk Cloud and load balancers before it take in one request. */
const REQUEST_BYTES_MAX = 1_000_000

/** One request for each document; for Splunk several events in one, in their order. */
export function webhookRequestsOf(
  documents: readonly AlertDocument[],
  template: WebhookTemplate,
  splunk: SplunkFields,
): readonly WebhookRequest[] {
  if (template === 'splunk-hec') return splunkRequestsOf(documents, splunk)
  return documents.map((document) => ({
    body: bodyOf(document, template),
    idempotencyKey: materialIdOf(document.body),
    documents: [document],
  }))
}

function bodyOf({ text, body }: AlertDocument, template: 'json' | 'slack' | 'teams'): string {
  if (template === 'json') return text
  return jsonText(template === 'slack' ? slackMessageOf(body) : teamsMessageOf(body))
}

/** Events of the HTTP Event Collector, one JSON object after another. */
function splunkRequestsOf(
  documents: readonly AlertDocument[],
  splunk: SplunkFields,
): readonly WebhookRequest[] {
  const requests: { body: string; idempotencyKey: null; documents: AlertDocument[] }[] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const document of documents) {
    const epochMs = Date.parse(document.body['@timestamp'])
    const time = Number.isNaN(epochMs) ? {} : { time: epochMs / 1000 }
    const head = jsonText({ ...time, sourcetype: 'sekisho:alert', ...splunk })
    // The document's own text, so that Splunk keeps its bytes.
    const event = `${head.slice(0, -1)},"event":${document.text}}`
    const last = requests.at(-1)
    bytes += Buffer.byteLength(event) + 1
    if (
      last === undefined ||
      bytes > REQUEST_BYTES_MAX ||
      last.documents.length >= EVENTS_AT_ONCE
    ) {
      requests.push({ body: event, idempotencyKey: null, documents: [document] })
      bytes = Buffer.byteLength(event)
    } else {
      last.body += `\n${event}`
      last.documents.push(document)
    }
  }
  return requests
}
