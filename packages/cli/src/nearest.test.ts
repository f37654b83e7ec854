import { describe, expect, test } from '@jest/globals'
import { didYouMean, nearestOf } from './nearest.ts'

const WORDS = ['out', 'output', 'timezone', 'rejected', 'format', 'from', 'fail-on']

describe('nearestOf', () => {
  const cases: [string, string | null][] = [
    ['ouput', 'output'],
    ['outptu', 'output'],
    ['Timezone', 'timezone'],
    ['time-zone', 'timezone'],
    ['rej', 'rejected'],
    ['failon', 'fail-on'],
    ['oput', 'out'],
    ['elasticsearch', null],
    ['f', null],
    ['', null],
    ['x'.repeat(10_000), null],
  ]
  test.each(cases)('%.20s → %s', (word, nearest) => {
    expect(nearestOf(word, WORDS)).toBe(nearest)
  })
})

test('didYouMean is a clause or nothing', () => {
  expect(didYouMean('ouput', WORDS, '--')).toBe('; did you mean --output?')
  expect(didYouMean('zzz', WORDS, '--')).toBe('')
})
