import { ENVELOPE_BYTES_MAX, ENVELOPE_WORDS_MAX, KEY_BYTES_MAX } from '../limits.ts'
import { isTextAt } from '../pairs/key-names.ts'
import { WELF_START } from '../pulse-secure/welf-fields.ts'
import type { RawLine } from '../raw-line.ts'
import { offsetMinutesOf } from '../time/wall-clock.ts'
import { wallMsAt } from '../time/wall-time.ts'

const QUOTE = 34
const DASH = 45
const DOT = 46
const COLON = 58
const EQUALS = 61
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93
const BLANK = 32
const PIPE = 124
const ZERO = 48

/** An instant and the zone it was written in. */
export interface Stamp {
  readonly instantMs: number
  readonly offsetMinutes: number
}

/**
 * What relay headers say, read from the words before the body. The stamp is the last one of RFC 3339 that has a zone
 * (the one nearest to the device); its instant is NaN without one.
 */
export interface Envelope extends Stamp {
  /** The word after the last stamp of any form, or `''`, and where it begins. */
  readonly host: string
  readonly hostStart: number
}

/**
 * Where the vendor's text begins after any mix of octet count, priority, BSD, RFC 3339 and RFC 5424 headers and
 * tags, or -1.
 *
 * A body begins with `key=`, with `YYYY-MM-DD HH:MM:SS - `, with `NODE | YYYY-MM-DD HH:MM:SS |`, with a severity and
 * ` - [`, with `CEF:` (or its rest, `0|`) or with `{`. The first such place counts and only the head of the line is
 * searched, so that no text which a stranger typed can begin a body. For the same reason nothing begins one behind what
 * only Pulse Secure writes, when its own body was not known by its beginning: behind a tag of that product one of its
 * own forms alone, and behind an address in brackets after a dash or a message code after a pipe nothing.
 */
export function bodyStartOf(bytes: Buffer, start: number, lineEnd: number): number {
  const end = Math.min(lineEnd, start + ENVELOPE_BYTES_MAX)
  let at = start
  let isPulse = false
  let before = 0
  for (let words = 0; words < ENVELOPE_WORDS_MAX; words++) {
    while (at < end && (bytes[at] as number) <= BLANK) at++
    if (at >= end) return -1
    at = afterByteOrderMark(bytes, afterPriority(bytes, at, end))
    if (isPulse ? isPulseStart(bytes, at, lineEnd) : isBodyStart(bytes, at, lineEnd)) return at
    const wordAt = at
    const first = bytes[at] as number
    while (at < end && (bytes[at] as number) > BLANK) at++
    if (before === DASH && first === OPEN_BRACKET && isAddressAt(bytes, wordAt, at)) return -1
    if (before === PIPE && isMessageCode(bytes, wordAt, at)) return -1
    isPulse ||= bytes[at - 1] === COLON && isPulseTag(bytes, wordAt, at)
    before = at === wordAt + 1 ? first : 0
    if (first === OPEN_BRACKET) at = afterStructuredData(bytes, at, end)
  }
  return -1
}

/** Syslog tags of Pulse Secure by the product's names. */
export const PULSE_TAGS = ['PulseSecure:', 'Juniper:', 'Pulse:']

function isPulseTag(bytes: Buffer, start: number, end: number): boolean {
  return PULSE_TAGS.some((tag) => isTextAt(bytes, start, end, tag))
}

/** `[198.51.100.7]` or `[]`, as the header of a Pulse Secure line has it; structured data begins with a name. */
function isAddressAt(bytes: Buffer, start: number, end: number): boolean {
  if (bytes[end - 1] !== CLOSE_BRACKET) return false
  for (let i = start + 1; i < end - 1; i++) {
    const code = bytes[i] as number
    if (!isDigit(code) && code !== COLON && code !== DOT && !isHexLetter(code)) return false
  }
  return true
}

/** `AUT24414` */
function isMessageCode(bytes: Buffer, start: number, end: number): boolean {
  if (end - start !== 8) return false
  for (let i = start; i < end; i++) {
    const code = bytes[i] as number
    if (i < start + 3 ? code < 65 || code > 90 : !isDigit(code)) return false
  }
  return true
}

/** True where a form begins that only Pulse Secure writes, or the WELF that others write too. */
function isPulseStart(bytes: Buffer, at: number, end: number): boolean {
  if (isShapedAt(bytes, at, end, PULSE_BODY)) return true
  if (isTextAt(bytes, at, Math.min(end, at + WELF_START.length), WELF_START)) return true
  let wordEnd = at
  while (wordEnd < end && (bytes[wordEnd] as number) > BLANK) wordEnd++
  return isPulseWord(bytes, at, wordEnd, end)
}

/** True where a body begins, unless a tag of Pulse Secure stands before it. */
export function isBodyStart(bytes: Buffer, at: number, end: number): boolean {
  const first = bytes[at] as number
  if (first === 123) return true
  const isNumber = isDigit(first)
  if (isNumber && (bytes[at + 1] === PIPE || isShapedAt(bytes, at, end, PULSE_BODY))) return true
  if (!isNumber && !isLetter(first)) return false
  const limit = Math.min(end, at + KEY_BYTES_MAX)
  let i = at + 1
  while (i < limit && isKeyByte(bytes[i] as number)) i++
  if (bytes[i] === EQUALS) return !isNumber && i < end
  if (bytes[i] === BLANK) return isPulseWord(bytes, at, i, end)
  return i === at + 3 && bytes[i] === COLON && isTextAt(bytes, at, i, 'CEF')
}

