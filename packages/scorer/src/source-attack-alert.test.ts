import { describe, expect, test } from '@jest/globals'
import type { Attempt, RuleId } from '@sekisho/event'
import {
  attackOf,
  attacksOf,
  guess,
  history,
  mistypes,
  NOON,
  person,
  staff,
  unknowns,
} from './testing/attacks.ts'
import { whyNot } from './testing/run.ts'
import {
  at,
  CARRIER,
  day,
  HOSTING,
  HOTEL,
  habit,
  login,
  NEW_YORK,
  refusals,
  TODAY,
  TOKYO,
  TOKYO_TOO,
} from './testing/story.ts'

describe('severity', () => {
  const popUp = mistypes(7, HOTEL)
  const guest = [login('ny', NEW_YORK, day(0), '10:00'), login('ny', HOTEL, TODAY, '12:02')]

  test.each<{ what: string; attempts: Attempt[]; severity: string }>([
    { what: 'guests of a hotel mistype', attempts: popUp, severity: 'medium' },
    { what: 'the same on a carrier', attempts: mistypes(7, CARRIER), severity: 'medium' },
    { what: 'the same on a hosting network', attempts: mistypes(7, HOSTING), severity: 'high' },
    {
      what: 'one of the guests has been there before',
      attempts: [...popUp, ...habit('stafflog', HOTEL, 3, 10, '12:01')],
      severity: 'high',
    },
    { what: 'somebody strange gets in', attempts: [...popUp, ...guest], severity: 'high' },
    {
      what: '2 of 9 names are unknown',
      attempts: [...popUp, ...unknowns(2, HOTEL)],
      severity: 'medium',
    },
    {
      what: '3 of 10 names are unknown',
      attempts: [...popUp, ...unknowns(3, HOTEL)],
      severity: 'high',
    },
  ])('$what: $severity', ({ attempts, severity }) => {
    // Who vouches for the hotel takes 4.5 off; two more victims make up for it.
    const more = refusals(
      5,
      (i) => person(7 + i),
      (attempts[0] as Attempt).prefix === '100.70.6.0/24' ? HOTEL : HOSTING,
      NOON + 500,
      10,
    )
    const isVouched = attempts.some(({ event }) => event.userKey === 'stafflog')
    const alert = attackOf(...history, ...attempts, ...(isVouched ? more : []))
    expect(alert.severity).toBe(severity)
    expect(alert.riskScore).toBe(severity === 'high' ? 73 : 47)
    expect(whyNot(alert, 'severity_cap')?.applied).toBe(severity === 'medium')
  })

  test('in the first week everything is at most medium, and unknown names mean little', () => {
    const young = staff.flatMap((user) => habit(user, TOKYO, 4, 9))
    expect(attacksOf(...young, ...unknowns(6, HOSTING))).toEqual([])
    const alert = attackOf(...young, ...unknowns(7, HOSTING))
    expect(alert).toMatchObject({ severity: 'medium', score: (7 * 1710) / 1024 })
    expect(alert.terms.map(({ name }) => name)).toEqual(['unvouched_failure'])
    expect(whyNot(alert, 'severity_cap')?.why).toContain('less than 7 days of history')
  })

  test('in the first week any success speaks for the source', () => {
    const young = staff.flatMap((user) => habit(user, TOKYO, 4, 9))
    const successes = staff.slice(0, 2).map((user) => login(user, HOSTING, TODAY, '12:02'))
    expect(attacksOf(...young, ...unknowns(9, HOSTING), ...successes)).toEqual([])
    expect(attacksOf(...young, ...unknowns(9, HOSTING))).toHaveLength(1)
  })
})

