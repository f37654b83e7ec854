import { describe, expect, test } from '@jest/globals'
import type { ClassedAttempt } from './classed-attempts.ts'
import { limitsOf, PANE_MS } from './limits.ts'
import {
  type AttackWindow,
  attackWindowOf,
  evidenceAttemptsOf,
  failingUsersOf,
  loudestWindowOf,
  usersOf,
} from './loudest-window.ts'
import type { FlaggedPane, SourceAttack } from './source-attack.ts'
import type { OutcomeClassName } from './source-tally.ts'
import { annotatedOf, attemptOf } from './testing/annotated.ts'
import { HOUR_MS, MINUTE_MS } from './time.ts'

const LIMITS = limitsOf({ common: { evidenceLines: 5 } })

function tried(user: string, ms: number, is: OutcomeClassName, address = 'a'): ClassedAttempt {
  const annotated = annotatedOf(attemptOf(user, ms), 'bad_credential')
  return { userKey: user, address, timestampMs: ms, outcomeClass: is, annotated }
}

function paneOf(said: Partial<FlaggedPane> = {}): FlaggedPane {
  return {
    paneStartMs: 12 * HOUR_MS,
    address: '',
    addresses: [],
    isPrefixFlagged: true,
    windowMs: HOUR_MS,
    llr: 1,
    failingUsers: 0,
    prefixLlr: 0,
    ...said,
  }
}

function attackOf(attempts: readonly ClassedAttempt[], panes = [paneOf()]): SourceAttack {
  return { day: 0, panes, attempts, isCapped: false }
}

function windowOf(attempts: readonly ClassedAttempt[], pane = paneOf()): AttackWindow {
  return attackWindowOf(attackOf(attempts), pane, LIMITS)
}

describe('the loudest window', () => {
  test.each([
    { llrs: [1, 3, 2], loudest: 1 },
    { llrs: [3, 1, 3], loudest: 2 },
    { llrs: [3, 3, 1], loudest: 1 },
  ])('of $llrs is number $loudest', ({ llrs, loudest }) => {
    const panes = llrs.map((llr, i) => paneOf({ llr, paneStartMs: i * PANE_MS }))
    expect(loudestWindowOf(attackOf([], panes), LIMITS).pane).toBe(panes[loudest])
  })
})

describe('the attempts of a window', () => {
  const END_MS = 12 * HOUR_MS + PANE_MS
  test.each([
    { ms: END_MS - HOUR_MS, is: true },
    { ms: END_MS - HOUR_MS - 1, is: false },
    { ms: END_MS - 1, is: true },
    { ms: END_MS, is: false },
  ])('at $ms: $is', ({ ms, is }) => {
    const { attempts, classes } = windowOf([tried('aoki', ms, 'locked')])
    expect([attempts.length, classes.size]).toEqual(is ? [1, 1] : [0, 0])
  })

  test('are those of its address, or of the whole network', () => {
    const both = [tried('aoki', END_MS - 2, 'locked'), tried('berg', END_MS - 1, 'locked', 'b')]
    expect([...windowOf(both, paneOf({ address: 'b' })).classes.keys()]).toEqual(['berg'])
    expect([...windowOf(both).classes.keys()]).toEqual(['aoki', 'berg'])
  })
})

test('users count once, those who got in as such', () => {
  const at = 12 * HOUR_MS
  const window = windowOf([
    tried('aoki', at, 'unvouched_failure'),
    tried('berg', at, 'locked'),
    tried('berg', at + 1, 'locked'),
    tried('chiba', at, 'unvouched_failure'),
    tried('chiba', at + 1, 'other_success'),
  ])
  expect(failingUsersOf(window)).toEqual(['aoki', 'berg'])
  expect(usersOf(window, 'locked')).toBe(1)
  expect(usersOf(window, 'locked', 'other_success')).toBe(2)
  expect(usersOf(window, 'misspelt')).toBe(0)
})

describe('the lines shown', () => {
  const START_MS = 12 * HOUR_MS - 50 * MINUTE_MS
  /** Users `prefix0`, `prefix1`, … one a minute. */
  const row = (prefix: string, count: number, minute: number, is: OutcomeClassName) =>
    Array.from({ length: count }, (_, i) =>
      tried(`${prefix}${i}`, START_MS + (minute + i) * MINUTE_MS, is),
    )

  test.each<{ what: string; attempts: ClassedAttempt[]; shown: string[] }>([
    {
      what: 'one of each kind, though there were too many of the other',
      attempts: [...row('a', 10, 0, 'unvouched_failure'), ...row('z', 1, 20, 'locked')],
      shown: ['a0@0', 'a1@1', 'a2@2', 'a3@3', 'z0@20'],
    },
    {
      what: 'everybody who got in',
      attempts: [...row('a', 10, 0, 'unvouched_failure'), ...row('o', 3, 20, 'other_success')],
      shown: ['a0@0', 'a1@1', 'o0@20', 'o1@21', 'o2@22'],
    },
    {
      what: 'the strangest users before others',
      attempts: [...row('a', 6, 0, 'unvouched_failure'), ...row('u', 3, 20, 'unknown_user')],
      shown: ['a0@0', 'a1@1', 'u0@20', 'u1@21', 'u2@22'],
    },
    {
      what: 'of two users the first and the last line, of all others the first',
      attempts: [
        ...row('b', 2, 0, 'locked'),
        ...row('c', 3, 5, 'locked'),
        ...row('c', 3, 25, 'locked'),
      ],
      shown: ['b0@0', 'b1@1', 'c0@5', 'c1@6', 'c2@7'],
    },
    {
      what: 'of the last of them the first line, where there is room for one only',
      attempts: [
        ...row('u', 2, 0, 'unknown_user'),
        ...row('u', 2, 10, 'unknown_user'),
        ...row('y', 1, 20, 'locked'),
        ...row('z', 1, 21, 'vouched_failure'),
      ],
      shown: ['u0@0', 'u1@1', 'u0@10', 'y0@20', 'z0@21'],
    },
    {
      what: 'the last line of one who tried often',
      attempts: [
        ...row('c', 1, 0, 'locked'),
        ...row('c', 1, 5, 'locked'),
        ...row('c', 1, 9, 'locked'),
      ],
      shown: ['c0@0', 'c0@9'],
    },
    {
      what: 'no line that its user does not count by',
      attempts: [...row('c', 1, 0, 'locked'), ...row('c', 1, 5, 'vouched_failure')],
      shown: ['c0@5'],
    },
  ])('$what', ({ attempts, shown }) => {
    attempts.sort((a, b) => a.timestampMs - b.timestampMs)
    const lines = evidenceAttemptsOf(windowOf(attempts), LIMITS)
    expect(
      lines.map(({ event }) => `${event.userKey}@${(event.timestampMs - START_MS) / MINUTE_MS}`),
    ).toEqual(shown)
  })
})
