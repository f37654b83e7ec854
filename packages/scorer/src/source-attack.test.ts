import { describe, expect, test } from '@jest/globals'
import type { Attempt, AttemptOutcome } from '@sekisho/event'
import {
  attackOf,
  attacksOf,
  guess,
  history,
  mistypes,
  NOON,
  person,
  unknowns,
} from './testing/attacks.ts'
import { whyNot } from './testing/run.ts'
import {
  at,
  changed,
  day,
  HOSTING,
  HOTEL,
  habit,
  login,
  NEW_YORK,
  OFFICE,
  refusals,
  refused,
  TODAY,
  TOKYO,
} from './testing/story.ts'

/** In 1/1024 nat: unknown 3666, unvouched 1710, the threshold 9.2 + ln 3 is 10546. */
describe('how many victims it takes', () => {
  test.each([
    // Three unknown names sum to 10.74, but four users are the least.
    { unknown: 3, known: 0, llr: null },
    { unknown: 4, known: 0, llr: 4 * 3666 },
    { unknown: 0, known: 6, llr: null },
    { unknown: 0, known: 7, llr: 7 * 1710 },
    { unknown: 1, known: 4, llr: null },
    { unknown: 1, known: 5, llr: 3666 + 5 * 1710 },
    { unknown: 2, known: 1, llr: null },
    { unknown: 2, known: 2, llr: 2 * 3666 + 2 * 1710 },
  ])('$unknown unknown and $known known users: $llr', ({ unknown, known, llr }) => {
    const attacks = attacksOf(
      ...history,
      ...unknowns(unknown, HOSTING),
      ...mistypes(known, HOSTING),
    )
    expect(attacks.map(({ score }) => score * 1024)).toEqual(llr === null ? [] : [llr])
    if (llr === null) return
    expect(attacks[0]?.counts).toMatchObject({
      users_failed: unknown + known,
      users_unknown: unknown,
      users_succeeded: 0,
      attempts: unknown + known,
    })
  })

  test('a user who fails eight times is one piece of evidence', () => {
    const often = refusals(24, (i) => guess(i % 3), HOSTING, NOON, 10)
    expect(attacksOf(...history, ...often)).toEqual([])
    expect(
      attacksOf(...history, ...often, refused('guesszz', HOSTING, TODAY, '12:01')),
    ).toHaveLength(1)
  })
})

describe('what each outcome adds', () => {
  const crowd = unknowns(6, HOSTING)

  test.each<{ what: string; more: Attempt[]; name: string; value: number }>([
    {
      what: 'an unknown name',
      more: [refused('zzzz', HOSTING, TODAY, '12:02')],
      name: 'unknown_user',
      value: 7 * 3666,
    },
    {
      what: 'a person who never was there',
      more: mistypes(1, HOSTING),
      name: 'unvouched_failure',
      value: 1710,
    },
    {
      what: 'a locked account',
      more: [refused(person(0), HOSTING, TODAY, '12:02', { attempt: 'disabled_or_locked' })],
      name: 'locked',
      value: 1024,
    },
    {
      what: 'a refused second factor',
      more: [refused(person(0), HOSTING, TODAY, '12:02', { attempt: 'mfa_denied' })],
      name: 'factor_denied',
      value: 3072,
    },
    {
      what: 'an expired password',
      more: [refused(person(0), HOSTING, TODAY, '12:02', { attempt: 'expired_password' })],
      name: 'unvouched_failure',
      value: 1710,
    },
    {
      what: 'a person who knows the operator',
      more: [
        ...habit(person(0), changed(HOSTING, '198.19.1.', {}), 3, 5, '20:00'),
        ...mistypes(1, HOSTING),
      ],
      name: 'operator_known_failure',
      value: 307,
    },
    {
      what: 'a person who was there before, failing',
      more: [...habit(person(0), HOSTING, 3, 5, '20:00'), ...mistypes(1, HOSTING)],
      name: 'vouched_failure',
      value: -1024,
    },
    {
      what: 'a person who was there before, getting in',
      more: [
        ...habit(person(0), HOSTING, 3, 5, '20:00'),
        login(person(0), HOSTING, TODAY, '12:02'),
      ],
      name: 'vouched_success',
      value: -4608,
    },
  ])('$what', ({ more, name, value }) => {
    const alert = attackOf(...history, ...crowd, ...more)
    const term = alert.terms.find((each) => each.name === name)
    expect((term?.value ?? 0) * 1024).toBe(value)
    expect(alert.score).toBe(alert.terms.reduce((sum, each) => sum + each.value, 0))
  })

  test.each([
    { what: 'at home in the country', from: HOTEL, name: 'ordinary_success', value: -2560 },
    { what: 'abroad', from: NEW_YORK, name: 'other_success', value: 0 },
  ])('a success on an access network $what', ({ from, name, value }) => {
    const alert = attackOf(...history, ...unknowns(6, from), login(person(0), from, TODAY, '12:02'))
    const term = alert.terms.find((each) => each.name === name)
    expect([term?.name, (term?.value ?? 1) * 1024]).toEqual([name, value])
  })

  test('a policy that refuses says nothing of guessing', () => {
    const refusedByPolicy = refusals(9, guess, HOSTING, NOON, 10, () => ({
      attempt: 'policy_denied',
    }))
    expect(attacksOf(...history, ...refusedByPolicy)).toEqual([])
  })

  test.each<{ outcomes: AttemptOutcome[]; name: string }>([
    { outcomes: ['bad_credential', 'success'], name: 'other_success' },
    { outcomes: ['bad_credential', 'mfa_denied'], name: 'factor_denied' },
    { outcomes: ['disabled_or_locked', 'bad_credential'], name: 'unvouched_failure' },
  ])('a user with $outcomes counts once, as $name', ({ outcomes, name }) => {
    const lines = outcomes.map((attempt, i) => {
      const time = `12:0${2 + i}`
      return attempt === 'success'
        ? login(person(0), HOSTING, TODAY, time)
        : refused(person(0), HOSTING, TODAY, time, { attempt })
    })
    const names = attackOf(...history, ...crowd, ...lines).terms.map((term) => term.name)
    expect(names.sort()).toEqual([name, 'unknown_user'].sort())
  })
})

