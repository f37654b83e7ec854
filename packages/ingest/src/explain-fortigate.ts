import type { LoggedEvent } from '@sekisho/event'
import { cefExtension } from './cef.ts'
import { CEF_FIELD, CefHeader } from './cef-header.ts'
import { decodedOf } from './decoded-text.ts'
import {
  beginsWithName,
  type FieldNote,
  type FormSign,
  type LineForm,
  type LoggedField,
  type VendorExplainer,
} from './explain-form.ts'
import { FORTIGATE_CEF_PRODUCTS } from './fortigate-cef.ts'
import { FORTIGATE_CEF_NAMES, FORTIGATE_CEF_PREFIXES } from './fortigate-cef-fields.ts'
import { FIELD, FIELD_NAMES } from './fortigate-fields.ts'
import { FORTIGATE_TABLES } from './fortigate-outcomes.ts'
import { isNullWord } from './fortigate-person.ts'
import type { FortigateRow, FortigateTable } from './fortigate-row.ts'
import { JSON_PAIRS, OPEN_BRACE } from './json-pairs.ts'
import { isTextAt, KeyNames } from './key-names.ts'
import { KEY_VALUE } from './key-value.ts'
import { latin1TextOf } from './latin1-text.ts'
import { PAIRS_MAX, VALUE_BYTES_MAX } from './limits.ts'
import { CEF_VALUE, type PairSyntax, ScannedPair, type ValueStyle } from './pair-syntax.ts'
import type { RawLine } from './raw-line.ts'
import { unescaped } from './unescaped.ts'
import { WELF_START } from './welf.ts'

const COMMA = 44
const PIPE = 124

const NAMES = new KeyNames(FIELD_NAMES)
const CEF_NAMES = new KeyNames(FORTIGATE_CEF_NAMES)
const CEF_EXTENSION = cefExtension(FORTIGATE_CEF_PREFIXES)

/** Slots whose text is taken as it is, so that no word of it stands for no value. */
const TAKEN_AS_THEY_ARE: ReadonlySet<number> = new Set([FIELD.logid, FIELD.type, FIELD.ui])

/** The pairs of a line as fields; `start` is where the first may begin. */
function pairFieldsOf(
  { bytes, end }: RawLine,
  start: number,
  syntax: PairSyntax,
  names: KeyNames,
): LoggedField[] {
  const fields: LoggedField[] = []
  const slotsBefore = new Set<number>()
  const pair = new ScannedPair()
  for (
    let at = start;
    fields.length < PAIRS_MAX && syntax.readPair(bytes, at, end, pair);
    at = pair.next
  ) {
    const slot = names.slotOf(pair.keyHash, bytes, pair.keyStart, pair.keyEnd)
    const value = decodedValueOf(bytes, pair.valueStart, pair.valueEnd, pair.style)
    fields.push({
      name: latin1TextOf(bytes, pair.start, pair.keyEnd).replace(/^"/, ''),
      value,
      start: pair.valueStart,
      end: pair.valueEnd,
      note: noteOf(slot, value, slotsBefore),
    })
    slotsBefore.add(slot)
  }
  return fields
}

function noteOf(slot: number, value: string, slotsBefore: ReadonlySet<number>): FieldNote {
  if (slot < 0) return 'unknown-name'
  if (slotsBefore.has(slot)) return 'repeated'
  return value !== '' && isNullWord(value) && !TAKEN_AS_THEY_ARE.has(slot) ? 'null-word' : ''
}

function decodedValueOf(bytes: Buffer, start: number, end: number, style: ValueStyle): string {
  const text = latin1TextOf(bytes, start, Math.min(end, start + VALUE_BYTES_MAX))
  return unescaped(decodedOf(text).text, style)
}

function keyValueFieldsOf(line: RawLine): LoggedField[] {
  return pairFieldsOf(line, line.body, KEY_VALUE, NAMES)
}

function jsonFieldsOf(line: RawLine): LoggedField[] {
  return pairFieldsOf(line, line.body + 1, JSON_PAIRS, NAMES)
}

function cefHeaderOf({ bytes, body, end }: RawLine): CefHeader {
  const header = new CefHeader()
  header.read(bytes, body, end)
  return header
}

function cefFieldsOf(line: RawLine): LoggedField[] {
  const header = cefHeaderOf(line)
  const inHeader = Object.entries(CEF_FIELD)
    .filter(([, index]) => index < header.count)
    .map(([name, index]): LoggedField => {
      const start = header.starts[index] as number
      const end = header.ends[index] as number
      return {
        name,
        value: decodedValueOf(line.bytes, start, end, CEF_VALUE),
        start,
        end,
        note: '',
      }
    })
  return [...inHeader, ...pairFieldsOf(line, header.extension, CEF_EXTENSION, CEF_NAMES)]
}

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
  notALoginOf: (event) =>
    tableOf(event)?.person === 'ike' && event.userRaw === ''
      ? 'it names no person: the tunnel joins two sites, and nobody logs in'
      : '',
}

function isDeciding({ decides, outcome }: FortigateRow, isRefusal: boolean): boolean {
  return decides === 'yes' && (outcome === 'failure') === isRefusal
}

function labelOf({ ids, example }: FortigateRow): string {
  return `${ids.join('/')} (${example})`
}
