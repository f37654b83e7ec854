import { describe, expect, test } from '@jest/globals'
import type { Place } from '@sekisho/event'
import fc from 'fast-check'
import { DEFAULT_CONFIG } from './config.ts'
import { limitsOf } from './limits.ts'
import type { AnnotatedAttempt } from './source-view.ts'
import { profileOf, type SourceSaid } from './testing/annotated.ts'
import { at, DAY } from './testing/fake-user-view.ts'

import { reuseAlertOf as alertOf, success } from './testing/reused-source.ts'

const ALICE = success('alice', '9:00')
const BOB = success('bob', '10:00')

/** Severity of the alert about alice, bob and a third one. */
function severityWith(third: AnnotatedAttempt, said: SourceSaid = {}): string {
  return alertOf([ALICE, BOB, third], said)?.severity ?? 'none'
}

describe('three users who share nothing', () => {
  const cases: readonly (readonly [string, string, AnnotatedAttempt])[] = [
    ['in a rented network', 'high', success('carol', '11:00')],
    ['one of them twice', 'none', success('bob', '11:00')],
    ['the third vouched for', 'none', success('carol', '11:00', { isVouched: true })],
    ['the third of two active days', 'none', success('carol', '11:00', { activeDays: 2 })],
    ['the operator new to the third', 'high', success('carol', '11:00', { knowsCountry: true })],
    ['the country new to the third', 'high', success('carol', '11:00', { knowsAsn: true })],
    ['neither new', 'none', success('carol', '11:00', { knowsAsn: true, knowsCountry: true })],
    ['the third on a known device', 'none', success('carol', '11:00', { knowsDevice: true })],
    [
      'the third of bob’s network',
      'none',
      success('carol', '11:00', { vouchedPrefixes: ['x', "bob's"] }),
    ],
    [
      'the third of alice’s network',
      'none',
      success('carol', '11:00', { vouchedPrefixes: ["alice's"] }),
    ],
    ['the third of no network', 'high', success('carol', '11:00', { vouchedPrefixes: [] })],
    ['a day after the first', 'high', success('carol', '33:00')],
    ['a millisecond more', 'none', success('carol', '33:00:00.001')],
    ['the third in the cold start', 'low', success('carol', '11:00', { isCold: true })],
    [
      'the third at home in that country',
      'high',
      success('carol', '11:00', { isHomeCountry: true }),
    ],
    ['the third only refused', 'none', { ...success('carol', '11:00'), outcome: 'mfa_denied' }],
  ]
  test.each(cases)('%s: %s', (_name, severity, third) => {
    const day = Math.floor(third.attempt.event.timestampMs / 86_400_000)
    expect(alertOf([ALICE, BOB, third], {}, day)?.severity ?? 'none').toBe(severity)
  })

  test('the alert is of the day of the third, and of no other', () => {
    const lines = [success('alice', '-1:10'), success('bob', '-1:20'), success('carol', '0:00')]
    expect(alertOf(lines, {}, DAY - 1)).toBeUndefined()
    expect(alertOf(lines)?.timestampMs).toBe(at('0:00'))
    expect(alertOf(lines, {}, DAY + 1)).toBeUndefined()
  })

  test('a fourth on the next day completes a set of that day', () => {
    const lines = [ALICE, BOB, success('carol', '11:00'), success('dave', '25:00')]
    expect(alertOf(lines)?.relatedUsers).toEqual(['alice', 'bob', 'carol'])
    expect(alertOf(lines, {}, DAY + 1)?.relatedUsers).toEqual(['alice', 'bob', 'carol', 'dave'])
  })

  test('shared egress is not looked at', () => {
    const carol = success('carol', '11:00')
    const profile = profileOf({ isSharedEgress: (prefix) => prefix === '203.0.113.0/24' })
    expect(severityWith(carol, { profile })).toBe('none')
    expect(severityWith(carol, { profile: profileOf({ isSharedEgress: () => false }) })).toBe(
      'high',
    )
  })
})

describe('what the network is', () => {
  /** Three users in one network, each with these flags. */
  const severityIn = (place: Partial<Place>, flags: Partial<AnnotatedAttempt> = {}): string =>
    alertOf(['alice', 'bob', 'carol'].map((user, i) => success(user, `9:0${i}`, flags, place)))
      ?.severity ?? 'none'

  test.each([
    ['hosting', 'high'],
    ['anon', 'high'],
    ['residential', 'high'],
    ['unknown', 'high'],
    ['mobile', 'none'],
    ['satellite', 'none'],
    ['corp_egress', 'none'],
    ['swg', 'none'],
    ['own_gateway', 'none'],
    ['internal', 'none'],
  ] as const)('%s in a new country: %s', (networkClass, severity) => {
    expect(severityIn({ networkClass })).toBe(severity)
  })

  test('of no number: none', () => {
    expect(severityIn({ asn: 0 })).toBe('none')
  })

  test.each([
    [
      'a new branch of the organisation, five colleagues of one large office',
      'residential',
      { isHomeCountry: true },
      'low',
    ],
    ['a hotel in a country that each of them knows', 'unknown', { knowsCountry: true }, 'low'],
    ['the same abroad', 'residential', {}, 'high'],
    ['a rented network at home', 'hosting', { isHomeCountry: true, knowsCountry: true }, 'high'],
    ['an anonymiser at home', 'anon', { isHomeCountry: true }, 'high'],
  ] as const)('%s (%s): %s', (_name, networkClass, flags, severity) => {
    expect(severityIn({ networkClass, country: 'JP' }, flags)).toBe(severity)
  })

  test('two strangers to a country and one at home there are a signal only', () => {
    const place = { networkClass: 'residential' } as const
    const two = [success('alice', '9:00', {}, place), success('bob', '9:01', {}, place)]
    const local = success('carol', '9:02', { knowsCountry: true }, place)
    expect(alertOf([...two, local])?.severity).toBe('low')
    expect(alertOf([...two, local, success('dave', '9:03', {}, place)])).toMatchObject({
      severity: 'high',
      timestampMs: at('9:03'),
      relatedUsers: ['alice', 'bob', 'dave'],
    })
  })
})

