export const SECOND_MS = 1_000
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** UTC day number of an instant: whole days since 1970-01-01. */
export function dayOf(timestampMs: number): number {
  return Math.floor(timestampMs / DAY_MS)
}

/** First millisecond of a UTC day. */
export function dayStartMs(day: number): number {
  return day * DAY_MS
}

/** `2026-11-20` of a UTC day number. */
export function dayTextOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** `41 s`, `12 min`, `3 h 5 min`, `2 d 4 h`: a span for sentences, rounded down to what a reader needs. */
export function spanTextOf(spanMs: number): string {
  const seconds = Math.floor(spanMs / SECOND_MS)
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 120) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** `9,150`: a whole number with thousands separated, whatever the locale. */
export function wholeTextOf(value: number): string {
  return Math.round(value)
    .toFixed(0)
    .replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `+1.20`, `−0.44`: a summand with two decimals. */
export function signedTextOf(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`
}

/** `1 network`, `14 networks`: a count with its noun. */
export function countTextOf(count: number, noun: string): string {
  return `${wholeTextOf(count)} ${noun}${count === 1 ? '' : 's'}`
}
