/** Times are epoch milliseconds, UTC; a gateway's zone is its offset in minutes (no zone here changes in March). */
export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export const JAPAN_MINUTES = 540
export const GERMANY_MINUTES = 60

/** The logs run from here to `END_MS`, exclusive: fourteen whole days of UTC. */
export const START_MS = Date.UTC(2026, 2, 1)
export const END_MS = START_MS + 14 * DAY

/** The instant of a local wall time, `clockText` as `07:58`, on a day of March 2026. */
export function instantOf(offsetMinutes, dayOfMarch, clockText) {
  const [hours, minutes] = clockText.split(':').map(Number)
  return Date.UTC(2026, 2, dayOfMarch, hours, minutes) - offsetMinutes * MINUTE
}

/** 0 Sunday … 6 Saturday of a day of March 2026, the same in every zone. */
export function weekdayOf(dayOfMarch) {
  return new Date(Date.UTC(2026, 2, dayOfMarch)).getUTCDay()
}

/** Local `date` (`2026-03-14`) and `time` (`07:58:09`) of an instant, as the vendors write them. */
export function localTextOf(timeMs, offsetMinutes) {
  const text = new Date(timeMs + offsetMinutes * MINUTE).toISOString()
  return { date: text.slice(0, 10), time: text.slice(11, 19) }
}

/** `+0900`, or `+09:00` with a colon. */
export function offsetTextOf(offsetMinutes, colon = '') {
  const hours = String(Math.floor(offsetMinutes / 60)).padStart(2, '0')
  return `+${hours}${colon}${String(offsetMinutes % 60).padStart(2, '0')}`
}

/** RFC 3339 text in the zone; `fraction` is the digits after the seconds, or empty. */
export function rfc3339Of(timeMs, offsetMinutes, fraction = '') {
  const { date, time } = localTextOf(timeMs, offsetMinutes)
  const point = fraction === '' ? '' : `.${fraction}`
  return `${date}T${time}${point}${offsetTextOf(offsetMinutes, ':')}`
}

/** The header time of RFC 3164: `Mar  4 07:58:09`. */
export function bsdTimeOf(timeMs, offsetMinutes) {
  const { date, time } = localTextOf(timeMs, offsetMinutes)
  return `Mar ${String(Number(date.slice(8))).padStart(2, ' ')} ${time}`
}