describe('who looks like an attack and is none', () => {
  const office = Array.from({ length: 50 }, (_, i) => `colleague${i}`)
  const passwordsExpired = [
    ...refusals(30, (i) => office[i] as string, OFFICE, at(TODAY, '08:30'), 10),
    ...office.slice(30).map((user, i) => login(user, OFFICE, TODAY, `08:3${i % 10}`)),
  ]

  test('an office on the morning when 60 % of the passwords have expired', () => {
    const worked = office.flatMap((user) => habit(user, OFFICE, 0, 9))
    expect(attacksOf(...worked, ...passwordsExpired)).toEqual([])
  })

  test('the same morning in an office that nobody was in before', () => {
    const workedElsewhere = office.flatMap((user) => habit(user, TOKYO, 0, 9))
    expect(attacksOf(...workedElsewhere, ...passwordsExpired)).toHaveLength(1)
  })

  test('names one letter from those who work there', () => {
    const misspelt = (user: string, i: number) => refused(user, OFFICE, TODAY, `09:0${i}`)
    const worked = habit('fujiwara', OFFICE, 0, 10)
    const slips = ['fujiwarra', 'fujiwar', 'fujiwata', 'fujiawra', 'ujiwara', 'fujjwara']
    expect(attacksOf(...worked, ...slips.map(misspelt))).toEqual([])
    const others = ['tanaka', 'suzuki', 'yamada', 'kobayashi', 'ito', 'sasaki']
    expect(attacksOf(...worked, ...others.map(misspelt))).toHaveLength(1)
    expect(
      attackOf(...worked, ...slips.map(misspelt), ...others.map(misspelt)).terms,
    ).toContainEqual(expect.objectContaining({ name: 'misspelt', value: (6 * 512) / 1024 }))
  })

  test('newcomers who mistype and then get in where the others live', () => {
    const newcomers = ['neko', 'inu', 'tori', 'kuma', 'saru']
    const typos = newcomers.map((user, i) => refused(user, HOTEL, TODAY, `09:00:0${i}`))
    const successes = newcomers.map((user, i) => login(user, HOTEL, TODAY, `09:01:0${i}`))
    expect(attacksOf(...history, ...typos, ...successes)).toEqual([])
    expect(attacksOf(...history, ...typos)).toHaveLength(1)
  })
})

describe('windows', () => {
  test.each([
    { time: '12:05:00', isAlert: true },
    { time: '12:04:59.999', isAlert: false },
  ])(
    'a day back from the end of the pane: the first name yesterday at $time',
    ({ time, isAlert }) => {
      const first = refused('guesszz', HOSTING, day(9), time)
      expect(attacksOf(...history, first, ...unknowns(3, HOSTING))).toHaveLength(isAlert ? 1 : 0)
    },
  )

  test.each([
    { stepS: 149, windowS: 600 },
    { stepS: 900, windowS: 3600 },
    { stepS: 7200, windowS: 86_400 },
  ])('one name each $stepS s is found in the window of $windowS s', ({ stepS, windowS }) => {
    const slow = refusals(4, guess, HOSTING, NOON, stepS)
    // Too slow for the shorter windows; an alert tells of the longest window that is as loud.
    expect((stepS * 3) / windowS).toBeLessThan(1)
    expect(attackOf(...history, ...slow).counts).toMatchObject({ users_failed: 4, attempts: 4 })
  })

  test('the alert stands at the first firing pane of its day and shows the strongest window', () => {
    const alert = attackOf(...history, ...refusals(20, guess, HOSTING, NOON, 60))
    expect(alert).toMatchObject({
      timestampMs: NOON,
      startMs: NOON,
      endMs: NOON + 19 * 60_000,
      score: (20 * 3666) / 1024,
      evidenceTotal: 20,
    })
  })
})

describe('level', () => {
  test('one address that explains at least half owns the alert', () => {
    const alert = attackOf(...history, ...unknowns(8, HOSTING, NOON, (i) => (i < 4 ? 7 : 10 + i)))
    expect(alert.source).toMatchObject({ address: '100.70.2.7', prefix: '100.70.2.0/24' })
    expect(alert.score * 1024).toBe(4 * 3666)
    expect(whyNot(alert, 'network_level')).toMatchObject({ applied: false })
    expect(alert.relatedAddresses).toEqual(['100.70.2.7'])
  })

  test('an address that explains less leaves it to the network', () => {
    const alert = attackOf(...history, ...unknowns(9, HOSTING, NOON, (i) => (i < 4 ? 7 : 10 + i)))
    expect(alert.source).toMatchObject({ address: '', prefix: '100.70.2.0/24' })
    expect(alert.score * 1024).toBe(9 * 3666)
    expect(whyNot(alert, 'network_level')).toMatchObject({ applied: true })
    expect(alert.relatedAddresses).toHaveLength(6)
  })

  test('four names from four addresses of one network, but not of four networks', () => {
    expect(attackOf(...history, ...unknowns(4, HOSTING, NOON, (i) => i + 1)).source?.address).toBe(
      '',
    )
    const spread = refusals(4, guess, (i) => changed(HOSTING, `198.19.${i}.`, {}), NOON, 10)
    expect(attacksOf(...history, ...spread)).toEqual([])
  })
})
