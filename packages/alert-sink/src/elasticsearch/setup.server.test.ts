import type { Client } from '@elastic/elasticsearch'
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import {
  testElasticsearch,
  whyNoTestElasticsearch,
} from '../../../../tools/elasticsearch/for-tests.mjs'
import { clientOf, type ElasticsearchAccess } from './client.ts'
import { isSetUp } from './installed.ts'
import { deleteBefore, monthsBefore } from './months.ts'
import { operationsOf, sourceOf } from './operations.ts'
import {
  checkPrivileges,
  createRunningKey,
  invalidateOlderKeys,
  runningPrivileges,
} from './privileges.ts'
import { setUpElasticsearch } from './setup.ts'
import { documentWith } from './testing/documents.ts'
import { forbiddenAttempts } from './testing/forbidden-attempts.ts'

const MINUTES_MS = 60_000
const NAMESPACE = 'setup'
const STREAM = `logs-sekisho.alert-${NAMESPACE}`
const MONTH = 'sekisho-alerts-default-2026.03'
const OPTIONS = { namespace: NAMESPACE, replicas: 0, retention: '400d' }

jest.setTimeout(2 * MINUTES_MS)

const suite = whyNoTestElasticsearch() === null ? describe : describe.skip

suite('set-up and privileges on a real Elasticsearch', () => {
  let server: Awaited<ReturnType<typeof testElasticsearch>>
  let admin: Client
  const clients: Client[] = []

  function clientAs(auth: ElasticsearchAccess['auth']): Client {
    const access = { urls: [server.url], auth, ca: server.ca, caFingerprint: null }
    const client = clientOf({ ...access, requestTimeoutMs: 30_000 })
    clients.push(client)
    return client
  }

  async function keyWith(indices: unknown[], cluster: string[] = []): Promise<Client> {
    const { encoded } = await admin.security.createApiKey({
      name: 'sekisho-test',
      role_descriptors: { test: { cluster, indices } },
    } as never)
    return clientAs({ apiKey: encoded })
  }

  beforeAll(async () => {
    server = await testElasticsearch()
    admin = clientAs({ username: server.username, password: server.password })
  }, 4 * MINUTES_MS)

  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()))
    await server?.stop()
  })

  /** Nothing of ours is there. */
  beforeEach(async () => {
    const months = await admin.indices.get({ index: 'sekisho-alerts-*', expand_wildcards: 'all' })
    for (const index of Object.keys(months)) await admin.indices.delete({ index })
    await admin.indices.deleteDataStream({ name: 'logs-sekisho.alert-*' })
    const ignore = [404]
    for (const name of ['sekisho-alerts', 'logs-sekisho.alert']) {
      await admin.indices.deleteIndexTemplate({ name }, { ignore })
    }
    for (const name of ['sekisho-ecs', 'sekisho-fields', 'sekisho-settings']) {
      await admin.cluster.deleteComponentTemplate({ name }, { ignore })
    }
  })

  /** Writes an alert as the destination does. @returns status of each item */
  async function written(client: Client, change = {}): Promise<unknown[]> {
    const operations = operationsOf(documentWith(change), STREAM).flatMap((each) => [
      each.action,
      sourceOf(each, 0),
    ])
    const { items } = await client.bulk({ operations, refresh: true })
    return items.map((item) => Object.values(item)[0]?.status)
  }

  describe('setUpElasticsearch and isSetUp', () => {
    async function states() {
      const { isSetUp: is, things } = await isSetUp(admin, OPTIONS)
      return [is, ...things.map(({ state }) => state)]
    }

    test('creates what is missing, leaves alone what is there, replaces what is different', async () => {
      expect(await states()).toEqual([false, ...Array(6).fill('missing')])
      expect(await setUpElasticsearch(admin, OPTIONS)).toEqual([
        'created the component template sekisho-ecs',
        'created the component template sekisho-fields',
        'created the component template sekisho-settings',
        'created the index template sekisho-alerts',
        'created the index template logs-sekisho.alert',
        `created the data stream ${STREAM}`,
      ])
      expect(await states()).toEqual([true, ...Array(6).fill('equal')])
      const again = await setUpElasticsearch(admin, OPTIONS)
      expect(again).toHaveLength(6)
      expect(again.filter((each) => !each.endsWith(' is there already'))).toEqual([])

      await admin.cluster.putComponentTemplate({
        name: 'sekisho-ecs',
        template: { mappings: { properties: { message: { type: 'keyword' } } } },
      })
      expect(await states()).toEqual([false, 'changed', ...Array(5).fill('equal')])
      const mended = await setUpElasticsearch(admin, OPTIONS)
      expect(mended[0]).toBe('replaced the component template sekisho-ecs (was different)')
      expect(mended.at(-1)).toMatch(/^rolled over the data stream/)
      expect(await states()).toEqual([true, ...Array(6).fill('equal')])
    })

    test('options that are not given are not compared, others are', async () => {
      await setUpElasticsearch(admin, OPTIONS)
      expect((await isSetUp(admin, { namespace: NAMESPACE })).isSetUp).toBe(true)
      const { things } = await isSetUp(admin, { namespace: NAMESPACE, replicas: 2 })
      expect(things.filter(({ state }) => state !== 'equal')).toEqual([
        { kind: 'component template', name: 'sekisho-settings', state: 'changed' },
      ])
    })

    test('a login that may not look is told so', async () => {
      await setUpElasticsearch(admin, OPTIONS)
      const running = clientAs({ apiKey: await createRunningKey(admin, NAMESPACE, 'looking') })
      const { isSetUp: is, things } = await isSetUp(running, OPTIONS)
      expect(is).toBe(false)
      expect(things.slice(0, 5).map(({ state }) => state)).toEqual(Array(5).fill('unknown'))
    })
  })

  describe('the running key', () => {
    let running: Client

    // Making a key takes a second: the server waits until it can be found.
    beforeAll(async () => {
      running = clientAs({ apiKey: await createRunningKey(admin, NAMESPACE, 'sekisho-running') })
    })

    beforeEach(async () => {
      await setUpElasticsearch(admin, OPTIONS)
      expect(await written(running)).toEqual([201, 201])
    })

    test('writes its two targets, again, and the first alert of a month', async () => {
      expect(await written(running)).toEqual([200, 409])
      expect(await written(running, { day: '2026-04-01', id: 'b' })).toEqual([201, 201])
      const { hits } = await admin.search({ index: ['sekisho-alerts-*', STREAM] })
      expect(hits.hits).toHaveLength(4)
    })

    test('can do nothing else', async () => {
      const { id, version } = documentWith().body.sekisho.alert
      const [entry] = (await admin.search({ index: STREAM })).hits.hits
      const targets = {
        ...{ month: MONTH, id, stream: STREAM },
        ...{ behind: entry?._index as string, entryId: entry?._id as string },
      }
      const results: [string, unknown][] = []
      for (const { what, ...request } of forbiddenAttempts(targets)) {
        const status = await running.transport.request(request).then(
          () => 'allowed',
          (error: { statusCode?: number }) => error.statusCode,
        )
        results.push([what, status])
      }
      expect(results).toEqual(results.map(([what]) => [what, 403]))
      expect(results.length).toBeGreaterThan(30)
      expect((await admin.get({ index: MONTH, id }))._version).toBe(version)
    })

    test('can do nothing else in bulk', async () => {
      const place = { _index: MONTH, _id: documentWith().body.sekisho.alert.id }
      const { items } = await running.bulk({
        operations: [
          { delete: place },
          ...[{ update: { ...place, _source: true } }, { doc: {} }],
          ...[{ index: { _index: 'elsewhere' } }, {}],
          ...[{ index: { _index: STREAM } }, { '@timestamp': 0 }],
        ],
      })
      const [deleted, updated, elsewhere, replaced] = items.map((item) => Object.values(item)[0])
      expect([deleted?.status, updated?.status, elsewhere?.status]).toEqual([403, 403, 403])
      // A stream takes no `index`, whoever asks.
      expect(replaced?.status).toBe(400)
    })

    test('has no privilege to delete the stream, which the test server does not ask for', async () => {
      const { index } = await running.security.hasPrivileges({
        index: [{ names: [STREAM], privileges: ['indices:admin/data_stream/delete'] }],
      } as never)
      expect(index[STREAM]).toEqual({ 'indices:admin/data_stream/delete': false })
    })

    test('is told to have what it needs and no more, by itself', async () => {
      expect(await checkPrivileges(running, NAMESPACE)).toEqual({ missing: [], tooMuch: [] })
    })

    test('older keys of its name are invalidated when asked for, others and itself are not', async () => {
      await admin.security.invalidateApiKey({ name: 'rolling' })
      const older = await createRunningKey(admin, NAMESPACE, 'rolling')
      const other = clientAs({ apiKey: await createRunningKey(admin, NAMESPACE, 'rolling-too') })
      const current = await createRunningKey(admin, NAMESPACE, 'rolling')
      const [olderId] = Buffer.from(older, 'base64').toString().split(':')
      expect(await invalidateOlderKeys(admin, 'rolling', current)).toEqual([olderId])
      expect(await invalidateOlderKeys(admin, 'rolling', current)).toEqual([])
      await expect(written(clientAs({ apiKey: older }))).rejects.toMatchObject({ statusCode: 401 })
      expect(await written(clientAs({ apiKey: current }))).toEqual([200, 409])
      expect(await written(other)).toEqual([200, 409])
    })
  })

  describe('checkPrivileges', () => {
    test('tells what is missing', async () => {
      const [lastWords] = runningPrivileges(NAMESPACE).indices
      const half = await keyWith([lastWords])
      expect(await checkPrivileges(half, NAMESPACE)).toEqual({
        missing: [`create_doc on ${STREAM}`],
        tooMuch: [],
      })
      const none = await keyWith([{ names: ['else'], privileges: ['read'] }])
      expect((await checkPrivileges(none, NAMESPACE)).missing).toEqual([
        'indices:data/write/index on sekisho-alerts-*',
        'indices:data/write/bulk* on sekisho-alerts-*',
        'indices:admin/auto_create on sekisho-alerts-*',
        `create_doc on ${STREAM}`,
      ])
    })

    test('tells what is too much: all of a superuser, and what a role of named privileges has beside', async () => {
      const { missing, tooMuch } = await checkPrivileges(admin, NAMESPACE)
      expect(missing).toEqual([])
      expect(tooMuch).toEqual(
        expect.arrayContaining([
          'manage_security of the cluster',
          'read on sekisho-alerts-*',
          `delete on ${STREAM}`,
          'create_doc on logs-*',
        ]),
      )
      const named = await keyWith([
        { names: ['sekisho-alerts-*'], privileges: ['index', 'auto_configure'] },
        { names: [STREAM], privileges: ['create_doc'] },
      ])
      expect(await checkPrivileges(named, NAMESPACE)).toEqual({
        missing: [],
        tooMuch: ['indices:data/write/update on sekisho-alerts-*'],
      })
    })

    test.each([
      [{ names: ['logs-*'], privileges: ['create_doc'] }, 'create_doc on logs-*'],
      [{ names: ['*'], privileges: ['read'] }, 'read on *'],
      [{ names: ['sekisho-*'], privileges: ['write'] }, 'write on sekisho-elsewhere'],
      [{ names: [STREAM], privileges: ['delete'] }, `delete on ${STREAM}`],
    ])('%j beside is too much', async (more, told) => {
      const key = await keyWith([...runningPrivileges(NAMESPACE).indices, more])
      const { missing, tooMuch } = await checkPrivileges(key, NAMESPACE)
      expect(missing).toEqual([])
      expect(tooMuch).toContain(told)
    })
  })

  describe('deleteBefore', () => {
    test('deletes earlier months of every tenant, and nothing else', async () => {
      await setUpElasticsearch(admin, OPTIONS)
      const [old, kept] = [
        [
          'sekisho-alerts-default-2025.12',
          'sekisho-alerts-a__0011223344556677-2026.01',
          'sekisho-alerts-default-2026.02',
        ],
        [
          'sekisho-alerts-default-2026.03',
          'sekisho-alerts-default-2026.12',
          'sekisho-alerts-default',
          'sekisho-alerts-a-b-2025.01',
          'sekisho-alerts-a-2025.01-shrunk',
          'xsekisho-alerts-a-2025.01',
          'alerts-2025.01',
        ],
      ]
      for (const index of [...old, ...kept]) await admin.indices.create({ index })
      await admin.indices.close({ index: old[0] as string })
      await admin.indices.putAlias({
        index: 'alerts-2025.01',
        name: 'sekisho-alerts-alias-2025.01',
      })
      expect(await monthsBefore(admin, '2026-03')).toEqual([...old].sort())
      expect(await deleteBefore(admin, '2026-03')).toEqual([...old].sort())
      expect(await deleteBefore(admin, '2026-03')).toEqual([])
      const left = Object.keys(await admin.indices.get({ index: [...kept, `${STREAM}*`] }))
      expect(left).toHaveLength(kept.length + 1)
      await admin.indices.delete({ index: ['xsekisho-alerts-a-2025.01', 'alerts-2025.01'] })
    })
  })
})
