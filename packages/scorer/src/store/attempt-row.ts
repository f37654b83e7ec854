import { DAY_MS, dayStartMs } from '@sekisho/detect'
import {
  type Attempt,
  type AttemptOutcome,
  type DecidesRank,
  type EventOutcome,
  ipv4TextOf,
  ipv4ValueOf,
  ipv6GroupsOf,
  ipv6TextOf,
  prefixOf,
} from '@sekisho/event'
import type { ByteReader, ByteWriter } from './bytes.ts'
import { prefixKeyOf } from './prefix-key.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Places in these lists are written to rows and snapshots: only ever append. */
export const ATTEMPT_NAMES: readonly AttemptOutcome[] = [
  'none',
  'success',
  'bad_credential',
  'unknown_user',
  'disabled_or_locked',
  'expired_password',
  'mfa_denied',
  'policy_denied',
  'session_start',
  'session_end',
  'session_move',
  'admin',
]
const DECIDES: readonly DecidesRank[] = ['no', 'unless', 'yes']
const OUTCOMES: readonly EventOutcome[] = ['unknown', 'success', 'failure']

export const ATTEMPT_CODES = new Map(ATTEMPT_NAMES.map((name, code) => [name, code]))
const DECIDES_CODE = new Map(DECIDES.map((name, code) => [name, code]))
const OUTCOME_CODE = new Map(OUTCOMES.map((name, code) => [name, code]))

const SECOND_BIT = 64
const IPV6_BIT = 128
const HAS_SESSION = 1
const HAS_DEVICE = 2
const HAS_RAW = 4
const HAS_NAME = 8
const HAS_DURATION = 16

/** Where fields stand in a row's payload. */
const KIND_AT = 0
const FLAGS_AT = 1
const TIME_AT = 2
const PLACE_AT = 6
const ORIGIN_AT = 10
const ID_AT = 20
const SHA_AT = 36
const ADDRESS_AT = 68

/** Bytes of an event id. */
const ID_BYTES = 16

export const SUCCESS_CODE = ATTEMPT_CODES.get('success') as number
export const BAD_CREDENTIAL_CODE = ATTEMPT_CODES.get('bad_credential') as number
export const SESSION_START_CODE = ATTEMPT_CODES.get('session_start') as number
export const SESSION_END_CODE = ATTEMPT_CODES.get('session_end') as number
export const SESSION_MOVE_CODE = ATTEMPT_CODES.get('session_move') as number

/** Writes an attempt but for its user and day, which the log that holds the row knows. */
export function writeAttempt(writer: ByteWriter, attempt: Attempt, vocabulary: Vocabulary): void {
  const { event, line } = attempt
  const groups = groupsOf(event.sourceAddress)
  writer.u8(
    (ATTEMPT_CODES.get(event.attempt) as number) |
      ((DECIDES_CODE.get(event.decides) as number) << 4) |
      (event.resolutionMs === 1000 ? SECOND_BIT : 0) |
      (groups === null ? 0 : IPV6_BIT),
  )
  const hasRaw = event.userRaw !== event.userName
  const hasName = event.userName !== event.userKey
  writer.u8(
    (event.sessionId === '' ? 0 : HAS_SESSION) |
      (event.deviceId === '' ? 0 : HAS_DEVICE) |
      (hasRaw ? HAS_RAW : 0) |
      (hasName ? HAS_NAME : 0) |
      (event.durationS < 0 ? 0 : HAS_DURATION) |
      ((OUTCOME_CODE.get(event.outcome) as number) << 5),
  )
  const { timestampMs } = event
  writer.u32(timestampMs - Math.floor(timestampMs / DAY_MS) * DAY_MS)
  writer.u32(vocabulary.placeIdOf(attempt.place))
  writer.u32(vocabulary.originIdOf(attempt))
  writer.u48(line.number)
  writer.hex(attempt.id, ID_BYTES)
  writer.hex(attempt.rawSha256, 32)
  writeAddress(writer, event.sourceAddress, groups)
  if (event.sessionId !== '') writer.text(event.sessionId)
  if (event.deviceId !== '') writer.text(event.deviceId)
  if (hasRaw) writer.text(event.userRaw)
  if (hasName) writer.text(event.userName)
  if (event.durationS >= 0) writer.u32(event.durationS)
}

/** The groups of an IPv6 address, or null for an IPv4 one. */
export function groupsOf(address: string): number[] | null {
  return address.includes(':') ? ipv6GroupsOf(address) : null
}

/** Writes 4 or 16 bytes; which of both must be known to who reads. */
export function writeAddress(
  writer: ByteWriter,
  address: string,
  groups: readonly number[] | null,
): void {
  if (groups === null) writer.u32(ipv4ValueOf(address))
  else {
    for (const group of groups) {
      writer.u8(group)
      writer.u8(group >>> 8)
    }
  }
}

export function readAddress(reader: ByteReader, isIpv6: boolean): string {
  return isIpv6 ? ipv6Of(reader) : ipv4TextOf(reader.u32())
}

