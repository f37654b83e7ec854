import { latin1TextOf } from '../text/latin1-text.ts'
import { HEADER_BYTES_MAX, KnownHeader } from './known-header.ts'
import { bodyStartOf, isBodyStart, PULSE_TAGS } from './syslog-envelope.ts'

/**
 * Where bodies begin (`bodyStartOf`), found by comparing headers: they differ from line to line in digits alone, and
 * no digit decides where a body begins, only that it is one.
 */
export class HeaderMemory {
  readonly #header = new KnownHeader()

  /** The same as `bodyStartOf`. */
  bodyStartOf(bytes: Buffer, start: number, lineEnd: number): number {
    const header = this.#header
    const known = start + header.length
    const isKnown = header.length >= 0 && known < lineEnd && header.isLike(bytes, start)
    if (isKnown && isBodyStart(bytes, known, lineEnd)) return known
    const body = bodyStartOf(bytes, start, lineEnd)
    if (isRemembered(bytes, start, body)) header.remember(bytes, start, body)
    else header.forget()
    return body
  }
}

/** Behind a tag of Pulse Secure other bodies begin, and its lines are known by patterns. */
function isRemembered(bytes: Buffer, start: number, body: number): boolean {
  if (body < 0 || body - start > HEADER_BYTES_MAX) return false
  const header = latin1TextOf(bytes, start, body)
  return !PULSE_TAGS.some((tag) => header.includes(tag))
}
