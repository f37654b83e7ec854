import type { AuthEvent } from '@sekisho/event'
import type { Page } from './page.ts'
import {
  clientTextOf,
  compareIdentity,
  compareTexts,
  FLAG_RECOVERED,
  FLAG_SAME_KEY,
  FLAG_SAME_NAME,
  FLAG_WIDE,
  flagsOf,
  idLengthOf,
  keysTextOf,
  lengthsOf,
  lineNumberOf,
  ROW,
  rawSha256LengthOf,
  sharedOf,
  timestampMsOf,
} from './row-layout.ts'
import {
  NOT_SHARED,
  type SharedFields,
  SharedFieldsTable,
  sharedFieldsOf,
  textsOf,
} from './shared-fields.ts'
import type { SortableAttempt } from './sortable-attempt.ts'
import { TextPieces } from './text-pieces.ts'
import { VARINT_BYTES_MAX, VarintReader, VarintWriter } from './varint.ts'

/** Lengths in a row at most: of the key and the client texts, and of fourteen shared fields. */
const LENGTHS_MAX = 24

/** Attempts as rows of bytes and back; a row can be read by the codec that wrote it. */
export class AttemptCodec {
  readonly #shared: SharedFieldsTable
  readonly #writer = new VarintWriter()
  readonly #lengths = new VarintReader()
  readonly #keys = new TextPieces()
  readonly #client = new TextPieces()
  readonly #nextText = (): string => this.#client.next(this.#lengths.next())

  /** @param tableBytesMax memory for what rows share */
  constructor(tableBytesMax: number) {
    this.#shared = new SharedFieldsTable(tableBytesMax)
  }

  /** Writes a row at `row`, where the page must have `rowBytesMax` left. Returns the length of the row. */
  write(page: Page, row: number, attempt: SortableAttempt): number {
    const { view } = page
    const { event, line } = attempt
    const shared = this.#shared.numberOf(line.path, event)
    const sharedTexts = shared === NOT_SHARED ? textsOf(line.path, event) : NO_TEXTS
    const flags =
      (event.recovered ? FLAG_RECOVERED : 0) |
      (event.userName === event.userRaw ? FLAG_SAME_NAME : 0) |
      (event.userKey === event.userName ? FLAG_SAME_KEY : 0)
    view.setFloat64(row + ROW.timestampMs, event.timestampMs, true)
    view.setFloat64(row + ROW.lineNumber, line.number, true)
    view.setFloat64(row + ROW.durationS, event.durationS, true)
    view.setFloat64(row + ROW.resolutionMs, event.resolutionMs, true)
    view.setUint32(row + ROW.shared, shared, true)
    view.setUint32(row + ROW.subMillisecondNs, event.subMillisecondNs, true)
    const blockBytes = writeBlock(page, row, attempt, flags, sharedTexts)
    const lengths = this.#writer
    lengths.start(page, row + ROW.block + blockBytes)
    lengths.write(event.userRaw.length)
    if ((flags & FLAG_SAME_NAME) === 0) lengths.write(event.userName.length)
    if ((flags & FLAG_SAME_KEY) === 0) lengths.write(event.userKey.length)
    lengths.write(event.userDomain.length)
    lengths.write(event.sourceAddress.length)
    lengths.write(event.assignedAddress.length)
    lengths.write(event.userAgent.length)
    lengths.write(event.deviceId.length)
    for (const text of sharedTexts) lengths.write(text.length)
    view.setUint32(row + ROW.rowBytes, lengths.at - row, true)
    return lengths.at - row
  }

