import { type IgnoredKind, type Parsed, VENDORS } from '@sekisho/event'
import type { Explanation, FieldNote, HeaderPart, LoggedField } from '@sekisho/ingest'
import { REMEDY } from '../reading/rejected-lines.ts'
import { shownStart, shownText } from '../terminal/shown-text.ts'
import type { Style } from '../terminal/style.ts'
import { wrappedLinesOf } from '../terminal/wrapped-text.ts'
import { decisionText } from './decision-text.ts'
import { documentOf } from './explanation-json.ts'
import { padded, type Row, rowLinesOf, widestOf } from './rows.ts'

/** Characters shown of a name and of a value; the JSON has all. */
const NAME_LENGTH = 24
const VALUE_LENGTH = 160

/** Columns that values are padded to, so that what they are used for stands below each other. */
const VALUE_COLUMNS = 24

/** Why a line of each kind is not an event although nothing is wrong with it, a clause. */
const IGNORED_BECAUSE: Readonly<Record<IgnoredKind, string>> = {
  blank: 'there is nothing in it',
  comment: 'it begins with #',
  traffic: 'it tells of traffic, not of a login or a session',
  'security-profile': 'it is no event of the gateway but a finding in traffic',
  system: 'it is about the gateway itself',
  'event-other': 'the event it tells of has nothing to do with logins or sessions',
  'policy-trace': 'it repeats a step of a login for whoever traces a policy',
  'other-product': 'it is a line of another product',
}

/** What `sekisho explain` prints of one line for a person. Every text of the log is made safe for a terminal. */
export function explanationText(
  explanation: Explanation,
  number: number,
  loginGroupMs: number,
  columns: number,
  style: Style,
): string {
  const { parsed, headers, fields, decision } = explanation
  const isEvent = parsed.kind === 'event'
  const section = (title: string, rows: readonly Row[]): string[] =>
    rows.length === 0 ? [] : [style.bold(title), ...rowLinesOf(rows, columns, style)]
  const lines = [
    ...wrappedLinesOf(titleOf(parsed, number), columns).map(style.bold),
    ...rowLinesOf([...formRowsOf(explanation), ...doubtRowsOf(parsed)], columns, style),
    ...section('Envelope', headerRowsOf(headers, isEvent)),
    ...section('Fields', fieldRowsOf(fields, isEvent)),
    ...section('Event', isEvent ? eventRowsOf(documentOf(parsed.event), '') : []),
  ]
  if (isEvent && decision !== null) {
    const text = shownText(decisionText(decision, parsed.event.outcome === 'failure', loginGroupMs))
    lines.push(...section('Counts as a login', [row('', text)]))
  }
  return `${lines.join('\n')}\n`
}

function titleOf(parsed: Parsed, number: number): string {
  if (parsed.kind === 'event') {
    const { vendor, product } = VENDORS[parsed.event.vendor]
    return `Line ${number}: an event of ${vendor} ${product}`
  }
  if (parsed.kind === 'ignored') {
    return `Line ${number}: ignored (${parsed.ignored}), ${IGNORED_BECAUSE[parsed.ignored]}`
  }
  const { reason, detail } = parsed
  return `Line ${number}: rejected (${reason}). ${shownText(detail)} ${REMEDY[reason]}`.trimEnd()
}

/** What an analyst should know before believing the event. */
function doubtRowsOf(parsed: Parsed): Row[] {
  if (parsed.kind !== 'event' || !parsed.event.recovered) return []
  if (parsed.event.indicator === 'imitated-line')
    return [
      row(
        'beware',
        'a name or a program that somebody typed imitates the vendor, so the line can be read in several ways; this is the one that counts (docs/formats.md, what a line cannot tell)',
      ),
    ]
  return [row('beware', 'a value was damaged, guessed or given twice, or the time is a header’s')]
}

function row(name: string, text: string, place = ''): Row {
  return { name, text, place }
}

function formRowsOf({ parsed, form, runnerUp, wrapping }: Explanation): Row[] {
  const isUnknown = parsed.kind === 'rejected' && parsed.reason === 'unknown-format'
  if (form === null && runnerUp === null && !isUnknown) return []
  const rows: Row[] = []
  if (wrapping !== null) {
    const place = placeText(wrapping)
    rows.push(
      row(
        'taken out',
        `of a JSON object, bytes ${place}; all other places are in the text that was taken out`,
      ),
    )
  }
  if (form === null) rows.push(row('form', 'none that is read'))
  else rows.push(row('form', [form.name, form.detail].filter((text) => text !== '').join(', ')))
  const next = runnerUp === null ? null : `${runnerUp.name}: no, ${runnerUp.against}`
  rows.push(
    row(form === null ? 'nearest' : 'runner-up', next ?? 'none: no other form begins like it'),
  )
  return rows
}

type Used<T> = T & { readonly uses: readonly string[] }

function headerRowsOf(headers: readonly Used<HeaderPart>[], isEvent: boolean): Row[] {
  return headers.map((part) => {
    const because = [part.meaning, isEvent ? usesText(part.uses) : ''].filter((text) => text !== '')
    return row(part.name, valueText(part.text, because.join(' ')), placeText(part))
  })
}

const NOTES: Readonly<Record<FieldNote, string>> = {
  '': '',
  'unknown-name': 'not read',
  repeated: 'ignored: the same field came before',
  'null-word': 'stands for no value',
}

function fieldRowsOf(fields: readonly Used<LoggedField>[], isEvent: boolean): Row[] {
  const width = Math.min(VALUE_COLUMNS, widestOf(fields.map(({ value }) => shownText(value))))
  return fields.map((field) => {
    const { name, value, note, uses } = field
    const unused = value === '' ? 'empty' : isEvent ? 'not needed here' : ''
    const because = NOTES[note] || usesText(uses) || unused
    const text = valueText(value, because, width)
    return row(shownStart(name, NAME_LENGTH), text, placeText(field))
  })
}

function usesText(uses: readonly string[]): string {
  return uses.length === 0 ? '' : `→ ${uses.join(', ')}`
}

function valueText(value: string, because: string, width = 0): string {
  const shown = shownStart(value, VALUE_LENGTH)
  return because === '' ? shown : `${padded(shown, width)}  ${because}`
}

/** Bytes from 1 on, both ends included: `17–30`; of an empty value, where it would begin. */
function placeText({ start, end }: { readonly start: number; readonly end: number }): string {
  return end - start < 2 ? `${start + 1}` : `${start + 1}–${end}`
}

/** The leaves of a document: `source.ip` and its value. */
function eventRowsOf(document: object, prefix: string): Row[] {
  return Object.entries(document).flatMap(([name, value]): Row[] => {
    if (typeof value === 'object' && !Array.isArray(value))
      return eventRowsOf(value, `${prefix}${name}.`)
    const text = Array.isArray(value) ? value.join(', ') : String(value)
    return [row(`${prefix}${name}`, shownStart(text, VALUE_LENGTH))]
  })
}
