import type { Client } from '@elastic/elasticsearch'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import {
  testElasticsearch,
  whyNoTestElasticsearch,
} from '../../../../tools/elasticsearch/for-tests.mjs'
import { type AlertDocument, documentOf } from '../delivery/destination.ts'
import { ecsOfAlert } from '../ecs-alert.ts'
import { jsonText } from '../json-text.ts'
import { SAMPLE_ALERT } from '../testing/sample-alert.ts'
import { clientOf, type ElasticsearchAccess } from './client.ts'
import { ElasticsearchDestination } from './elasticsearch-destination.ts'
import { createRunningKey, setUpElasticsearch } from './setup.ts'

const MINUTES_MS = 60_000
const NAMESPACE = 'test'
const STREAM = `logs-sekisho.alert-${NAMESPACE}`
const RUN = { id: 'run', mode: 'live', createdMs: 0, emittedAtMs: 0, ingestedMs: 0 } as const

type Change = Partial<typeof SAMPLE_ALERT>

function documentWith(change: Change = {}): AlertDocument {
  return documentOf(jsonText(ecsOfAlert({ ...SAMPLE_ALERT, ...change }, RUN)))
}

function alertsOf(count: number, change: Change = {}): AlertDocument[] {
  return Array.from({ length: count }, (_, i) =>
    documentWith({ ...change, id: i.toString(16).padStart(32, '0') }),
  )
}

const why = whyNoTestElasticsearch()

const suite = why === null ? describe : describe.skip

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
          sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 200))),
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
    server = await testElasticsearch()
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
    const months = Object.keys(await admin.indices.get({ index: 'sekisho-alerts-*' }))
    if (months.length > 0) await admin.indices.delete({ index: months })
    await admin.indices.deleteDataStream({ name: STREAM }).catch(() => {})
    await admin.indices.createDataStream({ name: STREAM })
  })

  test('holds the same documents after three deliveries, and after two at once', async () => {
    const documents = alertsOf(300)
    await delivered(documents)
    const once = [await found('sekisho-alerts-*'), await found(STREAM)]
    expect(once.map(({ size }) => size)).toEqual([300, 300])
    await delivered(documents)
    await Promise.all([delivered(documents), delivered(documents)])
    expect([await found('sekisho-alerts-*'), await found(STREAM)]).toEqual(once)
    expect(refused).toEqual([])
  })

  test('a word that knows more replaces the last one; a stale one does not', async () => {
    const first = { joinedEvents: 3, state: 'provisional', isMaterial: true } as const
    const revised = { ...first, joinedEvents: 5, isMaterial: false, isFresh: false, riskScore: 60 }
    const stale = { ...first, joinedEvents: 4, riskScore: 12 }
    await delivered([documentWith(first)])
    await delivered([documentWith(revised)])
    await delivered([documentWith(stale)])
    const last = [...(await found('sekisho-alerts-*')).values()]
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
    const [last] = [...(await found('sekisho-alerts-*')).values()]
    expect(last).toMatchObject({ sekisho: { state: 'final' } })
  })

  test('a document that it refuses is told of once, and the others arrive', async () => {
    const [good, other] = alertsOf(2) as [AlertDocument, AlertDocument]
    const { body } = other
    const broken = { ...body, event: { ...body.event, start: 'no date' } }
    await delivered([good, documentOf(JSON.stringify(broken))])
    expect(refused).toHaveLength(1)
    expect(refused[0]).toMatch(/^0{31}1 400 document_parsing_exception/)
    expect([...(await found('sekisho-alerts-*')).keys()]).toEqual(['0'.repeat(32)])
  })

  test('addresses that are none cost nothing', async () => {
    const { body } = documentWith()
    const odd = { ...body, source: { ip: 'not-an-address', address: 'not-an-address' } }
    await delivered([documentOf(JSON.stringify(odd))])
    expect(refused).toEqual([])
    expect((await found('sekisho-alerts-*')).size).toBe(1)
  })

  test('a user who may not write is waited for, told of, and goes on when mended', async () => {
    const role = (indices: unknown[]) =>
      admin.security.putRole({ name: 'late', cluster: [], indices } as never)
    await role([])
    await admin.security.putUser({ username: 'late', password: 'late-secret', roles: ['late'] })
    const destination = destinationAs({ username: 'late', password: 'late-secret' })
    const delivery = destination.deliver(alertsOf(3), new AbortController().signal)
    while (retried.length === 0) await new Promise((resolve) => setTimeout(resolve, 50))
    expect(retried[0]).toMatch(/^the key or user may not write there; mend it/)
    await role([{ names: ['sekisho-alerts-*', STREAM], privileges: ['write', 'auto_configure'] }])
    await delivery
    await destination.close()
    expect((await found('sekisho-alerts-*')).size).toBe(3)
    expect(refused).toEqual([])
  })

  test('the running key writes its two targets and can do nothing else', async () => {
    await delivered(alertsOf(2))
    const running = clientOf(access({ apiKey: key }))
    const month = 'sekisho-alerts-default-2026.03'
    const tries: [string, () => Promise<unknown>][] = [
      ['read alerts', () => running.search({ index: month })],
      ['read the stream', () => running.search({ index: STREAM })],
      ['delete a document', () => running.delete({ index: month, id: '0'.repeat(32) })],
      ['delete an index', () => running.indices.delete({ index: month })],
      ['write elsewhere', () => running.index({ index: 'elsewhere', document: { a: 1 } })],
      [
        'change a template',
        () => running.indices.putIndexTemplate({ name: 'sekisho-alerts', index_patterns: ['x'] }),
      ],
      ['make a key', () => running.security.createApiKey({ name: 'more' })],
      ['see the cluster', () => running.cluster.health()],
    ]
    const results = await Promise.all(
      tries.map(async ([name, act]) => {
        const status = await act().then(
          () => 'allowed',
          (error: { statusCode?: number }) => error.statusCode,
        )
        return [name, status]
      }),
    )
    await running.close()
    expect(results).toEqual(tries.map(([name]) => [name, 403]))
  })

  test('every field of a document is mapped, with its type', async () => {
    await delivered([documentWith()])
    const { fields } = await admin.fieldCaps({
      index: 'sekisho-alerts-*',
      fields: '*',
      include_unmapped: true,
    })
    const paths = pathsIn(documentWith().body)
    const unmapped = paths.filter((path) => fields[path] === undefined && !isFlattened(path))
    expect(unmapped).toEqual([])
    expect(Object.keys(fields['source.geo.location'] ?? {})).toEqual(['geo_point'])
  })

  test(
    'a server that goes away and comes back has everything once',
    async () => {
      if (server.node === null) return
      const documents = alertsOf(200)
      await server.node.end('SIGKILL')
      const delivery = delivered(documents)
      await server.node.start()
      await delivery
      expect(retried.length).toBeGreaterThan(0)
      expect([(await found('sekisho-alerts-*')).size, (await found(STREAM)).size]).toEqual([
        200, 200,
      ])
    },
    3 * MINUTES_MS,
  )
})

/** Paths of every value that is no object. */
function pathsIn(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((each) => pathsIn(each, path)))]
  if (typeof value !== 'object' || value === null) return [path]
  if (path.endsWith('location')) return [path]
  return Object.entries(value).flatMap(([name, member]) =>
    pathsIn(member, path === '' ? name : `${path}.${name}`),
  )
}

function isFlattened(path: string): boolean {
  return /^sekisho\.(counts|score\.terms\.quantities)\./.test(path)
}