  /** The attempt of the row at `row`. */
  read(page: Page, row: number): SortableAttempt {
    const { view } = page
    const flags = flagsOf(page, row)
    this.#lengths.start(page, lengthsOf(page, row))
    const keys = this.#keys
    keys.start(keysTextOf(page, row))
    const id = keys.next(idLengthOf(page, row))
    const rawSha256 = keys.next(rawSha256LengthOf(page, row))
    const sessionId = keys.rest()
    // A text of its own: a piece of the keys would keep all of them in memory as long as anyone remembers the user.
    this.#client.start(clientTextOf(page, row))
    const nextText = this.#nextText
    const userRaw = nextText()
    const userName = (flags & FLAG_SAME_NAME) === 0 ? nextText() : userRaw
    const userKey = (flags & FLAG_SAME_KEY) === 0 ? nextText() : userName
    const userDomain = nextText()
    const sourceAddress = nextText()
    const assignedAddress = nextText()
    const userAgent = nextText()
    const deviceId = nextText()
    const shared = this.#sharedFieldsAt(sharedOf(page, row))
    const event: AuthEvent = {
      timestampMs: timestampMsOf(page, row),
      resolutionMs: view.getFloat64(row + ROW.resolutionMs, true),
      subMillisecondNs: view.getUint32(row + ROW.subMillisecondNs, true),
      vendor: shared.vendor,
      code: shared.code,
      action: shared.action,
      outcome: shared.outcome,
      attempt: shared.attempt,
      reason: shared.reason,
      reasonRaw: shared.reasonRaw,
      userRaw,
      userName,
      userDomain,
      userKey,
      realm: shared.realm,
      sourceAddress,
      assignedAddress,
      gateway: shared.gateway,
      gatewaySerial: shared.gatewaySerial,
      virtualSystem: shared.virtualSystem,
      sessionId,
      factor: shared.factor,
      userAgent,
      deviceId,
      decides: shared.decides,
      durationS: view.getFloat64(row + ROW.durationS, true),
      recovered: (flags & FLAG_RECOVERED) !== 0,
    }
    return { id, event, line: { path: shared.path, number: lineNumberOf(page, row) }, rawSha256 }
  }

  #sharedFieldsAt(number: number): SharedFields {
    return number === NOT_SHARED ? sharedFieldsOf(this.#nextText) : this.#shared.at(number)
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
    const shared = sharedOf(page, row)
    return shared === NOT_SHARED ? this.read(page, row).line.path : this.#shared.at(shared).path
  }
}

const NO_TEXTS: readonly string[] = []

/** Returns the length of the block. */
function writeBlock(
  { bytes, view }: Page,
  row: number,
  { id, event, rawSha256 }: SortableAttempt,
  flags: number,
  sharedTexts: readonly string[],
): number {
  const keysLength = id.length + rawSha256.length + event.sessionId.length
  // One long text is written, and read, much faster than many short ones.
  let block =
    id +
    rawSha256 +
    event.sessionId +
    event.userRaw +
    ((flags & FLAG_SAME_NAME) === 0 ? event.userName : '') +
    ((flags & FLAG_SAME_KEY) === 0 ? event.userKey : '') +
    event.userDomain +
    event.sourceAddress +
    event.assignedAddress +
    event.userAgent +
    event.deviceId
  if (sharedTexts.length > 0) block += sharedTexts.join('')
  let blockBytes = bytes.write(block, row + ROW.block, 'utf8')
  const isWide = blockBytes !== block.length
  if (isWide) blockBytes = bytes.write(block, row + ROW.block, 'utf16le')
  view.setUint32(row + ROW.blockBytes, blockBytes, true)
  view.setUint32(row + ROW.idLength, id.length, true)
  view.setUint32(row + ROW.rawSha256Length, rawSha256.length, true)
  view.setUint32(row + ROW.keysLength, keysLength, true)
  view.setUint32(row + ROW.flags, isWide ? flags | FLAG_WIDE : flags, true)
  return blockBytes
}

/** Bytes that suffice for a row, whatever its texts are: a character takes at most three, in UTF-8. */
export function rowBytesMax({ id, event, line, rawSha256 }: SortableAttempt): number {
  const characters =
    id.length +
    rawSha256.length +
    event.sessionId.length +
    event.userRaw.length +
    event.userName.length +
    event.userKey.length +
    event.userDomain.length +
    event.sourceAddress.length +
    event.assignedAddress.length +
    event.userAgent.length +
    event.deviceId.length +
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
  return ROW.block + 3 * characters + LENGTHS_MAX * VARINT_BYTES_MAX
}
