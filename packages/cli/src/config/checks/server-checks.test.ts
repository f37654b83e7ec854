import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { AUTHORITY_CERTIFICATE, SERVER_CERTIFICATE, SERVER_KEY } from '../testing/certificates.ts'
import { SettingsFolder } from '../testing/service-settings.ts'
import { loginRow, setUpRow, versionRow } from './elasticsearch-check.ts'
import { serverChecks } from './server-checks.ts'

let folder: SettingsFolder
let servers: Server[]
/** Bytes that servers were sent after the handshake. */
let received: number

beforeEach(() => {
  folder = new SettingsFolder()
  servers = []
  received = 0
  folder.write('ca.pem', AUTHORITY_CERTIFICATE)
  folder.write('cert.pem', SERVER_CERTIFICATE)
  folder.write('key.pem', SERVER_KEY)
})
afterEach(async () => {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  folder.remove()
})

/** @returns the port of a server at 127.0.0.1 that takes everything and says nothing */
async function portOf(server: Server): Promise<number> {
  server.on(server.listenerCount('secureConnection') > 0 ? 'tlsClientError' : 'error', () => {})
  servers.push(server.listen(0, '127.0.0.1'))
  await once(server, 'listening')
  return (server.address() as { port: number }).port
}

const plain = (): Server => createServer((socket) => socket.on('data', count).on('error', () => {}))

function secure(wantsCertificate = false): Server {
  const files = { cert: SERVER_CERTIFICATE, key: SERVER_KEY, ca: AUTHORITY_CERTIFICATE }
  const wishes = { requestCert: wantsCertificate, rejectUnauthorized: wantsCertificate }
  return createTlsServer({ ...files, ...wishes }, (socket) => {
    socket.on('data', count).on('error', () => {})
  })
}

function count(bytes: Buffer): void {
  received += bytes.length
}

/** @returns the one row about an output, without its label */
async function rowOf(output: string): Promise<string> {
  const [row, ...more] = await serverChecks(folder.serviceConfig(`outputs: [{${output}}]\n`))
  expect(more).toEqual([])
  expect(row?.check).toBe('outputs[1]')
  return `${row?.result}: ${row?.detail.replaceAll(folder.path, 'DIR')}`
}

const trusted = 'tls: {caFile: ca.pem}'
const withCertificate = 'tls: {caFile: ca.pem, certFile: cert.pem, keyFile: key.pem}'

describe('syslog', () => {
  const over = (transport: string, port: number, more = '') =>
    rowOf(`type: syslog, transport: ${transport}, address: 127.0.0.1, port: ${port}, ${more}`)

  test('over UDP nobody can tell', async () => {
    expect(await over('udp', 1)).toMatch(/^pass: .*nobody tells whether it arrives$/)
  })

  test('over TCP: somebody listens, or nobody', async () => {
    const port = await portOf(plain())
    expect(await over('tcp', port)).toBe(`pass: 127.0.0.1 port ${port} answers`)
    expect(await over('tcp', 1)).toBe(
      'unreachable: 127.0.0.1 port 1 cannot be reached: nothing listens there',
    )
  })

  test('over TLS: trusted by its authority only, and for its own name', async () => {
    const port = await portOf(secure())
    const place = `127.0.0.1 port ${port}`
    expect(await over('tls', port, trusted)).toBe(`pass: ${place} answers over TLS, and is trusted`)
    expect(await over('tls', port)).toBe(
      `unreachable: ${place} cannot be reached: the authority of its certificate is not known; name it with caFile`,
    )
    expect(await over('tls', port, 'tls: {caFile: ca.pem, serverName: other.example}')).toBe(
      `unreachable: ${place} cannot be reached: its certificate is for another name`,
    )
    expect(await over('tls', port, 'tls: {caFile: no.pem}')).toMatch(/^fail: DIR\/no\.pem/)
    expect(received).toBe(0)
  })

  test('over TLS: a server that wants a certificate', async () => {
    const port = await portOf(secure(true))
    expect(await over('tls', port, withCertificate)).toMatch(/^pass: /)
    expect(await over('tls', port, trusted)).toMatch(
      /^unreachable: .*it wants a certificate from us; name one with certFile and keyFile$/,
    )
  })

  test('over TLS: a server that does not speak it, or ends the connection', async () => {
    const ending = await portOf(createServer((socket) => socket.destroy()))
    expect(await over('tls', ending, trusted)).toMatch(/^unreachable: .*ends? the connection/)
    const other = await portOf(
      createServer((socket) =>
        socket
          .on('error', () => {})
          .resume()
          .end('220 mail\r\n'),
      ),
    )
    expect(await over('tls', other, trusted)).toMatch(/^unreachable: .*does not speak TLS there$/)
  })
})

