import { VALUE_BYTES_MAX } from '../limits.ts'
import { decodedOf } from '../text/decoded-text.ts'

/**
 * Where the texts of a record begin in the text of their line; they are parts of it as they are, so that they end
 * where their length says. -1 where a line has no such text.
 */
export interface PulseStarts {
  readonly time: number
  readonly node: number
  readonly virtualSystem: number
  readonly user: number
  readonly realm: number
  readonly roles: number
  readonly sessionId: number
  readonly address: number
  readonly userAgent: number
  readonly code: number
  readonly message: number
}

/** A Pulse Secure line taken apart, whatever its form; texts as logged (one character a byte), absent ones `''`. */
export interface PulseRecord {
  /** Local time of the line as milliseconds since 1970-01-01 00:00 on the same clock. */
  readonly wallMs: number
  /** The appliance's own name, `''` in forms that do not write it. */
  readonly node: string
  readonly virtualSystem: string
  readonly user: string
  readonly realm: string
  readonly roles: string
  /** The short id that 22.x adds. */
  readonly sessionId: string
  readonly address: string
  readonly userAgent: string
  /** `AUT24414`, or `''` in forms that carry none. */
  readonly code: string
  readonly message: string
  /** The message before it was cut to its limit, not decoded; left out where that was not necessary. */
  readonly uncutMessage?: string
  readonly starts: PulseStarts
}

/**
 * What a line may mean, from left to right: several readings when a text that somebody typed imitates the vendor's own.
 * None when the line is too damaged to be read.
 */
export type PulseReadings = readonly PulseRecord[]

/** Reads one form from where the body begins; null when the text is not of this form. */
export type PulseFormReader = (text: string, at: number) => PulseReadings | null

/** Places where the message of a line may begin that are weighed (`pulse-secure/places.ts`); more are a flood. */
export const READINGS_MAX = 16

/** True for a line that the device writes as its own: whom it is about stands in the message. */
export function isSystemLine({ user }: PulseRecord): boolean {
  return user === '' || user === 'System'
}

/** True for what a column of addresses may hold: an address, or nothing. */
export function isAddressText(text: string): boolean {
  return /^[0-9a-fA-F.:]{0,45}$/.test(text)
}

/** A record with its UTF-8 decoded and its texts within their limit, and whether anything had to be repaired. */
export function decodedRecordOf(record: PulseRecord): { record: PulseRecord; damaged: boolean } {
  let isDamaged = false
  const decode = (latin1: string): string => {
    const { text, damaged } = decodedOf(latin1.slice(0, VALUE_BYTES_MAX))
    if (damaged || latin1.length > VALUE_BYTES_MAX) isDamaged = true
    return text
  }
  const isCut = record.message.length > VALUE_BYTES_MAX
  const decoded = {
    wallMs: record.wallMs,
    node: decode(record.node),
    virtualSystem: decode(record.virtualSystem),
    user: decode(record.user),
    realm: decode(record.realm),
    roles: decode(record.roles),
    sessionId: decode(record.sessionId),
    address: decode(record.address),
    userAgent: decode(record.userAgent),
    code: record.code,
    message: decode(record.message),
    ...(isCut ? { uncutMessage: record.message } : {}),
    starts: record.starts,
  }
  return { record: decoded, damaged: isDamaged }
}
