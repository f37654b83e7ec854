import type { AuthEvent } from '@sekisho/event'
import type { Page } from './page.ts'
import {
  compareIdentity,
  compareTexts,
  FLAG_RECOVERED,
  FLAG_WIDE_KEYS,
  flagsOf,
  keysOf,
  lineNumberOf,
  ROW,
  SLOT_BYTES_MAX,
  slotsOf,
  timestampMsOf,
} from './row-layout.ts'
import { SlotReader, SlotWriter } from './slots.ts'
import type { SortableAttempt } from './sortable-attempt.ts'
import { TextColumn, TextTable } from './text-table.ts'

/**
 * Attempts as rows of bytes and back. Repeated texts are written as numbers of two tables that live as long as the
 * codec: one for what devices and formats choose, one for what people (and attackers) choose, so that a flood of the
 * second leaves the first alone.
 */
export class AttemptCodec {
  readonly #deviceTexts: TextTable
  readonly #personTexts: TextTable
  readonly #columns: Columns
  readonly #writer = new SlotWriter()
  readonly #reader = new SlotReader()

  /** @param tableBytesMax memory that the tables may take */
  constructor(tableBytesMax: number) {
    this.#deviceTexts = new TextTable(tableBytesMax / 4)
    this.#personTexts = new TextTable((tableBytesMax / 4) * 3)
    this.#columns = columnsOf(this.#deviceTexts, this.#personTexts)
  }

  /** Writes a row at `row`, where the page must have `rowBytesMax` left. Returns the length of the row. */
  write(page: Page, row: number, { id, event, line, rawSha256 }: SortableAttempt): number {
    const { bytes, view } = page
    view.setFloat64(row + ROW.timestampMs, event.timestampMs, true)
    view.setFloat64(row + ROW.lineNumber, line.number, true)
    view.setFloat64(row + ROW.durationS, event.durationS, true)
    view.setFloat64(row + ROW.resolutionMs, event.resolutionMs, true)
    view.setUint32(row + ROW.idLength, id.length, true)
    view.setUint32(row + ROW.rawSha256Length, rawSha256.length, true)
    view.setUint32(row + ROW.timeExactLength, event.timeExact.length, true)
    view.setUint32(row + ROW.sessionIdLength, event.sessionId.length, true)
    const keys = [id, rawSha256, event.timeExact, event.sessionId] as const
    let end = writeKeys(bytes, row + ROW.keys, keys, 'utf8')
    const isWide = end - row - ROW.keys !== lengthOf(keys)
    if (isWide) end = writeKeys(bytes, row + ROW.keys, keys, 'utf16le')
    const flags = (event.recovered ? FLAG_RECOVERED : 0) | (isWide ? FLAG_WIDE_KEYS : 0)
    view.setUint32(row + ROW.flags, flags, true)
    this.#writer.start(page, end)
    this.#writeSlots(line.path, event)
    const rowBytes = this.#writer.at - row
    view.setUint32(row + ROW.rowBytes, rowBytes, true)
    return rowBytes
  }

