import { X509Certificate } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '@elastic/elasticsearch'
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import {
  testElasticsearch,
  whyNoTestElasticsearch,
} from '../../../../tools/elasticsearch/for-tests.mjs'
import { type AlertDocument, documentOf } from '../delivery/destination.ts'
import { clientOf, type ElasticsearchAccess } from './client.ts'
import { ElasticsearchDestination } from './elasticsearch-destination.ts'
import { createRunningKey } from './privileges.ts'
import { setUpElasticsearch } from './setup.ts'
import { isInFlattened, pathsIn, typeInCapabilities } from './testing/document-paths.ts'
import { alertIdOf, documentsOf, documentWith } from './testing/documents.ts'

const MINUTES_MS = 60_000
// A real server on a busy machine.
jest.setTimeout(2 * MINUTES_MS)
const NAMESPACE = 'test'
const LAST_WORDS = 'sekisho-alerts-*'
const STREAM = `logs-sekisho.alert-${NAMESPACE}`
const suite = whyNoTestElasticsearch() === null ? describe : describe.skip

suite('a real Elasticsearch', () => {
  let server: Awaited<ReturnType<typeof testElasticsearch>>
  let admin: Client
  let key = ''
  const refused: string[] = []
  const retried: string[] = []

  function access(auth: ElasticsearchAccess['auth']): ElasticsearchAccess {
    return { urls: [server.url], auth, ca: server.ca, caFingerprint: null, requestTimeoutMs: 5000 }
  }

  function destinationAs(auth: ElasticsearchAccess['auth'] = { apiKey: key }) {
    return new ElasticsearchDestination(
      { name: 'elasticsearch', access: access(auth), namespace: NAMESPACE },
      {
        clock: {
          nowMs: Date.now,
          sleep: (ms) => sleep(Math.min(ms, 200)),
        },
        random: () => 0.5,
        listener: {
          refused: async (_name, { body }, reason) => {
            refused.push(`${body.sekisho.alert.id} ${reason}`)
          },
          delivered: () => {},
          retried: (_name, reason) => retried.push(reason),
        },
      },
    )
  }

  async function delivered(documents: readonly AlertDocument[]): Promise<void> {
    const destination = destinationAs()
    await destination.deliver(documents, new AbortController().signal)
    await destination.close()
  }

  /** Every document of a target by id, without what names a delivery. */
  async function found(target: string): Promise<Map<string, Record<string, unknown>>> {
    await admin.indices.refresh({ index: target })
    const { hits } = await admin.search({ index: target, size: 10_000 })
    return new Map(
      hits.hits.map(({ _id, _source }) => {
        const { event, sekisho, ...rest } = _source as unknown as Record<
          string,
          Record<string, unknown>
        >
        const { ingested: _i, ...facts } = event ?? {}
        const { run: _r, ...own } = sekisho ?? {}
        return [_id as string, { ...rest, event: facts, sekisho: own }]
      }),
    )
  }

  beforeAll(async () => {
    server = await testElasticsearch({ isTls: true })
    admin = clientOf(access({ username: server.username, password: server.password }))
    const options = { namespace: NAMESPACE, replicas: 0, retention: '400d' }
    await setUpElasticsearch(admin, options)
    await setUpElasticsearch(admin, options)
    key = await createRunningKey(admin, NAMESPACE, 'sekisho-running')
  }, 4 * MINUTES_MS)

  afterAll(async () => {
    await admin?.close()
    await server?.stop()
  })

  beforeEach(async () => {
    refused.length = 0
    retried.length = 0
    const months = Object.keys(await admin.indices.get({ index: LAST_WORDS }))
    if (months.length > 0) await admin.indices.delete({ index: months })
    await admin.indices.deleteDataStream({ name: STREAM }).catch(() => {})
    await admin.indices.createDataStream({ name: STREAM })
  })

  test('holds the same documents after three deliveries, and after two at once', async () => {
    const documents = documentsOf(300)
    await delivered(documents)
    const once = [await found(LAST_WORDS), await found(STREAM)]
    expect(once.map(({ size }) => size)).toEqual([300, 300])
    await delivered(documents)
    await Promise.all([delivered(documents), delivered(documents)])
    expect([await found(LAST_WORDS), await found(STREAM)]).toEqual(once)
    expect(refused).toEqual([])
  })

  test('a word that knows more replaces the last one; a stale one does not', async () => {
    const first = { joinedEvents: 3, state: 'provisional', isMaterial: true } as const
    const revised = { ...first, joinedEvents: 5, isMaterial: false, isFresh: false, riskScore: 60 }
    const stale = { ...first, joinedEvents: 4, riskScore: 12 }
    await delivered([documentWith(first)])
    await delivered([documentWith(revised)])
    await delivered([documentWith(stale)])
    const last = [...(await found(LAST_WORDS)).values()]
    expect(last).toHaveLength(1)
    expect(last[0]).toMatchObject({ event: { risk_score: 60 } })
    // Not material, and said before: nothing more in the stream.
    expect((await found(STREAM)).size).toBe(1)
  })

  test('each material word is an entry of the stream; only a fresh one is an alert there', async () => {
    const provisional = { state: 'provisional', isMaterial: true } as const
    await delivered([
      documentWith({ ...provisional, joinedEvents: 3, isFresh: true }),
      documentWith({ ...provisional, joinedEvents: 4, isFresh: true, severity: 'high' }),
      documentWith({ ...provisional, joinedEvents: 4, state: 'retracted', isFresh: false }),
      documentWith({ ...provisional, joinedEvents: 5, isFresh: true, reopened: 1 }),
      documentWith({ joinedEvents: 5, isFresh: false }),
    ])
    const kinds = [...(await found(STREAM)).values()].map(
      ({ event }) => (event as { kind: string }).kind,
    )
    expect(kinds.sort()).toEqual(['alert', 'alert', 'alert', 'event', 'event'])
    const [last] = [...(await found(LAST_WORDS)).values()]
    expect(last).toMatchObject({ sekisho: { state: 'final' } })
  })

  test('a document that it refuses is told of once, and the others arrive', async () => {
    const [good, other] = documentsOf(2) as [AlertDocument, AlertDocument]
    const { body } = other
    const broken = { ...body, event: { ...body.event, start: 'no date' } }
    await delivered([good, documentOf(JSON.stringify(broken))])
    expect(refused).toHaveLength(1)
    expect(refused[0]).toMatch(/^0{31}1 400 document_parsing_exception/)
    expect([...(await found(LAST_WORDS)).keys()]).toEqual(['0'.repeat(32)])
  })

  test('addresses that are none cost nothing', async () => {
    const { body } = documentWith()
    const odd = { ...body, source: { ip: 'not-an-address', address: 'not-an-address' } }
    await delivered([documentOf(JSON.stringify(odd))])
    expect(refused).toEqual([])
    expect((await found(LAST_WORDS)).size).toBe(1)
  })

  test('a user who is unknown, then may not write, is waited for and told of until it is mended', async () => {
    const role = (indices: unknown[]) =>
      admin.security.putRole({ name: 'late', cluster: [], indices } as never)
    const told = async (reason: RegExp) => {
      while (!reason.test(retried.at(-1) ?? '')) await sleep(50)
    }
    await admin.security.deleteUser({ username: 'late' }, { ignore: [404] })
    const destination = destinationAs({ username: 'late', password: 'late-secret' })
    const delivery = destination.deliver(documentsOf(3), new AbortController().signal)
    await told(/^the key or user may not write there; mend it, .*: 401 security_exception/)
    await role([])
    await admin.security.putUser({ username: 'late', password: 'late-secret', roles: ['late'] })
    await told(/^the key or user may not write there; mend it, .*: 403 security_exception/)
    await role([{ names: [LAST_WORDS, STREAM], privileges: ['write', 'auto_configure'] }])
    await delivery
    await destination.close()
    expect((await found(LAST_WORDS)).size).toBe(3)
    expect(refused).toEqual([])
  })

  test('a month that somebody mapped otherwise refuses with the reason, other months take theirs', async () => {
    await admin.indices.create({
      index: 'sekisho-alerts-default-2026.03',
      mappings: { properties: { rule: { type: 'keyword' } } },
    })
    const other = documentWith({ id: 'other', day: '2026-04-01' })
    await delivered([...documentsOf(1), other])
    expect(refused).toEqual([
      expect.stringMatching(/^0{32} 400 document_parsing_exception: .*rule/),
    ])
    expect([...(await found(LAST_WORDS)).keys()]).toEqual(['other'])
    // Its entry in the stream came through.
    expect((await found(STREAM)).size).toBe(2)
  })

  test('a missing stream is waited for, and no index takes its place', async () => {
    await admin.indices.deleteDataStream({ name: STREAM })
    const delivery = delivered(documentsOf(2))
    while (retried.length === 0) await sleep(50)
    expect(retried[0]).toMatch(
      /^(a target is missing; `sekisho setup elasticsearch` makes it|the key)/,
    )
    await admin.indices.createDataStream({ name: STREAM })
    await delivery
    expect((await found(STREAM)).size).toBe(2)
  })

  test('its certificate is trusted by the fingerprint, too', async () => {
    if (server.ca === null) return
    const caFingerprint = new X509Certificate(server.ca).fingerprint256
    const client = clientOf({ ...access({ apiKey: key }), ca: null, caFingerprint })
    expect((await client.security.authenticate()).authentication_type).toBe('api_key')
    await client.close()
  })

  test.each([
    ['sekisho-alerts-default-2026.03', 'nested'],
    [STREAM, 'object'],
  ])(
    'every field of a document is mapped in %s, with its type; lists are %s',
    async (index, list) => {
      const { body } = documentWith()
      await delivered([documentWith()])
      const { fields } = await admin.fieldCaps({ index, fields: '*' })
      const types = (path: string) => Object.keys(fields[path] ?? {})
      const paths = pathsIn(body).filter((path) => !isInFlattened(path))
      expect(paths.length).toBeGreaterThan(100)
      expect(paths.map((path) => [path, types(path)])).toEqual(
        paths.map((path) => [path, [typeInCapabilities(path)]]),
      )
      expect(types('sekisho.evidence')).toEqual([list])
      expect(types('sekisho.counts')).toEqual(['flattened'])
    },
  )

  test(
    'a server that goes away and comes back has everything once',
    async () => {
      if (server.node === null) return
      const documents = documentsOf(200)
      await server.node.end('SIGKILL')
      const delivery = delivered(documents)
      await server.node.start()
      await delivery
      expect(retried.length).toBeGreaterThan(0)
      expect([(await found(LAST_WORDS)).size, (await found(STREAM)).size]).toEqual([200, 200])
    },
    3 * MINUTES_MS,
  )

  // The last, as the server stays so.
  describe('with little room', () => {
    const settings = {
      'indexing_pressure.memory.limit': '2mb',
      'thread_pool.write.size': 1,
      'thread_pool.write.queue_size': 1,
    }

    beforeAll(async () => {
      await server.node?.end('SIGKILL')
      await server.node?.start(settings)
    }, 3 * MINUTES_MS)

    test(
      'takes a batch that is larger than its memory in parts, but for a document that alone is',
      async () => {
        if (server.node === null) return
        const documents = documentsOf(40, { reason: 'x'.repeat(20_000) })
        const giant = documentWith({ id: 'giant', reason: 'x'.repeat(1_200_000) })
        await delivered([...documents.slice(0, 20), giant, ...documents.slice(20)])
        expect(refused).toHaveLength(1)
        expect(refused[0]).toMatch(/^giant 429 es_rejected_execution_exception: rejected execution/)
        expect([(await found(LAST_WORDS)).size, (await found(STREAM)).size]).toEqual([40, 40])
      },
      MINUTES_MS,
    )

    test(
      'takes what its queue had no room for when it is sent again',
      async () => {
        if (server.node === null) return
        // Each tenant has an index of its own, and each index asks for a place in the queue.
        const documents = Array.from({ length: 40 }, (_, i) =>
          documentWith({ id: alertIdOf(i), tenant: `tenant${i % 10}` }),
        )
        await delivered(documents)
        expect(retried.join()).toMatch(
          /429 es_rejected_execution_exception: rejected execution of TimedRunnable/,
        )
        expect(refused).toEqual([])
        expect([(await found(LAST_WORDS)).size, (await found(STREAM)).size]).toEqual([40, 40])
      },
      MINUTES_MS,
    )
  })
})
