import { describe, expect, test } from '@jest/globals'
import { DEFAULT_CONFIG } from './config.ts'
import { limitsOf } from './limits.ts'
import { sourceReuse } from './source-reuse.ts'
import { viewOf } from './testing/annotated.ts'
import { at, DAY, EVERYBODY } from './testing/fake-user-view.ts'
import { reuseAlertOf as alertOf, success } from './testing/reused-source.ts'

const ALICE = success('alice', '9:00')
const BOB = success('bob', '10:00')

describe('the document', () => {
  const carol = success('carol', '11:00', { knowsAsn: true, activeDays: 7 })
  const vouched = success('erin', '10:30', { isVouched: true })

  test('is about the network, and names its users', () => {
    expect(alertOf([ALICE, BOB, vouched, carol])).toMatchObject({
      family: 'P2',
      ruleId: 'P2',
      entity: 'prefix:203.0.113.0/24',
      day: '2024-10-04',
      discriminator: '',
      timestampMs: at('11:00'),
      startMs: at('9:00'),
      endMs: at('11:00'),
      severity: 'high',
      riskScore: 73,
      outcome: 'success',
      reason:
        '3 users who share no network (alice, bob, carol) logged in from 203.0.113.0/24, AS64510 Network 64510 (NL, hosting), within 2 h; it is new to each of them',
      userKey: '',
      source: { address: '203.0.113.7', prefix: '203.0.113.0/24' },
      relatedUsers: ['alice', 'bob', 'carol'],
      score: 3,
      posterior: null,
      threshold: 3,
      terms: [
        {
          name: 'unrelated_users',
          value: 3,
          why: '3 users with at least 3 active days each and no source network in common; the country is new to 3 of them, the operator to 2',
          quantities: {
            users: 3,
            active_days_min: 3,
            users_new_country: 3,
            users_new_operator: 2,
            span_s: 7200,
          },
          evidence: [0, 1, 2],
        },
      ],
      evidenceTotal: 3,
      counts: { users: 3, users_counted: 3, addresses: 1 },
    })
  })

  test('names no address where there are several', () => {
    const other = success('carol', '11:00', {}, {}, { sourceAddress: '203.0.113.9' })
    expect(alertOf([ALICE, BOB, other])).toMatchObject({
      source: { address: '', prefix: '203.0.113.0/24' },
      relatedAddresses: ['203.0.113.7', '203.0.113.9'],
      counts: { addresses: 2 },
    })
  })

  test('lists five names and shows as many lines as an alert may', () => {
    const users = Array.from({ length: 24 }, (_, i) => success(`user-${i}`, `9:${10 + i}`))
    const limits = limitsOf({ reuse: { usersMin: 25 } })
    const config = { ...DEFAULT_CONFIG, limits }
    const alert = alertOf([ALICE, ...users], { config })
    expect(alert?.reason).toContain('(alice, user-0, user-1, user-2, user-3 and 20 more)')
    expect(alert?.evidence).toHaveLength(20)
    expect(alert?.evidence.at(-1)?.user).toBe('user-23')
    expect(alert).toMatchObject({ evidenceTotal: 25, score: 25 })
    const five = limitsOf({ reuse: { usersMin: 5 } })
    expect(
      alertOf([ALICE, ...users.slice(0, 4)], { config: { ...DEFAULT_CONFIG, limits: five } })
        ?.reason,
    ).toContain('(alice, user-0, user-1, user-2, user-3)')
  })

  test('says what was weighed', () => {
    const alert = alertOf([ALICE, BOB, vouched, carol])
    expect(alert?.considered.map(({ name, applied }) => [name, applied])).toEqual([
      ['shared_egress', false],
      ['ordinary_network', false],
      ['vouched_users', false],
      ['sampled', false],
      ['cold_start', false],
    ])
    expect(alert?.considered[2]?.why).toBe('1 user of the span used the network before')
    expect(alert?.considered[1]?.why).toBe(
      'for none of them it is an ordinary line in a country they know or where the organisation’s people live',
    )
    expect(alert?.considered[3]?.why).toBe('every attempt is counted')
  })

  test('says for how many the country is new, and for how many the operator', () => {
    const abroad = success('carol', '11:00', { knowsCountry: true })
    const [term] = alertOf([ALICE, BOB, abroad])?.terms ?? []
    expect(term?.quantities).toMatchObject({ users_new_country: 2, users_new_operator: 3 })
  })

  test('says that an ordinary line makes it a signal', () => {
    const ordinary = { networkClass: 'residential', country: 'JP' } as const
    const users = ['alice', 'bob', 'carol'].map((user) =>
      success(user, '9:00', { knowsCountry: true }, ordinary),
    )
    expect(alertOf(users)?.considered[1]).toEqual({
      name: 'ordinary_network',
      applied: true,
      why: 'for some it is an ordinary line in a country they know or where the organisation’s people live, as of a new branch or a hotel: a signal',
    })
  })

  test('of a network of which not all is kept says so', () => {
    const view = { ...viewOf([ALICE, BOB, carol]), isCapped: () => true }
    expect(sourceReuse(view, DAY, [], EVERYBODY)[0]?.considered[3]).toEqual({
      name: 'sampled',
      applied: true,
      why: 'some attempts of the span were over a cap: every count is a lower bound',
    })
  })
})
