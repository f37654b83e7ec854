import { KEY_BYTES_MAX } from '../limits.ts'
import { nextHash } from './key-names.ts'
import { isSeparator, unescapedQuoteOf } from './key-value-quotes.ts'
import { BARE, JSON_TEXT, type PairSyntax, type ScannedPair } from './pair-syntax.ts'

const BLANK = 32
const QUOTE = 34
const COMMA = 44
const COLON = 58
const BACKSLASH = 92
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93
export const OPEN_BRACE = 123
const CLOSE_BRACE = 125

/** What `afterValue` finds behind a value that does not end there. */
const NO_END = -1

/**
 * The pairs of a JSON object (RFC 8259), read from behind its `{`. Texts are kept as they are written, with their
 * escapes, and numbers as their digits, since 19 of them fit no JavaScript number. `null`, objects and arrays are empty
 * values: `valueMark` tells where they stand.
 *
 * What is no JSON is read as far as it goes: a value whose end is not where the grammar has it, and a pair behind junk,
 * are marked `isGuessed`.
 */
export const JSON_PAIRS: PairSyntax = {
  readPair(bytes, at, end, pair) {
    let i = at
    let isJunk = false
    for (;;) {
      while (i < end && isSeparator(bytes[i] as number)) i++
      if (i >= end || bytes[i] === CLOSE_BRACE) return false
      if (bytes[i] === QUOTE) {
        const keyEnd = unescapedQuoteOf(bytes, i + 1, end)
        const colon = afterBlanks(bytes, keyEnd + 1, end)
        if (colon < end && bytes[colon] === COLON) {
          setKey(bytes, i, keyEnd, pair)
          pair.valueMark = colon + 1
          readValue(bytes, end, pair)
          if (isJunk) pair.isGuessed = true
          return true
        }
        // No key: the quote that seems to close it may open one.
        i = keyEnd
      } else {
        while (i < end && bytes[i] !== QUOTE && bytes[i] !== COMMA) i++
      }
      isJunk = true
    }
  },
  readValue,
}

function setKey(bytes: Buffer, quote: number, keyEnd: number, pair: ScannedPair): void {
  let hash = 0
  for (let i = quote + 1; i < keyEnd; i++) hash = nextHash(hash, bytes[i] as number)
  pair.start = quote
  pair.keyStart = quote + 1
  pair.keyEnd = keyEnd
  pair.keyHash = hash
}

function readValue(bytes: Buffer, end: number, pair: ScannedPair): void {
  const start = afterBlanks(bytes, pair.valueMark, end)
  const first = start < end ? (bytes[start] as number) : 0
  pair.isGuessed = false
  if (first === QUOTE) readText(bytes, start + 1, end, pair)
  else if (first === OPEN_BRACE || first === OPEN_BRACKET) readNested(bytes, start, end, pair)
  else readBare(bytes, start, end, pair)
}

/** A text up to the quote that closes it; `settled` is already known, since its end shows by what follows. */
function readText(bytes: Buffer, start: number, end: number, pair: ScannedPair): void {
  let quote = unescapedQuoteOf(bytes, start, end)
  let settled = quote >= end ? NO_END : afterValue(bytes, quote + 1, end)
  if (settled === NO_END) {
    quote = guessedQuoteOf(bytes, start, quote, end)
    settled = 0
    pair.isGuessed = true
  }
  pair.style = JSON_TEXT
  pair.valueStart = start
  pair.valueEnd = quote
  setNext(Math.min(end, quote + 1), settled, end, pair)
}

/** A number, `true`, `false` or `null`, or what stands where one should. */
function readBare(bytes: Buffer, start: number, end: number, pair: ScannedPair): void {
  let i = start
  while (i < end && !isSeparator(bytes[i] as number) && bytes[i] !== CLOSE_BRACE) i++
  const settled = afterValue(bytes, i, end)
  if (settled === NO_END) pair.isGuessed = true
  pair.style = BARE
  pair.valueStart = start
  pair.valueEnd = i === start + 4 && bytes[start] === 110 ? start : i
  setNext(i, settled === NO_END ? 0 : settled, end, pair)
}

/** Skips an object or an array with all that it holds, however deep. */
function readNested(bytes: Buffer, start: number, end: number, pair: ScannedPair): void {
  let depth = 0
  let i = start
  while (i < end) {
    const code = bytes[i] as number
    if (code === QUOTE) i = unescapedQuoteOf(bytes, i + 1, end)
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--
    i++
    if (depth === 0) break
  }
  const next = Math.min(i, end)
  const settled = depth > 0 ? NO_END : afterValue(bytes, next, end)
  if (settled === NO_END) pair.isGuessed = true
  pair.style = BARE
  pair.valueStart = start
  pair.valueEnd = start
  setNext(next, settled === NO_END ? 0 : settled, end, pair)
}

function setNext(next: number, settled: number, end: number, pair: ScannedPair): void {
  pair.next = next
  pair.isLast = next >= end
  pair.settled = pair.isLast ? 0 : settled
}

/**
 * What proves that a value ends before `at`: a comma and the quote of the next key, the end of the object, or the end
 * of a line that was cut short.
 *
 * @returns where the proof ends, 0 at the end of the line, `NO_END` when the value goes on
 */
function afterValue(bytes: Buffer, at: number, end: number): number {
  let i = afterBlanks(bytes, at, end)
  if (i >= end) return 0
  if (bytes[i] === CLOSE_BRACE) return i + 1
  if (bytes[i] !== COMMA) return NO_END
  i = afterBlanks(bytes, i + 1, end)
  if (i >= end) return 0
  return bytes[i] === QUOTE ? i + 1 : NO_END
}

/**
 * The end of a text whose closing quote is not where the grammar has it, which broke at a quote. Where that quote opens
 * a key, the one before it was escaped although it closes (a device wrote a name that ends in `\` as it is). Else it is
 * the next quote that `,"key":` or the end of the line follows, or the end of the line.
 */
function guessedQuoteOf(bytes: Buffer, from: number, brokenAt: number, end: number): number {
  let before = Math.min(brokenAt, end) - 1
  while (before >= from && isSeparator(bytes[before] as number)) before--
  if (before >= from && bytes[before] === QUOTE && isBeforeKey(bytes, before, end)) return before
  for (let at = Math.max(from, brokenAt); at < end; at++) {
    if (bytes[at] === QUOTE && isBeforeKey(bytes, at, end)) return at
  }
  return end > from && bytes[end - 1] === QUOTE ? end - 1 : end
}

/** True for a quote that `,"key":` follows, or a brace at the end of the line. */
function isBeforeKey(bytes: Buffer, quote: number, end: number): boolean {
  const limit = Math.min(end, quote + KEY_BYTES_MAX)
  const next = afterBlanks(bytes, quote + 1, limit)
  if (bytes[next] === CLOSE_BRACE) return next === end - 1
  if (bytes[next] !== COMMA) return false
  const keyQuote = afterBlanks(bytes, next + 1, limit)
  if (bytes[keyQuote] !== QUOTE) return false
  let i = keyQuote + 1
  while (i < limit && bytes[i] !== QUOTE && bytes[i] !== BACKSLASH) i++
  return bytes[i] === QUOTE && bytes[afterBlanks(bytes, i + 1, limit)] === COLON
}

function afterBlanks(bytes: Buffer, at: number, end: number): number {
  let i = at
  while (i < end && (bytes[i] as number) <= BLANK) i++
  return i
}
