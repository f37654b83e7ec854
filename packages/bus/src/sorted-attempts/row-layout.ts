import type { Page } from './page.ts'

/**
 * A row: a head of fixed length, one block of texts, then the lengths of the texts. Numbers are little endian, and
 * nothing is aligned, so that rows are as small as they can be.
 *
 * | at | bytes | what |
 * | --- | --- | --- |
 * | 0 | 4 | length of the row |
 * | 4 | 4 | length of the block |
 * | 8 | 4 × 8 | timestampMs, line number, durationS, resolutionMs |
 * | 40 | 3 × 4 | characters of id, of rawSha256, and of all keys: these two and sessionId |
 * | 52 | 4 | number of the shared fields |
 * | 56 | 4 | flags |
 * | 60 | 4 | subMillisecondNs |
 * | 64 | | the block: the keys, then what names the client, then the shared fields if they have no number; ASCII or (all of it) UTF-16 |
 * | | | varints: lengths of the texts that are not known from the head |
 */
export const ROW = {
  rowBytes: 0,
  blockBytes: 4,
  timestampMs: 8,
  lineNumber: 16,
  durationS: 24,
  resolutionMs: 32,
  idLength: 40,
  rawSha256Length: 44,
  keysLength: 48,
  shared: 52,
  flags: 56,
  subMillisecondNs: 60,
  block: 64,
} as const

export const FLAG_RECOVERED = 1
/** The block is UTF-16. */
export const FLAG_WIDE = 2
/** `userName` is `userRaw`, and not in the block. */
export const FLAG_SAME_NAME = 4
/** `userKey` is `userName`, and not in the block. */
export const FLAG_SAME_KEY = 8

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

/** Where the lengths of a row begin. */
export function lengthsOf({ view }: Page, row: number): number {
  return row + ROW.block + view.getUint32(row + ROW.blockBytes, true)
}

/** The number of the shared fields. */
export function sharedOf({ view }: Page, row: number): number {
  return view.getUint32(row + ROW.shared, true)
}

/** The keys of a row, one after the other. */
export function keysTextOf(page: Page, row: number): string {
  const start = row + ROW.block
  return page.bytes.toString(encodingOf(page, row), start, keysEndOf(page, row))
}

/** The texts behind the keys, one after the other. */
export function clientTextOf(page: Page, row: number): string {
  return page.bytes.toString(encodingOf(page, row), keysEndOf(page, row), lengthsOf(page, row))
}

function encodingOf(page: Page, row: number): BufferEncoding {
  return (flagsOf(page, row) & FLAG_WIDE) === 0 ? 'latin1' : 'utf16le'
}

function keysEndOf(page: Page, row: number): number {
  const length = page.view.getUint32(row + ROW.keysLength, true)
  return row + ROW.block + ((flagsOf(page, row) & FLAG_WIDE) === 0 ? length : 2 * length)
}

/**
 * The first characters of the id as a number that never contradicts the order of ids (it may be equal for two ids).
 * Four characters of a hash mostly decide, and two numbers are compared much faster than two texts.
 */
export function idHeadOf(page: Page, row: number): number {
  const isPlain = (flagsOf(page, row) & FLAG_WIDE) === 0 && idLengthOf(page, row) >= 4
  return isPlain ? page.view.getUint32(row + ROW.block) : unusualIdHeadOf(page, row)
}

/** Four code units as bytes; one that does not fit, and all behind it, are left to the comparison of the texts. */
function unusualIdHeadOf(page: Page, row: number): number {
  const isWide = (flagsOf(page, row) & FLAG_WIDE) !== 0
  const length = Math.min(4, idLengthOf(page, row))
  let head = 0
  for (let i = 0; i < length; i++) {
    const at = row + ROW.block + (isWide ? 2 * i : i)
    const unit = isWide ? page.view.getUint16(at, true) : page.view.getUint8(at)
    head += Math.min(unit, 0xff) * 2 ** (24 - 8 * i)
    if (unit >= 0xff) break
  }
  return head
}

/** The order of two rows by (id, rawSha256), each by code units; negative when `a` comes first. */
export function compareIdentity(a: Page, rowA: number, b: Page, rowB: number): number {
  const isWide = ((flagsOf(a, rowA) | flagsOf(b, rowB)) & FLAG_WIDE) !== 0
  if (isWide) return compareWideIdentity(a, rowA, b, rowB)
  const byHead = idHeadOf(a, rowA) - idHeadOf(b, rowB)
  if (byHead !== 0) return byHead
  const [startA, startB] = [rowA + ROW.block, rowB + ROW.block]
  const endA = startA + idLengthOf(a, rowA)
  const endB = startB + idLengthOf(b, rowB)
  const shaEndA = endA + rawSha256LengthOf(a, rowA)
  const shaEndB = endB + rawSha256LengthOf(b, rowB)
  return (
    a.bytes.compare(b.bytes, startB, endB, startA, endA) ||
    a.bytes.compare(b.bytes, endB, shaEndB, endA, shaEndA)
  )
}

function compareWideIdentity(a: Page, rowA: number, b: Page, rowB: number): number {
  const keysA = keysTextOf(a, rowA)
  const keysB = keysTextOf(b, rowB)
  const idEndA = idLengthOf(a, rowA)
  const idEndB = idLengthOf(b, rowB)
  return (
    compareTexts(keysA.slice(0, idEndA), keysB.slice(0, idEndB)) ||
    compareTexts(
      keysA.slice(idEndA, idEndA + rawSha256LengthOf(a, rowA)),
      keysB.slice(idEndB, idEndB + rawSha256LengthOf(b, rowB)),
    )
  )
}

export function idLengthOf({ view }: Page, row: number): number {
  return view.getUint32(row + ROW.idLength, true)
}

export function rawSha256LengthOf({ view }: Page, row: number): number {
  return view.getUint32(row + ROW.rawSha256Length, true)
}

/** The order of two texts by code units. */
export function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
