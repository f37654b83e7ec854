import { KEY_BYTES_MAX } from '../limits.ts'
import { isTextAt, nextHash } from './key-names.ts'
import { IS_KEY_BYTE, isSeparator } from './key-value-quotes.ts'
import { CEF_VALUE, type PairSyntax } from './pair-syntax.ts'

const BLANK = 32
const EQUALS = 61
const BACKSLASH = 92

/**
 * The `key=value` pairs of a CEF extension. A value is not quoted and may hold blanks: it runs to the blank before the
 * next `key=`, so that a device has to escape `=` as `\=` (and `\` as `\\`) in it. One that forgets to do so lets a
 * value imitate pairs, and nothing here can tell.
 *
 * @param prefixes what a vendor puts before names of its own; it does not count as a part of the key
 */
export function cefExtension(prefixes: readonly string[]): PairSyntax {
  return {
    readPair(bytes, at, end, pair) {
      let start = at
      for (;;) {
        while (start < end && isSeparator(bytes[start] as number)) start++
        if (start >= end) return false
        let i = start
        while (i < end && IS_KEY_BYTE[bytes[i] as number] === 1) i++
        if (i > start && i < end && bytes[i] === EQUALS && i - start <= KEY_BYTES_MAX) {
          pair.keyEnd = i
          break
        }
        while (i < end && (bytes[i] as number) > BLANK) i++
        start = i
      }
      const { keyEnd } = pair
      const keyStart = start + prefixLengthAt(bytes, start, keyEnd, prefixes)
      let hash = 0
      for (let i = keyStart; i < keyEnd; i++) hash = nextHash(hash, bytes[i] as number)
      pair.start = start
      pair.keyStart = keyStart
      pair.keyHash = hash
      pair.valueMark = keyEnd + 1
      readValue(bytes, end, pair)
      return true
    },
    readValue,
  }
}

const readValue: PairSyntax['readValue'] = (bytes, end, pair) => {
  const mark = pair.valueMark
  /** Where the last word begins, -1 once it cannot be a key. */
  let wordStart = -1
  let valueEnd = end
  let settled = 0
  for (let i = mark; i < end; i++) {
    const code = bytes[i] as number
    if (code <= BLANK) {
      wordStart = i + 1
    } else if (code === EQUALS) {
      if (wordStart >= 0 && i > wordStart && i - wordStart <= KEY_BYTES_MAX) {
        valueEnd = wordStart - 1
        settled = i + 1
        break
      }
      wordStart = -1
    } else if (IS_KEY_BYTE[code] !== 1) {
      wordStart = -1
      // A backslash before anything else is one that was not escaped.
      if (code === BACKSLASH && (bytes[i + 1] === EQUALS || bytes[i + 1] === BACKSLASH)) i++
    }
  }
  pair.next = valueEnd
  while (valueEnd > mark && bytes[valueEnd - 1] === BLANK) valueEnd--
  pair.style = CEF_VALUE
  pair.valueStart = mark
  pair.valueEnd = valueEnd
  pair.settled = settled
  pair.isLast = settled === 0
  pair.isGuessed = false
}

function prefixLengthAt(
  bytes: Buffer,
  start: number,
  end: number,
  prefixes: readonly string[],
): number {
  for (const prefix of prefixes) {
    const prefixEnd = start + prefix.length
    if (prefixEnd < end && isTextAt(bytes, start, prefixEnd, prefix)) return prefix.length
  }
  return 0
}
