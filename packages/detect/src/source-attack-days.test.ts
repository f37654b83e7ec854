import { describe, expect, test } from '@jest/globals'
import type { AttemptOutcome } from '@sekisho/event'
import { PANE_MS } from './limits.ts'
import { attacksAround, sourceAttack } from './source-attack.ts'
import type { AnnotatedAttempt } from './source-view.ts'
import { configWith } from './testing/alice.ts'
import { annotatedOf, attemptOf, viewOf } from './testing/annotated.ts'
import { DAY_MS, HOUR_MS } from './time.ts'

const DAY = 20_000
const START_MS = DAY * DAY_MS
const A = '203.0.113.7'
const B = '203.0.113.8'

/** Three nats for an unknown name and a threshold of twelve, so that four names reach it exactly. */
const config = configWith({ source: { unknownUser: 3, threshold: 12, ordinarySuccess: 0 } })

function one(
  user: string,
  ms: number,
  outcome: AttemptOutcome = 'unknown_user',
  sourceAddress = A,
  flags: Partial<AnnotatedAttempt> = {},
): AnnotatedAttempt {
  const said = { attempt: outcome, sourceAddress }
  return annotatedOf(attemptOf(user, START_MS + ms, said), outcome, flags)
}

/** Four names at one instant. */
function four(ms: number, address = A): AnnotatedAttempt[] {
  return [0, 1, 2, 3].map((i) => one(`${address}/${ms}/${i}`, ms, 'unknown_user', address))
}

const attackOf = (annotated: readonly AnnotatedAttempt[]) =>
  sourceAttack(viewOf(annotated, { config }), DAY)

describe('the day of an attack', () => {
  test.each([
    { what: 'the first millisecond', ms: 0, is: true },
    { what: 'the millisecond before', ms: -1, is: false },
    { what: 'the last millisecond', ms: DAY_MS - 1, is: true },
    { what: 'the millisecond after', ms: DAY_MS, is: false },
  ])('holds $what: $is', ({ ms, is }) => {
    expect(attackOf(four(ms)) !== null).toBe(is)
  })

  test.each([
    { what: 'in its last millisecond', ms: DAY_MS - 1, is: false },
    { what: 'after it', ms: DAY_MS, is: true },
  ])('somebody who belongs there gets in $what: an attack $is', ({ ms, is }) => {
    const own = one('aoki', ms, 'success', A, { isVouched: true, isKnown: true })
    expect(attackOf([...four(DAY_MS - 1), own]) !== null).toBe(is)
  })

  test.each([
    { what: 'in the last millisecond of the next day', ms: 2 * DAY_MS - 1, is: false },
    { what: 'as the day after that begins', ms: 2 * DAY_MS, is: true },
  ])('a name that gets in $what: still an attack $is', ({ ms, is }) => {
    const failures = four(12 * HOUR_MS)
    const user = failures[0]?.attempt.event.userKey ?? ''
    const success = one(user, ms, 'success', A, { isHomeCountry: true })
    expect(attackOf([...failures, success]) !== null).toBe(is)
  })
})

test('the attacks around a day are its own and its neighbours’', () => {
  const attacks = [-2, -1, 0, 1, 2].flatMap((days) => four(12 * HOUR_MS + days * DAY_MS))
  const around = attacksAround(() => viewOf(attacks, { config }), DAY)
  expect(around.map(({ day }) => day)).toEqual([DAY - 1, DAY, DAY + 1])
  const alone = attacksAround(() => viewOf(four(12 * HOUR_MS), { config }), DAY)
  expect(alone.map(({ day }) => day)).toEqual([DAY])
})

test('a pane names every address that fires by itself in any of its windows', () => {
  // A fires within ten minutes; B, whose names came an hour ago and now, only over a day.
  const noon = 12 * HOUR_MS
  const slow = [noon - 2 * HOUR_MS, noon].flatMap((ms) => four(ms, B).slice(0, 2))
  const users = ['aoki', 'berg', 'chiba'].map((user) =>
    one(user, noon - 2 * HOUR_MS, 'success', A, { isVouched: true, isKnown: true }),
  )
  // Over a day those who belong to A speak for it, so that only B is left.
  const panes = attackOf([...four(noon), ...slow, ...users])?.panes ?? []
  const last = panes.find(({ paneStartMs }) => paneStartMs === START_MS + noon)
  expect(last?.addresses).toEqual([A, B])
  expect(noon % PANE_MS).toBe(0)
})
