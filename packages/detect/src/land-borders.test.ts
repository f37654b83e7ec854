import { describe, expect, test } from '@jest/globals'
import { landNeighboursOf } from './land-borders.ts'

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
const countries = codes.filter((code) => landNeighboursOf(code).length > 0)

describe('land borders', () => {
  test('are the same from both sides, sorted, and never with oneself', () => {
    for (const country of countries) {
      const neighbours = landNeighboursOf(country)
      expect([country, [...new Set(neighbours)].sort()]).toEqual([country, neighbours])
      expect(neighbours).not.toContain(country)
      for (const neighbour of neighbours) {
        expect([neighbour, landNeighboursOf(neighbour)]).toEqual([
          neighbour,
          expect.arrayContaining([country]),
        ])
      }
    }
  })

  test.each([
    ['PT', 1],
    ['KR', 1],
    ['FR', 8],
    ['DE', 9],
    ['BR', 10],
    ['RU', 14],
    ['CN', 16],
  ])('%s has %i of them', (country, count) => {
    expect(landNeighboursOf(country)).toHaveLength(count)
  })

  test.each([
    ['ES', 'MA'],
    ['RU', 'PL'],
    ['CN', 'HK'],
    ['MF', 'SX'],
    ['US', 'CA'],
  ])('%s borders %s', (one, other) => {
    expect(landNeighboursOf(one)).toContain(other)
  })

  test.each(['JP', 'AU', 'TW', 'SG', 'GP', '', 'toString', 'xx'])('%p has none', (country) => {
    expect(landNeighboursOf(country)).toEqual([])
  })
})
