import { latin1TextOf } from '../text/latin1-text.ts'
import { ownCopyOf } from '../text/own-copy.ts'
import { HEADER_BYTES_MAX, KnownHeader } from './known-header.ts'
import { envelopeIn } from './syslog-envelope.ts'

/** Bytes of `2026-03-14T08:16:53`. */
const TIME_BYTES = 19

const ZERO = 48

/**
 * The host that headers name. A header that differs from the one before in digits alone, none of them in the host,
 * names the same host, if its times are times: so most headers need not be taken apart.
 */
export class HeaderHosts {
  readonly #header = new KnownHeader()
  #host = ''
  /** Where the times of RFC 3339 begin. */
  #stamps: readonly number[] = []

  /** @returns `''` when the header names no host */
  hostOf(bytes: Buffer, start: number, end: number): string {
    const header = this.#header
    const isAlike = end - start === header.length && header.isLike(bytes, start)
    if (!isAlike || !this.#areTimes(bytes, start)) this.#remember(bytes, start, end)
    return this.#host
  }

  #areTimes(bytes: Buffer, start: number): boolean {
    return this.#stamps.every((stamp) => isPlainTime(bytes, start + stamp))
  }

  /** Neither the digits of the host nor those of a zone may be others. */
  #remember(bytes: Buffer, start: number, end: number): void {
    const header = this.#header
    const text = latin1TextOf(bytes, start, end)
    const { host, hostStart } = envelopeIn(text)
    this.#host = ownCopyOf(host)
    this.#stamps = Array.from(text.matchAll(/\d{4}-\d\d-\d\dT/g), ({ index }) => index)
    if (end - start > HEADER_BYTES_MAX || !this.#areTimes(bytes, start)) {
      header.forget()
      return
    }
    header.remember(bytes, start, end)
    header.fix(hostStart, hostStart + host.length)
    for (const stamp of this.#stamps) {
      const wordEnd = text.indexOf(' ', stamp)
      header.fix(stamp + TIME_BYTES, wordEnd < 0 ? text.length : wordEnd)
    }
  }
}

/** True for `2026-03-14T08:16:53` on a day that every month has; its shape is known. */
function isPlainTime(bytes: Buffer, at: number): boolean {
  const month = twoAt(bytes, at + 5)
  const day = twoAt(bytes, at + 8)
  const isDay = bytes[at] === ZERO + 2 && bytes[at + 1] === ZERO && month >= 1 && month <= 12
  if (!isDay || day < 1 || day > 28) return false
  return twoAt(bytes, at + 11) < 24 && twoAt(bytes, at + 14) < 60 && twoAt(bytes, at + 17) < 60
}

function twoAt(bytes: Buffer, at: number): number {
  return ((bytes[at] as number) - ZERO) * 10 + (bytes[at + 1] as number) - ZERO
}
