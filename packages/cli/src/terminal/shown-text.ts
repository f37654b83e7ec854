/**
 * Characters that must not reach a terminal as they are: control characters and escape sequences, marks that change
 * the direction of text or are invisible, lone surrogates, characters without meaning, and line separators.
 */
const UNSHOWABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu

/**
 * Text from a log, made safe to show: attackers type the user names. Every unshowable character is replaced by its
 * number (`\u{1b}`), so that nothing is hidden either. The result is one line.
 */
export function shownText(text: string): string {
  return text.replace(
    UNSHOWABLE,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  )
}

/** The same, cut after `length` characters, with a mark that says so. */
export function shownStart(text: string, length: number): string {
  if (text.length <= length) return shownText(text)
  return `${shownText(text.slice(0, length))}…`
}
