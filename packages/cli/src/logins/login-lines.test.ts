import { describe, expect, test } from '@jest/globals'
import { DEFAULT_LIMITS, decidingIds } from '@sekisho/detect'
import fc from 'fast-check'
import { type LoginLine, LoginLines } from './login-lines.ts'

const GROUP_MS = DEFAULT_LIMITS.common.loginGroupMs

function lineOf(ordinal: number, seconds: number, more: Partial<LoginLine> = {}): LoginLine {
  return {
    ordinal,
    id: `id${String(ordinal).padStart(4, '0')}`,
    timestampMs: seconds * 1000,
    decides: 'yes',
    isSuccess: true,
    address: '198.51.100.1',
    gateway: 'gw',
    sessionId: '',
    ...more,
  }
}

/** Ordinals of the deciding lines, and how often each line was answered for. */
function answersOf(lines: readonly (readonly [string, LoginLine])[]): {
  deciding: number[]
  answers: number[]
} {
  const deciding: number[] = []
  const answers: number[] = []
  const logins = new LoginLines(GROUP_MS, (line, decides) => {
    answers.push(line.ordinal)
    if (decides) deciding.push(line.ordinal)
  })
  for (const [userKey, line] of lines) logins.add(userKey, line)
  logins.finish()
  return { deciding: deciding.sort((a, b) => a - b), answers: answers.sort((a, b) => a - b) }
}

describe('LoginLines', () => {
  test('three lines of one login are one login, of two users two', () => {
    const lines = [
      lineOf(0, 0, { decides: 'unless' }),
      lineOf(1, 1),
      lineOf(2, 2, { decides: 'unless' }),
    ]
    expect(answersOf(lines.map((line) => ['alice', line])).deciding).toStrictEqual([1])
    expect(
      answersOf([
        ['alice', lineOf(0, 0)],
        ['bob', lineOf(1, 1)],
      ]).deciding,
    ).toStrictEqual([0, 1])
  })

  test('the better line may come up to two minutes later, not more', () => {
    const after = (seconds: number): number[] =>
      answersOf([
        ['alice', lineOf(0, 0, { decides: 'unless' })],
        ['alice', lineOf(1, seconds)],
      ]).deciding
    expect(after(120)).toStrictEqual([1])
    expect(after(121)).toStrictEqual([0, 1])
  })

  test('every refused attempt counts', () => {
    const lines = [0, 1, 2].map((i) => ['alice', lineOf(i, i, { isSuccess: false })] as const)
    expect(answersOf(lines).deciding).toStrictEqual([0, 1, 2])
  })

  test('the window gives what all lines at once give, however long they go on', () => {
    const arbitrary = fc.array(
      fc.record({
        gap: fc.integer({ min: 0, max: 150 }),
        user: fc.constantFrom('alice', 'bob'),
        decides: fc.constantFrom('yes' as const, 'unless' as const),
        isSuccess: fc.boolean(),
        address: fc.constantFrom('198.51.100.1', '203.0.113.1'),
        sessionId: fc.constantFrom('', 's1', 's2'),
      }),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(arbitrary, (records) => {
        let seconds = 0
        const lines = records.map(({ gap, user, ...more }, ordinal) => {
          seconds += gap
          return [user, lineOf(ordinal, seconds, more)] as const
        })
        const expected = ['alice', 'bob']
          .flatMap((user) => {
            const own = lines.filter(([name]) => name === user).map(([, line]) => line)
            const ids = decidingIds(own, GROUP_MS)
            return own.filter((line) => ids.has(line.id)).map((line) => line.ordinal)
          })
          .sort((a, b) => a - b)
        const { deciding, answers } = answersOf(lines)
        expect(deciding).toStrictEqual(expected)
        expect(answers).toStrictEqual(lines.map((_line, ordinal) => ordinal))
      }),
      { seed: 11, numRuns: 400 },
    )
  })

  test('what is held is what is near: a year of a login a minute stays small', () => {
    let held = 0
    let heldMax = 0
    const logins = new LoginLines(GROUP_MS, () => {
      held--
    })
    for (let minute = 0; minute < 20_000; minute++) {
      held++
      logins.add('probe', lineOf(minute, minute * 60))
      heldMax = Math.max(heldMax, held)
    }
    logins.finish()
    expect(held).toBe(0)
    expect(heldMax).toBeLessThanOrEqual(8)
  })
})
