import { ownCopyOf } from '../text/own-copy.ts'
import { envelopeIn } from './syslog-envelope.ts'

/** Longest header that is remembered. */
const HEADER_BYTES_MAX = 128

/** Bytes of `2026-03-14T08:16:53`. */
const TIME_BYTES = 19

const ZERO = 48
const NINE = 57

/**
 * The host that headers name. A header that differs from the one before in digits alone, none of them in the host,
 * names the same host, if its times are times: so most headers need not be taken apart.
 */
export class HeaderHosts {
  readonly #header = new Uint8Array(HEADER_BYTES_MAX)
  #length = -1
  #host = ''
  /** 1 where digits may be others: not in the host, and not in a zone. */
  readonly #mayDiffer = new Uint8Array(HEADER_BYTES_MAX)
  /** Where the times of RFC 3339 begin. */
  #stamps: readonly number[] = []

  /** @returns `''` when the header names no host */
  hostOf(bytes: Buffer, start: number, end: number): string {
    if (!this.#isAlike(bytes, start, end)) this.#remember(bytes, start, end)
    return this.#host
  }

  #isAlike(bytes: Buffer, start: number, end: number): boolean {
    if (end - start !== this.#length) return false
    const header = this.#header
    for (let i = 0; i < this.#length; i++) {
      const code = bytes[start + i] as number
      if (code === header[i]) continue
      if (this.#mayDiffer[i] === 0 || !isDigit(code) || !isDigit(header[i] as number)) return false
    }
    return this.#areTimes(bytes, start)
  }

  #areTimes(bytes: Buffer, start: number): boolean {
    return this.#stamps.every((stamp) => isPlainTime(bytes, start + stamp))
  }

  #remember(bytes: Buffer, start: number, end: number): void {
    const text = bytes.toString('latin1', start, end)
    const { host, hostStart } = envelopeIn(text)
    this.#host = ownCopyOf(host)
    this.#mayDiffer.fill(1).fill(0, hostStart, hostStart + host.length)
    this.#stamps = Array.from(text.matchAll(/\d{4}-\d\d-\d\dT/g), ({ index }) => index)
    for (const stamp of this.#stamps) {
      const wordEnd = text.indexOf(' ', stamp)
      this.#mayDiffer.fill(0, stamp + TIME_BYTES, wordEnd < 0 ? text.length : wordEnd)
    }
    const isKept = end - start <= HEADER_BYTES_MAX && this.#areTimes(bytes, start)
    this.#length = isKept ? end - start : -1
    if (isKept) this.#header.set(bytes.subarray(start, end))
  }
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE
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
