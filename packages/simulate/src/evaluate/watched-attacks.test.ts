import { expect, test } from '@jest/globals'
import type { Episode } from '../simulation.ts'
import { WatchedAttacks } from './watched-attacks.ts'

test('lines of attacks are watched, and their victims from then on', () => {
  const episode = { id: 'a-1', victims: ['BANK\\Grace'] } as unknown as Episode
  const attacks = new WatchedAttacks([episode])
  const lines: readonly [string, string | null, boolean][] = [
    ['grace', null, false],
    ['noah', 'a-1', true],
    ['noah', null, false],
    ['grace', null, true],
    ['emma', 'b-1', true],
  ]
  for (const [userKey, of, isWatched] of lines) {
    expect(attacks.isWatched({ userKey }, of)).toBe(isWatched)
  }
})
