import { describe, expect, test } from '@jest/globals'
import { dayStartMs, MINUTE_MS } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import {
  deviceOf,
  type Employee,
  employeesOf,
  HISTORY_DAYS,
  loginAt,
  refusedAt,
  sessionAt,
  sixWeeksOf,
  workdays,
} from './testing/company.ts'
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

/** The day after the six weeks, a Monday. */
const N = HISTORY_DAYS
const staff = employeesOf(30)
const [anna, bert, chika] = staff as [Employee, Employee, Employee]
const past = sixWeeksOf(staff)

/** Alerts of a story, without its signals: rule, severity and whom or what they are about. */
function alertsOf(...attempts: readonly Attempt[]): string[] {
  return withoutSignals(runBatch(attempts))
    .map(({ ruleId, severity, entity }) => `${ruleId} ${severity} ${entity}`)
    .sort()
}

describe('the first week of any archive', () => {
  /** People who travel, rent servers, use phones and mistype, before anybody knows that they do. */
  const week = staff.flatMap((each, i) =>
    Array.from({ length: 7 }, (_, n) => [
      loginAt(each.name, each.home, n, 480 + i, deviceOf(each)),
      ...(i % 3 === n % 3 ? [loginAt(each.name, CARRIER, n, 700 + i, { host: i + 1 })] : []),
      ...(i % 10 === n ? [loginAt(each.name, FRANKFURT, n, 720 + i)] : []),
      ...(i % 13 === n ? [loginAt(each.name, HOSTING, n, 900 + i)] : []),
      ...(i % 4 === n % 4 ? [refusedAt(each.name, each.home, n, 479 + i)] : []),
    ]).flat(),
  )

  test('is for learning', () => {
    expect(runBatch(week).length).toBeGreaterThan(0)
    expect(alertsOf(...week)).toEqual([])
  })

  test('but a list tried in it is an attack, and who got in by it is told', () => {
    const elsewhere = changed(HOSTING, '100.96.1.', {})
    const startMs = dayStartMs(day(5)) + 720 * MINUTE_MS
    const list = refusals(12, (i) => (staff[i] as Employee).name, elsewhere, startMs, 10)
    const success = loginAt('tokyo20', elsewhere, 5, 723)
    expect(alertsOf(...week, ...list, success)).toEqual([
      'N1 medium prefix:100.96.1.0/24',
      'X1 medium user:tokyo20',
    ])
  })
})

describe('an onboarding day of 200 new users behind one address', () => {
  /** A login a minute, every fifth after a wrong password. */
  const newcomers = (from: Network, isIn: (i: number) => boolean) =>
    Array.from({ length: 200 }, (_, i) => [
      ...(i % 5 === 0 || !isIn(i) ? [refusedAt(`new${i}`, from, N, 60 + i)] : []),
      ...(isIn(i) ? [loginAt(`new${i}`, from, N, 60.5 + i)] : []),
    ]).flat()

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
  const shifts = (last: number) =>
    workdays(0, last).map((n) => {
      const start = Math.floor(n / 7) % 2 === 0 ? 8 * 60 : 20 * 60
      return loginAt('nurse', bert.home, n, start + ((13 * n) % 40))
    })

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
  const hotel = changed(FRANKFURT, '100.97.1.', { asn: 64620 })
  const inTokyo = loginAt(anna.name, anna.home, N, 60, deviceOf(anna))
  const after = (hours: number, from: Network, said = deviceOf(anna)) => [
    inTokyo,
    loginAt(anna.name, from, N, 60 + hours * 60, said),
  ]

  test.each([
    { where: 'a hotel', from: hotel },
    { where: 'a network of the colleagues there', from: FRANKFURT },
  ])('takes 14 hours: $where', ({ from }) => {
    expect(alertsOf(...past, ...after(14, from))).toEqual([])
  })

  test('also of a company with nobody there', () => {
    const atHome = past.filter(({ place }) => place.country === 'JP')
    expect(alertsOf(...atHome, ...after(14, hotel))).toEqual([])
  })

  test('without a device where the colleagues are', () => {
    expect(alertsOf(...past, ...after(14, FRANKFURT, {}))).toEqual([])
  })

  test('takes no four hours', () => {
    expect(alertsOf(...past, ...after(4, hotel, {}))).toEqual(['T1 medium user:tokyo0'])
    expect(alertsOf(...past, ...after(4, hotel, { deviceId: 'another' }))).toEqual([
      'T1 high user:tokyo0',
    ])
  })
})

