import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect as connectTo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { clientOf, createRunningKey, setUpElasticsearch } from '@sekisho/alert-sink/elasticsearch'
import {
  testElasticsearch,
  whyNoTestElasticsearch,
} from '../../../../tools/elasticsearch/for-tests.mjs'
import { loginFailed, tunnelUp } from '../testing/fortigate-lines.ts'
import { type Outcome, startedSekisho } from '../testing/sekisho.ts'

const LIMIT_MS = 180_000
const HOUR_S = 3600
const ALERTS = 80
const NAMESPACE = 'replayed'
const STREAM = `logs-sekisho.alert-${NAMESPACE}`
const INDICES = 'sekisho-alerts-default-*'

/** Twelve names that fail at one address. */
function attackAt(address: string): string[] {
  return Array.from({ length: 12 }, (_, i) =>
    loginFailed(20 * HOUR_S + i * 40, `${address.replaceAll('.', 'x')}n${i}`, address),
  )
}

const ATTACKS = Array.from({ length: ALERTS }, (_, i) => attackAt(`203.0.${i + 1}.9`))

type Documents = Readonly<Record<string, unknown>>

/** Passes on what the client sends, until so much of the bulk request has, or, with all of it, until there is an answer. */
interface Cut {
  readonly port: number
  close(): Promise<void>
}

