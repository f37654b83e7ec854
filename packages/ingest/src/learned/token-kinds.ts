/** What may stand at a place of a line that changes, and how its end is known. */
export const NAME = 1
export const TEXT = 2
export const ADDRESS = 3
export const WORD = 4
export const NUMBER = 5
/** `2026-03-14 08:16:53` */
export const WALL_TIME = 6
/** `2026-03-14T08:16:53.250+01:00`, up to the blank. */
export const ZONED_TIME = 7
/** `Mar 14 08:16:53`: nobody reads it, since it has no year. */
export const BSD_TIME = 8
/** `2026/03/14 08:16:53` */
export const SLASHED_TIME = 9
export type TokenKind =
  | typeof NAME
  | typeof TEXT
  | typeof ADDRESS
  | typeof WORD
  | typeof NUMBER
  | typeof WALL_TIME
  | typeof ZONED_TIME
  | typeof BSD_TIME
  | typeof SLASHED_TIME

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
const MEMBERS: readonly (Uint8Array | null)[] = [
  null,
  membersOf(`${ALPHANUMERIC}._-@\\$!+~#`),
  membersOf(`${ALPHANUMERIC}._-@$!+~#& ,`),
  membersOf('0123456789abcdefABCDEF.:'),
  membersOf(`${ALPHANUMERIC}_-`),
  membersOf('0123456789'),
]

const LETTERS = membersOf(ALPHANUMERIC.slice(10))
const DAYS = membersOf('0123456789 ')
const BLANKS = membersOf(' ')

const WALL_TIME_BYTES = 19
const BSD_TIME_BYTES = 15

const BLANK = 32
const DOT = 46
const COLON = 58
const DASH = 45
const SLASH = 47
const LETTER_T = 84

/** Digits of the longest number that is read by its pattern. */
const NUMBER_DIGITS_MAX = 9

/** The end of the token of a kind that begins at `start`, -1 when there is none. */
export function tokenEndOf(kind: TokenKind, bytes: Buffer, start: number, lineEnd: number): number {
  if (kind > NUMBER) return timeEndOf(kind, bytes, start, lineEnd)
  const members = MEMBERS[kind] as Uint8Array
  let end = start
  while (end < lineEnd && members[bytes[end] as number] === 1) end++
  // A sentence may end behind an address, and a separator may begin with a blank.
  if (kind === ADDRESS && bytes[end - 1] === DOT) end--
  else if (kind === TEXT) while (end > start && bytes[end - 1] === BLANK) end--
  else if (kind === NUMBER && end - start > NUMBER_DIGITS_MAX) return -1
  return end > start ? end : -1
}

/** Whether its digits are a time is for those who read it to say; `BSD_TIME` nobody reads. */
function timeEndOf(kind: TokenKind, bytes: Buffer, start: number, lineEnd: number): number {
  if (kind === BSD_TIME) return isBsdTime(bytes, start, lineEnd) ? start + BSD_TIME_BYTES : -1
  const end = start + WALL_TIME_BYTES
  if (end > lineEnd) return -1
  if (kind === ZONED_TIME) {
    if (bytes[start + 4] !== DASH || bytes[start + 10] !== LETTER_T) return -1
    let zoneEnd = end
    while (zoneEnd < lineEnd && (bytes[zoneEnd] as number) > BLANK) zoneEnd++
    return zoneEnd
  }
  const separator = kind === WALL_TIME ? DASH : SLASH
  return bytes[start + 4] === separator && bytes[start + 10] === BLANK ? end : -1
}

function isBsdTime(bytes: Buffer, start: number, lineEnd: number): boolean {
  if (start + BSD_TIME_BYTES > lineEnd) return false
  if (bytes[start + 9] !== COLON || bytes[start + 12] !== COLON) return false
  for (let i = 0; i < BSD_TIME_BYTES; i++) {
    const members =
      i < 3 ? LETTERS : i === 3 || i === 6 ? BLANKS : i === 9 || i === 12 ? null : DAYS
    if (members !== null && members[bytes[start + i] as number] !== 1) return false
  }
  return true
}
