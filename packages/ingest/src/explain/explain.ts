import type { Parsed } from '@sekisho/event'
import { bodyStartOf } from '../header/syslog-envelope.ts'
import { WrappedLine } from '../header/wrapped-line.ts'
import { keptOf } from '../kept.ts'
import type { LineParser } from '../line-parser.ts'
import { OPEN_BRACE } from '../pairs/json-pairs.ts'
import { RawLine } from '../raw-line.ts'
import { type Decision, decisionOf } from './decision.ts'
import { type HeaderPart, headerPartsOf } from './envelope.ts'
import { formMatchOf, type LineForm, type LoggedField } from './form.ts'
import { usesOf } from './uses.ts'

/** What a part of a line is used for, by the names that documents have for it (`usesOf`). */
export interface Used {
  readonly uses: readonly string[]
}

/** How a line was read, and why so. */
export interface Explanation {
  readonly parsed: Parsed
  /** The place in the line of a text that a shipper put into a JSON object, or null. */
  readonly wrapping: { readonly start: number; readonly end: number } | null
  /** What all other places are in: the line, or the text that was taken out of it. */
  readonly text: Buffer
  readonly headers: readonly (HeaderPart & Used)[]
  /** Where the vendor's text begins behind the headers, -1 when no such place was found. */
  readonly body: number
  /** null when the line is of no form. */
  readonly form: { readonly name: string; readonly detail: string } | null
  /** The other form that the line is most nearly of, and what speaks against it; null when none is near. */
  readonly runnerUp: { readonly name: string; readonly against: string } | null
  readonly fields: readonly (LoggedField & Used)[]
  /** null for what is no event. */
  readonly decision: Decision | null
}

const HASH = 35

/** Explains lines, one at a time, as a parser reads them. Slow: some hundred readings a line. */
export class LineExplainer {
  readonly #parser: LineParser

  constructor(parser: LineParser) {
    this.#parser = parser
  }

  /** Never throws on any bytes, and never changes them. */
  explain(bytes: Buffer): Explanation {
    const parsed = keptOf(this.#parser.parse(bytes, 0, bytes.length))
    const line = this.#lineReadAs(parsed, bytes)
    if (line === null) return unreadExplanation(parsed, bytes)
    const explainers = this.#parser.adapters.map(({ explainer }) => explainer)
    const { form, runnerUp } = formMatchOf(
      line,
      explainers.flatMap(({ forms }) => forms),
    )
    const isBroken = parsed.kind === 'rejected' && parsed.reason === 'broken'
    const headers = headerPartsOf(line)
    const fields = fieldsOf(line, form ?? (isBroken ? (runnerUp?.form ?? null) : null))
    return {
      parsed,
      wrapping: line.bytes === bytes ? null : placeOfWrapped(bytes),
      text: line.bytes,
      headers: withUses(headers, this.#usesOf(line, headers)),
      body: line.body,
      form: form === null ? null : { name: form.name, detail: form.detailOf(line) },
      runnerUp: runnerUp === null ? null : { name: runnerUp.form.name, against: runnerUp.against },
      fields: withUses(fields, this.#usesOf(line, fields)),
      decision: this.#decisionOf(parsed),
    }
  }

  /** The line as its adapter saw it, or null for one that none saw. */
  #lineReadAs(parsed: Parsed, bytes: Buffer): RawLine | null {
    if (parsed.kind === 'ignored' && parsed.ignored === 'blank') return null
    if (parsed.kind === 'rejected' && parsed.reason === 'too-long') return null
    const { bytes: read, start, end } = this.#parser.lastLine
    if (read[start] === HASH) return null
    const line = new RawLine()
    line.moveTo(read === bytes ? bytes : Buffer.from(read.subarray(0, end)), start, end)
    line.body = bodyStartOf(line.bytes, start, end)
    return line
  }

  #usesOf({ bytes }: RawLine, parts: readonly (HeaderPart | LoggedField)[]): string[][] {
    const used = parts.map((part) => ('note' in part && part.note !== '' ? NO_PART : part))
    return usesOf(this.#parser, bytes, used)
  }

  #decisionOf(parsed: Parsed): Decision | null {
    if (parsed.kind !== 'event') return null
    const { event } = parsed
    const adapter = this.#parser.adapters.find(({ vendor }) => vendor === event.vendor)
    return adapter === undefined ? null : decisionOf(event, adapter.explainer)
  }
}

const NO_PART = { start: 0, end: 0 }

/** All that there is to say of a line that no vendor's adapter was shown. */
export function unreadExplanation(parsed: Parsed, text: Buffer): Explanation {
  return {
    parsed,
    wrapping: null,
    text,
    headers: [],
    body: -1,
    form: null,
    runnerUp: null,
    fields: [],
    decision: null,
  }
}

function placeOfWrapped(bytes: Buffer): { start: number; end: number } {
  const wrapped = new WrappedLine()
  wrapped.unwrap(
    bytes,
    bytes.indexOf(OPEN_BRACE, bodyStartOf(bytes, 0, bytes.length)) + 1,
    bytes.length,
  )
  return wrapped.place
}

function fieldsOf(line: RawLine, form: LineForm | null): LoggedField[] {
  return form === null ? [] : form.fieldsOf(line)
}

function withUses<T>(parts: readonly T[], uses: readonly string[][]): (T & Used)[] {
  return parts.map((part, index) => ({ ...part, uses: uses[index] ?? [] }))
}