describe('webhook', () => {
  test('is connected to, and nothing is posted', async () => {
    const port = await portOf(secure())
    const url = `https://127.0.0.1:${port}/hook`
    expect(await rowOf(`type: webhook, url: "${url}", caFile: ca.pem`)).toBe(
      `pass: 127.0.0.1 port ${port} answers over TLS, and is trusted`,
    )
    expect(await rowOf(`type: webhook, url: "${url}"`)).toMatch(/^unreachable: .*is not known/)
    const http = await portOf(plain())
    expect(await rowOf(`type: webhook, url: "http://127.0.0.1:${http}/"`)).toMatch(/^pass: /)
    expect(received).toBe(0)
  })

  test('a secret that cannot be read, an address that is none', async () => {
    folder.write('url', 'https://127.0.0.1:1/CANARY', 0o644)
    const hook = 'type: webhook, template: slack, urlFile: url'
    expect(await rowOf(hook)).toMatch(/^fail: DIR\/url .*can be read by others/)
    folder.write('address', 'CANARY')
    const row = await rowOf('type: webhook, urlFile: address')
    expect(row).toMatch(/^fail: DIR\/address \(outputs\[1\]\.urlFile\) holds no address/)
    expect(row).not.toContain('CANARY')
  })
})

describe('elasticsearch', () => {
  test('is away', async () => {
    expect(await rowOf('type: elasticsearch, urls: ["http://127.0.0.1:1"]')).toMatch(
      /^unreachable: http:\/\/127\.0\.0\.1:1 cannot be reached/,
    )
  })

  test('what a login may do', () => {
    expect(loginRow({ missing: [], tooMuch: [] }, 'x').result).toBe('pass')
    expect(loginRow({ missing: ['index'], tooMuch: ['all'] }, 'x')).toMatchObject({
      result: 'fail',
      detail: expect.stringMatching(/^may not index; sekisho setup elasticsearch --create-key/),
    })
    const tooMuch = [...'abcdefg']
    expect(loginRow({ missing: [], tooMuch }, 'x')).toMatchObject({
      result: 'warn',
      detail: expect.stringContaining(': a, b, c, d, e and 2 more; '),
    })
    expect(loginRow({ missing: [], tooMuch: tooMuch.slice(0, 5) }, 'x').detail).toContain(
      ': a, b, c, d, e; ',
    )
  })

  test('its version, where it can be seen', () => {
    expect(versionRow('c', null, 'x')).toMatchObject({ result: 'pass' })
    expect(versionRow('c', '10.0.0', 'x')).toMatchObject({ result: 'pass' })
    expect(versionRow('c', '8.19.1', 'x')).toMatchObject({
      result: 'fail',
      detail: 'the cluster is of version 8.19.1: Elasticsearch 9 or newer is needed',
    })
  })

  test('what is there', () => {
    const row = (...states: ('equal' | 'changed' | 'missing' | 'unknown')[]) =>
      setUpRow(
        states.map((state) => ({ name: state, state })),
        'x',
      )
    expect(row('equal')).toMatchObject({ result: 'pass', detail: 'are those of this version' })
    expect(row('equal', 'unknown').detail).toContain('cannot be seen with this login')
    expect(row('unknown', 'missing', 'changed')).toMatchObject({
      result: 'fail',
      detail: 'missing or not of this version: missing, changed; run sekisho setup elasticsearch',
    })
  })
})
