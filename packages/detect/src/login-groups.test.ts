import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { decidingIds, type LoginCandidate, loginCandidateOf } from './login-groups.ts'
import { at, HOME, lineAt } from './testing/fake-user-view.ts'

/** A line of a success at a second, which decides unless said otherwise. */
function line(id: string, second: number, said: Partial<LoginCandidate> = {}): LoginCandidate {
  return {
    id,
    timestampMs: second * 1000,
    decides: 'yes',
    isSuccess: true,
    address: '198.51.100.1',
    gateway: 'gw-1',
    sessionId: '',
    ...said,
  }
}

const decided = (...lines: LoginCandidate[]) => [...decidingIds(lines, 120_000)].sort()

describe('lines of one success', () => {
  test.each([
    {
      what: 'the better rank decides',
      lines: [line('a', 0, { decides: 'unless' }), line('b', 5)],
      ids: ['b'],
    },
    { what: 'of equals the earlier', lines: [line('b', 0), line('a', 5)], ids: ['b'] },
    {
      what: 'of equals at one time the smaller id',
      lines: [line('b', 0), line('a', 0)],
      ids: ['a'],
    },
    { what: 'the weaker line alone', lines: [line('a', 0, { decides: 'unless' })], ids: ['a'] },
    { what: 'two minutes are one login', lines: [line('a', 0), line('b', 120)], ids: ['a'] },
    { what: 'more are two', lines: [line('a', 0), line('b', 120.001)], ids: ['a', 'b'] },
    {
      what: 'two addresses are two',
      lines: [line('a', 0), line('b', 1, { address: '198.51.100.2' })],
      ids: ['a', 'b'],
    },
    {
      what: 'two gateways are two',
      lines: [line('a', 0), line('b', 1, { gateway: 'gw-2' })],
      ids: ['a', 'b'],
    },
    {
      what: 'two sessions are two',
      lines: [line('a', 0, { sessionId: '1' }), line('b', 60, { sessionId: '2' })],
      ids: ['a', 'b'],
    },
    {
      what: 'a session and a line without one are one',
      lines: [line('a', 0, { sessionId: '1' }), line('b', 60)],
      ids: ['a'],
    },
    {
      what: 'a line without a session and one with are one',
      lines: [line('a', 0), line('b', 60, { sessionId: '1' })],
      ids: ['a'],
    },
    {
      what: 'two lines of one session are one',
      lines: [line('a', 0, { sessionId: '1' }), line('b', 60, { sessionId: '1' })],
      ids: ['a'],
    },
    {
      what: 'one login takes its lines on both sides',
      lines: [
        line('a', 0, { decides: 'unless' }),
        line('b', 100),
        line('c', 200, { decides: 'unless' }),
      ],
      ids: ['b'],
    },
    {
      what: 'a line next to a line that was taken begins a login of its own',
      lines: [line('a', 0), line('b', 100), line('c', 200)],
      ids: ['a', 'c'],
    },
  ])('$what', ({ lines, ids }) => {
    expect(decided(...lines)).toEqual(ids)
    expect(decided(...[...lines].reverse())).toEqual(ids)
  })
})

describe('what grouping reads of an event', () => {
  test.each<{ outcome: 'success' | 'failure'; serial: string; isSuccess: boolean; is: string }>([
    { outcome: 'success', serial: '', isSuccess: true, is: 'gw-1' },
    { outcome: 'failure', serial: 'FGT60', isSuccess: false, is: 'FGT60' },
  ])('a $outcome at a gateway of serial number "$serial"', ({ outcome, serial, isSuccess, is }) => {
    const said = { outcome, gatewaySerial: serial, decides: 'unless', sessionId: '7' } as const
    const { event } = lineAt('9:00', HOME, said)
    expect(loginCandidateOf('a', event)).toEqual({
      id: 'a',
      timestampMs: at('9:00'),
      decides: 'unless',
      isSuccess,
      address: '198.51.100.1',
      gateway: is,
      sessionId: '7',
    })
  })
})

test('every refused attempt is one, and takes no success with it', () => {
  const refused = { isSuccess: false }
  expect(decided(line('a', 0, refused), line('b', 1, refused), line('c', 2))).toEqual([
    'a',
    'b',
    'c',
  ])
})

test('any order of the lines gives the same logins', () => {
  const lineArbitrary = fc
    .record({
      second: fc.integer({ min: 0, max: 600 }),
      decides: fc.constantFrom('yes' as const, 'unless' as const),
      isSuccess: fc.boolean(),
      address: fc.constantFrom('198.51.100.1', '198.51.100.2'),
      sessionId: fc.constantFrom('', '', '1', '2'),
    })
    .map(({ second, ...said }) => line('', second, said))
  fc.assert(
    fc.property(
      fc.array(lineArbitrary, { maxLength: 15 }),
      fc.infiniteStream(fc.nat()),
      (lines, ranks) => {
        const named = lines.map((each, i) => ({ ...each, id: `line${i}` }))
        const shuffled = named
          .map((each) => ({ each, rank: ranks.next().value as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ each }) => each)
        const logins = decided(...named)
        expect(decided(...shuffled)).toEqual(logins)
        // Every success is decided by itself or stands beside one that is.
        for (const each of named) {
          const isCovered = named.some(
            (other) =>
              logins.includes(other.id) &&
              other.address === each.address &&
              Math.abs(other.timestampMs - each.timestampMs) <= 120_000,
          )
          expect(isCovered).toBe(true)
        }
      },
    ),
    { seed: 20261120, numRuns: 300 },
  )
})
