import { describe, expect, test } from '@jest/globals'
import { type ClassedFailure, FailureCounts, strongestWindows } from './failure-window.ts'
import { limitsOf, PANE_MS } from './limits.ts'
import { attemptOf } from './testing/annotated.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from './time.ts'

const DAY = 20_000
const START_MS = DAY * DAY_MS
/** Whole points, so that a table can be read: a failure one, a network ten, an own failure minus two, a lockout five. */
const LIMITS = limitsOf({
  bruteForce: { failuresFree: 2, failure: 1, network: 10, vouchedFailure: -2, lockout: 5 },
}).bruteForce

function failureAt(
  ms: number,
  failureClass: ClassedFailure['failureClass'] = 'unvouched',
  prefix = 'p',
  isLockout = false,
): ClassedFailure {
  const attempt = { ...attemptOf('aoki', START_MS + ms), prefix }
  return { attempt, failureClass, isLockout }
}

describe('points', () => {
  const strange = failureAt(0)
  const other = failureAt(0, 'unvouched', 'q')
  const own = failureAt(0, 'vouched', 'home')
  const operators = failureAt(0, 'operatorKnown', 'phone')
  const lockout = failureAt(0, 'operatorKnown', 'phone', true)

  test.each<{ what: string; failures: readonly ClassedFailure[]; points: number }>([
    { what: 'nothing', failures: [], points: 0 },
    { what: 'free failures', failures: [strange, strange], points: 0 },
    { what: 'one more', failures: [strange, strange, strange], points: 1 },
    { what: 'a second network', failures: [strange, other], points: 10 },
    { what: 'a network twice', failures: [strange, other, other, other], points: 12 },
    { what: 'own networks', failures: [own, own], points: -4 },
    { what: 'a known operator', failures: [operators, operators, operators], points: 0 },
    { what: 'a lockout', failures: [lockout], points: 5 },
    { what: 'two lockouts', failures: [lockout, lockout], points: 5 },
  ])('of $what: $points', ({ failures, points }) => {
    const counts = new FailureCounts(LIMITS)
    for (const failure of failures) counts.change(failure, 1)
    expect(counts.points).toBe(points * 1024)
    // What leaves is as if it had never come.
    const leaving = [strange, other, own, operators, lockout]
    for (const failure of leaving) counts.change(failure, 1)
    for (const failure of leaving) counts.change(failure, -1)
    expect(counts.points).toBe(points * 1024)
  })
})

function windowsOf(failures: readonly ClassedFailure[]) {
  return strongestWindows(failures, DAY, LIMITS).map(({ windowMs, endMs, points, unvouched }) => ({
    windowMs,
    endMs: endMs - START_MS,
    points: points / 1024,
    unvouched,
  }))
}

describe('the strongest window of a pane', () => {
  const END_MS = 12 * HOUR_MS + PANE_MS
  const now = [END_MS - 3, END_MS - 2, END_MS - 1].map((ms) => failureAt(ms))

  test.each([
    { what: 'only now: the shortest of equals', back: null, windowMs: 10 * MINUTE_MS, points: 1 },
    { what: '10 min', back: 10 * MINUTE_MS, windowMs: 10 * MINUTE_MS, points: 2 },
    { what: 'just over 10 min', back: 10 * MINUTE_MS + 1, windowMs: HOUR_MS, points: 2 },
    { what: 'an hour', back: HOUR_MS, windowMs: HOUR_MS, points: 2 },
    { what: 'just over an hour', back: HOUR_MS + 1, windowMs: DAY_MS, points: 2 },
    { what: 'a day', back: DAY_MS, windowMs: DAY_MS, points: 2 },
    { what: 'just over a day', back: DAY_MS + 1, windowMs: 10 * MINUTE_MS, points: 1 },
  ])('before its end $what', ({ back, windowMs, points }) => {
    const before = back === null ? [] : [failureAt(END_MS - back)]
    expect(windowsOf([...before, ...now]).at(-1)).toEqual({
      windowMs,
      endMs: END_MS,
      points,
      unvouched: points + 2,
    })
  })

  test('holds nothing that comes after the pane', () => {
    const next = failureAt(END_MS)
    expect(windowsOf([...now, next]).map(({ endMs, points }) => [endMs, points])).toEqual([
      [END_MS, 1],
      [END_MS + PANE_MS, 2],
    ])
  })

  test('is the stronger one, not the longer: own failures of the morning speak against it', () => {
    const own = [failureAt(HOUR_MS, 'vouched'), failureAt(HOUR_MS, 'vouched')]
    expect(windowsOf([...own, ...now]).at(-1)).toMatchObject({
      windowMs: 10 * MINUTE_MS,
      points: 1,
    })
  })

  test.each([
    { ms: 0, panes: 1 },
    { ms: -1, panes: 0 },
    { ms: -PANE_MS, panes: 0 },
  ])('is of the day of the pane: a failure $ms ms after midnight', ({ ms, panes }) => {
    expect(windowsOf([failureAt(ms)])).toHaveLength(panes)
  })

  test('of several panes stand in the order of time', () => {
    const early = [1, 2, 3].map((ms) => failureAt(6 * HOUR_MS + ms))
    expect(windowsOf([...early, ...now]).map(({ endMs }) => endMs)).toEqual([
      6 * HOUR_MS + PANE_MS,
      END_MS,
    ])
  })
})
