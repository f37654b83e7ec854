import { KEY_BYTES_MAX } from '../limits.ts'
import { nextHash } from './key-names.ts'
import { guessedQuoteOf, IS_KEY_BYTE, isSeparator, unescapedQuoteOf } from './key-value-quotes.ts'
import { BARE, type PairSyntax, QUOTED, type ScannedPair } from './pair-syntax.ts'

const QUOTE = 34
const EQUALS = 61

/**
 * The `key=value` pairs of FortiOS, joined by blanks or, in its CSV form, by commas.
 *
 * - A key counts only outside quotes: strangers type what is inside.
 * - In quotes `\"` and `\\` are escapes, and an escaped quote never closes a value, unless the line is damaged:
 *   the closing quote is missing, or more text follows it (a device wrote a name that ends in `\` as it is).
 *   Then the value ends at the last quote before ` key=`, and `isGuessed` says so.
 * - Words that are no pair are skipped. Where one holds a quote, a value before it ended too soon (a device wrote a
 *   name with quotes as it is), and `isGuessed` says so of the pair behind it.
 */
export const KEY_VALUE: PairSyntax = {
  readPair(bytes, at, end, pair) {
    let i = at
    while (i < end && isSeparator(bytes[i] as number)) i++
    let start = i
    let hash = 0
    let isBroken = false
    for (;;) {
      let code = bytes[i] as number
      while (i < end && IS_KEY_BYTE[code] === 1) {
        hash = nextHash(hash, code)
        code = bytes[++i] as number
      }
      if (i >= end) return false
      if (code === EQUALS && i > start && i - start <= KEY_BYTES_MAX) break
      for (; i < end && !isSeparator(bytes[i] as number); i++) {
        if (bytes[i] === QUOTE) isBroken = true
      }
      while (i < end && isSeparator(bytes[i] as number)) i++
      start = i
      hash = 0
    }
    pair.start = start
    pair.keyStart = start
    pair.keyEnd = i
    pair.keyHash = hash
    pair.valueMark = i + 1
    readValue(bytes, end, pair)
    if (isBroken) pair.isGuessed = true
    pair.isLast = pair.next >= end
    pair.settled = pair.isGuessed || pair.isLast ? 0 : pair.next + 1
    return true
  },
  readValue,
}

function readValue(bytes: Buffer, end: number, pair: ScannedPair): void {
  const mark = pair.valueMark
  let i = mark
  if (mark >= end || bytes[mark] !== QUOTE) {
    while (i < end && !isSeparator(bytes[i] as number)) i++
    pair.isGuessed = false
    pair.style = BARE
    pair.valueStart = mark
    pair.valueEnd = i
    pair.next = i
    return
  }
  i = unescapedQuoteOf(bytes, mark + 1, end)
  const isClosed = i < end && (i + 1 === end || isSeparator(bytes[i + 1] as number))
  if (!isClosed) i = guessedQuoteOf(bytes, mark + 1, i, end)
  pair.isGuessed = !isClosed
  pair.style = QUOTED
  pair.valueStart = mark + 1
  pair.valueEnd = i
  pair.next = i + 1 < end ? i + 1 : end
}
