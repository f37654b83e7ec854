import { describe, expect, test } from '@jest/globals'
import type { Attempt, AuthEvent } from '@sekisho/event'
import fc from 'fast-check'
import { sessionLivesOf } from './session-lives.ts'
import { lineAt, HOME as SOMEWHERE } from './testing/fake-user-view.ts'

const REACH = { idleMs: 8 * 3_600_000, loginGroupMs: 120_000 }
const SID = { sessionId: '7' }

const login = (time: string, said: Partial<AuthEvent> = {}): Attempt =>
  lineAt(time, SOMEWHERE, { ...SID, ...said })
const move = (time: string): Attempt => login(time, { attempt: 'session_move', decides: 'no' })
const end = (time: string, durationS = -1, said: Partial<AuthEvent> = {}): Attempt =>
  login(time, { attempt: 'session_end', decides: 'no', durationS, ...said })

/** Times of the lines of each session. */
function livesOf(lines: readonly Attempt[]): string[][] {
  return sessionLivesOf(lines, REACH)
    .map((life) => life.map(({ id }) => id.slice(0, id.indexOf('/'))))
    .filter((life) => life.length > 0)
}

describe('sessionLivesOf', () => {
  test.each<readonly [string, readonly Attempt[], string[][]]>([
    ['one session', [login('8:00'), login('9:00')], [['8:00', '9:00']]],
    ['two ids', [login('8:00'), login('9:00', { sessionId: '8' })], [['8:00'], ['9:00']]],
    ['two gateways', [login('8:00'), login('9:00', { gateway: 'gw-2' })], [['8:00'], ['9:00']]],
    [
      'one serial number under two names',
      [
        login('8:00', { gatewaySerial: 'S' }),
        login('9:00', { gatewaySerial: 'S', gateway: 'gw-2' }),
      ],
      [['8:00', '9:00']],
    ],
    [
      'two serial numbers under one name',
      [login('8:00', { gatewaySerial: 'S' }), login('9:00', { gatewaySerial: 'T' })],
      [['8:00'], ['9:00']],
    ],
    ['an end between', [login('8:00'), end('8:30'), login('9:00')], [['8:00', '8:30'], ['9:00']]],
    ['the end last', [login('8:00'), login('8:30'), end('9:00')], [['8:00', '8:30', '9:00']]],
    [
      'an end in the same instant as the next start',
      [login('8:00'), end('9:00'), login('9:00')],
      [['8:00', '9:00'], ['9:00']],
    ],
    ['eight hours without a sign', [login('8:00'), login('16:00')], [['8:00', '16:00']]],
    ['a millisecond more', [login('8:00'), login('16:00:00.001')], [['8:00'], ['16:00:00.001']]],
    ['an end that spans the silence', [login('8:00'), end('17:00', 9 * 3600)], [['8:00', '17:00']]],
    [
      'an end that reaches its last sign',
      [login('8:00'), end('17:00', 9 * 3600 - 1)],
      [['8:00', '17:00']],
    ],
    ['an end of a session of no length', [login('8:00'), end('8:30', 0)], [['8:00'], ['8:30']]],
    ['an end that does not', [login('8:00'), end('17:00', 9 * 3600 - 2)], [['8:00'], ['17:00']]],
    ['an end that does not say', [login('8:00'), end('17:00')], [['8:00'], ['17:00']]],
    [
      'a start after the first line',
      [login('8:00'), login('9:00'), end('9:30', 1800)],
      [['8:00'], ['9:00', '9:30']],
    ],
    [
      'a login a login’s reach before the start',
      [login('8:00'), login('8:57:59'), end('9:30', 1800)],
      [['8:00'], ['8:57:59', '9:30']],
    ],
    [
      'a login further before it',
      [login('8:00'), login('8:57:58.999'), end('9:30', 1800)],
      [['8:00', '8:57:58.999'], ['9:30']],
    ],
    [
      'a move after the end',
      [login('8:00'), end('8:59'), move('9:00')],
      [['8:00', '8:59', '9:00']],
    ],
    [
      'a move long after the end',
      [login('8:00'), end('8:59'), move('17:00')],
      [['8:00', '8:59'], ['17:00']],
    ],
    [
      'a move at the start of a tunnel that ended',
      [login('8:00'), move('9:00'), end('9:30', 1800)],
      [['8:00', '9:00', '9:30']],
    ],
    [
      'an end that a timeout brought',
      [login('8:00'), end('8:30', -1, { outcome: 'unknown' }), login('9:00')],
      [['8:00'], ['9:00']],
    ],
  ])('%s', (_name, lines, expected) => {
    expect(livesOf(lines)).toEqual(expected)
  })

  test('is cut in two only where something lies on both sides', () => {
    expect(sessionLivesOf([login('9:00'), end('9:30', 1800)], REACH)).toHaveLength(1)
    expect(sessionLivesOf([login('8:00'), login('9:00'), end('9:30', 1800)], REACH)).toHaveLength(2)
  })

  test('is a function of the set', () => {
    const time = fc.integer({ min: 0, max: 12 }).map((hour) => `${hour}:00`)
    const line = fc.oneof(
      time.map((t) => login(t)),
      time.map((t) => move(t)),
      fc
        .tuple(time, fc.constantFrom(-1, 0, 3600, 20_000))
        .map(([t, durationS]) => end(t, durationS)),
    )
    const lines = fc.uniqueArray(line, { selector: ({ id }) => id, maxLength: 8 })
    const both = lines.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    )
    fc.assert(
      fc.property(both, ([all, shuffled]) => {
        expect(livesOf(shuffled)).toEqual(livesOf(all))
        expect(livesOf(all).flat()).toHaveLength(all.length)
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})
