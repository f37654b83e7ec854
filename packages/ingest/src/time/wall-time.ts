const ZERO = 48

/** Years that a log of these gateways can have; a year outside is a broken clock or not a time at all. */
const YEAR_MIN = 2000
const YEAR_MAX = 2099

/** Epoch milliseconds between which an epoch in a line is believed (2000 to 2100). */
export const EPOCH_MS_MIN = Date.UTC(YEAR_MIN, 0, 1)
export const EPOCH_MS_MAX = Date.UTC(YEAR_MAX + 1, 0, 1)

/** Length of `2026-03-14 08:16:53`. */
export const WALL_TIME_LENGTH = 19

/**
 * Reads `2026-03-14 08:16:53` (also with `/` in the date, and `T` between) at a position.
 *
 * @returns the local time as milliseconds since 1970-01-01 00:00 on the same clock, NaN when it is none.
 */
export function wallMsAt(text: string, at: number): number {
  const dateMs = dateMsAt(text, at)
  return Number.isNaN(dateMs) ? Number.NaN : dateMs + timeMsAt(text, at + 11)
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** Reads all of `Mar 14 2026 13:44:05`, as `wallMsAt` reads its form. */
export function namedMonthWallMsOf(text: string): number {
  const parts = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{4} \d\d:\d\d:\d\d)$/.exec(text.slice(0, 24))
  if (parts === null) return Number.NaN
  const [, name = '', day = '', yearAndTime = ''] = parts
  const month = String(MONTHS.indexOf(name) + 1).padStart(2, '0')
  const [year, time] = yearAndTime.split(' ')
  return wallMsAt(`${year}-${month}-${day.padStart(2, '0')} ${time}`, 0)
}

/** Reads `2026-03-14` or `2026/03/14`: milliseconds since 1970-01-01, NaN when it is none. */
export function dateMsAt(text: string, at: number): number {
  const year = digitsAt(text, at, 4)
  const month = digitsAt(text, at + 5, 2)
  const day = digitsAt(text, at + 8, 2)
  const separator = text.charCodeAt(at + 4)
  if (separator !== 45 && separator !== 47) return Number.NaN
  if (separator !== text.charCodeAt(at + 7)) return Number.NaN
  if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12) return Number.NaN
  if (day < 1 || day > daysIn(year, month)) return Number.NaN
  return Date.UTC(year, month - 1, day)
}

/** Reads `08:16:53`: milliseconds since midnight, NaN when it is none. A leap second is the second after. */
export function timeMsAt(text: string, at: number): number {
  const hour = digitsAt(text, at, 2)
  const minute = digitsAt(text, at + 3, 2)
  const second = digitsAt(text, at + 6, 2)
  if (text.charCodeAt(at + 2) !== 58 || text.charCodeAt(at + 5) !== 58) return Number.NaN
  if (hour < 0 || minute < 0 || second < 0 || hour > 23 || minute > 59 || second > 60)
    return Number.NaN
  return ((hour * 60 + minute) * 60 + second) * 1000
}

/** The number that so many digits at a position write, or -1. */
function digitsAt(text: string, at: number, count: number): number {
  let value = 0
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - ZERO
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
