/**
 * Characters that JSON allows as they are but that must not reach a terminal or an editor: control characters that
 * `JSON.stringify` leaves (U+007F to U+009F), marks that change the direction of text, and line separators.
 */
const UNSAFE = /[\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/**
 * The JSON of a value on one line, safe to show: attackers type the user names. Unsafe characters are written as
 * `\uXXXX`, which is the same JSON: outside of strings none of them can stand.
 */
export function jsonText(value: object): string {
  return JSON.stringify(value).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
