import { spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { LINE_BYTES_MAX } from '../../sources/line-splitter.ts'
import { CollectedMessages } from '../testing/collected-messages.ts'
import {
  type OwnCertificate,
  ownAuthority,
  signedCertificate,
} from '../testing/own-certificates.ts'
import { runProgram } from '../testing/run-program.ts'
import { openSyslogListener, type SyslogListener } from './syslog-listener.ts'
import type { TcpListenerOptions } from './tcp-listener.ts'
import type { TlsOptions } from './tls-handshakes.ts'

const hasLogger = spawnSync('logger', ['--version']).status === 0
const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const testWithLogger = hasLogger ? test : test.skip
const describeWithOpenssl = hasOpenssl ? describe : describe.skip

let sink: CollectedMessages
let problems: string[]
let onTold: () => void
let listeners: SyslogListener[]
let clients: Socket[]

beforeEach(() => {
  sink = new CollectedMessages()
  problems = []
  onTold = () => {}
  listeners = []
  clients = []
})

afterEach(async () => {
  for (const client of clients) client.destroy()
  for (const listener of listeners) await listener.close()
})

const common = () => ({
  address: '127.0.0.1',
  port: 0,
  allow: null,
  sink,
  onProblem: ({ path, problem }: { path: string; problem: string }) => {
    problems.push(`${path} ${problem}`)
    onTold()
  },
})

async function udp(options: { allow?: string[]; receiveBufferBytes?: number } = {}) {
  const receiveBufferBytes = 65_536
  const listener = await openSyslogListener({
    transport: 'udp',
    ...common(),
    receiveBufferBytes,
    ...options,
  })
  listeners.push(listener)
  return listener
}

async function tcp(options: Partial<TcpListenerOptions> = {}): Promise<SyslogListener> {
  const listener = await openSyslogListener({ transport: 'tcp', ...common(), ...options })
  listeners.push(listener)
  return listener
}

async function connected({ port }: SyslogListener): Promise<Socket> {
  const client = connect(port, '127.0.0.1')
  client.on('error', () => {})
  clients.push(client)
  await once(client, 'connect')
  return client
}

async function sendDatagrams(port: number, texts: readonly string[]): Promise<void> {
  const socket = createSocket('udp4')
  for (const text of texts) {
    await new Promise<void>((done) => socket.send(text, port, '127.0.0.1', () => done()))
  }
  socket.close()
}

/** Settles when so many problems have been told. */
async function told(count: number): Promise<void> {
  await new Promise<void>((done) => {
    onTold = () => {
      if (problems.length >= count) done()
    }
    onTold()
  })
}

describe('UDP', () => {
  test('makes a message of each datagram, also of several lines', async () => {
    const { port } = await udp()
    await sendDatagrams(port, ['<1>one\n', '<1>two\nmore\r\n\0', '\n', '<1>three'])
    expect(await sink.texts(3)).toEqual(['<1>one', '<1>two\nmore', '<1>three'])
    expect(sink.lines[0]).toMatchObject({ peer: 'udp:127.0.0.1', tooLongBytes: null })
    expect(sink.lines[0]?.port).toBeGreaterThan(0)
  })

  test('drops and counts what comes while the spool is full, and what may not be sent', async () => {
    const listener = await udp()
    sink.isFull = true
    await sendDatagrams(listener.port, ['lost', 'lost'])
    await told(1)
    const strict = await udp({ allow: ['192.0.2.0/24', '2001:db8::/32'] })
    await sendDatagrams(strict.port, ['not allowed'])
    await Promise.all([listener.close(), strict.close()])
    listeners = []
    expect(await listener.counters()).toMatchObject({ droppedSpoolFull: 2, messages: 0 })
    expect(await strict.counters()).toMatchObject({ droppedNotAllowed: 1, messages: 0 })
    expect(sink.lines).toEqual([])
  })

  test('hands over what waits in the kernel when it is closed', async () => {
    const listener = await udp()
    listeners = []
    const texts = Array.from({ length: 50 }, (_, i) => `line ${i}`)
    await sendDatagrams(listener.port, texts)
    await listener.close()
    expect(sink.lines.map(({ bytes }) => bytes.toString())).toEqual(texts)
    const bytes = texts.join('').length
    expect(await listener.counters()).toMatchObject({ messages: 50, bytes })
  })

  test('measures what the kernel drops', async () => {
    const listener = await udp({ receiveBufferBytes: 4096 })
    const socket = createSocket('udp4')
    await new Promise<void>((done) => socket.connect(listener.port, '127.0.0.1', done))
    // Sent without a turn of the event loop in which the listener could read.
    const sent = Array.from({ length: 200 }, (_, i) => `${i} ${'x'.repeat(1000)}`)
    const done = Promise.all(sent.map((text) => new Promise((next) => socket.send(text, next))))
    await done
    socket.close()
    await listener.close()
    listeners = []
    const { messages, kernelDrops } = await listener.counters()
    if (process.platform !== 'linux') expect(kernelDrops).toBeNull()
    else {
      expect(kernelDrops).toBeGreaterThan(0)
      expect(messages + (kernelDrops ?? 0)).toBe(sent.length)
    }
  })

  test('tells when the kernel gives a smaller buffer', async () => {
    await udp({ receiveBufferBytes: 1024 ** 3 })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(
      /^udp 127\.0\.0\.1:\d+ the kernel gives a receive buffer of \d+ bytes instead of 1073741824/,
    )
  })

  testWithLogger('understands logger', async () => {
    const { port } = await udp()
    await runProgram('logger', ['--server', '127.0.0.1', '--port', `${port}`, '--udp', 'hello udp'])
    const [text] = await sink.texts(1)
    expect(text).toMatch(/^<13>.*hello udp$/)
  })
})

describe('TCP', () => {
  test('finds messages of several connections in either framing', async () => {
    const listener = await tcp()
    const [counted, delimited] = [await connected(listener), await connected(listener)]
    counted.end('9 <1>one\nab6 <1>two')
    await sink.texts(2)
    delimited.end('<1>three\n<1>four')
    expect(await sink.texts(4)).toEqual(['<1>one\nab', '<1>two', '<1>three', '<1>four'])
    expect(sink.lines.map(({ peer }) => peer)).toEqual(Array(4).fill('tcp:127.0.0.1'))
    expect(sink.lines[0]?.port).not.toBe(sink.lines[2]?.port)
    await Promise.all([once(counted, 'close'), once(delimited, 'close')])
  })

  test('hands over the beginning of what is too long, and goes on', async () => {
    const listener = await tcp()
    const client = await connected(listener)
    client.write(`${'x'.repeat(500_000)}\nafter\n`)
    await sink.texts(2)
    expect(sink.lines[0]?.tooLongBytes).toBe(500_000)
    expect(sink.lines[0]?.bytes).toHaveLength(LINE_BYTES_MAX)
    expect(sink.lines[1]?.bytes.toString()).toBe('after')
    expect(await listener.counters()).toMatchObject({ messages: 2, tooLong: 1, bytes: 500_005 })
  })

  test('closes a connection in which no message can be found, and says why', async () => {
    const listener = await tcp()
    const client = await connected(listener)
    client.write('6 <1>onegarbage')
    client.resume()
    await once(client, 'close')
    expect(await sink.texts(1)).toEqual(['<1>one'])
    expect(problems).toEqual([
      'tcp:127.0.0.1 sends something else where the length of a message must stand; the connection is closed',
    ])
    expect((await listener.counters()).framingErrors).toBe(1)
  })

  test('counts a message that its connection cut', async () => {
    const listener = await tcp()
    const client = await connected(listener)
    client.end('60 <1>one')
    client.resume()
    await once(client, 'close')
    await told(1)
    expect(problems).toEqual(['tcp:127.0.0.1 the connection ended within a message, which is lost'])
    expect(await listener.counters()).toMatchObject({ cutMessages: 1, messages: 0 })
  })

  test('lets senders wait while the spool is full, and loses nothing', async () => {
    const listener = await tcp()
    const client = await connected(listener)
    client.write('first\n')
    await sink.texts(1)
    sink.isFull = true
    const lines = Array.from({ length: 20_000 }, (_, i) => `${i} ${'x'.repeat(990)}`)
    const isTaken = client.write(`${lines.join('\n')}\n`)
    expect(isTaken).toBe(false)
    const drained = once(client, 'drain')
    const early = await Promise.race([drained, (await connected(listener)) && 'still waiting'])
    expect(early).toBe('still waiting')
    // At most what one turn had brought already.
    expect(sink.lines.length).toBeLessThan(200)
    sink.isFull = false
    await drained
    expect((await sink.texts(20_001)).slice(1)).toEqual(lines)
  })

  test('refuses connections over the limits at once', async () => {
    const listener = await tcp({ connectionsMax: 3, connectionsPerAddressMax: 2 })
    const kept = [await connected(listener), await connected(listener)]
    const refused = await connected(listener)
    refused.resume()
    await once(refused, 'close')
    expect(await listener.counters()).toMatchObject({
      connectionsOpen: 2,
      connectionsAccepted: 2,
      connectionsRefused: 1,
    })
    expect(problems).toEqual([
      'tcp:127.0.0.1 a connection was refused: 2 of this address are open, as many as are allowed',
    ])
    kept[0]?.end('one\n')
    kept[0]?.resume()
    await once(kept[0] as Socket, 'close')
    const next = await connected(listener)
    next.write('two\n')
    expect(await sink.texts(2)).toEqual(['one', 'two'])
  })

  test('closes connections on which nothing comes', async () => {
    const listener = await tcp({ idleMs: 30 })
    const client = await connected(listener)
    client.resume()
    await once(client, 'close')
    await listener.close()
    listeners = []
    expect((await listener.counters()).connectionsOpen).toBe(0)
  })

  test('drops connections of those that may not send', async () => {
    const listener = await tcp({ allow: ['192.0.2.7'] })
    const client = await connected(listener)
    client.resume()
    await once(client, 'close')
    expect((await listener.counters()).droppedNotAllowed).toBe(1)
  })

  test('hands over what is under way when it is closed', async () => {
    const listener = await tcp()
    listeners = []
    const client = await connected(listener)
    client.write('one\n')
    await sink.texts(1)
    const closed = listener.close()
    client.on('end', () => client.end('two\n'))
    client.resume()
    await closed
    expect(await sink.texts(2)).toEqual(['one', 'two'])
    expect((await listener.counters()).connectionsOpen).toBe(0)
  })

  testWithLogger.each([
    ['octet counting', ['--octet-count']],
    ['LF', []],
  ])('understands logger with %s', async (_name, options) => {
    const { port } = await tcp()
    const server = ['--server', '127.0.0.1', '--port', `${port}`, '--tcp']
    await runProgram('logger', [...server, ...options, 'hello tcp'])
    const [text] = await sink.texts(1)
    expect(text).toMatch(/^<13>.*hello tcp$/)
  })
})

describe('an address that cannot be listened at', () => {
  test.each(['udp', 'tcp'] as const)('is refused with a remedy: %s', async (transport) => {
    const { port } = transport === 'udp' ? await udp() : await tcp()
    const again = openSyslogListener({ transport, ...common(), port })
    await expect(again).rejects.toThrow(
      `Syslog cannot be received at ${transport} 127.0.0.1:${port}: another program listens there; stop it`,
    )
    const foreign = openSyslogListener({ transport, ...common(), address: '192.0.2.1' })
    await expect(foreign).rejects.toThrow('this machine has no such address')
  })
})

describeWithOpenssl('TLS', () => {
  let folder: string
  let authority: OwnCertificate
  let other: OwnCertificate
  let server: OwnCertificate
  let client: OwnCertificate
  let stranger: OwnCertificate

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'syslog-tls-'))
    authority = ownAuthority(folder, 'authority')
    other = ownAuthority(folder, 'other')
    server = signedCertificate(folder, 'server', authority)
    client = signedCertificate(folder, 'client', authority)
    stranger = signedCertificate(folder, 'stranger', other)
  })

  afterAll(() => rmSync(folder, { recursive: true }))

  async function listening(tls: Partial<TlsOptions> = {}): Promise<SyslogListener> {
    const { cert, key } = server
    const listener = await openSyslogListener({
      transport: 'tls',
      ...common(),
      tls: { cert, key, clientCa: authority.cert, clientCertificate: 'none', ...tls },
    })
    listeners.push(listener)
    return listener
  }

  /** Sends a message with `openssl s_client`. */
  async function send(port: number, options: readonly string[] = [], ca = authority) {
    const connecting = ['s_client', '-quiet', '-no_ign_eof', '-connect', `127.0.0.1:${port}`]
    const checking = ['-CAfile', ca.certFile, '-verify_return_error', '-verify_ip', '127.0.0.1']
    return await runProgram('openssl', [...connecting, ...checking, ...options], '10 <1>message')
  }

  const identity = ({ certFile, keyFile }: OwnCertificate) => ['-cert', certFile, '-key', keyFile]

  test.each(['-tls1_2', '-tls1_3'])('takes messages of openssl s_client %s', async (version) => {
    const listener = await listening()
    const sent = await send(listener.port, [version])
    expect(sent.status).toBe(0)
    expect(await sink.texts(1)).toEqual(['<1>message'])
    expect(sink.lines[0]?.peer).toBe('tls:127.0.0.1')
    await listener.close()
    listeners = []
    expect(await listener.counters()).toMatchObject({ handshakeFailures: 0, connectionsOpen: 0 })
  })

  test('says so when a sender trusts another authority', async () => {
    const { port } = await listening()
    const sent = await send(port, [], other)
    expect(sent.status).not.toBe(0)
    await told(1)
    expect(problems).toEqual([
      'tls:127.0.0.1 no TLS connection: it does not trust the certificate of this listener; give it the authority that signed it',
    ])
  })

  test.each([
    ['-tls1_2', 'none', 'it sent no certificate, and one is required'],
    ['-tls1_3', 'none', 'it sent no certificate, and one is required'],
    ['-tls1_2', 'foreign', 'its certificate is not signed by an authority in clientCaFile'],
    ['-tls1_3', 'foreign', 'its certificate is not signed by an authority in clientCaFile'],
  ])('refuses senders %s whose certificate is %s', async (version, which, reason) => {
    const listener = await listening({ clientCertificate: 'required' })
    await send(listener.port, [version, ...(which === 'none' ? [] : identity(stranger))])
    await told(1)
    expect(problems).toEqual([`tls:127.0.0.1 no TLS connection: ${reason}`])
    expect(await listener.counters()).toMatchObject({ handshakeFailures: 1, messages: 0 })
  })

  test('takes senders with a good certificate, and any without where it is optional', async () => {
    const strict = await listening({ clientCertificate: 'required' })
    await send(strict.port, identity(client))
    const easy = await listening({ clientCertificate: 'optional' })
    await send(easy.port)
    await send(easy.port, identity(client))
    expect(await sink.texts(3)).toEqual(Array(3).fill('<1>message'))
    await send(easy.port, identity(stranger))
    await told(1)
    expect((await easy.counters()).handshakeFailures).toBe(1)
  })

  test('tells who does not speak TLS, once a minute', async () => {
    const listener = await listening()
    for (let i = 0; i < 3; i++) {
      const plain = await connected(listener)
      plain.write('<1>plain text\n')
      plain.resume()
      await once(plain, 'close')
    }
    await told(1)
    expect(problems).toEqual(['tls:127.0.0.1 no TLS connection: it does not speak TLS'])
    expect((await listener.counters()).handshakeFailures).toBe(3)
  })

  test('refuses a key that does not belong to the certificate', async () => {
    await expect(listening({ key: client.key })).rejects.toThrow(
      'The certificate, key or authorities for TLS cannot be used: ',
    )
  })
})
