import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

/** A request as the server saw it. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly authorization: string
  /** Lines of a bulk request; the whole body of another, if it has one. */
  readonly lines: readonly Record<string, unknown>[]
}

export interface ScriptedAnswer {
  readonly status: number
  /** JSON unless it is a text. */
  readonly body: unknown
}

/** What is answered; null hangs up. */
export type Script = (request: SeenRequest) => ScriptedAnswer | null

/** Answers as Elasticsearch would, if it answered what the script says. */
export async function scriptedServer(script: Script) {
  const seen: SeenRequest[] = []
  const server = createServer(async (incoming, response) => {
    const request = await requestOf(incoming)
    seen.push(request)
    const answer = script(request)
    if (answer === null) {
      incoming.socket.destroy()
      return
    }
    const isText = typeof answer.body === 'string'
    response.writeHead(answer.status, {
      'content-type': isText ? 'text/html' : 'application/vnd.elasticsearch+json;compatible-with=9',
      'x-elastic-product': 'Elasticsearch',
    })
    response.end(isText ? answer.body : JSON.stringify(answer.body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function requestOf(incoming: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  const isGzip = incoming.headers['content-encoding'] === 'gzip'
  const text = (isGzip ? gunzipSync(bytes) : bytes).toString()
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    authorization: incoming.headers.authorization ?? '',
    lines: text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  }
}
