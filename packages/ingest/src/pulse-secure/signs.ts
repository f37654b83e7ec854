import type { Indicator, LoggedEvent } from '@sekisho/event'
import type { PulseRow } from './row.ts'

/**
 * Sets the sign of compromise that a line is by itself, and for changes of the configuration what was changed.
 *
 * A scan of the device's integrity is a sign only when it counts a file, a request without a session only by its URL.
 */
export function describePulseSign(event: LoggedEvent, message: string, row: PulseRow): void {
  if (row.indicator === 'integrity-scan' && isCleanScan(message)) {
    event.action = 'other'
    return
  }
  event.indicator = row.indicator ?? ''
  if (row.action === 'unauthenticated.request') event.indicator = indicatorOfUrl(urlIn(message))
  else if (row.action === 'config.change') describeLogTarget(event, message)
  else if (row.action === 'account.change') event.configAction = changeIn(message)
}

/** `Newly Detected Files 0, Mismatched Files 0`: nothing was found. */
function isCleanScan(message: string): boolean {
  const detected = countAfter(message, 'Newly Detected Files')
  const mismatched = countAfter(message, 'Mismatched Files')
  return detected >= 0 && detected + Math.max(mismatched, 0) === 0
}

/** The number that follows words after blanks and a colon, or -1. */
function countAfter(text: string, words: string): number {
  const at = text.indexOf(words)
  if (at < 0) return -1
  const from = at + words.length
  const digits = /^[: ]{0,3}(\d{1,9})/.exec(text.slice(from, from + 12))
  return digits === null ? -1 : Number(digits[1])
}

/** The URL of `Unauthenticated request url U came from IP A.` or `… not authenticated yet (URL=U)`. */
function urlIn(message: string): string {
  const requested = message.indexOf(' url ')
  const asked = message.indexOf('(URL=')
  if (asked >= 0 && (requested < 0 || asked < requested))
    return message.slice(asked + 5, endBefore(message, ')', asked))
  return requested < 0
    ? ''
    : message.slice(requested + 5, endBefore(message, ' came from ', requested))
}

/** The last place of a mark after a position, else the end of the text: a URL may hold the mark itself. */
function endBefore(text: string, mark: string, from: number): number {
  const end = text.lastIndexOf(mark)
  return end > from ? end : text.length
}

/** Paths that only those ask for without a session who exploit CVE-2019-11510 or CVE-2023-46805. */
const EXPLOIT_PATHS = ['/dana/html5acc/guacamole', '/api/v1/totp']

/** What the URL of a request without a session is a sign of; a vendor's known hole tells more than the way to it. */
export function indicatorOfUrl(url: string): Indicator {
  const path = plainPathOf(url)
  const isTraversal = path.includes('/../') || path.endsWith('/..')
  if (EXPLOIT_PATHS.some((exploit) => path.includes(exploit))) return 'vendor-exploit-path'
  if (!isTraversal) return ''
  const api = path.indexOf('/api/v1/')
  const isOfApi = api >= 0 && path.indexOf('/..', api) >= 0
  return isOfApi ? 'vendor-exploit-path' : 'path-traversal'
}

/** A path as a server that decodes too much reads it: `%2e%2E%2f`, `%252e`, `..\` and `..;/` become `../`. */
function plainPathOf(url: string): string {
  return url
    .toLowerCase()
    .replaceAll('%25', '%')
    .replaceAll('%2e', '.')
    .replaceAll('%2f', '/')
    .replaceAll('%5c', '/')
    .replaceAll('\\', '/')
    .replaceAll('..;', '..')
}

/** `Syslog server 192.0.2.77 removed from Events logs`: what was done to which target of which log. */
function describeLogTarget(event: LoggedEvent, message: string): void {
  event.configAction = changeIn(message)
  event.configPath = 'syslog'
  const server = /^Syslog server (\S{1,255}) (?:removed from|added to) (.{1,255}?)\.?$/.exec(
    message,
  )
  event.configObject = server?.[1] ?? ''
  event.configAttribute = server?.[2] ?? ''
}

/** `Delete` or `Add` by the message's own word for it, `''` when it has neither. */
function changeIn(message: string): string {
  const folded = message.toLowerCase()
  if (folded.includes('removed')) return 'Delete'
  return folded.includes('added') ? 'Add' : ''
}
