import { describe, expect, test } from '@jest/globals'
import { dayStartMs, MINUTE_MS } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { deviceOf, type Employee, loginAt, refusedAt, workdays } from './testing/company.ts'
import {
  anna,
  beforeExpiry,
  bert,
  chika,
  expiryFailures,
  expirySuccesses,
  firstWeek,
  flaps,
  flight,
  hotel,
  jumpingDays,
  laptops,
  monitor,
  N,
  newcomers,
  osakaGateway,
  past,
  phone,
  probeWeeks,
  shifts,
  staff,
  tokyoGateway,
  v6,
} from './testing/honest-lives.ts'
import { runBatch, withoutSignals } from './testing/run.ts'
import {
  CARRIER,
  changed,
  day,
  FRANKFURT,
  HOSTING,
  lineAt,
  NEW_YORK,
  type Network,
  refusals,
  UNLISTED_OFFICE,
} from './testing/story.ts'

/** Alerts of a story, without its signals: rule, severity and whom or what they are about. */
function alertsOf(...attempts: readonly Attempt[]): string[] {
  return withoutSignals(runBatch(attempts))
    .map(({ ruleId, severity, entity }) => `${ruleId} ${severity} ${entity}`)
    .sort()
}

describe('the first week of any archive', () => {
  test('is for learning', () => {
    expect(runBatch(firstWeek).length).toBeGreaterThan(0)
    expect(alertsOf(...firstWeek)).toEqual([])
  })

  test('but a list tried in it is an attack, and who got in by it is told', () => {
    const elsewhere = changed(HOSTING, '100.96.1.', {})
    const startMs = dayStartMs(day(5)) + 720 * MINUTE_MS
    const list = refusals(12, (i) => (staff[i] as Employee).name, elsewhere, startMs, 10)
    const success = loginAt('tokyo20', elsewhere, 5, 723)
    expect(alertsOf(...firstWeek, ...list, success)).toEqual([
      'N1 medium prefix:100.96.1.0/24',
      'X1 medium user:tokyo20',
    ])
  })
})

describe('an onboarding day of 200 new users behind one address', () => {
  test('is a good day', () => {
    const colleague = loginAt(anna.name, UNLISTED_OFFICE, N, 100, deviceOf(anna))
    expect(alertsOf(...past, ...newcomers(UNLISTED_OFFICE, () => true), colleague)).toEqual([])
  })

  test('also when some need ten minutes to get it right', () => {
    const typing = Array.from({ length: 6 }, (_, i) => [
      refusedAt(`late${i}`, UNLISTED_OFFICE, N, 60 + i / 60),
      loginAt(`late${i}`, UNLISTED_OFFICE, N, 70.5 + i / 60),
    ]).flat()
    const colleague = loginAt(anna.name, UNLISTED_OFFICE, N, 62, deviceOf(anna))
    expect(alertsOf(...past, ...typing, colleague)).toEqual([])
    const refusedOnly = typing.filter(({ event }) => event.outcome === 'failure')
    expect(alertsOf(...past, ...refusedOnly, colleague)).toEqual([
      'N1 high prefix:192.0.3.0/24',
      'X1 high user:tokyo0',
    ])
  })

  test('unless hardly anybody gets in', () => {
    const colleague = loginAt(anna.name, UNLISTED_OFFICE, N, 100, deviceOf(anna))
    const guesses = newcomers(UNLISTED_OFFICE, (i) => i % 50 === 7)
    expect(alertsOf(...past, ...guesses, colleague)).toEqual([
      'N1 high prefix:192.0.3.0/24',
      'X1 high user:tokyo0',
    ])
  })

  test('or they come from a hosting company', () => {
    const alerts = alertsOf(...past, ...newcomers(HOSTING, () => true))
    expect(alerts).toContain('U4 medium user:new199')
    expect(alerts).toHaveLength(200)
  })
})

describe('a nurse whose shifts alternate', () => {
  test('works at any hour, also from another line of her provider', () => {
    const other = changed(bert.home, '198.18.200.', {})
    expect(alertsOf(...past, ...shifts(N + 10))).toEqual([])
    expect(alertsOf(...past, ...shifts(N - 1), loginAt('nurse', other, N, 3 * 60))).toEqual([])
  })

  test('but not from a hosting company', () => {
    const stolen = loginAt('nurse', HOSTING, N, 3 * 60)
    expect(alertsOf(...past, ...shifts(N + 10), stolen)).toEqual(['T1 high user:nurse'])
  })
})

