import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { PROJECT } from '../testing/sekisho.ts'
import { parseConfig } from './config.ts'
import { jsonSchema } from './config-command.ts'
import { SETTINGS } from './settings.ts'

const page = readFileSync(join(PROJECT, 'docs', 'configuration.md'), 'utf8')

interface Row {
  readonly key: string
  readonly byDefault: string
  readonly variable: string
}

/** Rows of the tables of keys: they have four cells, the first of them a key. */
const rows: Row[] = page.split('\n').flatMap((line) => {
  const [, key, byDefault, variable, ...more] =
    /^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/.exec(line) ?? []
  if (key === undefined || byDefault === undefined || variable === undefined) return []
  return more.length === 1 ? [{ key, byDefault, variable }] : []
})

interface Node {
  readonly properties?: Readonly<Record<string, Node>>
  readonly items?: Node
  readonly anyOf?: readonly Node[]
  readonly oneOf?: readonly Node[]
  readonly default?: unknown
}

/** Keys whose members have a page or a name of their own. */
const CLOSED = ['limits', 'gatewayGroups']

/** Every key of the schema that has a value of its own, with its defaults: one for each form of an entry. */
function keysIn(node: Node, name: string, found = new Map<string, unknown[]>()) {
  const { properties, items, anyOf = [], oneOf = [] } = node
  const forms = [...anyOf, ...oneOf]
  for (const form of forms) keysIn(form, name, found)
  if (items !== undefined && (items.properties ?? items.oneOf) !== undefined) {
    keysIn(items, `${name}[]`, found)
  } else if (properties !== undefined && !CLOSED.includes(name)) {
    for (const [key, member] of Object.entries(properties)) {
      keysIn(member, name === '' ? key : `${name}.${key}`, found)
    }
  } else if (name !== '' && !name.endsWith('[]')) {
    const known = found.get(name) ?? []
    found.set(name, node.default === undefined ? known : [...known, node.default])
  }
  return found
}

const keys = keysIn(jsonSchema() as Node, '')

describe('docs/configuration.md', () => {
  test('has every key of the schema and no other', () => {
    // `http: false` is told in a sentence.
    const expected = [...keys.keys()].filter((key) => key !== 'http')
    expect(rows.map(({ key }) => key).sort()).toStrictEqual(expected.sort())
    expect(page).toContain('`http: false`')
  })

  const withDefault = rows.filter(({ key }) => (keys.get(key) ?? []).length > 0)

  test.each(withDefault)('the default of $key is the one in force', ({ key, byDefault }) => {
    for (const value of keys.get(key) ?? []) expect(byDefault).toContain(`\`${String(value)}\``)
  })

  test('has the variable of every key that has one', () => {
    const documented = rows.filter(({ variable }) => variable !== 'none')
    const known = SETTINGS.map(({ path, option }) => ({
      key: path.join('.'),
      variable: `\`SEKISHO_${option.toUpperCase().replaceAll('-', '_')}\``,
    }))
    expect(documented.map(({ key, variable }) => ({ key, variable }))).toStrictEqual(known)
  })

  test('names the flags', () => {
    const flags = SETTINGS.filter(({ flag }) => flag !== null).map(
      ({ option }) => `\`--${option}\``,
    )
    expect(page).toContain(`These have a flag, too: ${flags.join(', ')}.`)
  })

  test('has an example that is in order', () => {
    const [, example = ''] = /```yaml\n(.*?)```/s.exec(page) ?? []
    const content = parseConfig(example, 'example')
    expect(content.sources).toHaveLength(2)
    expect(content.kafka?.sasl?.username).toBe('sekisho')
  })
})
