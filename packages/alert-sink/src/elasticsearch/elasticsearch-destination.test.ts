import { describe, expect, test } from '@jest/globals'
import { DeliveryStopped, documentOf } from '../delivery/destination.ts'
import { ElasticsearchDestination } from './elasticsearch-destination.ts'
import { documentsOf, documentWith } from './testing/documents.ts'
import { recordingTools } from './testing/recording-tools.ts'
import { answerWith, asked, deliveredTo, errorAnswer, TAKEN } from './testing/scripted-delivery.ts'
import { type Script, type ScriptedAnswer, scriptedServer } from './testing/scripted-server.ts'

const NOT_MATERIAL = { isMaterial: false } as const

describe('a whole request that fails', () => {
  test.each<[string, ScriptedAnswer | null, RegExp]>([
    [
      '503',
      errorAnswer(503, 'unavailable_shards_exception'),
      /^503 unavailable_shards_exception: why/,
    ],
    [
      '401',
      errorAnswer(401, 'security_exception'),
      /^the key or user may not write there; mend it/,
    ],
    [
      '403',
      errorAnswer(403, 'security_exception'),
      /^the key or user may not write there; mend it/,
    ],
    [
      'a page of a proxy with 200',
      { status: 200, body: '<html>' },
      /^200: .*is a proxy in between/,
    ],
    ['an empty 200', { status: 200, body: {} }, /^200: .*is a proxy in between/],
    ['null with 200', { status: 200, body: null }, /is a proxy in between/],
    ['400 of a proxy', { status: 400, body: 'plain HTTP sent to HTTPS port' }, /^400/],
    ['502 of a proxy', { status: 502, body: '<html>Bad Gateway' }, /^502/],
    ['a hang-up', null, /^ConnectionError: /],
  ])('%s: is sent again as it was, until it is taken', async (_, answer, reason) => {
    const { told, sizes } = await deliveredTo(documentsOf(3), [answer, answer])
    expect(sizes).toEqual([6, 6, 6])
    expect(told.retried).toHaveLength(2)
    expect(told.retried[0]).toMatch(reason)
    expect([told.delivered, told.refused]).toEqual([3, []])
  })

  test('waits grow while it fails', async () => {
    const { told } = await deliveredTo(documentsOf(1), Array(6).fill(errorAnswer(503, 'x')))
    expect(told.waitsMs).toEqual([200, 300, 500, 900, 1700, 3300])
  })

  test('a document carries the time of the request that brought it', async () => {
    const { seen, told } = await deliveredTo(documentsOf(1, NOT_MATERIAL), [errorAnswer(503, 'x')])
    const ingestedMs = seen.map((each) => Date.parse(`${asked(each)[0]?.source.event.ingested}`))
    expect(ingestedMs).toEqual([Date.UTC(2026, 10, 20), Date.UTC(2026, 10, 20) + 200])
    expect(told.waitsMs).toEqual([200])
  })

  test('stops when it is told to', async () => {
    const stop = new AbortController()
    const server = await scriptedServer(() => errorAnswer(503, 'x'))
    const { tools } = recordingTools()
    const stopping = {
      ...tools,
      listener: { ...tools.listener, retried: () => stop.abort() },
    }
    const access = { urls: [server.url], auth: null, ca: null, caFingerprint: null }
    const destination = new ElasticsearchDestination(
      { name: 'es', access: { ...access, requestTimeoutMs: 5000 }, namespace: 'test' },
      stopping,
    )
    await expect(destination.deliver(documentsOf(1), stop.signal)).rejects.toThrow(DeliveryStopped)
    expect(server.seen).toHaveLength(1)
    await destination.close()
    await server.stop()
  })
})

