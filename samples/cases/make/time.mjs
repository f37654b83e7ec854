import { DAY, MINUTE } from '../../make/clock.mjs'

export { DAY, HOUR, localTextOf, MINUTE, rfc3339Of, SECOND } from '../../make/clock.mjs'

/** `+0900` or `-0500`, with a colon where asked for. */
export function offsetTextOf(offsetMinutes, colon = '') {
  const two = (value) => String(value).padStart(2, '0')
  const minutes = Math.abs(offsetMinutes)
  const sign = offsetMinutes < 0 ? '-' : '+'
  return `${sign}${two(Math.floor(minutes / 60))}${colon}${two(minutes % 60)}`
}

/** The instant of a wall time, `2021-09-11` and `03:00`, in a gateway's zone. */
export function instantOf(gateway, date, clockText) {
  return Date.parse(`${date}T${clockText}:00${offsetTextOf(gateway.offsetMinutes, ':')}`)
}

/** `days` after a date, as a date. */
export function dateAfter(date, days) {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10)
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(date) {
  return new Date(date).getUTCDay()
}

/** The minutes around instants, as the window of an expected alert. */
export function windowOf(fromMs, toMs = fromMs, marginMs = 2 * MINUTE) {
  return {
    from: new Date(fromMs - marginMs).toISOString(),
    to: new Date(toMs + marginMs).toISOString(),
  }
}
