import { LineParser } from '@sekisho/ingest'
import { didYouMean } from './nearest.ts'
import { shownStart } from './terminal/shown-text.ts'

/** True for what lines can be read with: an IANA zone (`Asia/Tokyo`) or an offset (`+09:00`). */
export function isTimeZone(text: string): boolean {
  try {
    new LineParser({ timezone: text })
    return true
  } catch {
    return false
  }
}

/** Says that a text is no time zone, and which one it may mean. */
export function notAZone(text: string): string {
  return `is not a time zone (Asia/Tokyo, UTC, +09:00): "${shownStart(text, 100)}"${didYouMean(text, ['UTC', ...Intl.supportedValuesOf('timeZone')])}`
}
