import { ecsOfEvent, type Parsed } from '@sekisho/event'
import type { LineParser } from '../line-parser.ts'

/** Stands among the uses of a part that tells what a line is about, or whether it is read at all. */
export const KIND_OF_LINE = 'kind of line'

/** Stands among the uses of a part that says whether the line may decide a login. */
export const RANK_OF_LINE = 'counting as a login'

/** Bytes of a part that are tried, evenly spread over it: a message needs no more. */
const TRIALS_MAX = 64

/** A part of a line: the bytes from `start` to before `end`. */
export interface Part {
  readonly start: number
  readonly end: number
}

/**
 * What the parts of a line are used for, found out by trial: one byte of a part after the other is changed, and
 * whatever the parser then says differently hangs on that part. So the answer is always that of the parser, for every
 * vendor and form, without a second account of what it does.
 *
 * @param text the line; not changed
 * @returns for each part the names of what hangs on it, as `ecsOfEvent` names them
 */
export function usesOf(parser: LineParser, text: Buffer, parts: readonly Part[]): string[][] {
  const facts = factsOf(parser.parse(text, 0, text.length))
  const changed = Buffer.from(text)
  return parts.map((part) => {
    const uses = new Set<string>()
    for (const { start, end } of trialsIn(text, part)) {
      for (let at = start; at < end; at++) changed[at] = otherByte(text[at] as number, LETTER_X)
      addDifferences(facts, factsOf(parser.parse(changed, 0, changed.length)), uses)
      text.copy(changed, start, start, end)
    }
    // A value that is no address or no time any more makes any line a damaged one.
    if (!uses.delete(DAMAGED) || uses.size > 0) return [...uses].sort()
    return [KIND_OF_LINE]
  })
}

/** What to change, each by itself: bytes that no grammar gives a meaning of their own, else all of a part. */
function trialsIn(text: Buffer, part: Part): Part[] {
  const bytes: Part[] = []
  for (let at = part.start; at < part.end; at++) {
    const code = text[at] as number
    const isEscape = at > part.start && text[at - 1] === BACKSLASH
    if (!isEscape && otherByte(code, code) !== code) bytes.push({ start: at, end: at + 1 })
  }
  if (bytes.length === 0) return part.start === part.end ? [] : [part]
  const step = Math.ceil(bytes.length / TRIALS_MAX)
  return bytes.filter((_, index) => index % step === 0)
}

const BACKSLASH = 92
const LETTER_X = 120

/** Another byte of the same kind, a digit for a digit, a letter for a letter; `otherwise` for one that may divide values. */
function otherByte(code: number, otherwise: number): number {
  if (code >= 48 && code <= 57) return code === 57 ? 48 : code + 1
  if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122))
    return (code & 31) === 26 ? code - 1 : code + 1
  // The last bytes of a character of UTF-8: another character.
  if (code >= 0x80 && code <= 0xbf) return code ^ 1
  return '-_.*!#$%&~^?'.includes(String.fromCharCode(code)) ? LETTER_X : otherwise
}

/** Stands for a line that cannot be read any more. */
const DAMAGED = 'damaged'

type Facts = ReadonlyMap<string, string>

/** What the parser says of a line, by the names that documents have for it. */
function factsOf(parsed: Parsed): Facts {
  if (parsed.kind !== 'event') return new Map([[KIND_OF_LINE, JSON.stringify(parsed)]])
  const facts = new Map([
    [KIND_OF_LINE, 'event'],
    [RANK_OF_LINE, parsed.event.decides],
  ])
  const line = { path: '', number: 0 }
  addLeaves(ecsOfEvent(parsed.event, { id: '', line, decidesLogin: false }), '', facts)
  // Says how the line was read, not what it tells.
  facts.delete('sekisho.recovered')
  return facts
}

function addLeaves(object: object, prefix: string, facts: Map<string, string>): void {
  for (const [name, value] of Object.entries(object)) {
    if (typeof value !== 'object' || Array.isArray(value)) facts.set(prefix + name, String(value))
    else addLeaves(value, `${prefix}${name}.`, facts)
  }
}

/** A line that turns into another kind of line differs in everything, which then says nothing more. */
function addDifferences(a: Facts, b: Facts, differences: Set<string>): void {
  const kind = b.get(KIND_OF_LINE) ?? ''
  if (a.get(KIND_OF_LINE) !== kind) {
    differences.add(kind.includes('rejected') ? DAMAGED : KIND_OF_LINE)
    return
  }
  for (const [name, value] of a) if (b.get(name) !== value) differences.add(name)
  for (const name of b.keys()) if (!a.has(name)) differences.add(name)
}
