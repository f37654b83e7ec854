import type { Parsed } from '@sekisho/event'
import { ignoredAs, rejectedAs } from '../adapter.ts'
import { cefExtension } from '../pairs/cef.ts'
import { CEF_FIELD, CefHeader } from '../pairs/cef-header.ts'
import { PairFields } from '../pairs/pair-fields.ts'
import type { RawLine } from '../raw-line.ts'
import { FORTIGATE_CEF_NAMES, FORTIGATE_CEF_PREFIXES } from './cef-fields.ts'
import { FIELD, HEAD_FIELDS, TIME_FIELDS } from './fields.ts'
import {
  type FortigateOutcome,
  fortigateOutcomeOf,
  outcomeWithClient,
  ZTNA_ACCESS,
  ZTNA_LOGID,
} from './outcomes.ts'

/** Products whose logs are those of FortiOS; FortiAnalyzer writes the model behind (`FortiGate-200F`). */
export const FORTIGATE_CEF_PRODUCTS = ['Fortigate', 'FortiGate', 'FortiWiFi']

/** The first of the ten digits of a `logid` is always 0, the second tells the type: 0 traffic, 1 event. */
const TYPE_UNIT = 100_000_000

type LogType = 'event' | 'traffic' | 'other'

/**
 * The CEF forms of FortiGate lines. FortiOS writes the last five digits of `logid` as the signature and `type:subtype`
 * first in the name; FortiAnalyzer writes all ten digits. So the header alone tells what a line is about, and most
 * lines of an archive leave there.
 */
export class FortigateCef {
  readonly fields = new PairFields(
    cefExtension(FORTIGATE_CEF_PREFIXES),
    FORTIGATE_CEF_NAMES,
    HEAD_FIELDS,
    TIME_FIELDS,
  )
  readonly #header = new CefHeader()

  /**
   * Reads a line into `fields`.
   * @returns what the line says happened, what became of a line that is no event, or null for one of another vendor
   */
  read({ bytes, body, end }: RawLine): FortigateOutcome | Parsed | null {
    const header = this.#header
    header.read(bytes, body, end)
    if (!header.begins(CEF_FIELD.vendor, 'Fortinet')) return null
    if (!header.isWhole)
      return rejectedAs('broken', 'The CEF header of the Fortinet line is cut short.')
    if (!FORTIGATE_CEF_PRODUCTS.some((product) => header.begins(CEF_FIELD.product, product)))
      return ignoredAs('other-product')
    const digits = header.digitsIn(CEF_FIELD.signature)
    if (digits === 0 || digits > 10)
      return rejectedAs('broken', 'The CEF header of the FortiGate line has no readable signature.')
    const signature = header.numberIn(CEF_FIELD.signature)
    const outcome = this.#outcomeOf(signature, digits)
    if ('kind' in outcome) return outcome
    const { fields } = this
    fields.readAll(bytes, header.extension, end, signature)
    if (
      fields.has(FIELD.type) &&
      !fields.begins(FIELD.type, outcome === ZTNA_ACCESS ? 'traffic' : 'event')
    )
      return ignoredAs('security-profile')
    return outcome.clientSlot === FIELD.remip ? this.#withClient(outcome) : outcome
  }

  /** The client of a VPN line is `remip`, which CEF calls `dst`; of one with neither, the one address it has. */
  #withClient(outcome: FortigateOutcome): FortigateOutcome {
    const { fields } = this
    const hasDst = fields.has(FIELD.dstip)
    if (!fields.has(FIELD.remip))
      return outcomeWithClient(outcome, hasDst ? FIELD.dstip : FIELD.srcip)
    // No device writes both: somebody typed one of them.
    if (hasDst) fields.recovered = true
    return outcome
  }

  /** The `logid` of the line that was read; the signature of one that lacks it. */
  get code(): string {
    const digits = this.fields.readDigits(FIELD.logid)
    if (digits < 9 || digits > 10) return this.#header.text(CEF_FIELD.signature)
    return this.fields.text(FIELD.logid).padStart(10, '0')
  }

  #outcomeOf(signature: number, digits: number): FortigateOutcome | Parsed {
    const header = this.#header
    const isFull = digits > 5
    const type = this.#typeOf(signature, isFull)
    if (type === 'traffic') {
      const isZtna = isFull
        ? signature === ZTNA_LOGID
        : signature === ZTNA_LOGID % 100_000 && header.begins(CEF_FIELD.name, 'traffic:ztna')
      return isZtna ? ZTNA_ACCESS : ignoredAs('traffic')
    }
    if (type !== 'event') return ignoredAs('security-profile')
    const outcome = fortigateOutcomeOf(signature % 100_000)
    if (outcome !== undefined) return outcome
    const isSystem = isFull
      ? Math.floor(signature / 1_000_000) % 100 === 0
      : header.begins(CEF_FIELD.name, 'event:system')
    return ignoredAs(isSystem ? 'system' : 'event-other')
  }

  #typeOf(signature: number, isFull: boolean): LogType {
    if (isFull) {
      const type = Math.floor(signature / TYPE_UNIT)
      return type === 0 ? 'traffic' : type === 1 ? 'event' : 'other'
    }
    if (this.#header.begins(CEF_FIELD.name, 'event:')) return 'event'
    return this.#header.begins(CEF_FIELD.name, 'traffic:') ? 'traffic' : 'other'
  }
}
