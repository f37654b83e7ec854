import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { DeliveryTools } from '../delivery/destination.ts'
import { materialIdOf } from '../delivery/material-id.ts'
import { recordingTools } from './testing/recording-tools.ts'
import { sampleDocument, sampleDocuments } from './testing/sample-documents.ts'
import { retryAfterMs, WebhookDestination, type WebhookSettings } from './webhook-destination.ts'
import { isSignedBy, SIGNATURE_HEADER, signatureOf } from './webhook-signature.ts'

type Answer = (answer: ServerResponse, request: IncomingMessage) => void
interface Received {
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

let server: Server
let received: Received[]
/** What the next requests are answered with; then 200. */
let answers: Answer[]
let tools: DeliveryTools & { readonly told: string[] }
const signal = new AbortController().signal

beforeEach(async () => {
  received = []
  answers = []
  tools = recordingTools()
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
      const answer = answers.shift() ?? status(200)
      answer(response, request)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function status(code: number, headers: Record<string, string> = {}, text = ''): Answer {
  return (answer) => answer.writeHead(code, headers).end(text)
}

function webhook(settings: Partial<WebhookSettings> = {}): WebhookDestination {
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/hook/secret-path`
  return new WebhookDestination({ name: 'hook', url, template: 'json', ...settings }, tools)
}

test('the document as it is, signed, with a key that is the same each time', async () => {
  const document = sampleDocument()
  await webhook({ secret: 'canary' }).deliver([document], signal)
  const [request] = received
  expect(request?.body).toBe(document.text)
  expect(request?.headers['idempotency-key']).toBe(materialIdOf(document.body))
  const header = String(request?.headers[SIGNATURE_HEADER])
  expect(isSignedBy('canary', header, document.text, Date.now() / 1000)).toBe(true)
  expect(isSignedBy('other', header, document.text, Date.now() / 1000)).toBe(false)
  expect(isSignedBy('canary', header, `${document.text} `, Date.now() / 1000)).toBe(false)
  expect(isSignedBy('canary', header, document.text, Date.now() / 1000 + 302)).toBe(false)
})

test('the signature of a known text, so that receivers can check their own', () => {
  // printf '1700000000.{}' | openssl dgst -sha256 -hmac secret
  expect(signatureOf('secret', 1_700_000_000, '{}')).toBe(
    't=1700000000,v1=b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163',
  )
})

test.each<readonly [string, Answer, RegExp]>([
  ['500', status(500, {}, 'oh\nno'), /^retried the receiver answered 500: oh\\u\{a\}no$/],
  ['503', status(503), /answered 503/],
  ['408', status(408), /answered 408/],
  ['425', status(425), /answered 425/],
  ['429', status(429, { 'retry-after': '7' }), /answered 429/],
  ['401', status(401), /does not accept our secret or token \(401\)/],
  ['403', status(403), /does not accept our secret or token \(403\)/],
  ['a reset', (answer) => answer.socket?.resetAndDestroy(), /cannot be reached: ECONNRESET/],
  ['silence', () => {}, /no answer within 300 ms/],
])('%s: tried again until it arrives', async (_, answer, problem) => {
  answers = [answer]
  await webhook({ timeoutMs: 300 }).deliver(sampleDocuments(2), signal)
  const users = received.map(({ body }) => JSON.parse(body).user.name)
  expect(users).toEqual(['user 0', 'user 0', 'user 1'])
  expect(tools.told).toEqual([expect.stringMatching(problem), 'delivered 1', 'delivered 1'])
  expect(tools.told.join()).not.toContain('secret-path')
})

test.each<readonly [string, Answer, RegExp]>([
  ['400', status(400, {}, 'no'), /^refused the receiver answered 400: no$/],
  ['404', status(404), /answered 404/],
  ['413', status(413), /answered 413/],
  ['302', status(302, { location: 'http://127.0.0.1:1/' }), /redirects \(302\)/],
  ['an endless answer', status(400, {}, 'x'.repeat(5_000_000)), /^refused .{1,340}$/],
])('%s: refused for good, and the next one is delivered', async (_, answer, problem) => {
  answers = [answer]
  await webhook().deliver(sampleDocuments(2), signal)
  expect(received).toHaveLength(2)
  expect(tools.told).toEqual([expect.stringMatching(problem), 'delivered 1'])
})

test('Retry-After is waited for, ten minutes at most', async () => {
  const nowMs = Date.UTC(2026, 0, 1)
  expect(retryAfterMs('7', nowMs)).toBe(7000)
  expect(retryAfterMs('Thu, 01 Jan 2026 00:00:09 GMT', nowMs)).toBe(9000)
  expect(retryAfterMs('999999999', nowMs)).toBe(600_000)
  expect(retryAfterMs('soon', nowMs)).toBe(0)
  expect(retryAfterMs('', nowMs)).toBe(0)
  const waits: number[] = []
  tools = recordingTools((_, waitMs) => waits.push(waitMs))
  answers = [status(429, { 'retry-after': '7' })]
  await webhook().deliver(sampleDocuments(1), signal)
  expect(waits).toEqual([7000])
})

test('Splunk: several events in a request; a bad one is found and refused alone', async () => {
  answers = [status(400), status(200), status(400), status(200)]
  const settings = { template: 'splunk-hec', token: 'canary', splunk: { index: 'vpn' } } as const
  await webhook(settings).deliver(sampleDocuments(3), signal)
  expect(received[0]?.headers.authorization).toBe('Splunk canary')
  const events = received.map(({ body }) => body.split('\n').map((line) => JSON.parse(line)))
  expect(events.map(({ length }) => length)).toEqual([3, 1, 1, 1])
  expect(events[0]?.[0]).toMatchObject({ index: 'vpn', sourcetype: 'sekisho:alert' })
  expect(events[0]?.[0].time).toBe(Date.parse(events[0]?.[0].event['@timestamp']) / 1000)
  expect(tools.told).toEqual(['refused the receiver answered 400', 'delivered 2'])
})

test('words that are not material stay', async () => {
  await webhook().deliver([sampleDocument({ isMaterial: false })], signal)
  expect(received).toEqual([])
})

test('stopped while the receiver is away', async () => {
  const stop = new AbortController()
  answers = [() => stop.abort()]
  await expect(webhook().deliver(sampleDocuments(1), stop.signal)).rejects.toThrow('stopped')
})
