import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { DeliveryTools } from '../delivery/destination.ts'
import type { SyslogTls } from './syslog-connection.ts'
import { SyslogDestination, type SyslogSettings } from './syslog-destination.ts'
import { makeCertificates } from './testing/certificates.ts'
import { readCef, readFrames, readSyslog } from './testing/readers.ts'
import { recordingTools } from './testing/recording-tools.ts'
import { sampleDocument, sampleDocuments } from './testing/sample-documents.ts'

let folder: string
let tools: DeliveryTools & { readonly told: string[] }
let servers: Server[]
let destinations: SyslogDestination[]

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-syslog-'))
  makeCertificates(folder)
})
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(() => {
  tools = recordingTools()
  servers = []
  destinations = []
})
afterEach(async () => {
  for (const destination of destinations) await destination.close()
  for (const server of servers) await new Promise((resolve) => server.close(resolve))
})

function destination(settings: Partial<SyslogSettings>): SyslogDestination {
  const made = new SyslogDestination(
    {
      name: 'siem',
      transport: 'tcp',
      host: '127.0.0.1',
      port: 1,
      payload: 'cef',
      hostname: 'sensor-1',
      ...settings,
    },
    tools,
  )
  destinations.push(made)
  return made
}

async function listening(server: Server): Promise<number> {
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

function usersOf(bytes: Buffer): readonly (string | undefined)[] {
  return readFrames(bytes).map((message) =>
    readCef(readSyslog(message).payload).fields.get('suser'),
  )
}

const signal = new AbortController().signal

test('TCP: material words arrive in their order, others stay', async () => {
  const chunks: Buffer[] = []
  const port = await listening(
    createServer((socket) => socket.on('data', (chunk) => chunks.push(chunk))),
  )
  const silent = sampleDocument({ isMaterial: false, userName: 'silent' })
  const documents = sampleDocuments(250)
  await destination({ port }).deliver([...documents, silent], signal)
  expect(usersOf(Buffer.concat(chunks))).toEqual(documents.map((_, at) => `user ${at}`))
  expect(tools.told).toEqual(['delivered 250'])
})

test('TCP: what a connection that was reset may have lost is sent again', async () => {
  const chunks: Buffer[] = []
  let connections = 0
  const port = await listening(
    createServer((socket: Socket) => {
      connections += 1
      if (connections === 1) socket.once('data', () => socket.resetAndDestroy())
      else socket.on('data', (chunk) => chunks.push(chunk))
      socket.on('error', () => {})
    }),
  )
  await destination({ port }).deliver(sampleDocuments(50), signal)
  expect(usersOf(Buffer.concat(chunks))).toEqual(
    Array.from({ length: 50 }, (_, at) => `user ${at}`),
  )
  expect(tools.told).toEqual([
    expect.stringMatching(/^retried tcp 127\.0\.0\.1:\d+: (read|write) E/),
    'delivered 50',
  ])
})

test('nobody listens: waits until it is stopped', async () => {
  const stop = new AbortController()
  tools = recordingTools((reason) => {
    if (tools.told.length === 3) stop.abort()
    expect(reason).toMatch(/ECONNREFUSED/)
  })
  const delivered = destination({ port: 1 }).deliver(sampleDocuments(1), stop.signal)
  await expect(delivered).rejects.toThrow('the delivery was stopped')
})

const pem = (name: string) => readFileSync(join(folder, name), 'utf8')
const clientTls = (): SyslogTls => ({
  ca: pem('ca.crt'),
  certificate: pem('client.crt'),
  key: pem('client.key'),
})

async function tlsServer(chunks: Buffer[]): Promise<number> {
  const server = createTlsServer({
    ...{ cert: pem('server.crt'), key: pem('server.key'), ca: pem('ca.crt') },
    ...{ requestCert: true, rejectUnauthorized: true },
  })
  server.on('secureConnection', (socket) => socket.on('data', (chunk) => chunks.push(chunk)))
  return await listening(server)
}

test('TLS: with a client certificate, to the server that the authority vouches for', async () => {
  const chunks: Buffer[] = []
  const port = await tlsServer(chunks)
  await destination({ transport: 'tls', port, tls: clientTls() }).deliver(
    sampleDocuments(3),
    signal,
  )
  expect(usersOf(Buffer.concat(chunks))).toEqual(['user 0', 'user 1', 'user 2'])
})

test.each([
  [
    'an unknown authority',
    () => ({ ...clientTls(), ca: pem('other.crt') }),
    /unable to|self.signed|verif/i,
  ],
  ['another name', () => ({ ...clientTls(), serverName: 'siem.example' }), /siem\.example/],
  [
    'no client certificate',
    () => ({ ca: pem('ca.crt') }),
    /certificate required|closed|lost|reset/i,
  ],
])('TLS: nothing is delivered with %s', async (_, tls, problem) => {
  const chunks: Buffer[] = []
  const stop = new AbortController()
  let reason = ''
  tools = recordingTools((told) => {
    reason = told
    stop.abort()
  })
  const port = await tlsServer(chunks)
  const sent = destination({ transport: 'tls', port, tls: tls() }).deliver(
    sampleDocuments(1),
    stop.signal,
  )
  await expect(sent).rejects.toThrow('the delivery was stopped')
  expect(reason).toMatch(problem)
  expect(chunks).toEqual([])
})

test('UDP: one datagram for each, no longer than allowed', async () => {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const messages: Buffer[] = []
  const all = new Promise<void>((resolve) => {
    socket.on('message', (message) => {
      messages.push(message)
      if (messages.length === 3) resolve()
    })
  })
  const { port } = socket.address()
  const long = sampleDocument({ userName: 'x'.repeat(5000), reason: 'y'.repeat(5000) })
  const udp = destination({ transport: 'udp', port, payload: 'json' })
  await udp.deliver([...sampleDocuments(2), long], signal)
  await all
  socket.close()
  for (const message of messages) expect(message.length).toBeLessThanOrEqual(2048)
  const names = messages.map(
    (message) => JSON.parse(readSyslog(message.toString()).payload).user.name,
  )
  expect(names).toEqual(['user 0', 'user 1', `${'x'.repeat(253)}…`])
})

test('an alert that cannot fit is refused, and the others arrive', async () => {
  const chunks: Buffer[] = []
  const port = await listening(
    createServer((socket) => socket.on('data', (chunk) => chunks.push(chunk))),
  )
  const tight = destination({ port, payload: 'json', messageBytesMax: 300 })
  await tight.deliver(sampleDocuments(1), signal)
  expect(tools.told).toEqual([
    'refused the alert does not fit into a syslog message of 300 bytes',
    'delivered 0',
  ])
  expect(chunks).toEqual([])
})
