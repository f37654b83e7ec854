import type { Parsed } from '@sekisho/event'
import { newLoggedEvent } from '@sekisho/event'
import { ignoredAs, type ParseContext } from '../adapter.ts'
import type { PairFields } from '../pairs/pair-fields.ts'
import type { RawLine } from '../raw-line.ts'
import { describeFortigateEvent } from './event.ts'
import { FIELD } from './fields.ts'
import type { FortigateOutcome } from './outcomes.ts'
import { FortigatePattern } from './pattern.ts'
import { setFortigateTime } from './time.ts'

/** How serial numbers of other Fortinet products begin, whose own logs look like a FortiGate's. */
const OTHER_PRODUCTS = ['FMG', 'FMV', 'FAZ', 'FL-', 'FAC', 'FCT', 'FSA', 'FV', 'FAD', 'FE', 'FML']

/** True for a line of another Fortinet product, by its serial number. */
export function isOtherProduct(fields: PairFields): boolean {
  if (fields.begins(FIELD.devid, 'FG')) return false
  return OTHER_PRODUCTS.some((prefix) => fields.begins(FIELD.devid, prefix))
}

/** Makes events of the fields of FortiGate lines, in whatever form they came. */
export class FortigateEvents {
  readonly #context: ParseContext

  constructor(context: ParseContext) {
    this.#context = context
  }

  /** @param fields all that the line has, read to its end */
  eventOf(line: RawLine, fields: PairFields, outcome: FortigateOutcome): Parsed {
    const { rest } = fields
    const pattern = rest === null ? null : (rest.conclusion as FortigatePattern | null)
    if (pattern?.fits(fields, outcome)) {
      const { event } = pattern
      pattern.moveTo(line, fields)
      const rejection = setFortigateTime(event, fields, line, this.#context.clock)
      if (rejection !== null) return rejection
      event.recovered = fields.recovered
      return pattern.parsed
    }
    return this.#described(line, fields, outcome)
  }

  #described(line: RawLine, fields: PairFields, outcome: FortigateOutcome): Parsed {
    if (isOtherProduct(fields)) return ignoredAs('other-product')
    const event = newLoggedEvent('fortigate')
    const rejection = setFortigateTime(event, fields, line, this.#context.clock)
    if (rejection !== null) return rejection
    event.code = fields.text(FIELD.logid).padStart(10, '0')
    describeFortigateEvent(event, line, fields, outcome)
    event.recovered = fields.recovered
    const { rest } = fields
    if (rest === null || event.recovered) return { kind: 'event', event }
    const pattern = new FortigatePattern(event, outcome, fields, rest)
    rest.conclusion = pattern
    return pattern.parsed
  }
}