describe('a request that never gets in as a whole', () => {
  const tooMany = (most: number, answer: ScriptedAnswer): Script => {
    return (request) =>
      request.lines.length / 2 > most ? answer : answerWith(request, () => TAKEN)
  }

  test.each<[string, ScriptedAnswer]>([
    ['413', { status: 413, body: '' }],
    ['400 of Elasticsearch', errorAnswer(400, 'illegal_argument_exception')],
    [
      '429 because it is above the limit',
      errorAnswer(
        429,
        'es_rejected_execution_exception',
        'x coordinating_operation_bytes=9, max_coordinating_bytes=8',
      ),
    ],
  ])('%s: is halved at once', async (_, answer) => {
    const { told, sizes } = await deliveredTo(documentsOf(4, NOT_MATERIAL), [], tooMany(1, answer))
    expect(sizes).toEqual([4, 2, 1, 1, 2, 1, 1])
    expect([told.delivered, told.refused, told.retried]).toEqual([4, [], []])
  })

  test('429 without room: is halved the second time, waits in between', async () => {
    const answer = errorAnswer(429, 'circuit_breaking_exception')
    const { told, sizes } = await deliveredTo(documentsOf(4, NOT_MATERIAL), [], tooMany(2, answer))
    expect(sizes).toEqual([4, 4, 2, 2])
    expect(told.retried).toHaveLength(2)
    expect([told.delivered, told.refused]).toEqual([4, []])
  })

  test('items without room: is halved the second time that there is none for any', async () => {
    const full = { status: 429, error: { type: 'es_rejected_execution_exception' } }
    const { told, sizes } = await deliveredTo(documentsOf(4, NOT_MATERIAL), [], (request) =>
      answerWith(request, () => (request.lines.length > 4 ? full : TAKEN)),
    )
    expect(sizes).toEqual([4, 4, 2, 2])
    expect([told.delivered, told.refused, told.retried.length]).toEqual([4, [], 2])
  })

  test('429 of one alone: is tried until there is room, never refused', async () => {
    const answer = errorAnswer(
      429,
      'es_rejected_execution_exception',
      'coordinating_operation_bytes=8, max_coordinating_bytes=8',
    )
    const { told, sizes } = await deliveredTo(documentsOf(1, NOT_MATERIAL), Array(20).fill(answer))
    expect(sizes).toEqual(Array(21).fill(1))
    expect(told.waitsMs.at(-1)).toBe(15_100)
    expect([told.delivered, told.refused]).toEqual([1, []])
  })

  test.each<[string, ScriptedAnswer, RegExp]>([
    [
      '413',
      { status: 413, body: '' },
      /^x 413: the server takes no request so large \(\d+ characters\)/,
    ],
    [
      '400',
      errorAnswer(400, 'action_request_validation_exception'),
      /^x 400 action_request_validation_exception: why/,
    ],
    [
      '429 above the limit',
      errorAnswer(
        429,
        'es_rejected_execution_exception',
        'coordinating_operation_bytes=9, max_coordinating_and_primary_bytes=8',
      ),
      /^x 429 es_rejected_execution_exception: coordinating_operation_bytes=9/,
    ],
  ])('%s of one alone: it is refused once, the others arrive', async (_, answer, reason) => {
    const documents = [...documentsOf(3), documentWith({ id: 'x' })]
    const { told } = await deliveredTo(documents, [], (request) =>
      asked(request).some(({ id }) => id.startsWith('x'))
        ? answer
        : answerWith(request, () => TAKEN),
    )
    expect(told.refused).toHaveLength(1)
    expect(told.refused[0]).toMatch(reason)
    expect(told.delivered).toBe(3)
  })

  test('a batch above 5 MB goes in several requests', async () => {
    const reason = 'x'.repeat(1_000_000)
    const { sizes, told } = await deliveredTo(documentsOf(6, { ...NOT_MATERIAL, reason }), [])
    expect(sizes).toEqual([2, 2, 2])
    expect(told.delivered).toBe(6)
  })
})

