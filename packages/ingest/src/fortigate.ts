import type { Parsed } from '@sekisho/event'
import { newLoggedEvent } from '@sekisho/event'
import { type Adapter, ignoredAs, type ParseContext, rejectedAs } from './adapter.ts'
import { describeFortigateEvent } from './fortigate-event.ts'
import { FIELD, FIELD_NAMES } from './fortigate-fields.ts'
import { type FortigateOutcome, fortigateOutcomeOf, ZTNA_ACCESS } from './fortigate-outcomes.ts'
import { givenText } from './fortigate-person.ts'
import { setFortigateTime } from './fortigate-time.ts'
import { isTextAt } from './key-names.ts'
import { KeyValueFields } from './key-value.ts'
import { ownCopyOf } from './own-copy.ts'
import type { RawLine } from './raw-line.ts'
import { envelopeOf } from './syslog-envelope.ts'
import { WELF_START } from './welf.ts'

/** `logid` of zero-trust access, the only traffic line that is read. */
const ZTNA_LOGID = 5_000_024

/** How serial numbers of other Fortinet products begin, whose own logs look like a FortiGate's. */
const OTHER_PRODUCTS = ['FMG', 'FMV', 'FAZ', 'FL-', 'FAC', 'FCT', 'FSA', 'FV', 'FAD', 'FE', 'FML']

/**
 * FortiGate (FortiOS 5.x to 7.6) in its default key=value form.
 *
 * A line is read up to `logid` and `type` first: most lines of an archive are traffic, and leave there.
 */
class FortigateAdapter implements Adapter {
  readonly vendor = 'fortigate'
  readonly #context: ParseContext
  readonly #fields = new KeyValueFields(FIELD_NAMES, [FIELD.logid, FIELD.type])

  constructor(context: ParseContext) {
    this.#context = context
  }

  parse(line: RawLine): Parsed | null {
    if (!beginsWithPair(line)) return null
    const fields = this.#fields
    fields.readHead(line)
    const digits = fields.digitsIn(FIELD.logid)
    if (digits < 9 || digits > 10 || !fields.has(FIELD.type)) return this.#unknown()
    const logid = fields.numberOf(FIELD.logid, digits)
    const outcome = this.#outcomeOf(logid)
    if ('kind' in outcome) return outcome
    fields.readRest(logid)
    if (fields.isCommaSeparated)
      return rejectedAs('unsupported-form', 'FortiGate CSV form is not read in this release.')
    if (isOtherProduct(fields)) return ignoredAs('other-product')
    return this.#event(line, outcome)
  }

  /** What to make of a line of this id and type. */
  #outcomeOf(logid: number): FortigateOutcome | Parsed {
    const fields = this.#fields
    if (fields.is(FIELD.type, 'traffic'))
      return logid === ZTNA_LOGID ? ZTNA_ACCESS : ignoredAs('traffic')
    if (!fields.is(FIELD.type, 'event')) return ignoredAs('security-profile')
    const outcome = fortigateOutcomeOf(logid % 100_000)
    if (outcome !== undefined) return outcome
    if (isOtherProduct(fields)) return ignoredAs('other-product')
    const subtype = Math.floor(logid / 1_000_000) % 100
    return ignoredAs(subtype === 0 ? 'system' : 'event-other')
  }

  #event(line: RawLine, outcome: FortigateOutcome): Parsed {
    const fields = this.#fields
    const event = newLoggedEvent('fortigate')
    const rejection = setFortigateTime(event, fields, line, this.#context.clock)
    if (rejection !== null) return rejection
    event.code = fields.text(FIELD.logid).padStart(10, '0')
    event.gateway = givenText(fields, FIELD.devname) || ownCopyOf(envelopeOf(line).host)
    event.gatewaySerial = givenText(fields, FIELD.devid)
    event.virtualSystem = givenText(fields, FIELD.vd)
    describeFortigateEvent(event, fields, outcome)
    event.recovered = fields.recovered
    return { kind: 'event', event }
  }

  /** Pairs without the id and type of a FortiGate: another product's, a damaged line, or nobody's. */
  #unknown(): Parsed | null {
    const fields = this.#fields
    fields.readRest(0)
    if (isOtherProduct(fields)) return ignoredAs('other-product')
    if (fields.begins(FIELD.devid, 'FG') || fields.begins(FIELD.devid, 'FW'))
      return rejectedAs('broken', 'The FortiGate line has no readable logid and type.')
    return fields.digitsIn(FIELD.logid) > 0 ? ignoredAs('other-product') : null
  }
}

const COLON = 58

/**
 * True for a body of `key=` pairs (`bodyStartOf`), but not for CEF or WELF, whose values are not quoted: strangers
 * could write whole pairs into them.
 */
function beginsWithPair({ bytes, body }: RawLine): boolean {
  const first = body < 0 ? 0 : (bytes[body] as number)
  if (first < 65 || first > 122 || bytes[body + 3] === COLON) return false
  return !isTextAt(bytes, body, body + WELF_START.length, WELF_START)
}

function isOtherProduct(fields: KeyValueFields): boolean {
  if (fields.begins(FIELD.devid, 'FG')) return false
  return OTHER_PRODUCTS.some((prefix) => fields.begins(FIELD.devid, prefix))
}

export function fortigateAdapter(context: ParseContext): Adapter {
  return new FortigateAdapter(context)
}
