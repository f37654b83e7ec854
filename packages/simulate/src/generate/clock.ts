const { abs, floor } = Math

export const SECOND_MS = 1000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

const TWO_DIGITS = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'))
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const two = (n: number): string => TWO_DIGITS[n] as string

/** Wall clock of an IANA zone, with its summer time. Offsets are looked up once an hour, dates written once a day. */
export class Zone {
  readonly name: string
  readonly #format: Intl.DateTimeFormat
  readonly #offsets = new Map<number, number>()
  #day = Number.NaN
  #date = ''
  #bsdDate = ''

  constructor(name: string) {
    this.name = name
    this.#format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })
  }

  /** Minutes that the zone is ahead of UTC at an instant. */
  offsetMinutes(timeMs: number): number {
    const hour = floor(timeMs / HOUR_MS)
    const known = this.#offsets.get(hour)
    if (known !== undefined) return known
    const parts = this.#format.formatToParts(hour * HOUR_MS)
    const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
    const match = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(text)
    const minutes = Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0)
    const offset = match?.[1] === '-' ? -minutes : minutes
    this.#offsets.set(hour, offset)
    return offset
  }

  /** The instant at which a local day (days since 1970-01-01) shows so many milliseconds after midnight. */
  instantOf(localDay: number, sinceMidnightMs: number): number {
    const local = localDay * DAY_MS + sinceMidnightMs
    return local - this.offsetMinutes(local - this.offsetMinutes(local) * MINUTE_MS) * MINUTE_MS
  }

  /** `2026-03-14`, by the offset given. */
  dateText(timeMs: number, offsetMinutes: number): string {
    this.#turnTo(timeMs, offsetMinutes)
    return this.#date
  }

  /** `Mar  4`, as in the header of RFC 3164. */
  bsdDateText(timeMs: number, offsetMinutes: number): string {
    this.#turnTo(timeMs, offsetMinutes)
    return this.#bsdDate
  }

  #turnTo(timeMs: number, offsetMinutes: number): void {
    const day = floor((timeMs + offsetMinutes * MINUTE_MS) / DAY_MS)
    if (day === this.#day) return
    this.#day = day
    const date = new Date(day * DAY_MS)
    this.#date = date.toISOString().slice(0, 10)
    const dayOfMonth = String(date.getUTCDate()).padStart(2, ' ')
    this.#bsdDate = `${MONTHS[date.getUTCMonth()] as string} ${dayOfMonth}`
  }
}

/** `07:58:09` by the offset given. */
export function timeText(timeMs: number, offsetMinutes: number): string {
  const local = timeMs + offsetMinutes * MINUTE_MS
  const seconds = floor((local - floor(local / DAY_MS) * DAY_MS) / SECOND_MS)
  return `${two(floor(seconds / 3600))}:${two(floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** `+0900`, or `+09:00` with `:` between. */
export function offsetText(minutes: number, between: '' | ':'): string {
  const size = abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(floor(size / 60))}${between}${two(size % 60)}`
}

/** 0 Sunday … 6 Saturday of a day counted from 1970-01-01, which was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

const zones = new Map<string, Zone>()

/** The zone of a name, one object each. */
export function zoneOf(name: string): Zone {
  const known = zones.get(name)
  if (known !== undefined) return known
  const zone = new Zone(name)
  zones.set(name, zone)
  return zone
}
