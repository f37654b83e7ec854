import type { FieldNote, LoggedField } from '../explain/form.ts'
import { PAIRS_MAX, VALUE_BYTES_MAX } from '../limits.ts'
import { cefExtension } from '../pairs/cef.ts'
import { CEF_FIELD, CefHeader } from '../pairs/cef-header.ts'
import { JSON_PAIRS } from '../pairs/json-pairs.ts'
import { KeyNames } from '../pairs/key-names.ts'
import { KEY_VALUE } from '../pairs/key-value.ts'
import { CEF_VALUE, type PairSyntax, ScannedPair, type ValueStyle } from '../pairs/pair-syntax.ts'
import type { RawLine } from '../raw-line.ts'
import { decodedOf } from '../text/decoded-text.ts'
import { latin1TextOf } from '../text/latin1-text.ts'
import { unescaped } from '../text/unescaped.ts'
import { FORTIGATE_CEF_NAMES, FORTIGATE_CEF_PREFIXES } from './cef-fields.ts'
import { FIELD, FIELD_NAMES } from './fields.ts'
import { isNullWord } from './person.ts'

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

/** The fields of a line of key=value pairs. */
export function keyValueFieldsOf(line: RawLine): LoggedField[] {
  return pairFieldsOf(line, line.body, KEY_VALUE, NAMES)
}

/** The fields of a line that is a JSON object. */
export function jsonFieldsOf(line: RawLine): LoggedField[] {
  return pairFieldsOf(line, line.body + 1, JSON_PAIRS, NAMES)
}

/** The header of a CEF line. */
export function cefHeaderOf({ bytes, body, end }: RawLine): CefHeader {
  const header = new CefHeader()
  header.read(bytes, body, end)
  return header
}

/** The fields of a CEF line, those of its header first. */
export function cefFieldsOf(line: RawLine): LoggedField[] {
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
