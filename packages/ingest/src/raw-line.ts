import { isAscii } from 'node:buffer'

/**
 * One line where it was read: a part of a shared buffer, no copy.
 *
 * The parser keeps one and moves it from line to line, so whoever reads it must not hold on to it.
 */
export class RawLine {
  bytes: Buffer = Buffer.alloc(0)
  start = 0
  end = 0
  /** Where the vendor's text begins after relay headers (`header/syslog-envelope.ts`), or -1 if none is known. */
  body = -1
  #text = ''

  moveTo(bytes: Buffer, start: number, end: number): void {
    this.bytes = bytes
    this.start = start
    this.end = end
    this.body = -1
    this.#text = ''
  }

  /** The whole line, one character a byte (latin1); made once, on the first call. */
  text(): string {
    if (this.#text === '') this.#text = this.bytes.toString('latin1', this.start, this.end)
    return this.#text
  }

  /** The text before the body, and perhaps more: the whole line where that was asked for. */
  headText(): string {
    if (this.#text !== '' || this.body < 0) return this.text()
    return this.bytes.toString('latin1', this.start, this.body)
  }

  /** True when no byte of the line is over 0x7f. */
  isAscii(): boolean {
    return isAscii(this.bytes.subarray(this.start, this.end))
  }
}