describe('the flight from Tokyo to Frankfurt', () => {
  test.each([
    { where: 'a hotel', from: hotel },
    { where: 'a network of the colleagues there', from: FRANKFURT },
  ])('takes 14 hours: $where', ({ from }) => {
    expect(alertsOf(...past, ...flight(14, from))).toEqual([])
  })

  test('also of a company with nobody there', () => {
    const atHome = past.filter(({ place }) => place.country === 'JP')
    expect(alertsOf(...atHome, ...flight(14, hotel))).toEqual([])
  })

  test('without a device where the colleagues are', () => {
    expect(alertsOf(...past, ...flight(14, FRANKFURT, {}))).toEqual([])
  })

  test('takes no four hours', () => {
    expect(alertsOf(...past, ...flight(4, hotel, {}))).toEqual(['T1 medium user:tokyo0'])
    expect(alertsOf(...past, ...flight(4, hotel, { deviceId: 'another' }))).toEqual([
      'T1 high user:tokyo0',
    ])
  })
})

describe('a carrier whose gateways jump between Tokyo and Osaka', () => {
  test('moves nobody', () => {
    expect(alertsOf(...past, ...jumpingDays)).toEqual([])
    const firstDay = [osakaGateway, tokyoGateway].map((from, i) =>
      loginAt(anna.name, from, N, 540 + 5 * i),
    )
    expect(alertsOf(...past, ...firstDay)).toEqual([])
  })

  test('but not to a carrier in Brazil', () => {
    const place = { country: 'BR', latitude: -23.5, longitude: -46.6, asn: 64700 }
    const brazil = changed(tokyoGateway, '100.98.1.', place)
    expect(alertsOf(...past, ...jumpingDays, loginAt('phone', brazil, N, 500))).toEqual([
      'U2 medium user:phone',
    ])
  })
})

describe('phone and laptop at once', () => {
  test('are one person, every day and for the first time', () => {
    const phones = workdays(0, N).flatMap((n) => phone(CARRIER, n))
    expect(alertsOf(...past, ...laptops, ...phones)).toEqual([])
    expect(alertsOf(...past, ...laptops, ...phone(CARRIER, N))).toEqual([])
  })

  test('but not on two continents', () => {
    expect(alertsOf(...past, ...laptops, ...phone(NEW_YORK, N))).toEqual(['T2 high user:duo'])
  })
})

describe('the morning on which the passwords of an office have expired', () => {
  test('is no attack, not even with newcomers among them', () => {
    const newcomers = [0, 1, 2].flatMap((i) => [
      refusedAt(`fresh${i}`, UNLISTED_OFFICE, N, 490 + i),
      loginAt(`fresh${i}`, UNLISTED_OFFICE, N, 492 + i),
    ])
    const morning = [...expiryFailures(UNLISTED_OFFICE), ...expirySuccesses]
    expect(alertsOf(...past, ...beforeExpiry, ...morning)).toEqual([])
    expect(alertsOf(...past, ...beforeExpiry, ...morning, ...newcomers)).toEqual([])
  })

  test('but is one from anywhere else', () => {
    const success = loginAt('office3', HOSTING, N, 540)
    expect(
      alertsOf(...past, ...beforeExpiry, ...expiryFailures(HOSTING), ...expirySuccesses, success),
    ).toEqual(['N1 high prefix:100.70.2.0/24', 'T1 high user:office3', 'X1 critical user:office3'])
  })
})

describe('a home with IPv4 and IPv6', () => {
  test('is one home, also on the first day of IPv6', () => {
    expect(alertsOf(...past, ...flaps)).toEqual([])
    const v4 = workdays(0, N).map((n) => loginAt('flap', chika.home, n, 480))
    expect(alertsOf(...past, ...v4, loginAt('flap', v6, N, 481))).toEqual([])
  })

  test('but not every IPv6 address is', () => {
    const stranger: Network = { base: '2001:db8:99::', place: HOSTING.place }
    expect(alertsOf(...past, ...flaps, loginAt('flap', stranger, N, 700))).toEqual([
      'T1 high user:flap',
    ])
  })
})

describe('a monitoring probe every minute', () => {
  test('is silent, whether it gets in or not', () => {
    expect(alertsOf(...past, ...probeWeeks(loginAt))).toEqual([])
    expect(alertsOf(...past, ...probeWeeks(refusedAt))).toEqual([])
  })

  test('but not where its password is used elsewhere', () => {
    const stolen = loginAt('probe', NEW_YORK, 14, 1000)
    expect(alertsOf(...past, ...probeWeeks(loginAt), stolen)).toEqual(['T1 high user:probe'])
  })

  test('and its failures hide nobody else’s', () => {
    const list = refusals(12, (i) => `guess${i}`, monitor, dayStartMs(day(14)), 10)
    const stolen = lineAt(anna.name, monitor, dayStartMs(day(14)) + 30 * MINUTE_MS, {
      attempt: 'success',
      outcome: 'success',
    })
    expect(alertsOf(...past, ...probeWeeks(refusedAt), ...list, stolen)).toEqual([
      'N1 high prefix:100.95.1.0/24',
      'U2 high user:tokyo0',
      'X1 critical user:tokyo0',
    ])
  })
})
