import { expect, test } from '@jest/globals'
import { type SourceAttack, sourceAttack } from './source-attack.ts'
import { SOURCE_RULES } from './source-rules.ts'
import type { SourceView } from './source-view.ts'
import { annotatedOf, attemptOf, viewOf } from './testing/annotated.ts'
import { success } from './testing/reused-source.ts'

const DAY = 20_000
const MASK = { hashKey: '', isPerson: () => true }

/** Twelve unknown names within a quarter of an hour of each of these days. */
function guessedOn(days: readonly number[]) {
  const annotated = days.flatMap((day) =>
    Array.from({ length: 12 }, (_, i) => {
      const timestampMs = day * 86_400_000 + (720 + i) * 60_000
      const attempt = attemptOf(`guess${i}x`, timestampMs, { attempt: 'unknown_user' })
      return annotatedOf(attempt, 'unknown_user')
    }),
  )
  const view = viewOf(annotated)
  const attacks = days.map((day) => sourceAttack(view, day)).filter((attack) => attack !== null)
  return { view, attempts: annotated, attacks }
}

/** Rules that find something on the day, and the day that they say. */
function rulesOf(view: SourceView, attacks: readonly SourceAttack[]): string[] {
  return SOURCE_RULES.flatMap((rule) => rule(view, DAY, attacks, MASK)).map(
    ({ ruleId, day }) => `${ruleId} ${day}`,
  )
}

test('a login at a source that attacks is a success inside the attack', () => {
  const { attempts, attacks } = guessedOn([DAY])
  const drafts = rulesOf(viewOf([...attempts, success('alice', '12:30')]), attacks)
  expect(drafts).toEqual(['N1 2024-10-04', 'X1 2024-10-04'])
})

test('a source where users share nothing but a rented network is reused', () => {
  const view = viewOf(['alice', 'bob', 'carol'].map((user) => success(user, '9:00')))
  expect(rulesOf(view, [])).toEqual(['P2 2024-10-04'])
})

test.each([
  { what: 'the day itself', days: [DAY], alerts: ['N1 2024-10-04'] },
  {
    what: 'the day and its neighbours',
    days: [-1, 0, 1].map((i) => DAY + i),
    alerts: ['N1 2024-10-04'],
  },
  { what: 'its neighbours alone', days: [DAY - 1, DAY + 1], alerts: [] },
  { what: 'no day', days: [], alerts: [] },
])('a source that attacks on $what', ({ days, alerts }) => {
  const { view, attacks } = guessedOn(days)
  expect(attacks).toHaveLength(days.length)
  expect(rulesOf(view, attacks)).toEqual(alerts)
})
