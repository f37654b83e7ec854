/**
 * A small file of our own in the schema of the RBA data set. Everything in it is invented: users, days and user agents;
 * addresses are of the ranges for benchmarks and private use (RFC 2544, RFC 1918).
 */
export const HEADER =
  'index,Login Timestamp,User ID,Round-Trip Time [ms],IP Address,Country,Region,City,ASN,User Agent String,Browser Name and Version,OS Name and Version,Device Type,Login Successful,Is Attack IP,Is Account Takeover'

/** Operators by number: two of home lines, one that rents servers, one that stands for another. */
const HOME = [29695, 2119]
const SERVERS = 14061
const PLACEHOLDER = 500123

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:72.0) Gecko/20100101 Firefox/72.0'
/** With a comma and quotes, so that the field has to be quoted. */
const PHONE = 'Mozilla/5.0 (iPhone; "Own", like Mac OS X) Version/13.0 Mobile Safari/604.1'

export interface Login {
  readonly day: number
  /** `07:10:00`. */
  readonly time: string
  readonly user: string
  readonly address: string
  readonly country?: string
  readonly asn?: number
  readonly userAgent?: string
  readonly isSuccess?: boolean
  readonly isAttackIp?: boolean
  readonly isTakeover?: boolean
}

const quoted = (text: string): string =>
  /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

const word = (truth: boolean): string => (truth ? 'True' : 'False')

/** A row as the data set writes it, without its end. */
export function rowOf(index: number, login: Login): string {
  const { country = 'NO', asn = 29695, userAgent = FIREFOX } = login
  const date = new Date(Date.UTC(2020, 1, 3 + login.day)).toISOString().slice(0, 10)
  const fields = [
    ...[String(index), `${date} ${login.time}.772`, login.user, '', login.address, country],
    ...['-', '-', String(asn), userAgent, 'Firefox 72.0', 'Linux', 'desktop'],
    word(login.isSuccess ?? true),
    word(login.isAttackIp ?? false),
    word(login.isTakeover ?? false),
  ]
  return fields.map(quoted).join(',')
}

export const userOf = (n: number): string => String(-4_324_475_583_306_591_000n - BigInt(n))

const minutes = (n: number): string => String(n).padStart(2, '0')

/** Twelve people at home for sixteen days. */
function workdays(): Login[] {
  return Array.from({ length: 16 }, (_, day) =>
    Array.from({ length: 12 }, (_, n) => ({
      day,
      time: `07:${minutes(n * 3)}:00`,
      user: userOf(n),
      address: n === 11 ? '10.3.11.9' : `198.18.${n}.${20 + day}`,
      asn: n === 11 ? PLACEHOLDER : (HOME[n % 2] as number),
      userAgent: n % 2 === 0 ? FIREFOX : PHONE,
    })),
  ).flat()
}

const rented = { asn: SERVERS, country: 'NL' }

/** A list from one server: known names and unknown ones; on the twelfth day one pair of it works. */
function list(day: number, address: string, taken: number | null): Login[] {
  const failures = Array.from({ length: 9 }, (_, i) => ({
    ...rented,
    day,
    time: `03:${minutes(i)}:00`,
    user: i < 4 ? userOf(i) : String(900_000 + 100 * day + i),
    address,
    isSuccess: false,
    isAttackIp: true,
  }))
  if (taken === null) return failures
  const success = { ...rented, day, time: '03:12:00', user: userOf(taken), address }
  return [...failures, { ...success, isAttackIp: true, isTakeover: true }]
}

/** Every login of the file, by time. */
export function ownLogins(): Login[] {
  const logins: Login[] = [
    ...workdays(),
    ...list(10, '198.19.30.7', null),
    ...list(12, '198.19.7.7', 5),
    // A stolen pair that needs no guessing.
    {
      ...rented,
      ...{ day: 13, time: '02:20:00', user: userOf(3), address: '198.19.9.9', isTakeover: true },
      isAttackIp: true,
    },
    // A thief on a line of the victim's own operator, at the usual hour: nobody can see him.
    { day: 14, time: '07:59:00', user: userOf(6), address: '198.18.200.4', isTakeover: true },
    // The owner himself, who rented a server.
    { ...rented, day: 14, time: '02:40:00', user: userOf(9), address: '198.19.20.4' },
  ]
  const keyOf = ({ day, time }: Login): string => `${String(day).padStart(2, '0')} ${time}`
  return logins.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

/** The file: a header, the logins, and rows at the end that cannot be used. */
export function ownSmallCsv(): string {
  const rows = ownLogins().map((login, index) => rowOf(index, login))
  const good: Login = { day: 15, time: '09:00:00', user: userOf(0), address: '198.18.0.20' }
  const bad = [
    rowOf(9001, good).replace('2020-02-18', '2020-02-31'),
    rowOf(9002, { ...good, user: '' }),
    rowOf(9003, { ...good, address: '198.18.0' }),
    rowOf(9004, good).replace(',29695,', ',AS29695,'),
    rowOf(9005, good).replace(/False$/, '?'),
    `${rowOf(9006, good)},one field more`,
    rowOf(9007, good).replace(',desktop', ''),
    rowOf(9008, { ...good, day: 3 }),
  ]
  return `${[HEADER, ...rows, ...bad].join('\n')}\n`
}
