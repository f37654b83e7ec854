import { describe, expect, test } from '@jest/globals'
import type { AlertDraft } from './alert-draft.ts'
import { units } from './limits.ts'
import { sourceAttack } from './source-attack.ts'
import type { AnnotatedAttempt, SourceView } from './source-view.ts'
import { successInsideAttack } from './success-inside-attack.ts'
import { profileOf, viewOf } from './testing/annotated.ts'
import { attemptAt as attempt, DAY } from './testing/source-day.ts'

const MASK = { hashKey: '', isPerson: () => true }

function alertsOf(view: SourceView): AlertDraft[] {
  const attack = sourceAttack(view, DAY)
  return successInsideAttack(view, DAY, attack === null ? [] : [attack], MASK)
}

const victim = attempt('victim', 100, 'success')
const failures = (count: number): AnnotatedAttempt[] =>
  Array.from({ length: count }, (_, i) => attempt(`known${i}`, 60 + i, 'bad_credential'))

describe('the first success ever from a network where others failed', () => {
  test('is suspect, and its value follows from its quantities', () => {
    const [alert, ...more] = alertsOf(viewOf([...failures(3), victim]))
    expect(more).toEqual([])
    expect(alert?.terms).toMatchObject([
      {
        name: 'first_success_after_failures',
        value: 3 * (units(1.67) / 1024),
        quantities: { users: 3, nats_per_user: units(1.67) / 1024 },
      },
    ])
    expect([alert?.score, alert?.posterior, alert?.severity]).toEqual([
      alert?.terms[0]?.value,
      null,
      'critical',
    ])
  })

  test.each<{ what: string; view: SourceView }>([
    { what: 'two others', view: viewOf([...failures(2), victim]) },
    {
      what: 'somebody succeeded there before, as the organisation remembers',
      view: viewOf([...failures(3), victim], {
        profile: profileOf({ hasSucceededFrom: (prefix) => prefix === '203.0.113.0/24' }),
      }),
    },
    {
      what: 'somebody succeeded there earlier in the days that are open',
      view: viewOf([
        ...failures(3),
        victim,
        attempt('aoki', -200, 'success', { isVouched: true, isKnown: true }),
      ]),
    },
    {
      what: 'one of the three got in by a vouched login of theirs',
      view: viewOf([
        ...failures(3),
        victim,
        attempt('known2', 300, 'success', { isVouched: true, isKnown: true }),
      ]),
    },
  ])('is not when: $what', ({ view }) => {
    expect(alertsOf(view)).toEqual([])
  })
})

test('of an attack on the source, users and what each counts add up to the value', () => {
  const guesses = Array.from({ length: 8 }, (_, i) =>
    attempt(`zz${i}zz`, 60 + i, 'unknown_user', {}),
  )
  const [alert] = alertsOf(viewOf([...guesses, ...failures(4), victim]))
  const [term] = alert?.terms ?? []
  expect(term?.name).toBe('source_under_attack')
  const quantities = term?.quantities ?? {}
  const kinds = Object.keys(quantities).filter((name) => name.endsWith('_nats_per_user'))
  expect(kinds.sort()).toEqual(['unknown_user_nats_per_user', 'unvouched_failure_nats_per_user'])
  const sum = kinds.reduce((total, name) => {
    const users = quantities[name.replace('_nats_per_user', '_users')] ?? Number.NaN
    return total + users * (quantities[name] ?? Number.NaN)
  }, 0)
  expect([sum, alert?.score]).toEqual([term?.value, term?.value])
})

test('in the cold start an attack by ten is needed, and the alert is medium', () => {
  const cold = { isCold: true }
  const guesses = (count: number): AnnotatedAttempt[] =>
    Array.from({ length: count }, (_, i) => attempt(`zz${i}zz`, 60 + i, 'unknown_user', cold))
  const success = attempt('victim', 100, 'success', cold)
  expect(alertsOf(viewOf([...guesses(9), success]))).toEqual([])
  const [alert] = alertsOf(viewOf([...guesses(10), success]))
  expect(alert?.severity).toBe('medium')
  expect(alert?.considered).toContainEqual({
    name: 'cold_start',
    applied: true,
    why: 'the organisation has less than 7 days of history',
  })
})
