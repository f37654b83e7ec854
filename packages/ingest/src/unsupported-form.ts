import { ENVELOPE_BYTES_MAX } from './limits.ts'
import type { RawLine } from './raw-line.ts'
import { WALL_TIME_LENGTH, wallMsAt } from './wall-time.ts'

/**
 * Names the form of a line that is one of our vendors' but not yet read in this release, or `''`.
 *
 * Asked only of lines that no adapter took.
 */
export function unsupportedFormOf(line: RawLine): string {
  const head = line.text().slice(0, ENVELOPE_BYTES_MAX)
  const body = line.body < 0 ? '' : head.slice(line.body - line.start)
  if (head.includes('|Fortinet|Forti')) return 'FortiGate CEF form'
  if (body.startsWith('{')) return 'JSON form'
  if (head.includes('"date=')) return 'FortiGate CSV form'
  if (isPulsePipe(head)) return 'Pulse Secure pipe form'
  return isOldPulseExport(head) ? 'Pulse Secure older export (severity first)' : ''
}

/** `ive | 2026-03-14 12:10:53 | ADM100 | info | …` */
function isPulsePipe(head: string): boolean {
  for (let at = head.indexOf(' | '); at >= 0; at = head.indexOf(' | ', at + 1)) {
    const timeAt = at + 3
    if (Number.isNaN(wallMsAt(head, timeAt))) continue
    if (head.startsWith(' | ', timeAt + WALL_TIME_LENGTH)) return true
  }
  return false
}

const SEVERITIES = new Set(['info', 'minor', 'major', 'critical', 'warning'])

/** `info - [203.0.113.9] - jdoe(Realm)[Role] - 2012/11/23 18:05:42 - …` */
function isOldPulseExport(head: string): boolean {
  const at = head.indexOf(' - [')
  if (at < 0) return false
  const word = head.slice(head.lastIndexOf(' ', at - 1) + 1, at)
  return SEVERITIES.has(word.toLowerCase())
}
