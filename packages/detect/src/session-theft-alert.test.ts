import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { DEFAULT_CONFIG } from './config.ts'
import { limitsOf } from './limits.ts'
import {
  at,
  CAFE,
  CARRIER,
  CUSTOMER,
  DAY,
  FRANKFURT,
  HOME,
  HOSTING,
  HOSTING_HERE,
  type Known,
  NEW_YORK,
  WEB_GATEWAY,
} from './testing/fake-user-view.ts'

import { sessionAlertsOf as alertsOf, used } from './testing/session-user.ts'

describe('the document', () => {
  test('is about the new end, with the geometry', () => {
    const lines = [
      used('8:00', HOME),
      used('9:00', HOME),
      used('9:10', HOSTING),
      used('9:20', CAFE),
    ]
    const days: Known['days'] = [[CAFE, 2]]
    const [alert] = alertsOf({ days, lines })
    expect(alert).toMatchObject({
      family: 'S1',
      ruleId: 'S1',
      entity: 'user:alice',
      day: '2024-10-04',
      discriminator: '100.70.2.0/24',
      timestampMs: at('9:10'),
      severity: 'critical',
      riskScore: 99,
      outcome: 'success',
      source: { address: '100.70.2.1', prefix: '100.70.2.0/24' },
      score: 4.5 + 2355 / 1024,
      posterior: null,
      threshold: 4.5,
      terms: [
        {
          name: 'session_in_two_networks',
          value: 4.5,
          quantities: {
            autonomous_system_from: 64500,
            autonomous_system_to: 64510,
            gap_s: 600,
            session_lines: 4,
          },
        },
        {
          name: 'impossible_travel',
          value: 2355 / 1024,
          quantities: { gap_s: 600, elapsed_upper_s: 602 },
          evidence: [0, 1],
        },
      ],
      travel: {
        from: { prefix: '198.51.100.0/24', firstMs: at('9:00'), newForUser: false },
        to: { prefix: '100.70.2.0/24', firstMs: at('9:10'), newForUser: true },
        gapMs: 600_000,
        elapsedUpperMs: 602_000,
      },
      startMs: at('8:00'),
      endMs: at('9:10'),
      evidenceTotal: 4,
      counts: { session_lines: 4, networks: 3, moves_explained: 0 },
    })
    expect(alert?.evidence.map(({ timestampMs, role }) => [timestampMs, role])).toEqual([
      [at('9:10'), 'decisive'],
      [at('9:00'), 'decisive'],
      [at('8:00'), 'context'],
    ])
    const { distanceLowerKm = 0, speedLowerKmh } = alert?.travel ?? {}
    expect(speedLowerKmh).toBe(Math.round((distanceLowerKm / 602) * 36_000) / 10)
    expect(alert?.reason).toMatch(
      /^one session of alice was used from 100\.70\.2\.1, AS64510 Network 64510 \(NL, hosting\), 10 min after being used from another operator’s network, 198\.51\.100\.1, AS64500 Network 64500 \(JP, residential\): at least 9,\d\d\d km in at most 10 min$/,
    )
  })

  test('names what was weighed, and counts what was explained', () => {
    const lines = [
      used('8:00', HOME),
      used('9:00', CARRIER),
      used('10:00', HOME),
      used('19:00', HOSTING),
    ]
    const config = { ...DEFAULT_CONFIG, limits: limitsOf({ session: { idleMs: 86_400_000 } }) }
    const [alert] = alertsOf({ config, lines: [...lines, used('23:59', HOSTING)] })
    expect(alert?.considered.map(({ name, applied }) => [name, applied])).toEqual([
      ['access_networks', false],
      ['shared_egress', false],
      ['learnt_pair', false],
      ['home_routed_roaming', false],
      ['everyday_move', false],
      ['same_device', false],
      ['other_moves', false],
      ['cold_start', false],
    ])
    expect(alert).toMatchObject({ counts: { moves_explained: 2 }, severity: 'critical' })
  })

  test.each<{ name: string; known: Known; applied: boolean; why: string }>([
    {
      name: 'learnt_pair',
      known: { lines: [used('9:00', HOME), used('9:10', HOSTING)] },
      applied: false,
      why: '100.70.2.0/24 is not the user’s own, 198.51.100.0/24 is the user’s own (vouched for, 2 earlier UTC days in its network, or the organisation’s)',
    },
    {
      name: 'home_routed_roaming',
      known: { lines: [used('9:00', CARRIER), used('9:10', NEW_YORK)] },
      applied: true,
      why: 'one end is the user’s carrier at home and no fixed line at home was alive: the phone may be abroad, medium at most',
    },
    {
      name: 'home_routed_roaming',
      known: { lines: [used('9:00', HOME), used('9:10', HOSTING)] },
      applied: false,
      why: 'no end is the user’s own mobile carrier at home while the client is abroad',
    },
    {
      name: 'everyday_move',
      known: { lines: [used('9:00', HOME), used('9:10', CUSTOMER)] },
      applied: true,
      why: 'neither network can be rented, and they are in one country or one of them is nowhere in particular: medium unless nobody can have travelled that',
    },
    {
      name: 'everyday_move',
      known: { lines: [used('9:00', HOME), used('9:10', HOSTING)] },
      applied: false,
      why: 'a rented network, or two countries',
    },
    {
      name: 'same_device',
      known: { lines: [HOME, HOSTING].map((net, i) => used(`9:0${i}`, net, { deviceId: 'pc' })) },
      applied: true,
      why: 'both lines name device pc: one step less, as a thief can repeat the name',
    },
    {
      name: 'same_device',
      known: { lines: [used('9:00', HOME), used('9:10', HOSTING)] },
      applied: false,
      why: 'the lines do not name one device',
    },
  ])('says of $name: $why', ({ name, known, applied, why }) => {
    const [alert] = alertsOf(known)
    expect(alert?.considered.find((each) => each.name === name)).toEqual({ name, applied, why })
  })

  test('of two ends at one time tells of the later by id', () => {
    const [alert] = alertsOf({ lines: [used('9:00', HOME), used('9:00', HOSTING)] })
    expect(alert?.reason).toContain(', 0 s after being used from ')
  })

  test('tells of the fastest move, also where the owner was next', () => {
    const lines = [
      used('9:00', HOME),
      used('9:10', HOSTING),
      used('9:11', HOME),
      used('9:20', HOSTING),
    ]
    expect(alertsOf({ lines })).toMatchObject([
      {
        timestampMs: at('9:10'),
        travel: { gapMs: 60_000, from: { firstMs: at('9:11') } },
        reason: expect.stringContaining('60 s before being used from another operator’s network'),
      },
    ])
  })

  test('belongs to the day on which the session is first seen there', () => {
    const lines = [
      used('-1:30', HOME),
      used('-1:50', HOSTING),
      used('0:10', HOME),
      used('0:20', HOSTING),
    ]
    expect(alertsOf({ lines }, DAY - 1).map(({ timestampMs }) => timestampMs)).toEqual([
      at('-1:50'),
    ])
    expect(alertsOf({ lines }, DAY)).toEqual([])
    expect(alertsOf({ lines }, DAY + 1)).toEqual([])
  })

  test('one for each network of a day: the worst move, dated by the first line there', () => {
    const lines = [
      used('7:00', WEB_GATEWAY, { sessionId: '8' }),
      used('8:00', HOSTING, { sessionId: '8' }),
      used('9:00', HOME),
      used('9:10', HOSTING),
      used('9:20', NEW_YORK),
    ]
    const alerts = alertsOf({ lines })
    expect(
      alerts.map(({ discriminator, severity, timestampMs }) => [
        discriminator,
        severity,
        timestampMs,
      ]),
    ).toEqual([
      ['100.70.2.0/24', 'critical', at('8:00')],
      ['100.70.3.0/24', 'critical', at('9:20')],
    ])
    expect(alerts[0]?.evidence.map(({ timestampMs }) => timestampMs)).toEqual([
      at('9:10'),
      at('9:00'),
      at('8:00'),
    ])
  })

  test('of equally bad moves the one that arrived first', () => {
    const lines = [
      used('8:00', HOME),
      used('9:00', HOME, { sessionId: '8' }),
      used('10:00', HOSTING_HERE, { sessionId: '8' }),
      used('11:00', HOSTING_HERE),
    ]
    const [alert] = alertsOf({ lines })
    expect(alert?.evidence.slice(0, 2).map(({ timestampMs }) => timestampMs)).toEqual([
      at('10:00'),
      at('9:00'),
    ])
  })

  test('is the same whatever order the lines come in', () => {
    const lines = [
      used('9:00', HOME),
      used('9:10', HOSTING),
      used('9:10', NEW_YORK),
      used('9:10', CARRIER, { attempt: 'session_end' }),
      used('9:20', FRANKFURT, { attempt: 'session_move' }),
      used('9:30', CUSTOMER, { sessionId: '8' }),
      used('9:40', HOSTING, { sessionId: '8' }),
    ]
    const expected = alertsOf({ lines })
    expect(expected.length).toBeGreaterThan(2)
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
        expect(alertsOf({ lines: shuffled })).toEqual(expected)
      }),
      { seed: 5, numRuns: 50 },
    )
  })

  test('a user in one network only is not looked at', () => {
    const lines = [used('9:00', HOME), used('9:10', HOSTING)]
    expect(alertsOf({ isInSeveralNetworks: () => false, lines })).toEqual([])
  })
})
