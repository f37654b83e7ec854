import type { Parsed, Vendor } from '@sekisho/event'
import { type Adapter, ignoredAs, rejectedAs } from './adapter.ts'
import { ADAPTERS } from './adapters.ts'
import { LINE_BYTES_MAX } from './limits.ts'
import { RawLine } from './raw-line.ts'
import { bodyStartOf } from './syslog-envelope.ts'
import { unsupportedFormOf } from './unsupported-form.ts'
import { WallClock } from './wall-clock.ts'

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
   * byte order mark before it are skipped. Never throws and never changes the bytes.
   */
  parse(bytes: Buffer, start: number, end: number): Parsed {
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
    line.body = bodyStartOf(bytes, first, last)
    return this.#adapted(line) ?? notAdapted(line)
  }

  #adapted(line: RawLine): Parsed | null {
    const count = this.#adapters.length
    for (let tried = 0; tried < count; tried++) {
      const index = (this.#expected + tried) % count
      const parsed = (this.#adapters[index] as Adapter).parse(line)
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

/** A line that begins with `#`; in a W3C file such a line names the columns, without which nothing can be read. */
function commentOf(line: RawLine): Parsed {
  return line.text().startsWith('#Fields:')
    ? unsupported('W3C extended log form')
    : ignoredAs('comment')
}

function unsupported(form: string): Parsed {
  return rejectedAs('unsupported-form', `${form} is not read in this release.`)
}
