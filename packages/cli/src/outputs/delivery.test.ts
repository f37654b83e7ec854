import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { alertDocumentsOf } from '../testing/alert-documents.ts'
import { loginFailed } from '../testing/fortigate-lines.ts'
import { startedSekisho } from '../testing/sekisho.ts'

const LIMIT_MS = 60_000
const HOUR_S = 3600
const ALERTS = 5

/** Twelve names that fail at each of some addresses. */
const ATTACKS = Array.from({ length: ALERTS }, (_, alert) =>
  Array.from({ length: 12 }, (_, i) =>
    loginFailed(20 * HOUR_S + i * 40, `n${alert}x${i}`, `203.0.${alert + 1}.9`),
  ),
).flat()

let folder = ''
let server: Server
/** Ids of alerts in the order in which they came, and what is answered to the next ones; then 200. */
let received: string[] = []
let answers: number[] = []
let onRequest = (): void => {}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
  received = []
  answers = []
  onRequest = () => {}
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const status = answers.shift() ?? 200
      const body = JSON.parse(Buffer.concat(chunks).toString()) as { event: { id: string } }
      if (status === 200) received.push(body.event.id)
      response.writeHead(status).end()
      onRequest()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  writeFileSync(join(folder, 'in.log'), `${ATTACKS.join('\n')}\n`)
  writeFileSync(
    join(folder, 'sekisho.yaml'),
    `http: false\nstate: {folder: state}\noutputs:\n- {type: webhook, url: "http://127.0.0.1:${port}/"}\n- {type: file, path: alerts.ndjson}\n`,
  )
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})

function run() {
  return startedSekisho(['run', join(folder, 'in.log')], { folder })
}

function written(): string[] {
  return [...new Set(alertDocumentsOf(join(folder, 'alerts.ndjson')).map(idOf))].sort()
}

function idOf({ sekisho }: { readonly sekisho: { readonly alert: { readonly id: string } } }) {
  return sekisho.alert.id
}

describe('alerts of run on their way to a server', () => {
  test(
    'a server that is away for a while gets all of them, and run ends when it has',
    async () => {
      answers = [503, 503, 429]
      const { code, stderr } = await run().ended
      expect(code).toBe(0)
      expect(stderr).toContain('the receiver answered 503')
      expect(written()).toHaveLength(ALERTS)
      expect([...new Set(received)].sort()).toEqual(written())
    },
    LIMIT_MS,
  )

  test(
    'what it refuses is kept with the reason, and the others arrive',
    async () => {
      answers = [400]
      const { code, stderr } = await run().ended
      expect(code).toBe(0)
      expect(stderr).toContain('refuses an alert')
      const refused = readFileSync(
        join(folder, 'state', 'run', 'outbox', 'refused-alerts.ndjson'),
        'utf8',
      )
      const [line, ...more] = refused.trimEnd().split('\n')
      expect(more).toEqual([])
      const { destination, reason, document } = JSON.parse(line ?? '')
      expect({ destination, reason }).toEqual({
        destination: 'webhook',
        reason: 'the receiver answered 400',
      })
      expect(written()).toContain(idOf(document))
    },
    LIMIT_MS,
  )

  test(
    'killed on the way, the next start delivers what is left',
    async () => {
      const { child, ended } = run()
      onRequest = () => {
        if (received.length === 2) child.kill('SIGKILL')
      }
      expect((await ended).code).toBeNull()
      const before = received.length
      onRequest = () => {}
      expect((await run().ended).code).toBe(0)
      expect([...new Set(received)].sort()).toEqual(written())
      // What was on its way when it was killed may come again; nothing else does.
      expect(received.length).toBeGreaterThan(before)
      expect(existsSync(join(folder, 'state', 'run', 'outbox', 'refused-alerts.ndjson'))).toBe(
        false,
      )
    },
    LIMIT_MS,
  )

  test(
    'asked to end while the server is away, it ends in time and keeps the rest',
    async () => {
      answers = Array.from({ length: 1000 }, () => 503)
      const { child, ended } = run()
      onRequest = () => {
        // A second signal would end it at once.
        onRequest = () => {}
        child.kill('SIGTERM')
      }
      const { code } = await ended
      expect(code).toBe(0)
      answers = []
      onRequest = () => {}
      expect((await run().ended).code).toBe(0)
      expect([...new Set(received)].sort()).toEqual(written())
    },
    LIMIT_MS,
  )
})
