import type { Parsed } from '@sekisho/event'
import { type Adapter, ignoredAs, type ParseContext, rejectedAs } from '../adapter.ts'
import { JSON_PAIRS, OPEN_BRACE } from '../pairs/json-pairs.ts'
import { isTextAt } from '../pairs/key-names.ts'
import { KEY_VALUE } from '../pairs/key-value.ts'
import { IS_KEY_BYTE } from '../pairs/key-value-quotes.ts'
import { PairFields } from '../pairs/pair-fields.ts'
import { WELF_START } from '../pulse-secure/welf-fields.ts'
import type { RawLine } from '../raw-line.ts'
import { FortigateCef } from './cef.ts'
import { FortigateEvents, isOtherProduct } from './events.ts'
import { FORTIGATE_EXPLAINER } from './explain.ts'
import { FIELD, FIELD_NAMES, HEAD_FIELDS, TIME_FIELDS } from './fields.ts'
import { type FortigateOutcome, fortigateOutcomeOf, ZTNA_ACCESS, ZTNA_LOGID } from './outcomes.ts'

const COLON = 58
const EQUALS = 61
const PIPE = 124
const CLOSE_BRACE = 125

/**
 * FortiGate (FortiOS 4.x to 7.6), also by way of a FortiAnalyzer, as key=value, CSV, JSON or CEF.
 *
 * A line is read up to `logid` and `type` first: most lines of an archive are traffic, and leave there.
 */
class FortigateAdapter implements Adapter {
  readonly vendor = 'fortigate'
  readonly explainer = FORTIGATE_EXPLAINER
  readonly #events: FortigateEvents
  readonly #keyValue = new PairFields(KEY_VALUE, FIELD_NAMES, HEAD_FIELDS, TIME_FIELDS)
  readonly #json = new PairFields(JSON_PAIRS, FIELD_NAMES, HEAD_FIELDS, TIME_FIELDS)
  readonly #cef = new FortigateCef()

  constructor(context: ParseContext) {
    this.#events = new FortigateEvents(context)
  }

  parse(line: RawLine): Parsed | null {
    const { bytes, body } = line
    if (body < 0) return null
    if (bytes[body] === OPEN_BRACE) return this.#parsedPairs(line, this.#json, body + 1)
    if (bytes[body + 3] === COLON || bytes[body + 1] === PIPE) return this.#parsedCef(line)
    return beginsWithPair(line) ? this.#parsedPairs(line, this.#keyValue, body) : null
  }

  #parsedCef(line: RawLine): Parsed | null {
    const outcome = this.#cef.read(line)
    if (outcome === null || 'kind' in outcome) return outcome
    const parsed = this.#eventOf(line, this.#cef.fields, outcome)
    const { code } = this.#cef
    if (parsed.kind !== 'event' || parsed.event.code === code) return parsed
    return { kind: 'event', event: { ...parsed.event, code } }
  }

  #parsedPairs(line: RawLine, fields: PairFields, start: number): Parsed | null {
    fields.readHead(line.bytes, start, line.end)
    const digits = fields.readDigits(FIELD.logid)
    if (digits < 9 || digits > 10 || !fields.has(FIELD.type)) return unknownOf(fields)
    const logid = fields.leadingNumber
    const outcome = outcomeOf(logid, fields)
    if ('kind' in outcome) return outcome
    fields.readRest(logid)
    if (fields === this.#json && line.bytes[line.end - 1] !== CLOSE_BRACE) fields.recovered = true
    return this.#eventOf(line, fields, outcome)
  }

  /** No device writes a field twice, but whoever typed one into a name that was not escaped made it do so. */
  #eventOf(line: RawLine, fields: PairFields, outcome: FortigateOutcome): Parsed {
    if (fields.hasRepeats) fields.recovered = true
    return this.#events.eventOf(line, fields, outcome)
  }
}

/** True for a body of `key=` pairs, but not for WELF, whose values strangers can write whole pairs into. */
function beginsWithPair({ bytes, body, end }: RawLine): boolean {
  let i = body
  while (i < end && IS_KEY_BYTE[bytes[i] as number] === 1) i++
  if (i === end || bytes[i] !== EQUALS) return false
  return !isTextAt(bytes, body, body + WELF_START.length, WELF_START)
}

/** What to make of a line of this id, by its type. */
function outcomeOf(logid: number, fields: PairFields): FortigateOutcome | Parsed {
  if (fields.is(FIELD.type, 'traffic'))
    return logid === ZTNA_LOGID ? ZTNA_ACCESS : ignoredAs('traffic')
  if (!fields.is(FIELD.type, 'event')) return ignoredAs('security-profile')
  const outcome = fortigateOutcomeOf(logid % 100_000)
  if (outcome !== undefined) return outcome
  if (isOtherProduct(fields)) return ignoredAs('other-product')
  const subtype = Math.floor(logid / 1_000_000) % 100
  return ignoredAs(subtype === 0 ? 'system' : 'event-other')
}

/** Pairs without the id and type of a FortiGate: another product's, a damaged line, or nobody's. */
function unknownOf(fields: PairFields): Parsed | null {
  fields.readRest(0)
  if (isOtherProduct(fields)) return ignoredAs('other-product')
  if (fields.begins(FIELD.devid, 'FG') || fields.begins(FIELD.devid, 'FW'))
    return rejectedAs('broken', 'The FortiGate line has no readable logid and type.')
  return fields.readDigits(FIELD.logid) > 0 ? ignoredAs('other-product') : null
}

export function fortigateAdapter(context: ParseContext): Adapter {
  return new FortigateAdapter(context)
}