  /** The order of slots here is the one in `read`; the path is first, for `compare`. */
  #writeSlots(path: string, event: AuthEvent): void {
    const writer = this.#writer
    const columns = this.#columns
    writer.text(columns.path, path)
    writer.text(columns.vendor, event.vendor)
    writer.text(columns.code, event.code)
    writer.text(columns.action, event.action)
    writer.text(columns.outcome, event.outcome)
    writer.text(columns.attempt, event.attempt)
    writer.text(columns.reason, event.reason)
    writer.text(columns.reasonRaw, event.reasonRaw)
    writer.text(columns.userRaw, event.userRaw)
    writer.text(columns.userName, event.userName)
    writer.text(columns.userDomain, event.userDomain)
    writer.text(columns.userKey, event.userKey)
    writer.text(columns.realm, event.realm)
    writer.text(columns.sourceAddress, event.sourceAddress)
    writer.text(columns.assignedAddress, event.assignedAddress)
    writer.text(columns.gateway, event.gateway)
    writer.text(columns.gatewaySerial, event.gatewaySerial)
    writer.text(columns.virtualSystem, event.virtualSystem)
    writer.text(columns.factor, event.factor)
    writer.text(columns.userAgent, event.userAgent)
    writer.text(columns.deviceId, event.deviceId)
    writer.text(columns.decides, event.decides)
  }

  /** The attempt of the row at `row`. */
  read(page: Page, row: number): SortableAttempt {
    const { view } = page
    const { id, rawSha256, timeExact, sessionId } = keysOf(page, row)
    const device = this.#deviceTexts
    const person = this.#personTexts
    const reader = this.#reader
    reader.start(page, slotsOf(page, row))
    const line = { path: reader.text(device), number: lineNumberOf(page, row) }
    const event: AuthEvent = {
      timestampMs: timestampMsOf(page, row),
      resolutionMs: view.getFloat64(row + ROW.resolutionMs, true),
      timeExact,
      vendor: reader.text(device) as AuthEvent['vendor'],
      code: reader.text(device),
      action: reader.text(device) as AuthEvent['action'],
      outcome: reader.text(device) as AuthEvent['outcome'],
      attempt: reader.text(device) as AuthEvent['attempt'],
      reason: reader.text(device) as AuthEvent['reason'],
      reasonRaw: reader.text(device),
      userRaw: reader.text(person),
      userName: reader.text(person),
      userDomain: reader.text(person),
      userKey: reader.text(person),
      realm: reader.text(device),
      sourceAddress: reader.text(person),
      assignedAddress: reader.text(person),
      gateway: reader.text(device),
      gatewaySerial: reader.text(device),
      virtualSystem: reader.text(device),
      sessionId,
      factor: reader.text(device) as AuthEvent['factor'],
      userAgent: reader.text(person),
      deviceId: reader.text(person),
      decides: reader.text(device) as AuthEvent['decides'],
      durationS: view.getFloat64(row + ROW.durationS, true),
      recovered: (flagsOf(page, row) & FLAG_RECOVERED) !== 0,
    }
    return { id, event, line, rawSha256 }
  }

  /** The order of two rows by (timestampMs, id, rawSha256, path, line number); negative when `a` comes first. */
  compare(a: Page, rowA: number, b: Page, rowB: number): number {
    return (
      timestampMsOf(a, rowA) - timestampMsOf(b, rowB) ||
      compareIdentity(a, rowA, b, rowB) ||
      compareTexts(this.#pathOf(a, rowA), this.#pathOf(b, rowB)) ||
      lineNumberOf(a, rowA) - lineNumberOf(b, rowB)
    )
  }

  #pathOf(page: Page, row: number): string {
    this.#reader.start(page, slotsOf(page, row))
    return this.#reader.text(this.#deviceTexts)
  }
}

type Keys = readonly [id: string, rawSha256: string, timeExact: string, sessionId: string]

function lengthOf([id, rawSha256, timeExact, sessionId]: Keys): number {
  return id.length + rawSha256.length + timeExact.length + sessionId.length
}

/** Returns where the keys end. */
function writeKeys(bytes: Buffer, start: number, keys: Keys, encoding: 'utf8' | 'utf16le'): number {
  let at = start + bytes.write(keys[0], start, encoding)
  at += bytes.write(keys[1], at, encoding)
  at += bytes.write(keys[2], at, encoding)
  return at + bytes.write(keys[3], at, encoding)
}

type TextField = {
  [K in keyof AuthEvent]: AuthEvent[K] extends string ? K : never
}[keyof AuthEvent]

/** One for each slot: the path and the texts of the event that are not keys. */
type Columns = Readonly<Record<Exclude<TextField, 'timeExact' | 'sessionId'> | 'path', TextColumn>>

function columnsOf(device: TextTable, person: TextTable): Columns {
  // The user is mostly logged in the form that rules key on: one column, so that the next of the three is found at once.
  const user = new TextColumn(person)
  return {
    path: new TextColumn(device),
    vendor: new TextColumn(device),
    code: new TextColumn(device),
    action: new TextColumn(device),
    outcome: new TextColumn(device),
    attempt: new TextColumn(device),
    reason: new TextColumn(device),
    reasonRaw: new TextColumn(device),
    userRaw: user,
    userName: user,
    userDomain: new TextColumn(person),
    userKey: user,
    realm: new TextColumn(device),
    sourceAddress: new TextColumn(person),
    assignedAddress: new TextColumn(person),
    gateway: new TextColumn(device),
    gatewaySerial: new TextColumn(device),
    virtualSystem: new TextColumn(device),
    factor: new TextColumn(device),
    userAgent: new TextColumn(person),
    deviceId: new TextColumn(person),
    decides: new TextColumn(device),
  }
}

/** Bytes that suffice for a row, whatever its texts are: a character takes at most three, in UTF-8. */
export function rowBytesMax({ id, event, line, rawSha256 }: SortableAttempt): number {
  const keys = id.length + rawSha256.length + event.timeExact.length + event.sessionId.length
  const ofDevice =
    line.path.length +
    event.vendor.length +
    event.code.length +
    event.action.length +
    event.outcome.length +
    event.attempt.length +
    event.reason.length +
    event.reasonRaw.length +
    event.realm.length +
    event.gateway.length +
    event.gatewaySerial.length +
    event.virtualSystem.length +
    event.factor.length +
    event.decides.length
  const ofPerson =
    event.userRaw.length +
    event.userName.length +
    event.userDomain.length +
    event.userKey.length +
    event.sourceAddress.length +
    event.assignedAddress.length +
    event.userAgent.length +
    event.deviceId.length
  return ROW.keys + 3 * (keys + ofDevice + ofPerson) + 22 * SLOT_BYTES_MAX
}
