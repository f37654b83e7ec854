import { describe, expect, test } from '@jest/globals'
import type { Episode } from '../simulation.ts'
import { WatchedAttacks } from './watched-attacks.ts'

const DAY_MS = 86_400_000

function watched() {
  const episode = { id: 'a-1', victims: ['BANK\\Grace'], endMs: 1000 } as unknown as Episode
  return new WatchedAttacks([episode])
}

describe('WatchedAttacks', () => {
  test('lines of attacks are watched, and their victims from then on, as long as alerts count', () => {
    const attacks = watched()
    const lines: readonly [string, number, string | null, boolean][] = [
      ['grace', 0, null, false],
      ['noah', 10, 'a-1', true],
      ['noah', 11, null, false],
      ['grace', 1000 + DAY_MS, null, true],
      ['grace', 1001 + DAY_MS, null, false],
      ['emma', 12, 'b-1', true],
    ]
    for (const [userKey, timestampMs, of, isWatched] of lines) {
      expect(attacks.isWatched({ userKey, timestampMs }, of)).toBe(isWatched)
    }
  })

  test('a victim who was named is watched no longer, others stay', () => {
    const attacks = watched()
    attacks.isWatched({ userKey: 'noah', timestampMs: 0 }, 'a-1')
    attacks.wasNamed('noah')
    expect(attacks.isWatched({ userKey: 'grace', timestampMs: 5 }, null)).toBe(true)
    attacks.wasNamed('grace')
    expect(attacks.isWatched({ userKey: 'grace', timestampMs: 5 }, null)).toBe(false)
    expect(attacks.isWatched({ userKey: 'noah', timestampMs: 5 }, null)).toBe(false)
  })

  test('each of the first lines of an attack, later ones no further apart than a 32nd of them', () => {
    const attacks = watched()
    const asked: number[] = []
    for (let line = 1; line <= 2000; line++) {
      if (attacks.isWatched({ userKey: 'noah', timestampMs: line }, 'a-1')) asked.push(line)
    }
    expect(asked.slice(0, 60)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1))
    for (const [index, line] of asked.entries()) {
      expect(line - (asked[index - 1] ?? 0)).toBeLessThanOrEqual(Math.max(1, line / 32))
    }
    expect(asked.length).toBeLessThan(250)
  })
})
