import { type AnnotatedAttempt, dayStartMs, type VouchedLogin } from '@sekisho/detect'
import type { AttemptOutcome } from '@sekisho/event'
import { OrdinaryLogin } from './ordinary-login.ts'
import {
  ATTEMPT_CODES,
  ATTEMPT_NAMES,
  groupsOf,
  readAddress,
  readAttempt,
  writeAddress,
  writeAttempt,
} from './store/attempt-row.ts'
import type { BytePage } from './store/byte-page.ts'
import type { ByteReader, ByteWriter } from './store/bytes.ts'
import { prefixKeyOf, prefixTextOf } from './store/prefix-key.ts'
import type { Vocabulary } from './store/vocabulary.ts'

/** Of a vouched login, beside its time: the address is IPv6. */
const IPV6_BIT = 1 << 30

/**
 * Kinds of attempts at a source network, and at the same time the pools that must not crowd each other out of a pane:
 * people who belong there and failed, strangers who got in or knew the password, and everybody else. No flood of the last
 * hides the others.
 */
export const ROW = { vouchedFailure: 1, stranger: 2, other: 3 } as const

/** Beside the kind: the user was under attack, it is a login and not a failure, the network is a mobile carrier's. */
const KIND_BITS = 3
const ATTACKED_BIT = 8
const SUCCESS_BIT = 16
const MOBILE_BIT = 32

/** Words before the user: kind and time. */
const HEAD_WORDS = 2

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

/** Writes kind and time of day, then the user, then what else there is, from a whole word on. */
function writeHead(writer: ByteWriter, kind: number, msOfDay: number, userKey: string): void {
  writer.word(kind)
  writer.word(msOfDay)
  writer.text(userKey)
  writer.align()
}

export function writeVouchedLogin(writer: ByteWriter, login: VouchedLogin, day: number): void {
  const msOfDay = login.timestampMs - dayStartMs(day)
  if (login instanceof OrdinaryLogin) {
    writer.word(msOfDay | (login.isIpv6 ? IPV6_BIT : 0))
    login.write(writer)
    return
  }
  const groups = groupsOf(login.address)
  writer.word(msOfDay | (groups === null ? 0 : IPV6_BIT))
  writeAddress(writer, login.address, groups)
  writer.text(login.userKey)
}

export function readVouchedLogin(reader: ByteReader, day: number): VouchedLogin {
  const head = reader.word()
  const timestampMs = dayStartMs(day) + (head & ~IPV6_BIT)
  const address = readAddress(reader, (head & IPV6_BIT) !== 0)
  return { userKey: reader.text(), address, timestampMs }
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
  reader.at += 4 * HEAD_WORDS
  const userKey = reader.text()
  reader.align()
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
  kind: ({ words }: BytePage, at: number): number => (words[at >>> 2] as number) & KIND_BITS,
  isAttacked: ({ words }: BytePage, at: number): boolean =>
    ((words[at >>> 2] as number) & ATTACKED_BIT) !== 0,
  isSuccess: ({ words }: BytePage, at: number): boolean =>
    ((words[at >>> 2] as number) & SUCCESS_BIT) !== 0,
  isMobile: ({ words }: BytePage, at: number): boolean =>
    ((words[at >>> 2] as number) & MOBILE_BIT) !== 0,
  msOfDay: ({ words }: BytePage, at: number): number => words[(at >>> 2) + 1] as number,
  /** Where the text of the user begins, after which, at a whole word, the rest stands. */
  userAt: 4 * HEAD_WORDS,
} as const
