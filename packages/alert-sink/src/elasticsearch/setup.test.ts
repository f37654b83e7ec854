import { describe, expect, test } from '@jest/globals'
import { clientOf } from './client.ts'
import { setUpElasticsearch } from './setup.ts'
import { componentTemplates, indexTemplates } from './templates.ts'
import {
  type Script,
  type ScriptedAnswer,
  type SeenRequest,
  scriptedServer,
} from './testing/scripted-server.ts'

const OPTIONS = { namespace: 'default', replicas: 1, retention: '400d' }
const STREAM = 'logs-sekisho.alert-default'

const DONE: ScriptedAnswer = { status: 200, body: { acknowledged: true } }

/** What a server says that was set up with these options. */
function setUpWith(options: typeof OPTIONS, { path }: SeenRequest): ScriptedAnswer {
  const name = path.split('/').at(-1) as string
  const components = componentTemplates(options) as Record<string, object>
  const templates = indexTemplates(options) as Record<string, object>
  const stream = { name, lifecycle: { enabled: true, data_retention: options.retention } }
  return {
    status: 200,
    body: {
      component_templates: [{ name, component_template: components[name] }],
      index_templates: [{ name, index_template: templates[name] }],
      data_streams: [stream],
    },
  }
}

/** Sets up a server that has been set up with `there`, and answers changes with `change`. */
async function changesOf(there: typeof OPTIONS, change: Script = () => DONE) {
  const server = await scriptedServer((request) =>
    request.method === 'GET' ? setUpWith(there, request) : change(request),
  )
  const access = { urls: [server.url], auth: null, ca: null, caFingerprint: null }
  const client = clientOf({ ...access, requestTimeoutMs: 5000 })
  try {
    const done = await setUpElasticsearch(client, OPTIONS)
    const changes = server.seen.filter(({ method }) => method !== 'GET')
    return { done, changes: changes.map(({ method, path }) => `${method} ${path}`) }
  } finally {
    await client.close()
    await server.stop()
  }
}

describe('setUpElasticsearch', () => {
  test('changes nothing where everything is as it should be', async () => {
    const { done, changes } = await changesOf(OPTIONS)
    expect(changes).toEqual([])
    expect(done.every((each) => each.endsWith(' is there already'))).toBe(true)
  })

  test('changes the retention of a stream that exists, too', async () => {
    const { done, changes } = await changesOf({ ...OPTIONS, retention: '30d' })
    expect(changes).toEqual([
      'PUT /_index_template/logs-sekisho.alert',
      `PUT /_data_stream/${STREAM}/_lifecycle`,
      `POST /${STREAM}/_rollover`,
    ])
    expect(done).toContain(`the data stream ${STREAM} is kept for 400d from now on`)
  })

  test('tells of a server that cannot, and goes on', async () => {
    const { done } = await changesOf({ ...OPTIONS, retention: '30d' }, ({ path }) =>
      path.endsWith('/_lifecycle') ? { status: 400, body: { error: 'no handler found' } } : DONE,
    )
    expect(done).toContainEqual(
      expect.stringContaining(`${STREAM} is kept as long as before, not for 400d: `),
    )
    expect(done.at(-1)).toMatch(/^rolled over/)
  })

  test('replaces what is different, and rolls over once', async () => {
    const { done, changes } = await changesOf({ ...OPTIONS, replicas: 0 })
    expect(changes).toEqual([
      'PUT /_component_template/sekisho-settings',
      `POST /${STREAM}/_rollover`,
    ])
    expect(done).toContain('replaced the component template sekisho-settings (was different)')
  })

  test.each<[string, ScriptedAnswer | null]>([
    ['is not allowed to', { status: 403, body: { error: { type: 'security_exception' } } }],
    ['is cut off', null],
  ])('tells why it failed when it %s', async (_, change) => {
    await expect(changesOf({ ...OPTIONS, replicas: 0 }, () => change)).rejects.toThrow()
  })
})