async function cutBehind(target: URL, bulkBytes: number, onCut: () => void): Promise<Cut> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((client) => {
    const upstream = connectTo(Number(target.port), target.hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
    }
    let left = Number.POSITIVE_INFINITY
    let isBulk = false
    client.on('data', (bytes: Buffer) => {
      const at = bytes.indexOf('POST /_bulk')
      if (at >= 0) left = at + bulkBytes
      isBulk ||= at >= 0
      upstream.write(bytes.subarray(0, Math.max(0, left)))
      left -= bytes.length
      if (left > 0) return
      onCut()
      upstream.end()
    })
    upstream.on('data', (bytes: Buffer) => {
      if (isBulk) onCut()
      else client.write(bytes)
    })
    client.on('close', () => upstream.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    port,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const why = whyNoTestElasticsearch()
const suite = why === null ? describe : describe.skip

suite('replay --elasticsearch on a real server', () => {
  let server: Awaited<ReturnType<typeof testElasticsearch>>
  let admin: ReturnType<typeof clientOf>
  let folder = ''
  let keyFile = ''

  beforeAll(async () => {
    server = await testElasticsearch()
    const { url, username, password, ca } = server
    admin = clientOf({
      urls: [url],
      auth: { username, password },
      ...{ ca, caFingerprint: null, requestTimeoutMs: 30_000 },
    })
    folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
    keyFile = join(folder, 'elasticsearch.key')
    writeFileSync(keyFile, await createRunningKey(admin, NAMESPACE, 'replay'), { mode: 0o600 })
  }, LIMIT_MS)

  afterAll(async () => {
    await admin?.close()
    await server?.stop()
    if (folder !== '') rmSync(folder, { recursive: true })
  }, LIMIT_MS)

  beforeEach(emptied, LIMIT_MS)

  /** Both targets are empty. */
  async function emptied(): Promise<void> {
    await admin.indices.deleteDataStream({ name: `${STREAM}*` })
    for (const { index } of await admin.cat.indices({ index: INDICES, format: 'json' })) {
      if (index !== undefined) await admin.indices.delete({ index })
    }
    await setUpElasticsearch(admin, { namespace: NAMESPACE, replicas: 0, retention: '30d' })
  }

  let runs = 0

  function replayed(lines: readonly string[], url = server.url) {
    const log = join(folder, `${lines.length}.log`)
    writeFileSync(log, `${lines.join('\n')}\n`)
    const out = join(folder, `alerts-${++runs}.ndjson`)
    const flags = ['--elasticsearch', url, '--elasticsearch-api-key-file', keyFile]
    const more = ['--elasticsearch-namespace', NAMESPACE, '--out', out]
    return startedSekisho(['replay', log, ...flags, ...more], { folder })
  }

  /** What is there, by index and id, without what names a run and a delivery. */
  async function documents(): Promise<{ last: Documents; material: Documents }> {
    await admin.indices.refresh({ index: `${INDICES},${STREAM}` })
    return { last: await documentsIn(INDICES), material: await documentsIn(STREAM) }
  }

  async function documentsIn(index: string): Promise<Documents> {
    const { hits } = await admin.search({ index, size: 2 * ALERTS })
    const entries = hits.hits.map(({ _index, _id, _source }) => {
      const { event, sekisho, ...rest } = _source as Record<string, Record<string, unknown>>
      const { run: _run, ...facts } = sekisho ?? {}
      const { ingested: _ingested, created: _created, ...told } = event ?? {}
      // The hidden index behind a data stream carries the day on which it was made.
      const name = `${index === STREAM ? STREAM : _index} ${_id}`
      return [name, { ...rest, event: told, sekisho: facts }] as const
    })
    return Object.fromEntries(entries)
  }

  function succeeded({ code, stderr }: Outcome): void {
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
  }

  test(
    'three times, two at once, and killed in the middle of a bulk: the same documents',
    async () => {
      succeeded(await replayed(ATTACKS.flat()).ended)
      const once = await documents()
      expect(Object.keys(once.last)).toHaveLength(ALERTS)
      expect(Object.keys(once.material)).toHaveLength(ALERTS)
      for (let i = 0; i < 2; i++) succeeded(await replayed(ATTACKS.flat()).ended)
      expect(await documents()).toEqual(once)

      await emptied()
      const both = [replayed(ATTACKS.flat()), replayed(ATTACKS.flat())]
      for (const { ended } of both) succeeded(await ended)
      expect(await documents()).toEqual(once)
    },
    LIMIT_MS,
  )

  // Within the head of the request, within its body, and after all of it, when the answer is on its way.
  test.each([100, 4000, Number.POSITIVE_INFINITY])(
    'killed when %d bytes of a bulk have gone out, and run again: the same documents',
    async (bulkBytes) => {
      let killed = (): void => {}
      const cut = await cutBehind(new URL(server.url), bulkBytes, () => killed())
      try {
        const { child, ended } = replayed(ATTACKS.flat(), `http://127.0.0.1:${cut.port}`)
        killed = () => child.kill('SIGKILL')
        expect((await ended).code).toBeNull()
      } finally {
        await cut.close()
      }
      succeeded(await replayed(ATTACKS.flat()).ended)
      const after = await documents()
      expect(Object.keys(after.last)).toHaveLength(ALERTS)
      expect(Object.keys(after.material)).toHaveLength(ALERTS)
    },
    LIMIT_MS,
  )

  test(
    'lines that come later replace the last word, and add an entry only where they matter; an old run changes nothing',
    async () => {
      const [attack = []] = ATTACKS
      const one = loginFailed(20 * HOUR_S + 600, 'late', '203.0.1.9')
      const success = tunnelUp(20 * HOUR_S + 700, 'late', '203.0.1.9')
      const first = await afterReplay(attack)
      expect(first.material).toHaveLength(1)

      const revised = await afterReplay([...attack, one])
      expect(revised.last.map(evidenceTotalOf)).toEqual([13])
      expect(revised.material).toEqual(first.material)

      const succeededNow = await afterReplay([...attack, one, success])
      // Who got in behind the failures is an alert of their own.
      expect(succeededNow.last.map(evidenceTotalOf).sort()).toEqual([12, 13])
      expect(succeededNow.material.length).toBeGreaterThan(first.material.length)

      // Whoever knows less comes too late.
      expect(await afterReplay(attack)).toEqual(succeededNow)
    },
    LIMIT_MS,
  )

  async function afterReplay(lines: readonly string[]) {
    succeeded(await replayed(lines).ended)
    const { last, material } = await documents()
    return { last: Object.values(last), material: Object.values(material) }
  }

  function evidenceTotalOf(document: unknown): number {
    return (document as { sekisho: { evidence_total: number } }).sekisho.evidence_total
  }
})
