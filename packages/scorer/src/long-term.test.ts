import { describe, expect, test } from '@jest/globals'
import { daysOf } from './day-set.ts'
import { firstUsesOf } from './first-uses.ts'
import { type DayActivity, LongTerm, networkKeyOf } from './long-term.ts'

const FIRST_DAY = 20_500

/** A day on which these prefixes were used, each by way of the network of its number. */
function activity(...prefixes: string[]): DayActivity {
  const used = (suffix: string) => firstUsesOf(prefixes.map((prefix) => [prefix + suffix, 0]))
  return { prefixes: used(''), networks: used('|JP'), devices: used('') }
}

function folded(days: readonly (readonly string[])[]): LongTerm {
  const longTerm = new LongTerm()
  for (const [i, prefixes] of days.entries()) longTerm.fold(FIRST_DAY + i, activity(...prefixes))
  return longTerm
}

const name = (i: number) => `n${`${i}`.padStart(3, '0')}`
const names = (count: number, from = 0) => Array.from({ length: count }, (_, i) => name(from + i))

describe('what is kept', () => {
  test('every day of every network, prefix and device', () => {
    const longTerm = folded([['a', 'b'], [], ['b']])
    expect([...longTerm.prefixes].map(([key, days]) => [key, [...daysOf(days)]])).toEqual([
      ['a', [FIRST_DAY]],
      ['b', [FIRST_DAY, FIRST_DAY + 2]],
    ])
    expect([...longTerm.networks.keys()]).toEqual(['a|JP', 'b|JP'])
    expect([...longTerm.devices.keys()]).toEqual(['a', 'b'])
    expect(longTerm.lastDay).toBe(FIRST_DAY + 2)
  })

  test('a day without a success teaches nothing', () => {
    expect(folded([[], []]).lastDay).toBeNull()
  })

  test('at most 64 prefixes, 32 networks and 8 devices', () => {
    const { prefixes, networks, devices } = folded([names(100)])
    expect([prefixes.size, networks.size, devices.size]).toEqual([64, 32, 8])
  })

  test('entries unused for more than ninety days go, when their block of days is over', () => {
    const longTerm = new LongTerm()
    longTerm.fold(FIRST_DAY, activity('old'))
    longTerm.fold(FIRST_DAY + 90, activity('new'))
    expect([...longTerm.prefixes.keys()]).toEqual(['old', 'new'])
    longTerm.fold(FIRST_DAY + 90 + 32, activity('new'))
    expect([...longTerm.prefixes.keys()]).toEqual(['new'])
  })
})

describe('who goes over the cap', () => {
  test('the one with the fewest active days', () => {
    const regulars = names(64)
    const { prefixes } = folded([regulars, regulars, ['guest']])
    expect(prefixes.size).toBe(64)
    expect(prefixes.has('guest')).toBe(false)
  })

  test('of equals the one unused for longest', () => {
    const longTerm = folded([['z-oldest'], names(63), ['newest']])
    expect(longTerm.prefixes.has('z-oldest')).toBe(false)
    expect(longTerm.prefixes.has('newest')).toBe(true)
    expect(longTerm.prefixes.size).toBe(64)
  })

  test('of equals in that the one whose name comes first, whatever the order they came in', () => {
    const forth = folded([names(65)])
    const back = folded([[...names(65)].reverse()])
    expect(forth.prefixes.has(name(0))).toBe(false)
    expect([...forth.prefixes.keys()].sort()).toEqual([...back.prefixes.keys()].sort())
  })

  test('days more than ninety days back do not count for it', () => {
    const longTerm = new LongTerm()
    for (let i = 0; i < 10; i++) longTerm.fold(FIRST_DAY + i, activity('former'))
    longTerm.fold(FIRST_DAY + 95, activity(...names(63)))
    longTerm.fold(FIRST_DAY + 101, activity('today'))
    expect(longTerm.prefixes.has('former')).toBe(false)
    expect(longTerm.prefixes.has('today')).toBe(true)
  })
})

test('a clone goes its own way', () => {
  const longTerm = folded([['a']])
  const clone = longTerm.clone()
  clone.fold(FIRST_DAY + 1, activity('a', 'b'))
  expect([...longTerm.prefixes].map(([key, days]) => [key, [...daysOf(days)]])).toEqual([
    ['a', [FIRST_DAY]],
  ])
  expect(longTerm.lastDay).toBe(FIRST_DAY)
  expect([...clone.prefixes.keys()]).toEqual(['a', 'b'])
})

test('a network is an operator in a country', () => {
  expect(networkKeyOf(64500, 'JP')).toBe('64500|JP')
})
