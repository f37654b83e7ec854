import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Health, HealthReport } from './health.ts'
import type { Metrics } from './metrics.ts'

/** A probe or a scrape is small and quick; what is not is no probe. */
const HEADER_BYTES_MAX = 8 * 1024
const HEADERS_MS_MAX = 5_000
const REQUEST_MS_MAX = 10_000
const KEEP_ALIVE_MS = 5_000
const CONNECTIONS_MAX = 100
const CONNECTIONS_CHECK_MS = 1_000

export interface HttpServerOptions {
  readonly address: string
  /** 0 for any that is free. */
  readonly port: number
  /** Bearer token that every request must carry (RFC 6750); null for none. */
  readonly token: string | null
  readonly health: Health
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>
}

export interface HttpServer {
  readonly port: number
  /** Lets requests under way end, at most for `limitMs`, and closes. */
  close(limitMs: number): Promise<void>
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Serves `/livez`, `/readyz` and `/metrics`. @throws the error of `listen`, such as EADDRINUSE */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const isAllowed = authorisation(options.token)
  const server = createServer(
    {
      maxHeaderSize: HEADER_BYTES_MAX,
      headersTimeout: HEADERS_MS_MAX,
      requestTimeout: REQUEST_MS_MAX,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: CONNECTIONS_CHECK_MS,
    },
    (request, response) => void respond(request, response, options, isAllowed),
  )
  server.maxConnections = CONNECTIONS_MAX
  server.listen({ host: options.address, port: options.port })
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close: (limitMs) => closed(server, limitMs),
  }
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpServerOptions,
  isAllowed: (header: string | undefined) => boolean,
): Promise<void> {
  const answer = await answerOf(request, options, isAllowed).catch(() => {
    return text(500, 'the metrics could not be collected')
  })
  const { status, type, body, headers } = answer
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // Nothing that is sent along is read, so that the connection cannot be used again after it.
    ...(hasBody(request) ? { connection: 'close' } : {}),
    ...headers,
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

async function answerOf(
  { method, url, headers }: IncomingMessage,
  { health, metrics }: HttpServerOptions,
  isAllowed: (header: string | undefined) => boolean,
): Promise<Answer> {
  // Before all else, so that a stranger does not even learn what there is.
  if (!isAllowed(headers.authorization)) {
    return { ...text(401, 'a bearer token is needed'), headers: { 'www-authenticate': 'Bearer' } }
  }
  if (method !== 'GET' && method !== 'HEAD') {
    return { ...text(405, 'GET or HEAD'), headers: { allow: 'GET, HEAD' } }
  }
  switch (url?.split('?', 1)[0]) {
    case '/livez':
      return reported(health.liveness())
    case '/readyz':
      return reported(health.readiness())
    case '/metrics':
      return { status: 200, type: metrics.contentType, body: await metrics.text() }
    default:
      return text(404, 'there are /livez, /readyz and /metrics')
  }
}

function reported({ isOk, checks }: HealthReport): Answer {
  const body = `${JSON.stringify({ ok: isOk, checks })}\n`
  return { status: isOk ? 200 : 503, type: 'application/json', body }
}

function text(status: number, sentence: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', body: `${sentence}\n` }
}

/** Compares digests under a key of this process: neither contents nor length of the token show in the time it takes. */
function authorisation(token: string | null): (header: string | undefined) => boolean {
  if (token === null) return () => true
  const key = randomBytes(32)
  const digestOf = (value: string): Buffer => createHmac('sha256', key).update(value).digest()
  const expected = digestOf(token)
  return (header = '') => {
    const scheme = header.slice(0, 7).toLowerCase()
    const isEqual = timingSafeEqual(digestOf(header.slice(7)), expected)
    return isEqual && scheme === 'bearer '
  }
}

async function closed(server: Server, limitMs: number): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), limitMs)
  const done = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  await done
  clearTimeout(timer)
}
