import { ENVELOPE_BYTES_MAX } from './limits.ts'
import type { RawLine } from './raw-line.ts'

/**
 * Names the form of a line that is one of our vendors' but not yet read in this release, or `''`.
 *
 * Asked only of lines that no adapter took.
 */
export function unsupportedFormOf(line: RawLine): string {
  const head = line.text().slice(0, ENVELOPE_BYTES_MAX)
  return /(?:^|[ >])"date=/.test(head) ? 'FortiGate CSV form with quotes around pairs' : ''
}
