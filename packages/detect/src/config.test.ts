import { describe, expect, test } from '@jest/globals'
import { configHashOf, DEFAULT_CONFIG, type DetectConfig, keyedHashOf } from './config.ts'
import { CONSTANTS, type Constant } from './constants.ts'
import { limitsOf } from './limits.ts'

function withIdentity(said: Partial<DetectConfig['identity']>): DetectConfig {
  return { ...DEFAULT_CONFIG, identity: { ...DEFAULT_CONFIG.identity, ...said } }
}

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
    { ...DEFAULT_CONFIG, travel: { mode: 'strict' as const } },
    withIdentity({ stripSuffixes: ['example.com'] }),
    withIdentity({ separateRealms: ['example.com'] }),
    withIdentity({ administratorRealms: ['example.com'] }),
    { ...DEFAULT_CONFIG, gatewayGroups: { tokyo: ['fgt-1', 'fgt-2'] } },
  ])('changes with what changes results: %#', (config) => {
    expect(configHashOf(config, [])).not.toBe(configHashOf(DEFAULT_CONFIG, []))
  })

  test('changes with every single number that a rule compares with', () => {
    const hashes = new Set([configHashOf(DEFAULT_CONFIG, [])])
    let numbers = 0
    for (const [group, constants] of Object.entries(CONSTANTS)) {
      for (const [name, { value, min, max }] of Object.entries<Constant>(constants)) {
        const changed = value === max ? (min + max) / 2 : (value + max) / 2
        const limits = limitsOf({ [group]: { [name]: changed } })
        hashes.add(configHashOf({ ...DEFAULT_CONFIG, limits }, []))
        numbers++
      }
    }
    expect(numbers).toBeGreaterThan(100)
    expect(hashes.size).toBe(numbers + 1)
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
