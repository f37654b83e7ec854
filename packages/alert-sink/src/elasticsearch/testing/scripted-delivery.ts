import type { AlertDocument } from '../../delivery/destination.ts'
import { ElasticsearchDestination } from '../elasticsearch-destination.ts'
import { recordingTools } from './recording-tools.ts'
import {
  type Script,
  type ScriptedAnswer,
  type SeenRequest,
  scriptedServer,
} from './scripted-server.ts'

/** An item of a response for what was created. */
export const TAKEN = { status: 201 }

/** What a bulk request asks to write: ids with their documents. */
export function asked({ lines }: SeenRequest): { id: string; source: AlertDocument['body'] }[] {
  const actions = lines.filter((_, i) => i % 2 === 0)
  return actions.map((action, i) => ({
    id: (Object.values(action)[0] as { readonly _id: string })._id,
    source: lines[2 * i + 1] as unknown as AlertDocument['body'],
  }))
}

/** A bulk response with an item for each id. */
export function answerWith(request: SeenRequest, item: (id: string) => object): ScriptedAnswer {
  return { status: 200, body: { items: asked(request).map(({ id }) => ({ index: item(id) })) } }
}

/** How Elasticsearch refuses a whole request. */
export function errorAnswer(status: number, type: string, reason = 'why'): ScriptedAnswer {
  return { status, body: { error: { type, reason }, status } }
}

/**
 * Delivers to a server that gives each answer of `first` once and then those of `then`.
 * @returns what the listener was told, the requests, and how many operations each had
 */
export async function deliveredTo(
  documents: readonly AlertDocument[],
  first: readonly (Script | ScriptedAnswer | null)[],
  then: Script = (request) => answerWith(request, () => TAKEN),
  apiKey = 'aWQ6a2V5',
) {
  const answers = [...first]
  const server = await scriptedServer((request) => {
    const next = answers.shift()
    if (next === undefined) return then(request)
    return typeof next === 'function' ? next(request) : next
  })
  const { tools, told } = recordingTools()
  const access = { urls: [server.url], auth: { apiKey }, ca: null, caFingerprint: null }
  const destination = new ElasticsearchDestination(
    { name: 'es', access: { ...access, requestTimeoutMs: 5000 }, namespace: 'test' },
    tools,
  )
  try {
    await destination.deliver(documents, new AbortController().signal)
  } finally {
    await destination.close()
    await server.stop()
  }
  return { told, seen: server.seen, sizes: server.seen.map(({ lines }) => lines.length / 2) }
}
