import { describe, expect, test } from '@jest/globals'
import type { Attempt } from '@sekisho/event'
import fc from 'fast-check'
import {
  compareText,
  durationTextOf,
  evidenceOf,
  networkTextOf,
  relatedOf,
  sampleOf,
  shownUserOf,
} from './evidence.ts'
import { attemptOf } from './testing/annotated.ts'

const attempts = Array.from({ length: 50 }, (_, i) => attemptOf(`user${(i * 7) % 50}`, i * 1000))
const idsOf = (lines: readonly Attempt[]) => lines.map(({ id }) => id)

test.each([
  ['a', 'b', -1],
  ['b', 'a', 1],
  ['a', 'a', 0],
  ['Z', 'a', -1],
  ['a', 'aa', -1],
])('%p against %p: %p', (a, b, order) => {
  expect(compareText(a, b)).toBe(order)
})

test.each([
  { ms: 0, text: '1 s' },
  { ms: 1, text: '1 s' },
  { ms: 1001, text: '2 s' },
  { ms: 119_000, text: '119 s' },
  { ms: 119_999, text: '2 min' },
  { ms: 120_000, text: '2 min' },
  { ms: 120_001, text: '3 min' },
  { ms: 3 * 3_600_000 - 1, text: '3 h' },
])('lines $ms ms apart lie within $text', ({ ms, text }) => {
  // Far from midnight, so that a sum of the two times is no span.
  const startMs = 20_000 * 86_400_000 + 43_200_000
  expect(durationTextOf([attemptOf('aoki', startMs), attemptOf('berg', startMs + ms)])).toBe(text)
})

describe('a sample', () => {
  test('of few is all of them, by time', () => {
    const few = attempts.slice(0, 5)
    expect(idsOf(sampleOf([...few].reverse(), 20))).toEqual(idsOf(few))
  })

  test('of many holds the first, the last and those with the smallest ids, by time', () => {
    const sample = sampleOf(attempts, 5)
    const middle = idsOf(attempts.slice(1, -1)).sort().slice(0, 3)
    expect(sample[0]).toBe(attempts[0])
    expect(sample.at(-1)).toBe(attempts[49])
    expect(idsOf(sample.slice(1, -1)).sort()).toEqual(middle)
    const times = sample.map(({ event }) => event.timestampMs)
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  test('has as many lines as were asked for, or all', () => {
    expect(sampleOf(attempts, 20)).toHaveLength(20)
    expect(sampleOf(attempts, 1)).toHaveLength(1)
    expect(sampleOf(attempts, 100)).toHaveLength(50)
    expect(sampleOf([], 20)).toEqual([])
  })

  test('is the same in any order', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(attempts, { minLength: 50 }),
        fc.integer({ min: 2, max: 30 }),
        (shuffled, count) => {
          expect(idsOf(sampleOf(shuffled, count))).toEqual(idsOf(sampleOf(attempts, count)))
        },
      ),
      { seed: 20261120 },
    )
  })
})

describe('a name', () => {
  const mask = { hashKey: 'key', isPerson: (userKey: string) => userKey === 'aoki' }

  test('of a person is shown as logged', () => {
    expect(shownUserOf('CORP\\Aoki', 'aoki', mask)).toBe('CORP\\Aoki')
  })

  test.each(['Sommer2026!', 'hunter2', 'a', '', '𝒜𝓑𝓒secret', 'ab'])(
    'that nobody has is cut to two characters: %p',
    (raw) => {
      const shown = shownUserOf(raw, raw.toLowerCase(), mask)
      if (raw === '') expect(shown).toBe('')
      else expect(shown).toMatch(/^.{1,2}…#[0-9a-f]{8}$/u)
      if (raw.length > 2) expect(shown).not.toContain(raw.slice(2))
    },
  )

  test('has a hash by which it can be told from others, of its folded form and the key', () => {
    const shown = (raw: string, userKey: string, hashKey = 'key') =>
      shownUserOf(raw, userKey, { ...mask, hashKey })
    expect(shown('Secret1', 'secret1').slice(2)).toBe(shown('SECRET1', 'secret1').slice(2))
    expect(shown('secret1', 'secret1')).not.toBe(shown('secret2', 'secret2'))
    expect(shown('secret1', 'secret1')).not.toBe(shown('secret1', 'secret1', 'another key'))
  })

  test('is masked in a line of evidence', () => {
    const guess = attemptOf('Passw0rd', 1000)
    expect(evidenceOf(guess, 'decisive', mask)).toMatchObject({
      eventId: guess.id,
      timestampMs: 1000,
      role: 'decisive',
      gateway: 'gw-1',
      user: expect.stringMatching(/^Pa…#/),
      address: '203.0.113.7',
      outcome: 'bad_credential',
      rawSha256: guess.rawSha256,
    })
    expect(evidenceOf(guess, 'context', mask, 'mfa_denied').outcome).toBe('mfa_denied')
  })
})

test('related texts are sorted, distinct, not empty and at most a hundred', () => {
  expect(relatedOf(['b', '', 'a', 'b'])).toEqual(['a', 'b'])
  expect(relatedOf(Array.from({ length: 300 }, (_, i) => `${i}`))).toHaveLength(100)
})

test.each([
  [
    { asn: 4713, asName: 'NTT', country: 'JP', city: 'Tokyo', networkClass: 'residential' },
    'AS4713 NTT (Tokyo, JP, residential)',
  ],
  [{ asn: 4713, asName: '', country: '', networkClass: '' }, 'AS4713'],
  [{ asn: 0, asName: '', country: 'JP', networkClass: 'unknown' }, 'unknown network (JP, unknown)'],
])('a network in words', (network, text) => {
  expect(networkTextOf(network)).toBe(text)
})
