import { CEF_VALUE, JSON_TEXT, QUOTED, type ValueStyle } from '../pairs/pair-syntax.ts'

/** A value as it was before the device wrote it: with the escapes of its style undone, and no others. */
export function unescaped(text: string, style: ValueStyle): string {
  switch (style) {
    case QUOTED:
      return text.replace(/\\(["\\])/g, '$1')
    case CEF_VALUE:
      return text.replace(/\\([=\\|/])/g, '$1')
    case JSON_TEXT:
      return fromJson(text)
    default:
      return text
  }
}

/** What the letter of a two-character escape stands for (RFC 8259, section 7) where it is not itself. */
const CONTROLS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** What is no escape stays, and so does one that was cut short. Half a surrogate pair becomes U+FFFD. */
function fromJson(text: string): string {
  return text
    .replace(/\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g, (_escape, hex?: string, letter = '') =>
      hex === undefined
        ? (CONTROLS[letter] ?? letter)
        : String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .toWellFormed()
}
