/**
 * What must not reach a line-based receiver or a screen as it is: control characters, lone surrogates, line separators, marks that
 * change the direction of text or cannot be seen, and tags.
 */
const UNSAFE =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\\(?=u\{)/gu

/**
 * Text with each unsafe character as `\u{hex}`, which can be read and turned back: a backslash before `u{` that was typed is
 * written so, too.
 */
export function visibleText(text: string): string {
  return text.replace(UNSAFE, visibleCharacter)
}

/** `\u{hex}` of a character. */
export function visibleCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) as number).toString(16)}}`
}

/** Visible text of at most so many bytes; of a text that is far too long only the beginning is looked at. */
export function shownText(text: string, bytesMax: number): string {
  return cutToBytes(visibleText(text.slice(0, bytesMax + 1)), bytesMax)
}

const CUT_MARK = '…'

/** Text of at most so many bytes of UTF-8, cut between code points, with `…` as its end when it was cut. */
export function cutToBytes(text: string, bytes: number): string {
  // No character takes more than three bytes for each unit of UTF-16.
  if (text.length * 3 <= bytes || Buffer.byteLength(text) <= bytes) return text
  const mark = bytes >= Buffer.byteLength(CUT_MARK) ? CUT_MARK : ''
  let left = bytes - Buffer.byteLength(mark)
  let end = 0
  for (const character of text) {
    left -= Buffer.byteLength(character)
    if (left < 0) break
    end += character.length
  }
  return text.slice(0, end) + mark
}
