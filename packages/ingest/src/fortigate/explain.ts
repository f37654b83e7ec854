import type { LoggedEvent } from '@sekisho/event'
import {
  beginsWithName,
  type FormSign,
  type LineForm,
  type LoggedField,
  type VendorExplainer,
} from '../explain/form.ts'
import { CEF_FIELD } from '../pairs/cef-header.ts'
import { OPEN_BRACE } from '../pairs/json-pairs.ts'
import { isTextAt } from '../pairs/key-names.ts'
import { KEY_VALUE } from '../pairs/key-value.ts'
import { ScannedPair } from '../pairs/pair-syntax.ts'
import { WELF_START } from '../pulse-secure/welf-fields.ts'
import type { RawLine } from '../raw-line.ts'
import { FORTIGATE_CEF_PRODUCTS } from './cef.ts'
import { cefFieldsOf, cefHeaderOf, jsonFieldsOf, keyValueFieldsOf } from './explain-fields.ts'
import { FIELD, FIELD_NAMES } from './fields.ts'
import { FORTIGATE_TABLES } from './outcomes.ts'
import type { FortigateRow, FortigateTable } from './row.ts'

const COMMA = 44
const PIPE = 124

/** True when a comma follows the pair that a body begins with. */
function isCsv({ bytes, body, end }: RawLine): boolean {
  const pair = new ScannedPair()
  return KEY_VALUE.readPair(bytes, body, end, pair) && bytes[pair.next] === COMMA
}

function isCef({ bytes, body }: RawLine): boolean {
  return body >= 0 && (isTextAt(bytes, body, body + 4, 'CEF:') || bytes[body + 1] === PIPE)
}

/** What all pairs of a FortiGate have, in the forms that name them. */
function idAndTypeIn(fieldsOf: (line: RawLine) => LoggedField[]): FormSign[] {
  const isIn = (line: RawLine, slot: number, fits: RegExp) =>
    fieldsOf(line).some(
      ({ name, value, note }) => FIELD_NAMES[name] === slot && note === '' && fits.test(value),
    )
  return [
    {
      isIn: (line) => isIn(line, FIELD.logid, /^\d{9,10}$/),
      without: 'it has no logid of nine or ten digits',
    },
    { isIn: (line) => isIn(line, FIELD.type, /^/), without: 'it has no type' },
  ]
}

const FORMS: readonly LineForm[] = [
  {
    name: 'FortiGate key=value',
    signs: [
      { isIn: beginsWithName, without: 'the body does not begin with name=value' },
      {
        isIn: ({ bytes, body }) => !isTextAt(bytes, body, body + WELF_START.length, WELF_START),
        without: `the body begins with ${WELF_START.trim()}`,
      },
      ...idAndTypeIn(keyValueFieldsOf),
    ],
    detailOf: (line) => (isCsv(line) ? 'CSV: its pairs are joined by commas' : ''),
    fieldsOf: keyValueFieldsOf,
  },
  {
    name: 'FortiGate JSON',
    signs: [
      {
        isIn: ({ bytes, body }) => body >= 0 && bytes[body] === OPEN_BRACE,
        without: 'the body does not begin with {',
      },
      ...idAndTypeIn(jsonFieldsOf),
    ],
    detailOf: () => '',
    fieldsOf: jsonFieldsOf,
  },
  {
    name: 'FortiGate CEF',
    signs: [
      { isIn: isCef, without: 'the body does not begin with CEF:' },
      {
        isIn: (line) => cefHeaderOf(line).begins(CEF_FIELD.vendor, 'Fortinet'),
        without: 'its header names another vendor than Fortinet',
      },
      {
        isIn: (line) => cefHeaderOf(line).isWhole,
        without: 'its header has fewer than seven fields',
      },
      {
        isIn: (line) => {
          const header = cefHeaderOf(line)
          return FORTIGATE_CEF_PRODUCTS.some((name) => header.begins(CEF_FIELD.product, name))
        },
        without: 'its header names another product than FortiGate',
      },
      {
        isIn: (line) => signatureDigitsOf(line) > 0,
        without: 'its signature is no message id',
      },
    ],
    detailOf: (line) =>
      signatureDigitsOf(line) > 5
        ? 'as a FortiAnalyzer writes it, with ten digits of message id'
        : 'as FortiOS writes it, with five digits of message id',
    fieldsOf: cefFieldsOf,
  },
]

/** How many digits the signature has, 0 when it is no message id. */
function signatureDigitsOf(line: RawLine): number {
  const digits = cefHeaderOf(line).digitsIn(CEF_FIELD.signature)
  return digits > 10 ? 0 : digits
}

/** The table that the message id of an event stands in. */
function tableOf({ code }: Readonly<LoggedEvent>): FortigateTable | undefined {
  const id = Number(code.slice(-5))
  return FORTIGATE_TABLES.find(({ rows }) => rows.some(({ ids }) => ids.includes(id)))
}

/** How FortiGate lines are told apart, for `explain`. */
export const FORTIGATE_EXPLAINER: VendorExplainer = {
  forms: FORMS,
  decidingLinesOf: (event) => {
    const isRefusal = event.outcome === 'failure'
    const rows = tableOf(event)?.rows ?? []
    return rows.filter((row) => isDeciding(row, isRefusal)).map(labelOf)
  },
  notALoginOf: (event) => {
    if (tableOf(event)?.person !== 'ike' || event.userRaw !== '') return ''
    return event.outcome === 'failure'
      ? 'it names no person: a negotiation that failed, as scanners cause by the thousand'
      : 'it names no person: the tunnel joins two sites, and nobody logs in'
  },
}

function isDeciding({ decides, outcome }: FortigateRow, isRefusal: boolean): boolean {
  return decides === 'yes' && (outcome === 'failure') === isRefusal
}

function labelOf({ ids, example }: FortigateRow): string {
  return `${ids.join('/')} (${example})`
}
