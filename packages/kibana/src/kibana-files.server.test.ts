import type { Client } from '@elastic/elasticsearch'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import {
  clientOf,
  ElasticsearchDestination,
  setUpElasticsearch,
} from '@sekisho/alert-sink/elasticsearch'
import {
  testElasticsearch,
  whyNoTestElasticsearch,
} from '../../../tools/elasticsearch/for-tests.mjs'
import { LAST_WORDS, MATERIAL_WORDS } from './description/words.ts'
import { kibanaFiles } from './kibana-files.ts'
import { askedCapabilities, askedGaps } from './testing/asked-server.ts'
import { fieldProblems } from './testing/field-problems.ts'
import { mappedCapabilities } from './testing/mapped-capabilities.ts'
import { readFiles } from './testing/read-files.ts'
import { sampleDocuments } from './testing/sample-documents.ts'

const LIMIT_MS = 4 * 60_000
// A real server on a busy machine.
jest.setTimeout(LIMIT_MS / 2)
const NAMESPACE = 'kibana'
const suite = whyNoTestElasticsearch() === null ? describe : describe.skip

suite('what Kibana will ask of a real Elasticsearch that has the alerts of the samples', () => {
  let server: Awaited<ReturnType<typeof testElasticsearch>>
  let client: Client
  const refused: string[] = []

  beforeAll(async () => {
    server = await testElasticsearch()
    const { url, username, password, ca } = server
    const auth = { username, password }
    const access = { urls: [url], auth, ca, caFingerprint: null, requestTimeoutMs: 30_000 }
    client = clientOf(access)
    await setUpElasticsearch(client, { namespace: NAMESPACE, replicas: 0, retention: '400d' })
    const listener = {
      refused: async (_: string, __: unknown, reason: string) => {
        refused.push(reason)
      },
      delivered: () => {},
      retried: () => {},
    }
    const clock = { nowMs: Date.now, sleep: async () => {} }
    const destination = new ElasticsearchDestination(
      { name: 'elasticsearch', access, namespace: NAMESPACE },
      { clock, random: () => 0.5, listener },
    )
    await destination.deliver(sampleDocuments(), new AbortController().signal)
    await destination.close()
    await client.indices.refresh({ index: [LAST_WORDS.title, MATERIAL_WORDS.title] })
  }, LIMIT_MS)

  afterAll(async () => {
    await client?.close()
    await server?.stop()
  }, LIMIT_MS)

  /** Problems of the fields on the server, and gaps in its answers. */
  async function found(files = kibanaFiles()): Promise<string[]> {
    const { problems, readings } = readFiles(files)
    const all = [...problems]
    for (const reading of readings) {
      const bad = fieldProblems(reading, await askedCapabilities(client, reading.index))
      // A question with a wrong field is refused or has no answer: the field says more.
      all.push(...(bad.length > 0 ? bad : await askedGaps(client, reading)))
    }
    return all
  }

  /** The files with every `from` as `to`. */
  function filesWith(from: string, to: string) {
    return kibanaFiles().map(({ name, text }) => ({ name, text: text.replaceAll(from, to) }))
  }

  test(
    'every field is there with a fitting type, and every question has rows',
    async () => {
      expect(refused).toEqual([])
      expect(await found()).toEqual([])
    },
    LIMIT_MS,
  )

  test.each([LAST_WORDS, MATERIAL_WORDS])(
    '$name has the fields of the templates',
    async ({ title }) => {
      const asked = await askedCapabilities(client, title)
      const leaves = [...mappedCapabilities(title)].filter(([, { type }]) => type !== 'nested')
      const types = leaves.map(([path, { type }]) => [
        path,
        type === 'match_only_text' ? 'text' : type,
      ])
      expect(leaves.map(([path]) => [path, asked.get(path)?.type])).toEqual(types)
    },
  )

  test.each([
    [
      'a misspelt field of a chart',
      '"observer.name',
      '"observer.nmae',
      /observer.nmae is not mapped/,
    ],
    [
      'a date histogram of words',
      '@timestamp',
      'rule.name',
      /rule.name is keyword, which does not fit: date/,
    ],
    [
      'a sum of words',
      'sekisho.evidence_total',
      'sekisho.state',
      /sekisho.state is keyword, which does not fit: number/,
    ],
    [
      'a number format for words',
      'sekisho.travel.to.asn',
      'sekisho.travel.to.as_name',
      /data view sekisho-last-words: sekisho.travel.to.as_name is keyword/,
    ],
    ['a map of words', 'source.geo.location', 'source.geo.city_name', /does not fit: point/],
    [
      'a field inside of a nested one',
      'sekisho.term_names',
      'sekisho.score.terms.name',
      /sekisho.score.terms.name is not mapped/,
    ],
    [
      'a question without rows',
      'sekisho.late_beyond_horizon: true',
      'sekisho.severity: grave',
      /panel late: no documents/,
    ],
    [
      'a column of a chart without a value',
      'sekisho.state: retracted',
      'sekisho.state: taken',
      /panel gateway-quality: value-2 is empty in every row/,
    ],
    [
      'a column of a search without a value',
      'sekisho.superseded_by',
      'sekisho.travel.to.city_name',
      /search sekisho-retractions: sekisho.travel.to.city_name is empty in every row/,
    ],
    [
      'a line without its other end',
      'sekisho.travel.distance_km: *',
      'rule.id: N1',
      /layer travel: no lines/,
    ],
    [
      'a rule on a field that is not there',
      'event.ingested',
      'event.indexed',
      /rule sekisho-alerts: event.indexed is not mapped/,
    ],
    [
      'a rule without rows',
      'event.dataset: sekisho.alert',
      'event.dataset: other',
      /rule sekisho-alerts: no documents/,
    ],
  ])(
    '%s is found',
    async (_, from, to, problem) => {
      expect(await found(filesWith(from, to))).toContainEqual(expect.stringMatching(problem))
    },
    LIMIT_MS,
  )
})
