import { CEF_VALUE, JSON_TEXT, QUOTED, type ValueStyle } from '../pairs/pair-syntax.ts'
import { unescapeJson } from './json-text.ts'

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

function fromJson(text: string): string {
  const bytes = Buffer.from(text)
  return bytes.toString('utf8', 0, unescapeJson(bytes, 0, bytes.length, bytes))
}
