import type { Parsed } from '@sekisho/event'
import { newLoggedEvent } from '@sekisho/event'
import {
  type Adapter,
  ignoredAs,
  type ParseContext,
  rejectedAs,
  rejectedForZone,
} from '../adapter.ts'
import { bodyStartOf, envelopeOf, isKeyByte, PULSE_TAGS } from '../header/syslog-envelope.ts'
import { VALUE_BYTES_MAX } from '../limits.ts'
import { RawLine } from '../raw-line.ts'
import { ownCopyOf } from '../text/own-copy.ts'
import { chosenOf } from './choice.ts'
import { describePulseEvent } from './event.ts'
import { PULSE_EXPLAINER } from './explain.ts'
import { exportReadingsOf } from './export.ts'
import { PulsePatterns } from './patterns.ts'
import { pipeReadingsOf } from './pipe.ts'
import { decodedRecordOf, type PulseFormReader, type PulseReadings } from './record.ts'
import { standardReadingsOf } from './standard.ts'
import { setPulseTime } from './time.ts'
import { welfReadingsOf } from './welf.ts'
import { WELF_START } from './welf-fields.ts'

const BLANK = 32
const DASH = 45
const EQUALS = 61
const SMALL_I = 105
const PIPE = 124

function isTagged(header: string): boolean {
  return PULSE_TAGS.some((tag) => header.includes(`${tag} `))
}

/** Pulse Secure / Ivanti Connect Secure 7.x to 22.x: standard form, WELF, the older export and the pipe form. */
class PulseSecureAdapter implements Adapter {
  readonly vendor = 'pulse-secure'
  readonly explainer = PULSE_EXPLAINER
  readonly #context: ParseContext
  readonly #patterns: PulsePatterns

  constructor(context: ParseContext) {
    this.#context = context
    this.#patterns = new PulsePatterns((bytes) => this.#readAlone(bytes), context.clock)
  }

  quick({ bytes, start, end }: RawLine): Parsed | null {
    return this.#patterns.follow(bytes, start, end)
  }

  parse(line: RawLine): Parsed | null {
    const parsed = this.#read(line)
    if (parsed?.kind === 'event')
      this.#patterns.learn(line.bytes, line.start, line.end, parsed.event)
    return parsed
  }

  /** Reads a line that is not the parser's. */
  #readAlone(bytes: Buffer): Parsed | null {
    const line = new RawLine()
    line.moveTo(bytes, 0, bytes.length)
    line.body = bodyStartOf(bytes, 0, bytes.length)
    return this.#read(line)
  }

  #read(line: RawLine): Parsed | null {
    if (line.body < 0) return null
    const read = readerOf(line)
    if (read === null) return null
    const text = line.text()
    const at = line.body - line.start
    const readings = read(text, at)
    if (readings !== null) return this.#parsed(line, readings)
    // A relay that names the product vouches for it: then the line is ours, and was cut short.
    if (isTagged(text.slice(0, at))) return this.#parsed(line, [])
    return read === welfReadingsOf ? ignoredAs('other-product') : null
  }

  #parsed(line: RawLine, readings: PulseReadings): Parsed {
    if (readings.length === 0)
      return rejectedAs('broken', 'The Pulse Secure line has no readable time, header or message.')
    const { record, match } = chosenOf(readings)
    // A text that somebody typed must not hide a line.
    const isCertain = readings.length === 1
    if (isCertain && record.code.startsWith('PTR')) return ignoredAs('policy-trace')
    if (isCertain && match === null && /^(?:SYS|LIC)/.test(record.code)) return ignoredAs('system')
    const event = newLoggedEvent('pulse-secure')
    const envelope = envelopeOf(line)
    if (!setPulseTime(event, record.wallMs, envelope, this.#context.clock))
      return rejectedForZone('Pulse Secure')
    if (!isCertain) event.recovered = true
    // Most lines are short and ASCII, and then their texts need no second look.
    if (line.end - line.start <= VALUE_BYTES_MAX && line.isAscii()) {
      describePulseEvent(event, record, match)
    } else {
      const decoded = decodedRecordOf(record)
      if (decoded.damaged) event.recovered = true
      describePulseEvent(event, decoded.record, match)
    }
    if (event.gateway === '') event.gateway = ownCopyOf(envelope.host)
    if (!isCertain && event.indicator === '') event.indicator = 'imitated-line'
    return { kind: 'event', event }
  }
}

/** The form that a body is of, told by what follows its first word (`bodyStartOf` knows no other bodies). */
function readerOf(line: RawLine): PulseFormReader | null {
  const { bytes, body } = line
  let at = body
  while (at < line.end && isKeyByte(bytes[at] as number)) at++
  if (bytes[at] === EQUALS) {
    const isWelf = bytes[body] === SMALL_I && line.text().startsWith(WELF_START, body - line.start)
    return isWelf ? welfReadingsOf : null
  }
  if (at === body || bytes[at] !== BLANK) return null
  if (bytes[at + 1] === PIPE) return pipeReadingsOf
  return bytes[at + 1] === DASH ? exportReadingsOf : standardReadingsOf
}

export function pulseSecureAdapter(context: ParseContext): Adapter {
  return new PulseSecureAdapter(context)
}
