/** What may stand at a place of a line that changes, and how its end is known. */
export const NAME = 1
export const TEXT = 2
export const ADDRESS = 3
export const WORD = 4
export const NUMBER = 5
/** `2026-03-14 08:16:53`, with `-` or `/` in the date. */
export const WALL_TIME = 6
/** `2026-03-14T08:16:53.250+01:00`, up to the blank. */
export const ZONED_TIME = 7
/** `Mar 14 08:16:53`: nobody reads it, since it has no year. */
export const BSD_TIME = 8
export type TokenKind =
  | typeof NAME
  | typeof TEXT
  | typeof ADDRESS
  | typeof WORD
  | typeof NUMBER
  | typeof WALL_TIME
  | typeof ZONED_TIME
  | typeof BSD_TIME

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

function membersOf(characters: string): Uint8Array {
  const members = new Uint8Array(256)
  for (const character of characters) members[character.charCodeAt(0)] = 1
  return members
}

/**
 * Bytes that a token of a kind may hold: none that a form of a log uses to divide its parts, so that such a token
 * can be nothing but what stood at its place in the line that was learnt.
 */
const MEMBERS: Readonly<Record<TokenKind, Uint8Array>> = {
  [NAME]: membersOf(`${ALPHANUMERIC}._-@\\$!+~#`),
  [TEXT]: membersOf(`${ALPHANUMERIC}._-@$!+~#& ,`),
  [ADDRESS]: membersOf('0123456789abcdefABCDEF.:'),
  [WORD]: membersOf(`${ALPHANUMERIC}_-`),
  [NUMBER]: membersOf('0123456789'),
  [WALL_TIME]: membersOf('0123456789-/: '),
  [ZONED_TIME]: membersOf('0123456789-:.+TZ'),
  [BSD_TIME]: membersOf(`${ALPHANUMERIC}: `),
}

export const WALL_TIME_BYTES = 19
export const BSD_TIME_BYTES = 15

const BLANK = 32
const DOT = 46

/** Digits of the longest number that is read by its pattern. */
const NUMBER_DIGITS_MAX = 9

/** The end of the token of a kind that begins at `start`, -1 when there is none. */
export function tokenEndOf(kind: TokenKind, bytes: Buffer, start: number, lineEnd: number): number {
  const members = MEMBERS[kind]
  const isFixed = kind === WALL_TIME || kind === BSD_TIME
  const limit = isFixed ? start + (kind === WALL_TIME ? WALL_TIME_BYTES : BSD_TIME_BYTES) : lineEnd
  if (limit > lineEnd) return -1
  let end = start
  while (end < limit && members[bytes[end] as number] === 1) end++
  if (isFixed) return end === limit ? end : -1
  // A sentence may end behind an address, and a separator may begin with a blank.
  if (kind === ADDRESS && bytes[end - 1] === DOT) end--
  if (kind === TEXT) while (end > start && bytes[end - 1] === BLANK) end--
  if (kind === NUMBER && end - start > NUMBER_DIGITS_MAX) return -1
  return end > start ? end : -1
}