describe('a carrier whose gateways jump between Tokyo and Osaka', () => {
  const tokyo = changed(CARRIER, '100.91.1.', { latitude: 35.68, longitude: 139.76, radiusKm: 20 })
  const osaka = changed(CARRIER, '100.91.200.', { latitude: 34.69, longitude: 135.5, radiusKm: 20 })
  const days = workdays(0, N).flatMap((n) => [
    loginAt('phone', n % 2 === 0 ? tokyo : osaka, n, 480),
    loginAt('phone', n % 2 === 0 ? osaka : tokyo, n, 490),
  ])

  test('moves nobody', () => {
    expect(alertsOf(...past, ...days)).toEqual([])
    const firstDay = [osaka, tokyo].map((from, i) => loginAt(anna.name, from, N, 540 + 5 * i))
    expect(alertsOf(...past, ...firstDay)).toEqual([])
  })

  test('but not to a carrier in Brazil', () => {
    const place = { country: 'BR', latitude: -23.5, longitude: -46.6, asn: 64700 }
    const brazil = changed(tokyo, '100.98.1.', place)
    expect(alertsOf(...past, ...days, loginAt('phone', brazil, N, 500))).toEqual([
      'U2 medium user:phone',
    ])
  })
})

describe('phone and laptop at once', () => {
  const laptop = (n: number) =>
    sessionAt('duo', chika.home, n, [480, 990], { deviceId: 'duo-laptop' })
  const other = (from: Network, n: number) =>
    sessionAt('duo', from, n, [540, 900], { deviceId: 'duo-phone' })
  const laptops = workdays(0, N).flatMap(laptop)

  test('are one person, every day and for the first time', () => {
    const phones = workdays(0, N).flatMap((n) => other(CARRIER, n))
    expect(alertsOf(...past, ...laptops, ...phones)).toEqual([])
    expect(alertsOf(...past, ...laptops, ...other(CARRIER, N))).toEqual([])
  })

  test('but not on two continents', () => {
    expect(alertsOf(...past, ...laptops, ...other(NEW_YORK, N))).toEqual(['T2 high user:duo'])
  })
})

describe('the morning on which the passwords of an office have expired', () => {
  const people = Array.from({ length: 50 }, (_, i) => `office${i}`)
  const before = people.flatMap((user, i) =>
    workdays(0, N - 1).map((n) => loginAt(user, UNLISTED_OFFICE, n, 470 + ((3 * i + 7 * n) % 90))),
  )
  /** Three of five fail once, twice or three times. */
  const failures = (from: Network) =>
    people.flatMap((user, i) =>
      i % 5 < 3
        ? refusals(1 + (i % 3), () => user, from, dayStartMs(day(N)) + (478 + i) * MINUTE_MS, 15)
        : [],
    )
  const successes = people.map((user, i) => loginAt(user, UNLISTED_OFFICE, N, 480 + i))

  test('is no attack, not even with newcomers among them', () => {
    const newcomers = [0, 1, 2].flatMap((i) => [
      refusedAt(`fresh${i}`, UNLISTED_OFFICE, N, 490 + i),
      loginAt(`fresh${i}`, UNLISTED_OFFICE, N, 492 + i),
    ])
    const morning = [...failures(UNLISTED_OFFICE), ...successes]
    expect(alertsOf(...past, ...before, ...morning)).toEqual([])
    expect(alertsOf(...past, ...before, ...morning, ...newcomers)).toEqual([])
  })

  test('but is one from anywhere else', () => {
    const success = loginAt('office3', HOSTING, N, 540)
    expect(alertsOf(...past, ...before, ...failures(HOSTING), ...successes, success)).toEqual([
      'N1 high prefix:100.70.2.0/24',
      'T1 high user:office3',
      'X1 critical user:office3',
    ])
  })
})

describe('a home with IPv4 and IPv6', () => {
  const v6: Network = { base: '2001:db8:77::', place: chika.home.place }
  const flaps = workdays(0, N).flatMap((n) => [
    loginAt('flap', n % 2 === 0 ? v6 : chika.home, n, 480),
    loginAt('flap', n % 2 === 0 ? chika.home : v6, n, 481),
    loginAt('flap', v6, n, 600),
  ])

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
  const place = { country: 'JP', latitude: 35.7, longitude: 139.7 }
  const monitor = changed(HOSTING, '100.95.1.', place)
  const twoWeeks = (attempt: typeof loginAt) =>
    Array.from({ length: 15 * 1440 }, (_, i) => attempt('probe', monitor, 0, i))

  test('is silent, whether it gets in or not', () => {
    expect(alertsOf(...past, ...twoWeeks(loginAt))).toEqual([])
    expect(alertsOf(...past, ...twoWeeks(refusedAt))).toEqual([])
  })

  test('but not where its password is used elsewhere', () => {
    const stolen = loginAt('probe', NEW_YORK, 14, 1000)
    expect(alertsOf(...past, ...twoWeeks(loginAt), stolen)).toEqual(['T1 high user:probe'])
  })

  test('and its failures hide nobody else’s', () => {
    const list = refusals(12, (i) => `guess${i}`, monitor, dayStartMs(day(14)), 10)
    const stolen = lineAt(anna.name, monitor, dayStartMs(day(14)) + 30 * MINUTE_MS, {
      attempt: 'success',
      outcome: 'success',
    })
    expect(alertsOf(...past, ...twoWeeks(refusedAt), ...list, stolen)).toEqual([
      'N1 high prefix:100.95.1.0/24',
      'U2 high user:tokyo0',
      'X1 critical user:tokyo0',
    ])
  })
})
