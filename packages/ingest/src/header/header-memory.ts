import { latin1TextOf } from '../text/latin1-text.ts'
import { bodyStartOf, isBodyStart, PULSE_TAGS } from './syslog-envelope.ts'

/** Longest header that is remembered. */
const HEADER_BYTES_MAX = 128

/**
 * Where bodies begin (`bodyStartOf`), found by comparing headers: they differ from line to line in digits alone, and
 * no digit decides where a body begins, only that it is one.
 */
export class HeaderMemory {
  readonly #header = new Uint8Array(HEADER_BYTES_MAX)
  #length = -1

  /** The same as `bodyStartOf`. */
  bodyStartOf(bytes: Buffer, start: number, lineEnd: number): number {
    const length = this.#length
    if (length >= 0 && start + length < lineEnd && this.#isAlike(bytes, start, length)) {
      if (isBodyStart(bytes, start + length, lineEnd)) return start + length
    }
    const body = bodyStartOf(bytes, start, lineEnd)
    this.#length = isRemembered(bytes, start, body) ? body - start : -1
    for (let i = 0; i < this.#length; i++) this.#header[i] = bytes[start + i] as number
    return body
  }

  #isAlike(bytes: Buffer, start: number, length: number): boolean {
    const header = this.#header
    for (let i = 0; i < length; i++) {
      const code = bytes[start + i] as number
      if (code === header[i]) continue
      if (code < 48 || code > 57) return false
      const known = header[i] as number
      if (known < 48 || known > 57) return false
    }
    return true
  }
}

/** Behind a tag of Pulse Secure other bodies begin, and its lines are known by patterns. */
function isRemembered(bytes: Buffer, start: number, body: number): boolean {
  if (body < 0 || body - start > HEADER_BYTES_MAX) return false
  const header = latin1TextOf(bytes, start, body)
  return !PULSE_TAGS.some((tag) => header.includes(tag))
}
