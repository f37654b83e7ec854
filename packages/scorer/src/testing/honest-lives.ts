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
} from './company.ts'
import {
  CARRIER,
  changed,
  day,
  FRANKFURT,
  HOSTING,
  type Network,
  refusals,
  UNLISTED_OFFICE,
} from './story.ts'

/** The day after the six weeks, a Monday. */
export const N = HISTORY_DAYS

export const staff = employeesOf(30)
export const [anna, bert, chika] = staff as [Employee, Employee, Employee]

/** Six weeks of an organisation in which nothing happens. */
export const past = sixWeeksOf(staff)

/** People who travel, rent servers, use phones and mistype, before anybody knows that they do. */
export const firstWeek = staff.flatMap((each, i) =>
  Array.from({ length: 7 }, (_, n) => [
    loginAt(each.name, each.home, n, 480 + i, deviceOf(each)),
    ...(i % 3 === n % 3 ? [loginAt(each.name, CARRIER, n, 700 + i, { host: i + 1 })] : []),
    ...(i % 10 === n ? [loginAt(each.name, FRANKFURT, n, 720 + i)] : []),
    ...(i % 13 === n ? [loginAt(each.name, HOSTING, n, 900 + i)] : []),
    ...(i % 4 === n % 4 ? [refusedAt(each.name, each.home, n, 479 + i)] : []),
  ]).flat(),
)

/** An onboarding day: a login a minute, every fifth after a wrong password. */
export const newcomers = (from: Network, isIn: (i: number) => boolean) =>
  Array.from({ length: 200 }, (_, i) => [
    ...(i % 5 === 0 || !isIn(i) ? [refusedAt(`new${i}`, from, N, 60 + i)] : []),
    ...(isIn(i) ? [loginAt(`new${i}`, from, N, 60.5 + i)] : []),
  ]).flat()

/** A nurse, one week by day and one by night. */
export const shifts = (last: number) =>
  workdays(0, last).map((n) => {
    const start = Math.floor(n / 7) % 2 === 0 ? 8 * 60 : 20 * 60
    return loginAt('nurse', bert.home, n, start + ((13 * n) % 40))
  })

export const hotel = changed(FRANKFURT, '100.97.1.', { asn: 64620 })

const inTokyo = loginAt(anna.name, anna.home, N, 60, deviceOf(anna))

/** A login at home, and one somewhere else so many hours later. */
export const flight = (hours: number, from: Network, said = deviceOf(anna)) => [
  inTokyo,
  loginAt(anna.name, from, N, 60 + hours * 60, said),
]

/** A carrier whose gateways are in two towns. */
export const tokyoGateway = changed(CARRIER, '100.91.1.', {
  latitude: 35.68,
  longitude: 139.76,
  radiusKm: 20,
})
export const osakaGateway = changed(CARRIER, '100.91.200.', {
  latitude: 34.69,
  longitude: 135.5,
  radiusKm: 20,
})

export const jumpingDays = workdays(0, N).flatMap((n) => [
  loginAt('phone', n % 2 === 0 ? tokyoGateway : osakaGateway, n, 480),
  loginAt('phone', n % 2 === 0 ? osakaGateway : tokyoGateway, n, 490),
])

/** One person's two devices at once. */
const laptop = (n: number) =>
  sessionAt('duo', chika.home, n, [480, 990], { deviceId: 'duo-laptop' })

export const phone = (from: Network, n: number) =>
  sessionAt('duo', from, n, [540, 900], { deviceId: 'duo-phone' })

export const laptops = workdays(0, N).flatMap(laptop)

const people = Array.from({ length: 50 }, (_, i) => `office${i}`)

/** An office whose passwords expire. */
export const beforeExpiry = people.flatMap((user, i) =>
  workdays(0, N - 1).map((n) => loginAt(user, UNLISTED_OFFICE, n, 470 + ((3 * i + 7 * n) % 90))),
)

/** Three of five fail once, twice or three times. */
export const expiryFailures = (from: Network) =>
  people.flatMap((user, i) =>
    i % 5 < 3
      ? refusals(1 + (i % 3), () => user, from, dayStartMs(day(N)) + (478 + i) * MINUTE_MS, 15)
      : [],
  )

export const expirySuccesses = people.map((user, i) => loginAt(user, UNLISTED_OFFICE, N, 480 + i))

export const v6: Network = { base: '2001:db8:77::', place: chika.home.place }

/** A home with both kinds of addresses. */
export const flaps = workdays(0, N).flatMap((n) => [
  loginAt('flap', n % 2 === 0 ? v6 : chika.home, n, 480),
  loginAt('flap', n % 2 === 0 ? chika.home : v6, n, 481),
  loginAt('flap', v6, n, 600),
])

/** A probe that logs in every minute. */
const place = { country: 'JP', latitude: 35.7, longitude: 139.7 }
export const monitor = changed(HOSTING, '100.95.1.', place)

export const probeWeeks = (attempt: typeof loginAt): Attempt[] =>
  Array.from({ length: 15 * 1440 }, (_, i) => attempt('probe', monitor, 0, i))
