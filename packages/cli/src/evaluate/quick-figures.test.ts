import { describe, expect, test } from '@jest/globals'
import type { Summary } from '@sekisho/simulate'
import type { Evaluation } from './evaluation.ts'
import { comparisonsOf, type Figure, figuresOf, isRefused } from './quick-figures.ts'

const RECALL: Figure = { name: 'ordered-spray, high', value: 0.8, bound: { least: 0.7 } }
const FALSE: Figure = { name: 'false alerts, high or above', value: 0.04, bound: { most: 0.05 } }

describe('comparisonsOf', () => {
  test.each([
    [RECALL, 0.8, 'same', false],
    [RECALL, 0.75, 'worse', false],
    [RECALL, 0.7, 'worse', false],
    [RECALL, 0.69, 'out of bounds', true],
    [RECALL, 0.9, 'better', false],
    [FALSE, 0.05, 'worse', false],
    [FALSE, 0.0501, 'out of bounds', true],
    [FALSE, 0, 'better', false],
  ] as const)('%j, now %d: %s', (last, value, verdict, isOut) => {
    const [compared] = comparisonsOf([last], [{ ...last, value }])
    expect(compared).toMatchObject({ before: last.value, now: value, bound: last.bound, verdict })
    expect(compared !== undefined && isRefused(compared)).toBe(isOut)
  })

  test('a new figure passes, one that is no more does not', () => {
    const compared = comparisonsOf([RECALL], [FALSE])
    expect(compared.map(({ name, verdict }) => [name, verdict])).toEqual([
      [FALSE.name, 'new'],
      [RECALL.name, 'gone'],
    ])
    expect(compared.map(isRefused)).toEqual([false, true])
  })
})

describe('figuresOf', () => {
  const none = { value: null, low: null, high: null }
  const at = (value: number) => ({ value, low: value, high: value })
  const times = { median: null, p95: null }
  const all: Summary = {
    kinds: [
      {
        ...{ kind: 'ordered-spray', episodes: 8, delayMs: times, victimsTried: times },
        recall: { medium: at(1), high: at(0.5), critical: at(0) },
      },
    ],
    falsePerThousandUsersAndDay: { medium: at(0.4), high: at(0), critical: none },
    precision: { medium: none, high: none, critical: none },
    gotInNamed: { medium: none, high: at(0.9), critical: none },
    foundBySixthVictim: none,
  }
  const size = { worlds: ['college', 'agency'], seeds: 5, users: 100, days: 15, learningDays: 5 }

  test('bounds let one attack pass, a quarter of the false alerts or two of them', () => {
    const figures = figuresOf({ ...size, all } as unknown as Evaluation)
    expect(figures).toEqual([
      { name: 'ordered-spray, medium', value: 1, bound: { least: 0.875 } },
      { name: 'ordered-spray, high', value: 0.5, bound: { least: 0.375 } },
      { name: 'got in while trying many, high', value: 0.9, bound: { least: 0.85 } },
      // 10,000 user days: two alerts are 0.2.
      { name: 'false alerts, medium or above', value: 0.4, bound: { most: 0.6 } },
      { name: 'false alerts, high or above', value: 0, bound: { most: 0.2 } },
      { name: 'false alerts, critical', value: 0, bound: { most: 0.2 } },
    ])
  })
})