describe('items of a response', () => {
  test('those without room are sent again, and only they', async () => {
    const full = { status: 429, error: { type: 'es_rejected_execution_exception', reason: 'full' } }
    const second = documentsOf(3, NOT_MATERIAL)[1]?.body.sekisho.alert.id
    const { told, seen } = await deliveredTo(documentsOf(3, NOT_MATERIAL), [
      (request) => answerWith(request, (id) => (id === second ? full : TAKEN)),
    ])
    expect(seen.map((each) => asked(each).map(({ id }) => id)).at(-1)).toEqual([second])
    expect(told.retried).toEqual(['429 es_rejected_execution_exception: full'])
    expect(told.delivered).toBe(3)
  })

  test('items that are missing are asked for again', async () => {
    const { told, sizes } = await deliveredTo(documentsOf(3, NOT_MATERIAL), [
      { status: 200, body: { items: [{ index: TAKEN }] } },
    ])
    expect(sizes).toEqual([3, 2])
    expect(told.delivered).toBe(3)
  })

  test('one that is refused in both places is told of once and not counted as delivered', async () => {
    const odd = { status: 400, error: { type: 'document_parsing_exception', reason: 'odd' } }
    const documents = [...documentsOf(2), documentWith({ id: 'x' })]
    const { told, sizes } = await deliveredTo(documents, [
      (request) => answerWith(request, (id) => (id.startsWith('x') ? odd : TAKEN)),
    ])
    expect(sizes).toEqual([6])
    expect(told.refused).toEqual(['x 400 document_parsing_exception: odd'])
    expect(told.delivered).toBe(2)
  })

  test('conflicts are what was there before', async () => {
    const conflict = { status: 409, error: { type: 'version_conflict_engine_exception' } }
    const { told, sizes } = await deliveredTo(documentsOf(2), [
      (request) => answerWith(request, () => conflict),
    ])
    expect([sizes, told.delivered, told.refused]).toEqual([[4], 2, []])
  })
})

describe('several words on one alert in one batch', () => {
  const words = [10, 20].map((riskScore) => documentWith({ ...NOT_MATERIAL, riskScore }))

  test('the latest is sent, and no earlier one comes after it, whatever is tried again', async () => {
    const full = { status: 429, error: { type: 'es_rejected_execution_exception' } }
    const { seen, told } = await deliveredTo(words, [(request) => answerWith(request, () => full)])
    const scores = seen.map((each) => asked(each).map(({ source }) => source.event.risk_score))
    expect(scores).toEqual([[20], [20]])
    expect(told.delivered).toBe(2)
  })

  test('the earlier one takes the place of a latest one that is refused', async () => {
    const odd = { status: 400, error: { type: 'document_parsing_exception' } }
    const { seen, told } = await deliveredTo(words, [(request) => answerWith(request, () => odd)])
    expect(seen.map((each) => asked(each)[0]?.source.event.risk_score)).toEqual([20, 10])
    expect([told.refused.length, told.delivered]).toEqual([1, 1])
  })

  test('also when the server takes no part of the request', async () => {
    const { seen, told } = await deliveredTo(words, [errorAnswer(400, 'x_content_parse_exception')])
    expect(seen.map((each) => asked(each)[0]?.source.event.risk_score)).toEqual([20, 10])
    expect([told.refused.length, told.delivered]).toEqual([1, 1])
  })
})

test('what is no alert document is refused without asking the server', async () => {
  const { told, sizes } = await deliveredTo(
    [documentOf('null'), ...documentsOf(1, NOT_MATERIAL)],
    [],
  )
  expect(told.refused).toEqual(['undefined not an alert document: it has no event'])
  expect([told.delivered, sizes]).toEqual([1, [1]])
})

test('nothing at all is not told of as delivered', async () => {
  const { told, seen } = await deliveredTo([], [])
  expect([told.deliveries, seen]).toEqual([0, []])
})

test.each([
  ['as id and key', 'id:key'],
  ['as base64', 'aWQ6a2V5'],
  ['from a file with a line end', 'aWQ6a2V5\n'],
])('a key is taken %s', async (_, apiKey) => {
  const { seen } = await deliveredTo(documentsOf(1), [], undefined, apiKey)
  expect(seen[0]?.authorization).toBe('ApiKey aWQ6a2V5')
})
