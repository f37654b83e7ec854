import { describe, expect, test } from '@jest/globals'
import { ECS_FIELDS, OWN_FIELDS } from './fields.ts'
import { componentTemplates, indexTemplates, mappingsOf } from './templates.ts'

const OPTIONS = { replicas: 1, retention: '400d' }

interface Mapping {
  readonly type?: string
  readonly dynamic?: boolean
  readonly properties?: Readonly<Record<string, Mapping>>
}

/** Types by path, of fields that have one. */
function typesIn({ properties = {} }: Mapping, path = ''): [string, string][] {
  return Object.entries(properties).flatMap(([name, mapping]) => {
    const own: [string, string][] = mapping.type ? [[`${path}${name}`, mapping.type]] : []
    return [...own, ...typesIn(mapping, `${path}${name}.`)]
  })
}

function typesOf(template: { template: { mappings: Mapping } }): [string, string][] {
  return typesIn(template.template.mappings)
}

describe('mappingsOf', () => {
  test('nests by path', () => {
    expect(mappingsOf({ 'a.b': 'date', 'a.c': 'nested', 'a.c.d': 'ip', e: 'keyword' })).toEqual({
      dynamic: false,
      properties: {
        a: {
          properties: {
            b: { type: 'date' },
            c: { type: 'nested', properties: { d: { type: 'ip', ignore_malformed: true } } },
          },
        },
        e: { type: 'keyword', ignore_above: 1024 },
      },
    })
  })
})

describe('templates', () => {
  const components = componentTemplates(OPTIONS)
  const { 'sekisho-alerts': lastWords, 'logs-sekisho.alert': stream } = indexTemplates(OPTIONS)
  const shared = [...typesOf(components['sekisho-ecs']), ...typesOf(components['sekisho-fields'])]

  test('last words have every field, with its type', () => {
    const types = Object.fromEntries([...shared, ...typesOf(lastWords as never)])
    expect(types).toEqual({ ...ECS_FIELDS, ...OWN_FIELDS })
  })

  test('the stream has every field, and none of them nested', () => {
    const types = Object.fromEntries([...shared, ...typesOf(stream as never)])
    const nested = Object.entries(OWN_FIELDS).filter(([, type]) => type === 'nested')
    expect(nested.map(([path]) => path)).toEqual([
      'sekisho.score.terms',
      'sekisho.score.considered',
      'sekisho.evidence',
    ])
    expect({ ...types, ...Object.fromEntries(nested) }).toEqual({ ...ECS_FIELDS, ...OWN_FIELDS })
    expect(Object.values(types)).not.toContain('nested')
  })

  test('no document can add fields', () => {
    const mappings = [
      components['sekisho-ecs'],
      components['sekisho-fields'],
      lastWords,
      stream,
    ].map((each) => (each as { template: { mappings: Mapping } }).template.mappings.dynamic)
    expect(mappings).toEqual([false, false, false, false])
  })

  test('stand above those that come with Elasticsearch, which has one for logs-*-*', () => {
    expect([lastWords?.priority, stream?.priority]).toEqual([300, 300])
    expect([lastWords?.index_patterns, stream?.index_patterns]).toEqual([
      ['sekisho-alerts-*'],
      ['logs-sekisho.alert-*'],
    ])
  })

  test('only the stream is one, and is kept as long as asked for', () => {
    expect(lastWords).not.toHaveProperty('data_stream')
    expect(stream).toMatchObject({
      data_stream: {},
      template: { lifecycle: { data_retention: '400d' } },
    })
  })

  test('what is not given is left out', () => {
    expect(JSON.stringify([componentTemplates({}), indexTemplates({})])).not.toMatch(
      /replicas|lifecycle/,
    )
    expect(JSON.stringify(components['sekisho-settings'])).toContain('"number_of_replicas":1')
  })
})
