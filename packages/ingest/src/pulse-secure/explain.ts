import type { LoggedEvent } from '@sekisho/event'
import {
  beginsWithName,
  type FormSign,
  type LineForm,
  type LoggedField,
  type VendorExplainer,
} from '../explain/form.ts'
import { VALUE_BYTES_MAX } from '../limits.ts'
import { isTextAt } from '../pairs/key-names.ts'
import type { RawLine } from '../raw-line.ts'
import { decodedOf } from '../text/decoded-text.ts'
import { WALL_TIME_LENGTH, wallMsAt } from '../time/wall-time.ts'
import { chosenOf } from './choice.ts'
import { exportReadingsOf } from './export.ts'
import { PULSE_ROWS } from './outcomes.ts'
import { pipeReadingsOf } from './pipe.ts'
import type { PulseFormReader, PulseReadings, PulseRecord, PulseStarts } from './record.ts'
import type { PulseRow } from './row.ts'
import { standardReadingsOf } from './standard.ts'
import { PULSE_WELF_NAMES, welfReadingsOf } from './welf.ts'
import { WELF_START, welfFieldsOf } from './welf-fields.ts'

function readingsOf(line: RawLine, read: PulseFormReader): PulseReadings | null {
  return read(line.text(), line.body - line.start)
}

/** What every form has behind its own beginning: that its reader knows the text, and can read it. */
function readBy(read: PulseFormReader, withoutShape: string): FormSign[] {
  return [
    { isIn: (line) => readingsOf(line, read) !== null, without: withoutShape },
    {
      isIn: (line) => (readingsOf(line, read)?.length ?? 0) > 0,
      without: 'its time, header or message cannot be read',
    },
  ]
}

function recordOf(line: RawLine, read: PulseFormReader): PulseRecord | null {
  const readings = readingsOf(line, read) ?? []
  return readings.length === 0 ? null : chosenOf(readings).record
}

/** The texts of a record by the names that the vendor's documents have for them, but for the time. */
const PARTS: readonly (readonly [name: string, part: Exclude<keyof PulseStarts, 'time'>])[] = [
  ['node', 'node'],
  ['virtual system', 'virtualSystem'],
  ['user', 'user'],
  ['realm', 'realm'],
  ['roles', 'roles'],
  ['session id', 'sessionId'],
  ['client address', 'address'],
  ['user agent', 'userAgent'],
  ['code', 'code'],
  ['message', 'message'],
]

/** The fields of forms that do not name them. */
function partsOf(line: RawLine, read: PulseFormReader): LoggedField[] {
  const record = recordOf(line, read)
  if (record === null) return []
  const { starts } = record
  const time = line.text().slice(starts.time, starts.time + WALL_TIME_LENGTH)
  const fields = PARTS.filter(([, part]) => starts[part] >= 0).map(([name, part]) =>
    fieldOf(line, name, record[part], starts[part]),
  )
  return [fieldOf(line, 'time', time, starts.time), ...fields].sort((a, b) => a.start - b.start)
}

/** @param start in the text of the line */
function fieldOf(line: RawLine, name: string, text: string, start: number): LoggedField {
  return {
    name,
    value: decodedOf(text.slice(0, VALUE_BYTES_MAX)).text,
    start: line.start + start,
    end: line.start + start + text.length,
    note: '',
  }
}

/** Fields of WELF that say something; the others are known only so that values end where they do. */
const WELF_READ: ReadonlySet<string> = new Set([
  ...['id', 'time', 'vpn', 'ivs', 'realm', 'roles', 'sessionID', 'src', 'agent', 'msg'],
])