describe('stuffing or spraying', () => {
  /** So many rounds over so many people and unknown names, a gap between their starts. */
  function rounds(count: number, gapS: number, known: number, unknown: number): Attempt[] {
    return Array.from({ length: count }, (_, round) => {
      const startMs = NOON + round * gapS * 1000
      return [
        ...refusals(known, person, HOSTING, startMs, 2),
        ...refusals(unknown, guess, HOSTING, startMs + 60_000, 2),
      ]
    }).flat()
  }

  test.each<{ count: number; gapS: number; known: number; unknown: number; ruleId: RuleId }>([
    { count: 1, gapS: 1800, known: 8, unknown: 0, ruleId: 'N1' },
    { count: 2, gapS: 1800, known: 8, unknown: 0, ruleId: 'N2' },
    { count: 2, gapS: 1799, known: 8, unknown: 0, ruleId: 'N1' },
    { count: 3, gapS: 1800, known: 8, unknown: 0, ruleId: 'N2' },
    { count: 4, gapS: 1800, known: 8, unknown: 0, ruleId: 'N1' },
    { count: 2, gapS: 1800, known: 8, unknown: 2, ruleId: 'N1' },
    { count: 2, gapS: 1800, known: 9, unknown: 2, ruleId: 'N2' },
  ])(
    '$count rounds $gapS s apart over $known people and $unknown unknown names: $ruleId',
    ({ count, gapS, known, unknown, ruleId }) => {
      const alert = attackOf(...history, ...rounds(count, gapS, known, unknown))
      expect(alert).toMatchObject({ ruleId, family: 'N', severity: 'high' })
      expect(alert.reason.includes('in rounds over one set of names')).toBe(ruleId === 'N2')
    },
  )
})

describe('the alert', () => {
  const alert = () => attackOf(...history, ...unknowns(4, HOSTING), ...mistypes(2, HOSTING))

  test('is about the network, whatever its label', () => {
    expect(alert()).toMatchObject({
      family: 'N',
      ruleId: 'N1',
      entity: 'prefix:100.70.2.0/24',
      discriminator: '',
      day: '2026-03-12',
      outcome: 'failure',
      userKey: '',
      threshold: 10546 / 1024,
      travel: null,
    })
  })

  test('masks names that nobody has, and shows those of people', () => {
    const { evidence, relatedUsers, reason } = alert()
    const shown = evidence.map(({ user }) => user)
    expect(shown.filter((user) => /^gu…#[0-9a-f]{8}$/.test(user))).toHaveLength(4)
    expect(shown.filter((user) => user.startsWith('staff')).sort()).toEqual(['staffa', 'staffb'])
    expect(relatedUsers).toEqual(['staffa', 'staffb'])
    expect(JSON.stringify([evidence, relatedUsers, reason])).not.toContain('guess')
  })

  test('terms point at the lines of their users', () => {
    const { terms, evidence } = alert()
    for (const { name, evidence: indexes } of terms) {
      const users = indexes.map((index) => evidence[index]?.user ?? '')
      expect([
        name,
        users.every((user) => user.startsWith(name === 'unknown_user' ? 'gu…' : 'staff')),
      ]).toEqual([name, true])
    }
    expect(terms.map(({ name, evidence: indexes }) => [name, indexes.length])).toEqual([
      ['unvouched_failure', 2],
      ['unknown_user', 4],
    ])
  })

  test('each kind has a line, twenty at most, the rest are the strangest', () => {
    const many = attackOf(...history, ...unknowns(26, HOSTING), ...mistypes(9, HOSTING))
    expect(many.evidence).toHaveLength(20)
    expect(many.evidenceTotal).toBe(35)
    // One line of each kind, the rest of the strangest.
    expect(many.evidence.filter(({ user }) => user.startsWith('gu…'))).toHaveLength(19)
    const times = many.evidence.map(({ timestampMs }) => timestampMs)
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  test('an attack over midnight is an alert on each day', () => {
    const night = refusals(12, guess, HOSTING, at(TODAY, '23:59'), 10)
    expect(
      attacksOf(...history, ...night).map(({ day: text, score }) => [text, score * 1024]),
    ).toEqual([
      ['2026-03-12', 6 * 3666],
      ['2026-03-13', 12 * 3666],
    ])
  })

  test('another address of the user’s own operator is no strange place', () => {
    expect(attacksOf(...history, ...mistypes(12, TOKYO_TOO))).toEqual([])
    expect(attacksOf(...history, ...mistypes(12, HOTEL))).toHaveLength(1)
  })
})
