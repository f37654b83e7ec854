import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { makeCertificates } from '../siem/testing/certificates.ts'
import { clientOf, type ElasticsearchAccess } from './client.ts'
import { fingerprintOf } from './pinned-authority.ts'

describe('fingerprintOf', () => {
  const digits = 'AB'.repeat(32)

  test.each([digits, digits.toLowerCase(), 'AB:'.repeat(31).concat('ab'), ` ${digits}\n`])(
    'reads %j',
    (text) => {
      expect(fingerprintOf(text)).toBe(digits)
    },
  )

  test.each(['', 'AB'.repeat(31), `${digits}A`, 'XY'.repeat(32), 'sha256'])(
    '%j is none',
    (text) => {
      expect(fingerprintOf(text)).toBeNull()
    },
  )
})

describe('a server with a certificate of an own authority', () => {
  let folder: string
  const servers: Server[] = []
  const requests: string[] = []

  const pem = (name: string) => readFileSync(join(folder, name), 'utf8')
  const fingerprint = (name: string) => new X509Certificate(pem(name)).fingerprint256

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sekisho-client-'))
    makeCertificates(folder)
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  afterEach(async () => {
    requests.length = 0
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })

  /** A server that answers anything. @returns its port */
  async function serverWith(key: string, certificates: readonly string[]): Promise<number> {
    const cert = certificates.map(pem).join('')
    const server = createServer({ key: pem(key), cert }, (request, response) => {
      requests.push(`${request.url}`)
      response.writeHead(200, {
        'content-type': 'application/json',
        'x-elastic-product': 'Elasticsearch',
      })
      response.end('{}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    servers.push(server)
    return (server.address() as AddressInfo).port
  }

  /** @returns what came of a request: ok, or why not */
  async function asked(port: number, trust: Partial<ElasticsearchAccess>, host = '127.0.0.1') {
    const client = clientOf({
      ...{ urls: [`https://${host}:${port}`], auth: null, ca: null, caFingerprint: null },
      ...{ requestTimeoutMs: 5000, ...trust },
    })
    try {
      await client.info()
      await client.info()
      return 'ok'
    } catch (error) {
      return (error as Error).message
    } finally {
      await client.close()
    }
  }

  test('is trusted by the authority, or by its fingerprint', async () => {
    const port = await serverWith('server.key', ['server.crt', 'ca.crt'])
    expect(await asked(port, { ca: pem('ca.crt') })).toBe('ok')
    expect(await asked(port, { caFingerprint: fingerprint('ca.crt') })).toBe('ok')
    expect(requests).toHaveLength(4)
  })

  test('is not trusted by nothing, another authority or its fingerprint, and is sent nothing', async () => {
    const port = await serverWith('server.key', ['server.crt', 'ca.crt'])
    const [own, ca, other] = ['server.crt', 'ca.crt', 'other.crt'].map(fingerprint)
    expect(await asked(port, {})).toMatch(/self-signed certificate in certificate chain/)
    expect(await asked(port, { ca: pem('other.crt') })).toMatch(/self-signed certificate/)
    expect(await asked(port, { caFingerprint: `${other}` })).toContain(
      `has the fingerprint that was given; it shows ${own}, ${ca}`,
    )
    expect(requests).toEqual([])
  })

  test('is not trusted under another name', async () => {
    const port = await serverWith('server.key', ['server.crt', 'ca.crt'])
    const trust = { caFingerprint: fingerprint('ca.crt') }
    expect(await asked(port, trust, 'localhost')).toMatch(/does not match certificate's altnames/)
    expect(requests).toEqual([])
  })

  test('is not trusted for showing an authority that did not sign for it', async () => {
    // Who listens in has the authority's certificate, and makes one that names it as its issuer.
    const at = (name: string) => join(folder, name)
    const run = (args: readonly string[]) =>
      execFileSync('openssl', ['req', '-x509', '-config', at('openssl.cnf'), ...args], {
        stdio: 'pipe',
      })
    const key = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
    ]
    const out = (name: string) => ['-keyout', at(`${name}.key`), '-out', at(`${name}.crt`)]
    run([...key, ...out('false-ca'), '-subj', '/CN=ca'])
    run([
      ...[...key, ...out('false'), '-subj', '/CN=server'],
      ...['-CA', at('false-ca.crt'), '-CAkey', at('false-ca.key')],
      ...['-addext', 'subjectAltName=IP:127.0.0.1', '-addext', 'authorityKeyIdentifier=none'],
    ])
    const port = await serverWith('false.key', ['false.crt', 'ca.crt'])
    const trust = { caFingerprint: fingerprint('ca.crt') }
    expect(await asked(port, trust)).toMatch(
      /certificate signature failure|unable to verify|unable to get/,
    )
    expect(requests).toEqual([])
  })

  test('a text that is no fingerprint is told of at once', () => {
    const access = { urls: ['https://127.0.0.1:1'], auth: null, ca: null, requestTimeoutMs: 5000 }
    expect(() => clientOf({ ...access, caFingerprint: 'sha256' })).toThrow(RangeError)
  })
})
