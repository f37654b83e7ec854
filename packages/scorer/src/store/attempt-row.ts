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
import type { BytePage } from './byte-page.ts'
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

/** Bits of a row's first word: the kind, then the flags, then the high half of the line number. */
const FLAGS_SHIFT = 8
const NUMBER_SHIFT = 16

/** Words where fields stand in a row's payload. */
const TIME_WORD = 1
const PLACE_WORD = 2
const ORIGIN_WORD = 3
const ID_WORD = 5
const SHA_WORD = 9
const ADDRESS_WORD = 17

/** Words of an event id and of a SHA-256. */
const ID_WORDS = 4
const SHA_WORDS = 8

export const SUCCESS_CODE = ATTEMPT_CODES.get('success') as number
export const BAD_CREDENTIAL_CODE = ATTEMPT_CODES.get('bad_credential') as number
export const SESSION_START_CODE = ATTEMPT_CODES.get('session_start') as number
export const SESSION_END_CODE = ATTEMPT_CODES.get('session_end') as number
export const SESSION_MOVE_CODE = ATTEMPT_CODES.get('session_move') as number

/** Writes an attempt, from a whole word on, but for its user and day, which the log that holds the row knows. */
export function writeAttempt(writer: ByteWriter, attempt: Attempt, vocabulary: Vocabulary): void {
  const { event, line } = attempt
  const groups = groupsOf(event.sourceAddress)
  const kind =
    (ATTEMPT_CODES.get(event.attempt) as number) |
    ((DECIDES_CODE.get(event.decides) as number) << 4) |
    (event.resolutionMs === 1000 ? SECOND_BIT : 0) |
    (groups === null ? 0 : IPV6_BIT)
  const hasRaw = event.userRaw !== event.userName
  const hasName = event.userName !== event.userKey
  const flags =
    (event.sessionId === '' ? 0 : HAS_SESSION) |
    (event.deviceId === '' ? 0 : HAS_DEVICE) |
    (hasRaw ? HAS_RAW : 0) |
    (hasName ? HAS_NAME : 0) |
    (event.durationS < 0 ? 0 : HAS_DURATION) |
    ((OUTCOME_CODE.get(event.outcome) as number) << 5)
  const { timestampMs } = event
  writer.word(
    kind | (flags << FLAGS_SHIFT) | (Math.floor(line.number / 4294967296) << NUMBER_SHIFT),
  )
  writer.word(timestampMs - Math.floor(timestampMs / DAY_MS) * DAY_MS)
  writer.word(vocabulary.placeIdOf(attempt.place))
  writer.word(vocabulary.originIdOf(attempt))
  writer.word(line.number | 0)
  writer.hexWords(attempt.id, ID_WORDS)
  writer.hexWords(attempt.rawSha256, SHA_WORDS)
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

/** Writes 1 or 4 words; which of both must be known to who reads. */
export function writeAddress(
  writer: ByteWriter,
  address: string,
  groups: readonly number[] | null,
): void {
  if (groups === null) writer.word(ipv4ValueOf(address))
  else {
    for (let i = 0; i < 8; i += 2) {
      writer.word((groups[i] as number) | ((groups[i + 1] as number) << 16))
    }
  }
}

export function readAddress(reader: ByteReader, isIpv6: boolean): string {
  if (!isIpv6) return ipv4TextOf(reader.word() >>> 0)
  return ipv6TextOf([0, 1, 2, 3].flatMap(() => halvesOf(reader.word())))
}

function halvesOf(word: number): [number, number] {
  return [word & 0xffff, word >>> 16]
}

/** Reads an attempt that `writeAttempt` wrote. */
export function readAttempt(
  reader: ByteReader,
  day: number,
  userKey: string,
  vocabulary: Vocabulary,
): Attempt {
  const first = reader.word()
  const kind = first & 255
  const flags = (first >>> FLAGS_SHIFT) & 255
  const timestampMs = dayStartMs(day) + reader.word()
  const place = vocabulary.places.value(reader.word())
  const { path, vendor, gateway, gatewaySerial, realm, userAgent, userDomain } =
    vocabulary.origins.value(reader.word())
  const number = (reader.word() >>> 0) + (first >>> NUMBER_SHIFT) * 4294967296
  const id = reader.hex(4 * ID_WORDS)
  const rawSha256 = reader.hex(4 * SHA_WORDS)
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

/** A row read where it lies, field by field, without making an attempt of it. `at` is a multiple of 4. */
export const AttemptRow = {
  /** One of the codes above. */
  attemptCode: (page: BytePage, at: number): number => firstWord(page, at) & 15,
  /** Never says that the line counts as a login. */
  isNoLogin: (page: BytePage, at: number): boolean => (firstWord(page, at) & 48) === 0,
  isFailure: (page: BytePage, at: number): boolean =>
    ((firstWord(page, at) >>> (FLAGS_SHIFT + 5)) & 7) === 2,
  hasSession: (page: BytePage, at: number): boolean =>
    (firstWord(page, at) & (HAS_SESSION << FLAGS_SHIFT)) !== 0,
  hasDevice: (page: BytePage, at: number): boolean =>
    (firstWord(page, at) & (HAS_DEVICE << FLAGS_SHIFT)) !== 0,
  msOfDay: (page: BytePage, at: number): number => wordOf(page, at, TIME_WORD),
  placeId: (page: BytePage, at: number): number => wordOf(page, at, PLACE_WORD),
  originId: (page: BytePage, at: number): number => wordOf(page, at, ORIGIN_WORD),
  prefixKey(page: BytePage, at: number): number {
    const word = wordOf(page, at, ADDRESS_WORD)
    if (!isIpv6(page, at)) return word >>> 8
    const [high, middle] = halvesOf(word)
    const [low] = halvesOf(wordOf(page, at, ADDRESS_WORD + 1))
    return 2 ** 48 + high * 2 ** 32 + middle * 65_536 + low
  },
  /** The device that the line names; null when it must be read in full, because a text is long. */
  deviceId(page: BytePage, at: number): string | null {
    const { bytes } = page
    let text = at + 4 * (ADDRESS_WORD + (isIpv6(page, at) ? 4 : 1))
    if (AttemptRow.hasSession(page, at)) {
      if ((bytes[text] as number) > 127) return null
      text += 1 + (bytes[text] as number)
    }
    const length = bytes[text] as number
    return length > 127 ? null : bytes.toString('utf8', text + 1, text + 1 + length)
  },
  isIpv6,
  /** Writes the address as `writeAddress` does. */
  copyAddress(page: BytePage, at: number, writer: ByteWriter): void {
    const words = isIpv6(page, at) ? 4 : 1
    for (let i = 0; i < words; i++) writer.word(wordOf(page, at, ADDRESS_WORD + i))
  },
  address(page: BytePage, at: number): string {
    if (!isIpv6(page, at)) return ipv4TextOf(wordOf(page, at, ADDRESS_WORD) >>> 0)
    return ipv6TextOf([0, 1, 2, 3].flatMap((i) => halvesOf(wordOf(page, at, ADDRESS_WORD + i))))
  },
  id: ({ bytes }: BytePage, at: number): string =>
    bytes.toString('hex', at + 4 * ID_WORD, at + 4 * (ID_WORD + ID_WORDS)),
  rawSha256: ({ bytes }: BytePage, at: number): string =>
    bytes.toString('hex', at + 4 * SHA_WORD, at + 4 * (SHA_WORD + SHA_WORDS)),
  /** Compares the ids of two rows. */
  isSameId({ words: a }: BytePage, at: number, { words: b }: BytePage, otherAt: number): boolean {
    const [first, other] = [(at >>> 2) + ID_WORD, (otherAt >>> 2) + ID_WORD]
    for (let i = 0; i < ID_WORDS; i++) if (a[first + i] !== b[other + i]) return false
    return true
  },
} as const

function wordOf({ words }: BytePage, at: number, word: number): number {
  return words[(at >>> 2) + word] as number
}

function firstWord({ words }: BytePage, at: number): number {
  return words[at >>> 2] as number
}

function isIpv6(page: BytePage, at: number): boolean {
  return (firstWord(page, at) & IPV6_BIT) !== 0
}

/** The source network of an attempt's address, as a number. */
export function prefixKeyOfAttempt({ event }: Attempt): number {
  return prefixKeyOf(event.sourceAddress)
}
