import {
  ADDRESS,
  BSD_TIME,
  NAME,
  NUMBER,
  SLASHED_TIME,
  TEXT,
  type TokenKind,
  tokenEndOf,
  WALL_TIME,
  WORD,
  ZONED_TIME,
} from './token-kinds.ts'

/** A part of a line that is supposed to change from line to line. */
export interface Token {
  readonly start: number
  readonly end: number
  readonly kind: TokenKind
  readonly text: string
}

/** Values that an event has of a line, and of which kind they are; the first ones are looked for first. */
export interface KnownValue {
  readonly text: string
  readonly kind: TokenKind
}

const TIMES: readonly (readonly [kind: TokenKind, shape: RegExp])[] = [
  [ZONED_TIME, /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)/g],
  [WALL_TIME, /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g],
  [SLASHED_TIME, /\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d/g],
  [BSD_TIME, /[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d/g],
]

/** Things that change and that no event may have: other addresses, long ids of sessions, counts. */
const OTHERS: readonly (readonly [kind: TokenKind, shape: RegExp])[] = [
  [ADDRESS, /\d{1,3}(?:\.\d{1,3}){3}/g],
  [WORD, /sid[0-9a-f]{8,64}/g],
  [NUMBER, /\d{1,9}/g],
]

/**
 * The parts of a line that are supposed to change: its times, the values that its event has, and what looks like an
 * address, a session or, behind `numbersFrom`, a number. Whether they may, the caller finds out.
 *
 * @param numbersFrom position from which numbers are looked for, Infinity for none
 */
export function tokensIn(
  bytes: Buffer,
  text: string,
  values: readonly KnownValue[],
  numbersFrom: number,
): Token[] {
  const tokens: Token[] = []
  const add = (kind: TokenKind, start: number, length: number): void => {
    const end = start + length
    if (tokens.some((token) => start < token.end && token.start < end)) return
    if (isWordBefore(text, start) || tokenEndOf(kind, bytes, start, bytes.length) !== end) return
    tokens.push({ start, end, kind, text: text.slice(start, end) })
  }
  for (const [kind, shape] of TIMES) {
    for (const match of text.matchAll(shape)) add(kind, match.index, match[0].length)
  }
  for (const { text: value, kind } of values) {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1))
      add(kind, at, value.length)
  }
  for (const [kind, shape] of OTHERS) {
    for (const match of text.matchAll(shape)) {
      if (kind !== NUMBER || match.index >= numbersFrom) add(kind, match.index, match[0].length)
    }
  }
  return tokens.sort((a, b) => a.start - b.start)
}

/** True when a token would begin inside a word; a date may follow the digits of a count. */
function isWordBefore(text: string, start: number): boolean {
  return start > 0 && /[0-9A-Za-z_.]/.test(text[start - 1] as string)
}

/** Kinds of values that may stand in a line more than once, each time the same. */
export function isRepeated(kind: TokenKind): boolean {
  return kind === NAME || kind === ADDRESS || kind === WORD || kind === TEXT
}
