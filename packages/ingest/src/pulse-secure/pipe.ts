import { wallMsAt } from '../time/wall-time.ts'
import { textAt } from './header.ts'
import { weighedPlaces } from './places.ts'
import { isAddressText, type PulseReadings, type PulseRecord } from './record.ts'

/**
 * Columns of the pipe form. `node | time | code | severity | node's address | object | client's address` are written
 * by the device; the user follows, then the realm and six columns that are empty, and the message is last.
 */
const TIME = 1
const CODE = 2
const CLIENT = 6
const EMPTY_COLUMNS = 6

/** Separators from the one before the user to the one before the message. */
const TAIL_SEPARATORS = 1 + 1 + EMPTY_COLUMNS + 1

/**
 * Reads the pipe form of a custom filter from where its body begins; the code has a column of its own:
 * `ive | 2026-03-14 12:10:53 | AUT24326 | info | 10.80.1.5 | | 203.0.113.50 | jdoe | Users | | | | | | | Primary …`
 *
 * The user and the message may hold ` | ` themselves. Of the ways to divide the line, those count that leave the six
 * columns empty, from left to right; where none does, all of them (the filter may fill those columns).
 *
 * @returns null when the text is not of this form.
 */
export function pipeReadingsOf(text: string, at: number): PulseReadings | null {
  const separators = separatorsIn(text, at)
  const column = (index: number) => columnAt(text, separators, index, at)
  const wallMs = wallMsAt(column(TIME), 0)
  const code = column(CODE)
  if (Number.isNaN(wallMs) || !/^(?:[A-Z]{3}\d{1,6})?$/.test(code)) return null
  const address = column(CLIENT)
  const divisions = separators.length - CLIENT - TAIL_SEPARATORS + 1
  if (divisions < 1 || !isAddressText(address)) return []
  const head = { wallMs, node: column(0), address, code, at }
  const clean: number[] = []
  const filled: number[] = []
  for (let division = 0; division < divisions; division++) {
    const realmMark = CLIENT + 1 + division
    const isClean = isEmptyAfter(text, separators, realmMark + 1)
    const messageMark = separators[realmMark + EMPTY_COLUMNS + 1] as number
    ;(isClean ? clean : filled).push(messageMark)
  }
  const marks = weighedPlaces(text, clean.length > 0 ? clean : filled, MESSAGE_OFFSET)
  return marks.map((mark) => recordOf(head, text, separators, separators.indexOf(mark)))
}

/** How far behind its separator the message begins. */
const MESSAGE_OFFSET = '| '.length

/** Positions of every `|` that stands between blanks, which two in a row may share, or that ends the line. */
function separatorsIn(text: string, from: number): number[] {
  const separators: number[] = []
  for (let at = text.indexOf('|', from); at >= 0; at = text.indexOf('|', at + 1)) {
    const isAlone = text.charCodeAt(at - 1) === 32
    if (isAlone && (at + 1 === text.length || text.charCodeAt(at + 1) === 32)) separators.push(at)
  }
  return separators
}

/** The text of a column without its blanks, `''` beyond the last. */
function columnAt(
  text: string,
  separators: readonly number[],
  index: number,
  from: number,
): string {
  return text.slice(columnStartOf(text, separators, index, from), separators[index]).trim()
}

function columnStartOf(
  text: string,
  separators: readonly number[],
  index: number,
  from: number,
): number {
  return index === 0 ? from : (separators[index - 1] ?? text.length) + 1
}

/** True when the six columns from a separator on are blank. */
function isEmptyAfter(text: string, separators: readonly number[], mark: number): boolean {
  for (let index = mark; index < mark + EMPTY_COLUMNS; index++) {
    for (let at = (separators[index] as number) + 1; at < (separators[index + 1] as number); at++) {
      if (text.charCodeAt(at) !== 32) return false
    }
  }
  return true
}

interface Head {
  readonly wallMs: number
  readonly node: string
  readonly address: string
  readonly code: string
  readonly at: number
}

/** @param messageMark index of the separator before the message */
function recordOf(
  head: Head,
  text: string,
  separators: readonly number[],
  messageMark: number,
): PulseRecord {
  const realmMark = messageMark - EMPTY_COLUMNS - 1
  const user = text.slice((separators[CLIENT] as number) + 1, separators[realmMark])
  const message = text.slice((separators[messageMark] as number) + 1)
  const start = (column: number): number =>
    textAt(text, columnStartOf(text, separators, column, head.at))
  return {
    wallMs: head.wallMs,
    node: head.node,
    virtualSystem: '',
    user: user.trim(),
    realm: columnAt(text, separators, realmMark + 1, 0),
    roles: '',
    sessionId: '',
    address: head.address,
    userAgent: '',
    code: head.code,
    message: message.trim(),
    starts: {
      time: start(TIME),
      node: start(0),
      virtualSystem: -1,
      user: start(CLIENT + 1),
      realm: start(realmMark + 1),
      roles: -1,
      sessionId: -1,
      address: start(CLIENT),
      userAgent: -1,
      code: start(CODE),
      message: start(messageMark + 1),
    },
  }
}
