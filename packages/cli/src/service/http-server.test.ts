import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Health } from './health.ts'
import { type HttpServer, startHttpServer } from './http-server.ts'
import { metricsOf } from './metrics.ts'

const metrics = metricsOf('score', '1.2.3', () => 0)

let health: Health
let server: HttpServer
beforeEach(async () => {
  health = new Health()
  server = await start(null)
})
afterEach(() => server.close(0))

function start(token: string | null): Promise<HttpServer> {
  return startHttpServer({ address: '127.0.0.1', port: 0, token, health, metrics })
}

interface Response {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

async function ask(
  path: string,
  { method = 'GET', headers = {}, body = '', port = server.port } = {},
): Promise<Response> {
  const outgoing = request({ host: '127.0.0.1', port, path, method, headers, agent: false })
  outgoing.end(body)
  const [incoming] = await once(outgoing, 'response')
  let text = ''
  for await (const chunk of incoming) text += String(chunk)
  return { status: incoming.statusCode, headers: incoming.headers, body: text }
}

describe('the HTTP server', () => {
  test('/livez answers as long as the process does', async () => {
    health.check('kafka', 'not tried yet')
    expect(await ask('/livez')).toMatchObject({
      status: 200,
      body: '{"ok":true,"checks":[{"name":"process","ok":true}]}\n',
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    })
  })

  test('/readyz tells every check and why it does not pass', async () => {
    expect((await ask('/readyz')).status).toBe(200)
    const kafka = health.check('kafka', 'not tried yet')
    const restore = health.check('restore', '0 of 12 partitions')
    kafka.pass()
    expect(await ask('/readyz')).toMatchObject({
      status: 503,
      body: '{"ok":false,"checks":[{"name":"kafka","ok":true},{"name":"restore","ok":false,"reason":"0 of 12 partitions"}]}\n',
    })
    restore.pass()
    expect((await ask('/readyz')).status).toBe(200)
    kafka.fail('away')
    expect((await ask('/readyz')).body).toContain('{"name":"kafka","ok":false,"reason":"away"}')
    kafka.remove()
    kafka.fail('away')
    expect((await ask('/readyz')).status).toBe(200)
    health.stop()
    expect(await ask('/readyz')).toMatchObject({ status: 503 })
    expect(() => health.check('restore', '')).toThrow('there are two health checks restore')
  })

  test('/metrics is what Prometheus reads', async () => {
    const { status, headers, body } = await ask('/metrics?name=x')
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(body).toContain('sekisho_build_info{version="1.2.3",service="score"} 1\n')
    expect(body).toContain('process_resident_memory_bytes')
    expect(body).toContain('nodejs_eventloop_lag_p99_seconds')
  })

  test('HEAD has the headers without the body', async () => {
    expect(await ask('/livez', { method: 'HEAD' })).toMatchObject({
      status: 200,
      headers: { 'content-length': '52' },
      body: '',
    })
  })

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s is refused', async (method) => {
    const headers = { connection: 'keep-alive' }
    expect(await ask('/metrics', { method, headers })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD', connection: 'keep-alive' },
    })
  })

  test('what is sent along is not read, and ends the connection', async () => {
    const headers = { connection: 'keep-alive', 'content-length': '1' }
    expect(await ask('/livez', { headers, body: 'x' })).toMatchObject({
      status: 200,
      headers: { connection: 'close' },
    })
  })

  test.each(['/', '/metrics/', '/../etc/passwd', '/%2e', '*'])('%s is not there', async (path) => {
    const { status, body } = await ask(path)
    expect(status).toBe(404)
    expect(body).toBe('there are /livez, /readyz and /metrics\n')
  })

  test('headers over 8 KiB are refused', async () => {
    const { status } = await ask('/livez', { headers: { 'x-long': 'x'.repeat(9 * 1024) } })
    expect(status).toBe(431)
  })

  test('what is no HTTP is refused', async () => {
    const socket = connect(server.port, '127.0.0.1')
    socket.end('<134>1 this is syslog\r\n\r\n')
    let text = ''
    for await (const chunk of socket) text += String(chunk)
    expect(text).toContain('400 Bad Request')
  })

  test('a port that is taken is an error', async () => {
    const options = { address: '127.0.0.1', port: server.port, token: null, health, metrics }
    await expect(startHttpServer(options)).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  test('an idle connection does not hold up the end', async () => {
    const other = await start(null)
    const socket = connect(other.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.on('error', () => {})
    await other.close(0)
    socket.destroy()
  })
})

describe('with a token', () => {
  const TOKEN = 'CANARY-0123456789'

  test.each<[string | undefined, number]>([
    [`Bearer ${TOKEN}`, 200],
    [`bearer ${TOKEN}`, 200],
    [undefined, 401],
    ['', 401],
    ['Bearer', 401],
    ['Bearer ', 401],
    [TOKEN, 401],
    [`Basic  ${TOKEN}`, 401],
    [`Bearer ${TOKEN}x`, 401],
    [`Bearer ${TOKEN.slice(0, -1)}`, 401],
    [`Bearer ${TOKEN.toLowerCase()}`, 401],
  ])('%j: %i', async (authorization, status) => {
    const own = await start(TOKEN)
    const headers = authorization === undefined ? {} : { authorization }
    for (const path of ['/livez', '/readyz', '/metrics', '/nothing']) {
      const response = await ask(path, { headers, port: own.port })
      expect(response.status).toBe(status === 200 && path === '/nothing' ? 404 : status)
      expect(JSON.stringify(response)).not.toContain(TOKEN)
      if (status === 401) expect(response.headers['www-authenticate']).toBe('Bearer')
    }
    await own.close(0)
  })
})
