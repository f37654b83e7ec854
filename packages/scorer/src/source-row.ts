import { type AnnotatedAttempt, dayStartMs, type VouchedLogin } from '@sekisho/detect'
import type { AttemptOutcome } from '@sekisho/event'
import {
  ATTEMPT_CODES,
  ATTEMPT_NAMES,
  groupsOf,
  readAddress,
  readAttempt,
  writeAddress,
  writeAttempt,
} from './store/attempt-row.ts'
import type { ByteReader, ByteWriter } from './store/bytes.ts'
import { prefixKeyOf, prefixTextOf } from './store/prefix-key.ts'
import type { Vocabulary } from './store/vocabulary.ts'

/**
 * Kinds of rows at a source network, and at the same time the pools that must not crowd each other out of a pane: people
 * who belong there (vouched logins and failures), strangers who got in or knew the password, and everybody else. No flood
 * of the last hides the others, and no rush hour of the first hides the strangers.
 */
export const ROW = { vouchedLogin: 0, vouchedFailure: 1, stranger: 2, other: 3 } as const

/**
 * Beside the kind: the address is IPv6 (of vouched logins); of all else that the user was under attack, that it is a login
 * and not a failure, and that the network is a mobile carrier's.
 */
const KIND_BITS = 3
const IPV6_BIT = 4
const ATTACKED_BIT = 8
const SUCCESS_BIT = 16
const MOBILE_BIT = 32

const FLAGS = [
  'isVouched',
  'knowsAsn',
  'knowsCountry',
  'knowsDevice',
  'isKnown',
  'isPerson',
  'isHomeCountry',
  'isCold',
] as const

/** Writes kind and time of day, then the user, then what else there is. */
function writeHead(writer: ByteWriter, kind: number, msOfDay: number, userKey: string): void {
  writer.u8(kind)
  writer.u32(msOfDay)
  writer.text(userKey)
}

export function writeVouchedLogin(
  writer: ByteWriter,
  { userKey, address, timestampMs }: VouchedLogin,
  day: number,
): void {
  const groups = groupsOf(address)
  const kind = ROW.vouchedLogin | (groups === null ? 0 : IPV6_BIT)
  writeHead(writer, kind, timestampMs - dayStartMs(day), userKey)
  writeAddress(writer, address, groups)
}

export function readVouchedLogin(reader: ByteReader, day: number): VouchedLogin {
  const isIpv6 = (reader.u8() & IPV6_BIT) !== 0
  const timestampMs = dayStartMs(day) + reader.u32()
  const userKey = reader.text()
  return { userKey, address: readAddress(reader, isIpv6), timestampMs }
}

/** The kind of row that an annotated attempt is. */
export function rowKindOf({ outcome, isVouched }: AnnotatedAttempt): number {
  if (isVouched) return ROW.vouchedFailure
  return outcome === 'success' || outcome === 'mfa_denied' ? ROW.stranger : ROW.other
}

export function writeAnnotated(
  writer: ByteWriter,
  annotated: AnnotatedAttempt,
  day: number,
  vocabulary: Vocabulary,
): void {
  const { attempt, outcome, activeDays, vouchedPrefixes, bruteForce } = annotated
  const { timestampMs, userKey } = attempt.event
  const kind =
    rowKindOf(annotated) |
    (bruteForce === null ? 0 : ATTACKED_BIT) |
    (outcome === 'success' ? SUCCESS_BIT : 0) |
    (attempt.place.networkClass === 'mobile' ? MOBILE_BIT : 0)
  writeHead(writer, kind, timestampMs - dayStartMs(day), userKey)
  writeAttempt(writer, attempt, vocabulary)
  writer.u8(ATTEMPT_CODES.get(outcome) as number)
  writer.u8(FLAGS.reduce((bits, flag, i) => bits | (annotated[flag] ? 1 << i : 0), 0))
  writer.varint(activeDays)
  writer.u8(vouchedPrefixes.length)
  for (const prefix of vouchedPrefixes) writer.u56(prefixKeyOf(prefix))
  writer.text(bruteForce === null ? '' : JSON.stringify(bruteForce))
}

export function readAnnotated(
  reader: ByteReader,
  day: number,
  vocabulary: Vocabulary,
): AnnotatedAttempt {
  reader.u8()
  reader.u32()
  const userKey = reader.text()
  const attempt = readAttempt(reader, day, userKey, vocabulary)
  const outcome = ATTEMPT_NAMES[reader.u8()] as AttemptOutcome
  const bits = reader.u8()
  const flags = Object.fromEntries(FLAGS.map((flag, i) => [flag, (bits & (1 << i)) !== 0]))
  const activeDays = reader.varint()
  const prefixes = reader.u8()
  const vouchedPrefixes = Array.from({ length: prefixes }, () => prefixTextOf(reader.u56()))
  const context = reader.text()
  return {
    ...(flags as Record<(typeof FLAGS)[number], boolean>),
    attempt,
    outcome,
    activeDays,
    vouchedPrefixes,
    bruteForce: context === '' ? null : JSON.parse(context),
  }
}

/** The head of a row, read where it lies. */
export const SourceRow = {
  kind: (page: Buffer, at: number): number => (page[at] as number) & KIND_BITS,
  isAttacked: (page: Buffer, at: number): boolean => ((page[at] as number) & ATTACKED_BIT) !== 0,
  isSuccess: (page: Buffer, at: number): boolean => ((page[at] as number) & SUCCESS_BIT) !== 0,
  isMobile: (page: Buffer, at: number): boolean => ((page[at] as number) & MOBILE_BIT) !== 0,
  msOfDay: (page: Buffer, at: number): number => page.readUInt32LE(at + 1),
  /** Where the text of the user begins, after which the rest stands. */
  userAt: 5,
} as const
