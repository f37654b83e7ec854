import type { Parsed, Vendor } from '@sekisho/event'
import { type Adapter, ignoredAs, rejectedAs } from './adapter.ts'
import { ADAPTERS } from './adapters.ts'
import { HeaderMemory } from './header/header-memory.ts'
import { WrappedLine } from './header/wrapped-line.ts'
import { LINE_BYTES_MAX } from './limits.ts'
import { OPEN_BRACE } from './pairs/json-pairs.ts'
import { RawLine } from './raw-line.ts'
import { WallClock } from './time/wall-clock.ts'
import { unsupportedFormOf } from './unsupported-form.ts'

export interface ParseOptions {
  /** Zone of lines that carry none: an IANA name or an offset such as `+09:00`. */
  readonly timezone?: string
  /** The only format to read; `auto` (the default) finds out line by line. */
  readonly format?: 'auto' | Vendor
}

const BLANK = 32
const HASH = 35

/**
 * Reads lines of all vendors into events.
 *
 * The format of the line before is tried first and decides nothing else: a collector's file mixes vendors, and any
 * line gives the same result wherever it stands.
 */
export class LineParser {
  readonly #adapters: readonly Adapter[]
  readonly #line = new RawLine()
  readonly #wrapped = new WrappedLine()
  readonly #header = new HeaderMemory()
  #expected = 0

  /** @throws Error with one sentence for the user when `timezone` is no zone. */
  constructor({ timezone, format = 'auto' }: ParseOptions = {}) {
    const clock = timezone === undefined ? null : WallClock.of(timezone)
    const context = { clock }
    this.#adapters = ADAPTERS.map((adapterOf) => adapterOf(context)).filter(
      ({ vendor }) => format === 'auto' || vendor === format,
    )
  }

  /**
   * Reads one line: the bytes from `start` to before `end`, without the newline. Blanks, CR and NUL around it and a
   * byte order mark before it are skipped. A line that a shipper put into a JSON object is taken out, once. Never throws
   * and never changes the bytes.
   */
  parse(bytes: Buffer, start: number, end: number): Parsed {
    return this.#parsed(bytes, start, end, false)
  }

  /** The adapters that are tried. */
  get adapters(): readonly Adapter[] {
    return this.#adapters
  }

  /** The last line that was neither blank nor too long, where it was read: taken out of its object if it was in one. */
  get lastLine(): Readonly<Pick<RawLine, 'bytes' | 'start' | 'end'>> {
    return this.#line
  }

  #parsed(bytes: Buffer, start: number, end: number, isUnwrapped: boolean): Parsed {
    let first = start
    let last = end
    while (last > first && (bytes[last - 1] as number) <= BLANK) last--
    while (first < last && (bytes[first] as number) <= BLANK) first++
    if (bytes[first] === 0xef && bytes[first + 1] === 0xbb && bytes[first + 2] === 0xbf) first += 3
    while (first < last && (bytes[first] as number) <= BLANK) first++
    if (first >= last) return ignoredAs('blank')
    if (last - first > LINE_BYTES_MAX)
      return rejectedAs(
        'too-long',
        `The line has ${last - first} bytes; ${LINE_BYTES_MAX} are read.`,
      )
    const line = this.#line
    line.moveTo(bytes, first, last)
    if (bytes[first] === HASH) return commentOf(line)
    const quick = this.#adapters[this.#expected]?.quick?.(line) ?? null
    if (quick !== null) return quick
    line.body = this.#header.bodyStartOf(bytes, first, last)
    const parsed = this.#adapted(line) ?? (isUnwrapped ? null : this.#unwrapped(line))
    return parsed ?? notAdapted(line)
  }

  /** What the text inside a JSON object is, or null when there is none. */
  #unwrapped({ bytes, body, end }: RawLine): Parsed | null {
    if (body < 0 || bytes[body] !== OPEN_BRACE) return null
    const wrapped = this.#wrapped
    const length = wrapped.unwrap(bytes, body + 1, end)
    if (length < 0) return null
    const parsed = this.#parsed(wrapped.bytes, 0, length, true)
    if (parsed.kind !== 'event' || !wrapped.isGuessed) return parsed
    return { kind: 'event', event: { ...parsed.event, recovered: true } }
  }

  #adapted(line: RawLine): Parsed | null {
    const count = this.#adapters.length
    for (let tried = 0; tried < count; tried++) {
      const index = (this.#expected + tried) % count
      const adapter = this.#adapters[index] as Adapter
      const parsed = (tried > 0 ? adapter.quick?.(line) : null) ?? adapter.parse(line)
      if (parsed === null) continue
      this.#expected = index
      return parsed
    }
    return null
  }
}

function notAdapted(line: RawLine): Parsed {
  const form = unsupportedFormOf(line)
  if (form !== '') return unsupported(form)
  return rejectedAs('unknown-format', 'The line is in none of the formats that are read.')
}

/** A line that begins with `#`; in a W3C file such a line names the columns of lines that tell of no login. */
function commentOf(line: RawLine): Parsed {
  return line.text().startsWith('#Fields:')
    ? rejectedAs(
        'unsupported-form',
        'W3C extended log form is not read: Pulse Secure writes only web and file requests in it, no logins; use the standard or the WELF form.',
      )
    : ignoredAs('comment')
}

function unsupported(form: string): Parsed {
  return rejectedAs('unsupported-form', `${form} is not read in this release.`)
}