/** The fields of a WELF line under their own names, in the reading of it that counts. */
function welfFieldsIn(line: RawLine): LoggedField[] {
  const record = recordOf(line, welfReadingsOf)
  if (record === null) return []
  const text = line.text()
  const { user, realm } = record.starts
  const realmNameAt = realm - 'realm="'.length
  const headEnd = user < 0 ? realmNameAt : text.lastIndexOf(' user=', user)
  const head = welfFieldsOf(text.slice(0, headEnd), PULSE_WELF_NAMES, line.body - line.start)
  const tail = welfFieldsOf(text, PULSE_WELF_NAMES, realmNameAt)
  const fields = [...head, ...tail].map(([name, value]): LoggedField => {
    const field = fieldOf(line, name, value.text, value.start)
    return WELF_READ.has(name) ? field : { ...field, note: 'unknown-name' }
  })
  if (user >= 0) fields.push(fieldOf(line, 'user', record.user, user))
  return fields.sort((a, b) => a.start - b.start)
}

/** True when a word that is followed by these characters begins the body. */
function isWordBefore(line: RawLine, characters: string): boolean {
  const text = line.text()
  const at = line.body - line.start
  if (line.body < 0) return false
  const blank = text.indexOf(' ', at)
  return blank > at && text.startsWith(characters, blank) && Number.isNaN(wallMsAt(text, at))
}

const FORMS: readonly LineForm[] = [
  {
    name: 'Pulse Secure standard',
    signs: [
      {
        isIn: (line) =>
          line.body >= 0 && !Number.isNaN(wallMsAt(line.text(), line.body - line.start)),
        without: 'the body does not begin with a date and a time',
      },
      ...readBy(standardReadingsOf, 'its time is not followed by - NODE - [ADDRESS]'),
    ],
    detailOf: () => '',
    fieldsOf: (line) => partsOf(line, standardReadingsOf),
  },
  {
    name: 'Pulse Secure WELF',
    signs: [
      {
        isIn: beginsWithName,
        without: 'the body does not begin with name=value',
      },
      {
        isIn: ({ bytes, body }) => isTextAt(bytes, body, body + WELF_START.length, WELF_START),
        without: `the body does not begin with ${WELF_START.trim()}`,
      },
      ...readBy(welfReadingsOf, 'it has no vpn= or no realm='),
    ],
    detailOf: () => '',
    fieldsOf: welfFieldsIn,
  },
  {
    name: 'Pulse Secure pipe form',
    signs: [
      {
        isIn: (line) => isWordBefore(line, ' |'),
        without: 'the body does not begin with a name and |',
      },
      ...readBy(pipeReadingsOf, 'its second column is no time, or its third no message code'),
    ],
    detailOf: () => '',
    fieldsOf: (line) => partsOf(line, pipeReadingsOf),
  },
  {
    name: 'Pulse Secure older export',
    signs: [
      {
        isIn: (line) => isWordBefore(line, ' - ['),
        without: 'the body does not begin with a severity and - [',
      },
      ...readBy(exportReadingsOf, 'its header is not followed by - DATE TIME -'),
    ],
    detailOf: () => '',
    fieldsOf: (line) => partsOf(line, exportReadingsOf),
  },
]

/** How Pulse Secure lines are told apart, for `explain`. */
export const PULSE_EXPLAINER: VendorExplainer = {
  forms: FORMS,
  decidingLinesOf: ({ action, attempt, outcome }: Readonly<LoggedEvent>) => {
    const isAdmin = attempt === 'admin' || action.startsWith('admin.')
    const login = isAdmin ? 'admin.login' : 'vpn.login'
    const result = outcome === 'failure' ? 'failure' : 'success'
    return PULSE_ROWS.filter(
      (row) => row.decides === 'yes' && row.action === login && row.outcome === result,
    ).map(labelOf)
  },
  notALoginOf: () => '',
}

/** Codes of a row that are named. */
const CODES_SHOWN = 3

/** `AUT24414 "Agent login succeeded"` */
function labelOf({ codes = [], starts = [], contains = '' }: PulseRow): string {
  const shown = codes.slice(0, CODES_SHOWN).join('/')
  const more = codes.length > CODES_SHOWN ? '/…' : ''
  const words = [...starts.slice(0, 1), contains].filter((text) => text !== '').join('… ')
  return `${shown}${more} "${words.trim()}"`.trim()
}
