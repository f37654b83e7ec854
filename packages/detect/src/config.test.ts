import { describe, expect, test } from '@jest/globals'
import { configHashOf, DEFAULT_CONFIG, keyedHashOf } from './config.ts'

describe('the configuration hash', () => {
  test('is the same for the same configuration and dates', () => {
    const copy = structuredClone(DEFAULT_CONFIG)
    expect(configHashOf(copy, ['2026-06'])).toBe(configHashOf(DEFAULT_CONFIG, ['2026-06']))
    expect(configHashOf(DEFAULT_CONFIG, ['2026-06'])).toMatch(/^[0-9a-f]{16}$/)
  })

  test.each([
    { ...DEFAULT_CONFIG, tenant: 'another' },
    { ...DEFAULT_CONFIG, hashKey: 'another' },
    { ...DEFAULT_CONFIG, travel: { mode: 'off' as const } },
    { ...DEFAULT_CONFIG, identity: { stripSuffixes: ['example.com'], separateRealms: [] } },
    { ...DEFAULT_CONFIG, identity: { stripSuffixes: [], separateRealms: ['example.com'] } },
  ])('changes with what changes results: %#', (config) => {
    expect(configHashOf(config, [])).not.toBe(configHashOf(DEFAULT_CONFIG, []))
  })

  test('changes with the dates of the databases', () => {
    expect(configHashOf(DEFAULT_CONFIG, ['2026-06'])).not.toBe(
      configHashOf(DEFAULT_CONFIG, ['2026-07']),
    )
  })
})

test('a keyed hash depends on key and text, and on where one ends and the other begins', () => {
  const hashes = [
    keyedHashOf('key', 'text'),
    keyedHashOf('key', 'texts'),
    keyedHashOf('keyt', 'ext'),
    keyedHashOf('', 'keytext'),
  ]
  expect(new Set(hashes).size).toBe(hashes.length)
})