describe('who is taken', () => {
  test('a user who shares with everybody does not hide three who share with nobody', () => {
    const hub = success('aaron', '8:00', { vouchedPrefixes: ["alice's", "bob's", "carol's"] })
    const alert = alertOf([hub, ALICE, BOB, success('carol', '11:00')])
    expect(alert).toMatchObject({ severity: 'high', relatedUsers: ['alice', 'bob', 'carol'] })
  })

  test('each with the first success of the window', () => {
    const alert = alertOf([ALICE, success('alice', '9:30'), BOB, success('carol', '11:00')])
    expect(alert?.evidence.map(({ timestampMs }) => timestampMs)).toEqual([
      at('9:00'),
      at('10:00'),
      at('11:00'),
    ])
  })

  test('nobody who shares with one of those taken', () => {
    const dave = success('dave', '10:30', { vouchedPrefixes: ["bob's"] })
    const alert = alertOf([ALICE, BOB, dave, success('carol', '11:00')])
    expect(alert).toMatchObject({ relatedUsers: ['alice', 'bob', 'carol'], counts: { users: 3 } })
  })

  test('of as many users as a source network keeps', () => {
    const hub = success('aaron', '8:00', { vouchedPrefixes: ["alice's", "bob's", "carol's"] })
    const severityOf = (usersPerPane: number): string => {
      const config = { ...DEFAULT_CONFIG, limits: limitsOf({ room: { usersPerPane } }) }
      const alert = alertOf([hub, ALICE, BOB, success('carol', '11:00')], { config })
      return alert?.severity ?? 'none'
    }
    expect(severityOf(2)).toBe('none')
    expect(severityOf(3)).toBe('high')
  })

  test('one alone where the configuration asks for no more', () => {
    const config = { ...DEFAULT_CONFIG, limits: limitsOf({ reuse: { usersMin: 1 } }) }
    expect(alertOf([ALICE], { config })?.relatedUsers).toEqual(['alice'])
    expect(alertOf([ALICE])).toBeUndefined()
  })

  test('follows the configuration’s numbers', () => {
    const limits = limitsOf({ reuse: { usersMin: 4, activeDaysMin: 4, windowMs: 7_200_000 } })
    const config = { ...DEFAULT_CONFIG, limits }
    const four = ['alice', 'bob', 'carol', 'dave'].map((user, i) =>
      success(user, `${9 + i / 2 - (i % 2) / 2}:${(i % 2) * 30}`, { activeDays: 4 }),
    )
    expect(alertOf(four, { config })?.severity).toBe('high')
    expect(alertOf(four.slice(1), { config })).toBeUndefined()
    expect(
      alertOf(
        four.map((each) => ({ ...each, activeDays: 3 })),
        { config },
      ),
    ).toBeUndefined()
    expect(
      alertOf([...four.slice(0, 3), success('dave', '11:00:00.001', { activeDays: 4 })], {
        config,
      }),
    ).toBeUndefined()
  })
})

test('is the same whatever order the attempts come in', () => {
  const users = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank']
  const shared = fc.array(fc.constantFrom('p', 'q', 'r', 's'), { maxLength: 2 })
  const one = fc.record({
    user: fc.constantFrom(...users),
    hour: fc.integer({ min: -20, max: 30 }),
    vouchedPrefixes: shared,
  })
  const several = fc
    .array(one, { maxLength: 12 })
    .map((all) =>
      all.map(({ user, hour, vouchedPrefixes }) =>
        success(user, `${hour}:00`, { vouchedPrefixes }),
      ),
    )
  fc.assert(
    fc.property(
      several.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      ),
      ([all, shuffled]) => {
        const distinct = new Map(all.map((each) => [each.attempt.id, each]))
        const again = shuffled.flatMap(({ attempt }) => distinct.get(attempt.id) ?? [])
        expect(alertOf([...new Set(again)])).toEqual(alertOf([...distinct.values()]))
      },
    ),
    { seed: 3, numRuns: 200 },
  )
})

test('three unrelated users are found among any others', () => {
  const others = fc.array(
    fc.tuple(
      fc.integer({ min: 0, max: 10 }),
      fc.subarray(["alice's", "bob's", "carol's", 'p', 'q']),
    ),
    { maxLength: 8 },
  )
  fc.assert(
    fc.property(others, (all) => {
      const more = all.map(([hour, vouchedPrefixes], i) =>
        success(`user-${i}`, `${hour}:30`, { vouchedPrefixes }),
      )
      expect(alertOf([...more, ALICE, BOB, success('carol', '11:00')])?.severity).toBe('high')
    }),
    { seed: 4, numRuns: 200 },
  )
})
