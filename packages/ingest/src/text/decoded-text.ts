import { isUtf8 } from 'node:buffer'

/** True when a latin1 text holds a byte over 0x7f, hence something that UTF-8 has to decode. */
function hasHighBytes(latin1: string): boolean {
  for (let i = 0; i < latin1.length; i++) if (latin1.charCodeAt(i) > 127) return true
  return false
}

/** A text and whether it had to be repaired. */
export interface DecodedText {
  readonly text: string
  readonly damaged: boolean
}

/** Decodes the UTF-8 bytes that a latin1 text stands for; bad bytes become U+FFFD and mark it damaged. */
export function decodedOf(latin1: string): DecodedText {
  if (!hasHighBytes(latin1)) return { text: latin1, damaged: false }
  const bytes = Buffer.from(latin1, 'latin1')
  return { text: bytes.toString('utf8'), damaged: !isUtf8(bytes) }
}
