import type { Page } from './page.ts'

/**
 * A row: a head of fixed length, the texts that are nearly always new (the keys), then one slot for each other text.
 * All numbers are little endian, and nothing is aligned, so that rows are as small as they can be.
 *
 * | at | bytes | what |
 * | --- | --- | --- |
 * | 0 | 4 | length of the row |
 * | 4 | 4 | flags |
 * | 8 | 8 × 4 | timestampMs, line number, durationS, resolutionMs |
 * | 40 | 4 × 4 | characters of id, rawSha256, timeExact, sessionId |
 * | 56 | | these four texts, ASCII or (all of them) UTF-16 |
 * | | | slots: a varint, and behind it the text itself if it is not in a table |
 */
export const ROW = {
  rowBytes: 0,
  flags: 4,
  timestampMs: 8,
  lineNumber: 16,
  durationS: 24,
  resolutionMs: 32,
  idLength: 40,
  rawSha256Length: 44,
  timeExactLength: 48,
  sessionIdLength: 52,
  keys: 56,
} as const

export const FLAG_RECOVERED = 1
/** The keys are UTF-16. */
export const FLAG_WIDE_KEYS = 2

/** What the two low bits of a slot say; the bits above are the number in the table, or the length in characters. */
export const SLOT_IN_TABLE = 0
export const SLOT_ASCII = 1
export const SLOT_WIDE = 2

/** Most bytes a slot takes beside its text. */
export const SLOT_BYTES_MAX = 5

export function rowBytesOf({ view }: Page, row: number): number {
  return view.getUint32(row + ROW.rowBytes, true)
}

export function timestampMsOf({ view }: Page, row: number): number {
  return view.getFloat64(row + ROW.timestampMs, true)
}

export function lineNumberOf({ view }: Page, row: number): number {
  return view.getFloat64(row + ROW.lineNumber, true)
}

export function flagsOf({ view }: Page, row: number): number {
  return view.getUint32(row + ROW.flags, true)
}

/** Where the slots of a row begin. */
export function slotsOf(page: Page, row: number): number {
  const { view } = page
  const characters =
    view.getUint32(row + ROW.idLength, true) +
    view.getUint32(row + ROW.rawSha256Length, true) +
    view.getUint32(row + ROW.timeExactLength, true) +
    view.getUint32(row + ROW.sessionIdLength, true)
  const isWide = (flagsOf(page, row) & FLAG_WIDE_KEYS) !== 0
  return row + ROW.keys + (isWide ? 2 * characters : characters)
}

/** The order of two rows by (id, rawSha256), each by code units; negative when `a` comes first. */
export function compareIdentity(a: Page, rowA: number, b: Page, rowB: number): number {
  const isWide = ((flagsOf(a, rowA) | flagsOf(b, rowB)) & FLAG_WIDE_KEYS) !== 0
  if (isWide) return compareDecodedIdentity(a, rowA, b, rowB)
  const idLengthA = a.view.getUint32(rowA + ROW.idLength, true)
  const idLengthB = b.view.getUint32(rowB + ROW.idLength, true)
  if (idLengthA >= 4 && idLengthB >= 4) {
    // Four characters of a hash nearly always decide, and two numbers are compared faster than two texts.
    const headA = a.view.getUint32(rowA + ROW.keys)
    const headB = b.view.getUint32(rowB + ROW.keys)
    if (headA !== headB) return headA < headB ? -1 : 1
  }
  const endA = rowA + ROW.keys + idLengthA
  const endB = rowB + ROW.keys + idLengthB
  const byId = a.bytes.compare(b.bytes, rowB + ROW.keys, endB, rowA + ROW.keys, endA)
  if (byId !== 0) return byId
  const shaEndA = endA + a.view.getUint32(rowA + ROW.rawSha256Length, true)
  const shaEndB = endB + b.view.getUint32(rowB + ROW.rawSha256Length, true)
  return a.bytes.compare(b.bytes, endB, shaEndB, endA, shaEndA)
}

function compareDecodedIdentity(a: Page, rowA: number, b: Page, rowB: number): number {
  const keysA = keysOf(a, rowA)
  const keysB = keysOf(b, rowB)
  return compareTexts(keysA.id, keysB.id) || compareTexts(keysA.rawSha256, keysB.rawSha256)
}

/** The order of two texts by code units. */
export function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** The four key texts of a row. */
export interface Keys {
  readonly id: string
  readonly rawSha256: string
  readonly timeExact: string
  readonly sessionId: string
}

export function keysOf(page: Page, row: number): Keys {
  const { bytes, view } = page
  const isWide = (flagsOf(page, row) & FLAG_WIDE_KEYS) !== 0
  // One text and four pieces of it: decoding four texts one by one would take three times as long.
  const all = bytes.toString(isWide ? 'utf16le' : 'latin1', row + ROW.keys, slotsOf(page, row))
  const idEnd = view.getUint32(row + ROW.idLength, true)
  const rawSha256End = idEnd + view.getUint32(row + ROW.rawSha256Length, true)
  const timeExactEnd = rawSha256End + view.getUint32(row + ROW.timeExactLength, true)
  return {
    id: all.slice(0, idEnd),
    rawSha256: all.slice(idEnd, rawSha256End),
    timeExact: all.slice(rawSha256End, timeExactEnd),
    sessionId: all.slice(timeExactEnd),
  }
}
