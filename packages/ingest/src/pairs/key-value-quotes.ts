import { isKeyByte } from '../header/syslog-envelope.ts'
import { KEY_BYTES_MAX } from '../limits.ts'

const BLANK = 32
const QUOTE = 34
const COMMA = 44
const EQUALS = 61
const BACKSLASH = 92

export const IS_KEY_BYTE = Uint8Array.from({ length: 256 }, (_, code) => (isKeyByte(code) ? 1 : 0))

/** True for what stands between pairs: blanks, control characters and commas. */
export function isSeparator(code: number): boolean {
  return code <= BLANK || code === COMMA
}

/** The first quote from an offset on that no backslash escapes, or `end` (or one more) without one. */
export function unescapedQuoteOf(bytes: Buffer, from: number, end: number): number {
  let at = from
  while (at < end) {
    const code = bytes[at] as number
    if (code === QUOTE) return at
    at += code === BACKSLASH ? 2 : 1
  }
  return at
}

/**
 * The end of a value whose closing quote is not where the grammar has it: the last quote before ` key=` up to where
 * the grammar broke, else the first such quote after that, else the end of the line.
 *
 * Tokens between the two are read again, once: no other quoted value can begin before the place where it broke.
 */
export function guessedQuoteOf(bytes: Buffer, from: number, brokenAt: number, end: number): number {
  for (let at = Math.min(brokenAt, end - 1); at >= from; at--) {
    if (isBeforeKey(bytes, at, end)) return at
  }
  for (let at = Math.max(from, brokenAt); at < end; at++) {
    if (isBeforeKey(bytes, at, end)) return at
  }
  return end > from && bytes[end - 1] === QUOTE ? end - 1 : end
}

/** True for a quote that a separator and `key=` follow. */
function isBeforeKey(bytes: Buffer, at: number, end: number): boolean {
  if (bytes[at] !== QUOTE || at + 1 >= end || !isSeparator(bytes[at + 1] as number)) return false
  const keyStart = at + 2
  const limit = Math.min(end, keyStart + KEY_BYTES_MAX)
  let i = keyStart
  while (i < limit && IS_KEY_BYTE[bytes[i] as number] === 1) i++
  return i > keyStart && i < end && bytes[i] === EQUALS
}
