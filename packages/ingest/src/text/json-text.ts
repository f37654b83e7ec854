const BACKSLASH = 92
const LOWER_U = 117

/** What the letter of a two-character escape stands for (RFC 8259, section 7), 0 for none. */
const ESCAPED = new Uint8Array(256)
for (const [letter, stands] of [
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
] as const)
  ESCAPED[letter.charCodeAt(0)] = stands.charCodeAt(0)

/**
 * Undoes the escapes of a JSON text, from bytes into bytes: what is no escape stays, and bytes that are no UTF-8 are not
 * changed. Half a surrogate pair becomes U+FFFD.
 *
 * @param target has room for as many bytes as the text has, which never gets longer; may be where the text stands,
 *   from its beginning on
 * @returns the number of bytes written
 */
export function unescapeJson(bytes: Buffer, start: number, end: number, target: Buffer): number {
  let length = 0
  for (let i = start; i < end; i++) {
    const code = bytes[i] as number
    if (code !== BACKSLASH || i + 1 >= end) {
      target[length++] = code
      continue
    }
    const letter = bytes[i + 1] as number
    const stands = ESCAPED[letter] as number
    if (stands > 0) {
      target[length++] = stands
      i++
      continue
    }
    const unit = letter === LOWER_U ? hexAt(bytes, i + 2, end) : -1
    if (unit < 0) {
      target[length++] = code
      continue
    }
    i += 5
    const isPair =
      (unit & 0xfc00) === 0xd800 && bytes[i + 1] === BACKSLASH && bytes[i + 2] === LOWER_U
    const low = isPair ? hexAt(bytes, i + 3, end) : -1
    if (low >= 0 && (low & 0xfc00) === 0xdc00) {
      length = putUtf8(target, length, 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff))
      i += 6
    } else length = putUtf8(target, length, (unit & 0xf800) === 0xd800 ? 0xfffd : unit)
  }
  return length
}

/** The number that four hexadecimal digits write, or -1. */
function hexAt(bytes: Buffer, at: number, end: number): number {
  if (at + 4 > end) return -1
  let value = 0
  for (let i = at; i < at + 4; i++) {
    const code = bytes[i] as number
    const letter = (code | 32) - 97
    if (code >= 48 && code <= 57) value = value * 16 + code - 48
    else if (letter >= 0 && letter < 6) value = value * 16 + letter + 10
    else return -1
  }
  return value
}

function putUtf8(target: Buffer, at: number, point: number): number {
  if (point < 0x80) {
    target[at] = point
    return at + 1
  }
  const count = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  for (let i = count - 1; i > 0; i--)
    target[at + i] = 0x80 | ((point >> (6 * (count - 1 - i))) & 0x3f)
  target[at] = ((0xf00 >> count) & 0xff) | (point >> (6 * (count - 1)))
  return at + count
}
