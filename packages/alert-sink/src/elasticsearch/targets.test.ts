import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { AlertBody } from '../delivery/destination.ts'
import { INDEX_PREFIX, indexOf, indexPartOf, streamOf } from './targets.ts'

function indexFor(tenant: string, day = '2026-11-20'): string {
  const body = { organization: { id: tenant }, sekisho: { alert: { day } } }
  return indexOf(body as unknown as AlertBody)
}

/** Names that look alike on purpose: with hyphens, marks, hashes of others and months in them. */
const tenants = fc.oneof(
  fc.string({ maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .array(fc.constantFrom('a', 'B', '-', '_', '__', '.', '*', '2026.11', 'ä'), { maxLength: 6 })
    .map((parts) => parts.join('')),
  fc.string({ maxLength: 4 }).map((tenant) => indexPartOf(tenant)),
)

describe('indexOf', () => {
  test.each([
    ['default', '2026-11-20', 'sekisho-alerts-default-2026.11'],
    ['acme_eu.1', '2026-01-01', 'sekisho-alerts-acme_eu.1-2026.01'],
  ])('%s on %s is %s', (tenant, day, name) => {
    expect(indexFor(tenant, day)).toBe(name)
  })

  test.each(['', 'A', 'a-b', 'ä', 'a__b', 'x'.repeat(151)])(
    '%j is changed and hashed',
    (tenant) => {
      expect(indexFor(tenant)).toMatch(/^sekisho-alerts-[a-z0-9_.]*__[0-9a-f]{16}-2026\.11$/)
    },
  )

  test('a name of 150 characters stays as it is', () => {
    expect(indexPartOf('x'.repeat(150))).toBe('x'.repeat(150))
  })

  test('is a name that Elasticsearch takes, whatever the tenant', () => {
    fc.assert(
      fc.property(tenants, (tenant) => {
        const name = indexFor(tenant)
        expect(name).toMatch(/^sekisho-alerts-[a-z0-9_.]+-\d{4}\.\d{2}$/)
        expect(name.length).toBeLessThanOrEqual(255)
      }),
    )
  })

  test('two tenants share no index, and the pattern of one matches no index of the other', () => {
    fc.assert(
      fc.property(tenants, tenants, (one, other) => {
        fc.pre(one !== other)
        const patternStart = `${INDEX_PREFIX}-${indexPartOf(one)}-`
        expect(indexFor(other).startsWith(patternStart)).toBe(false)
        expect(indexFor(one).startsWith(patternStart)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

test('streamOf', () => {
  expect(streamOf('default')).toBe('logs-sekisho.alert-default')
})