/** What stands where in `2026-03-14 08:16:53 - `, and after the node of the pipe form; `0` is any digit. */
const PULSE_BODY = Array.from('0000-00-00 00:00:00 - ', (character) => character.charCodeAt(0))
const PULSE_PIPE = Array.from(' | 0000-00-00 00:00:00 |', (character) => character.charCodeAt(0))

function isShapedAt(bytes: Buffer, at: number, end: number, shape: readonly number[]): boolean {
  if (at + shape.length > end) return false
  for (let i = 0; i < shape.length; i++) {
    const code = bytes[at + i] as number
    if (shape[i] === ZERO ? !isDigit(code) : code !== shape[i]) return false
  }
  return true
}

const SEVERITIES: ReadonlySet<string> = new Set(['info', 'minor', 'major', 'critical', 'warning'])

/** True for a word that Pulse Secure's pipe form (`ive | 2026-…`) or older export (`info - [203.…`) begins with. */
function isPulseWord(bytes: Buffer, at: number, wordEnd: number, end: number): boolean {
  if (bytes[wordEnd + 1] === PIPE) return isShapedAt(bytes, wordEnd, end, PULSE_PIPE)
  if (bytes[wordEnd + 1] !== DASH || bytes[wordEnd + 2] !== BLANK) return false
  if (bytes[wordEnd + 3] !== OPEN_BRACKET) return false
  return wordEnd + 3 < end && SEVERITIES.has(bytes.toString('latin1', at, wordEnd).toLowerCase())
}

/** Skips `<189>`, which stands before the next word without a blank. */
function afterPriority(bytes: Buffer, at: number, end: number): number {
  if (bytes[at] !== 60) return at
  let i = at + 1
  while (i < end && i < at + 4 && isDigit(bytes[i] as number)) i++
  return bytes[i] === 62 && i + 1 < end ? i + 1 : at
}

function afterByteOrderMark(bytes: Buffer, at: number): number {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf ? at + 3 : at
}

/** Skips the rest of `[id key="value" …]` of RFC 5424, which holds pairs that are not the vendor's. */
function afterStructuredData(bytes: Buffer, wordEnd: number, end: number): number {
  if (bytes[wordEnd - 1] === CLOSE_BRACKET) return wordEnd
  for (let i = wordEnd; i < end; i++) {
    if (bytes[i] === CLOSE_BRACKET && bytes[i - 1] === QUOTE && (bytes[i + 1] as number) <= BLANK)
      return i + 1
  }
  return wordEnd
}

export function isKeyByte(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === 95 || code === 45 || code === 46
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

function isHexLetter(code: number): boolean {
  return (code >= 97 && code <= 102) || (code >= 65 && code <= 70)
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** Reads the headers before the body of a line. */
export function envelopeOf(line: RawLine): Envelope {
  return envelopeIn(line.headText().slice(0, Math.max(0, line.body - line.start)))
}

/** Reads the headers that a text consists of. */
export function envelopeIn(text: string): Envelope {
  const end = text.length
  let instantMs = Number.NaN
  let offsetMinutes = 0
  let host = ''
  let hostStart = 0
  let isAfterStamp = false
  for (let at = 0; at < end; ) {
    const wordEnd = wordEndOf(text, at, end)
    if (text.charCodeAt(at + 10) === 84 && at + 20 <= wordEnd) {
      const stamp = stampOf(text.slice(at, wordEnd))
      if (stamp !== null) {
        instantMs = stamp.instantMs
        offsetMinutes = stamp.offsetMinutes
        isAfterStamp = true
      }
    } else if (isClock(text, at, wordEnd)) {
      isAfterStamp = true
    } else if (isAfterStamp && wordEnd > at) {
      isAfterStamp = false
      host = text.slice(at, wordEnd)
      hostStart = at
    }
    at = wordEnd + 1
  }
  return { instantMs, offsetMinutes, host: host === '-' ? '' : host, hostStart }
}

/** Where the word at a position ends, at `end` at the latest. */
export function wordEndOf(text: string, at: number, end: number): number {
  let wordEnd = at
  while (wordEnd < end && text.charCodeAt(wordEnd) > BLANK) wordEnd++
  return wordEnd
}

/** The time of a BSD header, `07:58:09`; its date has no year and is never used. */
export function isClock(text: string, at: number, end: number): boolean {
  return end === at + 8 && text.charCodeAt(at + 2) === 58 && text.charCodeAt(at + 5) === 58
}

/** Reads `2026-03-14T01:31:10.418203+00:00`; null when the word is no such stamp or has no zone. */
export function stampOf(word: string): Stamp | null {
  const wallMs = wallMsAt(word, 0)
  if (Number.isNaN(wallMs)) return null
  let zoneAt = 19
  let fractionMs = 0
  if (word.charCodeAt(zoneAt) === 46) {
    zoneAt++
    while (isDigit(word.charCodeAt(zoneAt))) zoneAt++
    fractionMs = Math.floor(Number(word.slice(19, zoneAt)) * 1000)
  }
  const offsetMinutes = offsetMinutesOf(word.slice(zoneAt))
  if (offsetMinutes === null) return null
  return { instantMs: wallMs + fractionMs - offsetMinutes * 60_000, offsetMinutes }
}
