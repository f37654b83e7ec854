import { canonicalAddressOf } from '@sekisho/event'

/**
 * Columns of the RBA data set, "Login Data Set for Risk-Based Authentication" (Wiefling, Jørgensen, Thunem and Lo
 * Iacono 2022, doi 10.1145/3546069; https://github.com/das-group/rba-dataset, CC BY 4.0), that are read. Round-trip time
 * (mostly empty), region and city (not related to each other), browser, system and device (parts of the user agent)
 * are not.
 */
export const RBA_COLUMNS = {
  time: 'Login Timestamp',
  user: 'User ID',
  address: 'IP Address',
  country: 'Country',
  asn: 'ASN',
  userAgent: 'User Agent String',
  isSuccess: 'Login Successful',
  isAttackIp: 'Is Attack IP',
  isTakeover: 'Is Account Takeover',
} as const

type Column = keyof typeof RBA_COLUMNS

/** One row as the columns say it, by our names. */
export type RbaRecord = Readonly<Partial<Record<Column, string>>>

/** A login of the data set. */
export interface RbaRow {
  readonly timestampMs: number
  readonly user: string
  /** Canonical text. */
  readonly address: string
  /** ISO 3166 alpha-2, `''` when the row has none. */
  readonly country: string
  /** 0 when the row has none. */
  readonly asn: number
  readonly userAgent: string
  readonly isSuccess: boolean
  readonly isAttackIp: boolean
  readonly isTakeover: boolean
}

/** Why a row cannot be used. */
export type RbaRejection =
  | 'broken-row'
  | 'no-time'
  | 'no-user'
  | 'no-address'
  | 'no-network-number'
  | 'no-label'
  | 'day-out-of-order'

const USER_LENGTH_MAX = 64
const USER_AGENT_LENGTH_MAX = 1024

/** Reads the columns of a row; says what is wrong with the first that cannot be read. */
export function rbaRowOf(record: RbaRecord): RbaRow | RbaRejection {
  const timestampMs = timestampOf(record.time ?? '')
  if (timestampMs === null) return 'no-time'
  const user = record.user?.trim() ?? ''
  if (user === '' || user.length > USER_LENGTH_MAX) return 'no-user'
  const address = canonicalAddressOf(record.address?.trim() ?? '')
  if (address === '') return 'no-address'
  const asn = networkNumberOf(record.asn?.trim() ?? '')
  if (asn === null) return 'no-network-number'
  const isSuccess = truthOf(record.isSuccess)
  const isAttackIp = truthOf(record.isAttackIp)
  const isTakeover = truthOf(record.isTakeover)
  if (isSuccess === null || isAttackIp === null || isTakeover === null) return 'no-label'
  const country = record.country?.trim() ?? ''
  return {
    timestampMs,
    user,
    address,
    country: /^[A-Z]{2}$/.test(country) ? country : '',
    asn,
    userAgent: (record.userAgent ?? '').slice(0, USER_AGENT_LENGTH_MAX),
    isSuccess,
    isAttackIp,
    isTakeover,
  }
}

/** Epoch ms of `2020-02-03 12:43:30.772`, which is UTC; null for anything else, also a 31st of February. */
function timestampOf(text: string): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?$/.exec(text.trim())
  if (match === null) return null
  const [, date = '', time = '', fraction = ''] = match
  const wholeMs = Date.parse(`${date}T${time}Z`)
  if (Number.isNaN(wholeMs)) return null
  if (new Date(wholeMs).toISOString().slice(0, 19) !== `${date}T${time}`) return null
  return wholeMs + Number(fraction.padEnd(3, '0').slice(0, 3))
}

/** Also `29695.0`, as tables that had gaps in the column write it. */
function networkNumberOf(text: string): number | null {
  if (text === '') return 0
  if (!/^\d{1,10}(\.0)?$/.test(text)) return null
  const number = Number(text)
  return number < 2 ** 32 ? number : null
}

function truthOf(text: string | undefined): boolean | null {
  const word = text?.trim().toLowerCase()
  if (word === 'true') return true
  return word === 'false' ? false : null
}
