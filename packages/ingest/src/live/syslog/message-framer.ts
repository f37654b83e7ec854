import { LINE_BYTES_MAX } from '../../sources/line-splitter.ts'
import { CarriedBytes } from './carried-bytes.ts'

const NUL = 0
const LF = 10
const CR = 13
const BLANK = 32
const ZERO = 48
const NINE = 57
const LESS_THAN = 60

/** Digits of the longest octet count that is believed; more announce 100 MB and are no log message. */
const COUNT_DIGITS_MAX = 8

/** Where the messages of a connection go; called synchronously, in their order. */
export interface MessageSink {
  /** @param bytes one message without its framing; valid only during the call */
  message(bytes: Buffer): void
  /**
   * A message longer than `LINE_BYTES_MAX`.
   * @param firstBytes its first `LINE_BYTES_MAX` bytes; valid only during the call
   */
  tooLong(firstBytes: Buffer, byteLength: number): void
}

/**
 * Finds the messages in the bytes of a syslog connection (RFC 6587 3.4). Which of the two framings it has is decided by how it
 * begins, and holds for the whole connection:
 * - octet counting, also the only one of RFC 5425: a count without leading zero, a blank, and a message that begins with `<`.
 *   Line endings and NUL between messages, which some senders do not count, are skipped;
 * - anything else: each message ends with LF, CRLF or NUL. Empty ones are skipped.
 *
 * The same bytes give the same messages in whatever pieces they come. Needs memory for one message at most.
 */
export class MessageFramer {
  readonly #sink: MessageSink
  #framing: 'undecided' | 'octet-counting' | 'delimited' = 'undecided'
  /** The part of a message, or of a count, that has come so far. */
  readonly #carried = new CarriedBytes()
  /** Bytes of the message by its count; -1 while the count is read. */
  #counted = -1
  #problem: string | null = null

  constructor(sink: MessageSink) {
    this.#sink = sink
  }

  /**
   * Takes the next bytes.
   * @returns why the connection cannot be read on, one sentence for the user; null when it can
   */
  push(chunk: Buffer): string | null {
    if (this.#problem !== null || chunk.length === 0) return this.#problem
    if (this.#framing === 'delimited') this.#delimited(chunk)
    else if (this.#framing === 'octet-counting') this.#octetCounting(chunk)
    else this.#undecided(chunk)
    return this.#problem
  }

  /**
   * The sender has ended the connection properly: a last message without its end is delivered when its end was to
   * be a delimiter, since RFC 6587 lets a connection end so.
   * @returns bytes of a message that was cut, and is not delivered
   */
  end(): number {
    if (this.#framing !== 'octet-counting') this.#deliverCarried()
    return this.#carried.byteLength
  }

  /** Bytes of the message whose end has not come. */
  get unfinishedBytes(): number {
    return this.#carried.byteLength
  }

  #undecided(chunk: Buffer): void {
    const head = Buffer.concat([this.#carried.bytes, chunk])
    this.#carried.clear()
    let digits = 0
    while (digits <= COUNT_DIGITS_MAX && isDigit(head[digits])) digits++
    const isCount = digits > 0 && digits <= COUNT_DIGITS_MAX && head[0] !== ZERO
    const isCutBehindCount =
      head.length === digits || (head.length === digits + 1 && head[digits] === BLANK)
    if (isCount && isCutBehindCount) {
      this.#carried.add(head)
      return
    }
    const isCounting = isCount && head[digits] === BLANK && head[digits + 1] === LESS_THAN
    this.#framing = isCounting ? 'octet-counting' : 'delimited'
    if (isCounting) this.#octetCounting(head)
    else this.#delimited(head)
  }

  #delimited(chunk: Buffer): void {
    let lf = endIn(chunk, LF, 0)
    let nul = endIn(chunk, NUL, 0)
    for (let start = 0; ; ) {
      const end = Math.min(lf, nul)
      if (end === chunk.length) {
        if (start < end) this.#carried.add(chunk.subarray(start))
        return
      }
      if (this.#carried.byteLength === 0) this.#deliver(chunk.subarray(start, end), end - start)
      else {
        this.#carried.add(chunk.subarray(start, end))
        this.#deliverCarried()
      }
      start = end + 1
      if (end === lf) lf = endIn(chunk, LF, start)
      else nul = endIn(chunk, NUL, start)
    }
  }

  #octetCounting(chunk: Buffer): void {
    let at = 0
    while (at < chunk.length) {
      if (this.#counted < 0) {
        at = this.#count(chunk, at)
        if (this.#problem !== null) return
        continue
      }
      const missing = this.#counted - this.#carried.byteLength
      const piece = chunk.subarray(at, at + missing)
      at += piece.length
      if (piece.length === this.#counted) this.#deliver(piece, piece.length)
      else {
        this.#carried.add(piece)
        if (piece.length < missing) return
        this.#deliverCarried()
      }
      this.#counted = -1
    }
  }

  /** Reads a count, or what there is of it; returns where reading goes on. */
  #count(chunk: Buffer, from: number): number {
    let at = from
    if (this.#carried.byteLength === 0) while (at < chunk.length && isBetween(chunk[at])) at++
    const start = at
    while (at < chunk.length && isDigit(chunk[at])) at++
    // Of a run of digits without end only the first are looked at.
    this.#carried.add(chunk.subarray(start, Math.min(at, start + COUNT_DIGITS_MAX + 1)))
    const digits = this.#carried.bytes.toString('latin1')
    if (digits.length > COUNT_DIGITS_MAX || digits.startsWith('0')) {
      this.#problem = 'announces a message of a length that no message has'
    } else if (at === chunk.length) {
      return at
    } else if (digits === '' || chunk[at] !== BLANK) {
      this.#problem = 'sends something else where the length of a message must stand'
    } else this.#counted = Number(digits)
    this.#carried.clear()
    return at + 1
  }

  #deliverCarried(): void {
    const { bytes, byteLength, last } = this.#carried
    this.#deliver(bytes, byteLength, last)
    this.#carried.clear()
  }

  /** @param bytes the message with whatever ends it still has, or its beginning */
  #deliver(bytes: Buffer, byteLength: number, last: number | undefined = bytes.at(-1)): void {
    if (byteLength > LINE_BYTES_MAX + 1) {
      this.#sink.tooLong(bytes.subarray(0, LINE_BYTES_MAX), byteLength - (last === CR ? 1 : 0))
      return
    }
    let end = byteLength
    while (end > 0 && isBetween(bytes[end - 1])) end--
    if (end > LINE_BYTES_MAX) this.#sink.tooLong(bytes.subarray(0, LINE_BYTES_MAX), end)
    else if (end > 0) this.#sink.message(bytes.subarray(0, end))
  }
}

/** Where a byte stands, or the length. */
function endIn(chunk: Buffer, byte: number, from: number): number {
  const at = chunk.indexOf(byte, from)
  return at < 0 ? chunk.length : at
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE
}

/** What may stand at the end of a message without being part of it. */
function isBetween(byte: number | undefined): boolean {
  return byte === LF || byte === CR || byte === NUL
}
