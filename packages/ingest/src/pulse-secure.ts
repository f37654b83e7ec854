import type { Parsed } from '@sekisho/event'
import { newLoggedEvent } from '@sekisho/event'
import {
  type Adapter,
  ignoredAs,
  type ParseContext,
  rejectedAs,
  rejectedForZone,
} from './adapter.ts'
import { VALUE_BYTES_MAX } from './limits.ts'
import { describePulseEvent } from './pulse-event.ts'
import { type PulseMatch, pulseMatchOf } from './pulse-outcomes.ts'
import { decodedRecordOf, type PulseReadings, type PulseRecord } from './pulse-record.ts'
import { standardReadingsOf } from './pulse-standard.ts'
import { setPulseTime } from './pulse-time.ts'
import { welfReadingsOf } from './pulse-welf.ts'
import type { RawLine } from './raw-line.ts'
import { envelopeOf } from './syslog-envelope.ts'
import { WELF_START } from './welf.ts'

/** Pulse Secure / Ivanti Connect Secure 7.x to 22.x, in the standard form and in WELF. */
/** Syslog tags of the product by its names. */
const TAGS = ['PulseSecure: ', 'Juniper: ', 'Pulse: ']

function isTagged(header: string): boolean {
  return TAGS.some((tag) => header.includes(tag))
}

class PulseSecureAdapter implements Adapter {
  readonly vendor = 'pulse-secure'
  readonly #context: ParseContext

  constructor(context: ParseContext) {
    this.#context = context
  }

  parse(line: RawLine): Parsed | null {
    if (line.body < 0) return null
    const first = line.bytes[line.body] as number
    const at = line.body - line.start
    if (first >= 48 && first <= 57) {
      const readings = standardReadingsOf(line.text(), at)
      return readings === null ? null : this.#parsed(line, readings)
    }
    if (first !== 105 || !line.text().startsWith(WELF_START, at)) return null
    const readings = welfReadingsOf(line.text(), at)
    if (readings !== null) return this.#parsed(line, readings)
    // A relay that names the product vouches for it: then the line is ours, and was cut short.
    return isTagged(line.text().slice(0, at)) ? this.#parsed(line, []) : ignoredAs('other-product')
  }

  #parsed(line: RawLine, readings: PulseReadings): Parsed {
    if (readings.length === 0)
      return rejectedAs('broken', 'The Pulse Secure line has no readable time, header or message.')
    const [record, match] = chosenOf(readings)
    if (record.code.startsWith('PTR')) return ignoredAs('policy-trace')
    if (match === null && /^(?:SYS|LIC)/.test(record.code)) return ignoredAs('system')
    const event = newLoggedEvent('pulse-secure')
    const { clock } = this.#context
    if (!setPulseTime(event, record.wallMs, envelopeOf(line), clock))
      return rejectedForZone('Pulse Secure')
    if (readings.length > 1) event.recovered = true
    // Most lines are short and ASCII, and then their texts need no second look.
    if (line.end - line.start <= VALUE_BYTES_MAX && line.isAscii()) {
      describePulseEvent(event, record, match)
    } else {
      const decoded = decodedRecordOf(record)
      if (decoded.damaged) event.recovered = true
      describePulseEvent(event, decoded.record, match)
    }
    return { kind: 'event', event }
  }
}

/**
 * The reading that counts. A name that imitates a header belongs to a login that failed, since no account has it:
 * so the last reading that tells of a failure counts, and the first when none does.
 */
function chosenOf(readings: PulseReadings): [PulseRecord, PulseMatch | null] {
  for (let index = readings.length - 1; index > 0; index--) {
    const record = readings[index] as PulseRecord
    const match = pulseMatchOf(record.code, record.message)
    if (match?.row.outcome === 'failure') return [record, match]
  }
  const record = readings[0] as PulseRecord
  return [record, pulseMatchOf(record.code, record.message)]
}

export function pulseSecureAdapter(context: ParseContext): Adapter {
  return new PulseSecureAdapter(context)
}