/** Reads an attempt that `writeAttempt` wrote. */
export function readAttempt(
  reader: ByteReader,
  day: number,
  userKey: string,
  vocabulary: Vocabulary,
): Attempt {
  const kind = reader.u8()
  const flags = reader.u8()
  const timestampMs = dayStartMs(day) + reader.u32()
  const place = vocabulary.places.value(reader.u32())
  const { path, vendor, gateway, gatewaySerial, realm, userAgent, userDomain } =
    vocabulary.origins.value(reader.u32())
  const number = reader.u48()
  const id = reader.hex(ID_BYTES)
  const rawSha256 = reader.hex(32)
  const sourceAddress = readAddress(reader, (kind & IPV6_BIT) !== 0)
  const sessionId = (flags & HAS_SESSION) === 0 ? '' : reader.text()
  const deviceId = (flags & HAS_DEVICE) === 0 ? '' : reader.text()
  const raw = (flags & HAS_RAW) === 0 ? null : reader.text()
  const userName = (flags & HAS_NAME) === 0 ? userKey : reader.text()
  const durationS = (flags & HAS_DURATION) === 0 ? -1 : reader.u32()
  return {
    id,
    event: {
      timestampMs,
      resolutionMs: (kind & SECOND_BIT) === 0 ? 1 : 1000,
      vendor,
      outcome: OUTCOMES[flags >>> 5] as EventOutcome,
      attempt: ATTEMPT_NAMES[kind & 15] as AttemptOutcome,
      userRaw: raw ?? userName,
      userName,
      userDomain,
      userKey,
      realm,
      sourceAddress,
      gateway,
      gatewaySerial,
      sessionId,
      userAgent,
      deviceId,
      decides: DECIDES[(kind >>> 4) & 3] as DecidesRank,
      durationS,
    },
    prefix: prefixOf(sourceAddress),
    place,
    line: { path, number },
    rawSha256,
  }
}

function ipv6Of(reader: ByteReader): string {
  const groups = Array.from({ length: 8 }, () => reader.u8() | (reader.u8() << 8))
  return ipv6TextOf(groups)
}

/** A row read where it lies, field by field, without making an attempt of it. */
export const AttemptRow = {
  /** One of the codes above. */
  attemptCode: (page: Buffer, at: number): number => (page[at + KIND_AT] as number) & 15,
  /** Never says that the line counts as a login. */
  isNoLogin: (page: Buffer, at: number): boolean => ((page[at + KIND_AT] as number) & 48) === 0,
  isFailure: (page: Buffer, at: number): boolean => (page[at + FLAGS_AT] as number) >>> 5 === 2,
  hasSession: (page: Buffer, at: number): boolean =>
    ((page[at + FLAGS_AT] as number) & HAS_SESSION) !== 0,
  hasDevice: (page: Buffer, at: number): boolean =>
    ((page[at + FLAGS_AT] as number) & HAS_DEVICE) !== 0,
  msOfDay: (page: Buffer, at: number): number => page.readUInt32LE(at + TIME_AT),
  placeId: (page: Buffer, at: number): number => page.readUInt32LE(at + PLACE_AT),
  originId: (page: Buffer, at: number): number => page.readUInt32LE(at + ORIGIN_AT),
  prefixKey(page: Buffer, at: number): number {
    const address = at + ADDRESS_AT
    if (((page[at + KIND_AT] as number) & IPV6_BIT) === 0) return page.readUInt32LE(address) >>> 8
    const high = page.readUInt16LE(address) * 2 ** 32
    return 2 ** 48 + high + page.readUInt16LE(address + 2) * 65_536 + page.readUInt16LE(address + 4)
  },
  /** The device that the line names; null when it must be read in full, because a text is long. */
  deviceId(page: Buffer, at: number): string | null {
    let text = at + AttemptRow.textsAt(page, at)
    if (AttemptRow.hasSession(page, at)) {
      if ((page[text] as number) > 127) return null
      text += 1 + (page[text] as number)
    }
    const length = page[text] as number
    return length > 127 ? null : page.toString('utf8', text + 1, text + 1 + length)
  },
  textsAt: (page: Buffer, at: number): number =>
    ADDRESS_AT + (((page[at + KIND_AT] as number) & IPV6_BIT) === 0 ? 4 : 16),
  address(page: Buffer, at: number): string {
    const start = at + ADDRESS_AT
    if (((page[at + KIND_AT] as number) & IPV6_BIT) === 0) {
      return ipv4TextOf(page.readUInt32LE(start))
    }
    return ipv6TextOf(Array.from({ length: 8 }, (_, i) => page.readUInt16LE(start + 2 * i)))
  },
  id: (page: Buffer, at: number): string => page.toString('hex', at + ID_AT, at + ID_AT + ID_BYTES),
  rawSha256: (page: Buffer, at: number): string =>
    page.toString('hex', at + SHA_AT, at + SHA_AT + 32),
  /** Compares the id of a row in `page` with the one being written in `bytes`. */
  isSameId(page: Buffer, at: number, bytes: Buffer): boolean {
    for (let i = 0; i < ID_BYTES; i++) if (page[at + ID_AT + i] !== bytes[ID_AT + i]) return false
    return true
  },
} as const

/** The source network of an attempt's address, as a number. */
export function prefixKeyOfAttempt({ event }: Attempt): number {
  return prefixKeyOf(event.sourceAddress)
}
