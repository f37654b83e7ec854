import { inspect } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { redacted, redactedText } from './redaction.ts'

const CANARY = 'CANARYcanary123'

describe('redacted', () => {
  test.each([
    'password',
    'saslPassword',
    'passwd',
    'passphrase',
    'client_secret',
    'token',
    'httpToken',
    'authorization',
    'Authorization',
    'x-api-key',
    'privateKey',
    'hashKey',
    'key',
    'cookie',
    'credentials',
  ])('%s is not shown, at any depth', (name) => {
    const fields = { a: [{ b: { [name]: CANARY } }], [name]: { deeper: CANARY } }
    for (const isPersonalShown of [true, false]) {
      const shown = redacted(fields, isPersonalShown)
      expect(JSON.stringify(shown)).not.toContain(CANARY)
      expect(shown[name]).toBe('(not shown)')
    }
  })

  test.each([
    'user',
    'userName',
    'user_name',
    'account',
    'ip',
    'sourceIp',
    'line',
    'rawLine',
    'email',
  ])('%s is shown at debug only', (name) => {
    expect(redacted({ [name]: 'alice', kept: 1 }, false)).toStrictEqual({ kept: 1 })
    expect(redacted({ [name]: 'alice' }, true)).toStrictEqual({ [name]: 'alice' })
  })

  test.each(['keys', 'partition', 'topic', 'broker', 'monkey', 'keyFile', 'users_total', 'lines'])(
    '%s is shown',
    (name) => {
      expect(redacted({ [name]: 'x' }, false)).toStrictEqual({ [name]: 'x' })
    },
  )

  test.each([
    `password=${CANARY}`,
    `password: ${CANARY}, more`,
    `"password":"${CANARY}"`,
    `Authorization: Bearer ${CANARY}`,
    `authorization=Basic ${CANARY}`,
    `sent bearer ${CANARY}`,
    `http://user:${CANARY}@host/`,
    `-----BEGIN EC PRIVATE KEY-----\n${CANARY}\n-----END EC PRIVATE KEY-----`,
    `-----BEGIN PRIVATE KEY-----\n${CANARY}`,
  ])('%j holds no secret any more', (sentence) => {
    expect(redactedText(`before ${sentence} after`)).not.toContain(CANARY)
    expect(redactedText(`before ${sentence} after`)).toMatch(/^before .*not shown/s)
    const error = new Error('outer', { cause: new Error(sentence) })
    expect(JSON.stringify(redacted({ error }, true))).not.toContain(CANARY)
  })

  test('ordinary sentences stay as they are', () => {
    const sentence = 'The topic sekisho.alerts at kafka-1:9092 has 6 partitions, not 12 (offset 42)'
    expect(redactedText(sentence)).toBe(sentence)
  })

  test('rings, depths and sizes have an end', () => {
    const ring: Record<string, unknown> = { a: 1 }
    ring.self = ring
    const deep: Record<string, unknown> = {}
    let place = deep
    for (let i = 0; i < 1000; i++) {
      const next = {}
      place.next = next
      place = next
    }
    const wide = Array.from({ length: 100_000 }, () => 'x'.repeat(10))
    const fields = { ring, deep, wide, long: 'x'.repeat(100_000), bytes: Buffer.alloc(9), big: 1n }
    const text = JSON.stringify(redacted(fields, false))
    expect(text.length).toBeLessThan(10_000)
    expect(text).toContain('"ring":{"a":1,"self":"…"}')
    expect(text).toContain('"bytes":"9 bytes","big":"1"')
  })

  test('whatever is logged, what stands under a secret name is not shown', () => {
    const secretName = fc.constantFrom('password', 'apiKey', 'token', 'secret')
    fc.assert(
      fc.property(fc.object({ maxDepth: 4 }), secretName, (fields, name) => {
        const shown = redacted({ fields, nested: { [name]: [CANARY] } }, true)
        expect(inspect(shown, { depth: 20 })).not.toContain(CANARY)
        expect(() => JSON.stringify(shown)).not.toThrow()
      }),
      { seed: 7, numRuns: 200 },
    )
  })

  test('long hostile text takes no more than a moment', () => {
    for (const piece of ['password=', '://a:', '-----BEGIN PRIVATE KEY-----', 'bearer ', '"']) {
      expect(redactedText(piece.repeat(100_000)).length).toBeLessThan(20_000)
    }
  })
})
