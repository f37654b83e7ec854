import { createHash } from 'node:crypto'

/** Whence somebody comes: a client address that the databases know, and how it was chosen. */
export interface Client {
  readonly address: string
  readonly country: string
}

const client = (address: string, country: string): Client => ({ address, country })

// Documentation addresses (RFC 5737) have no place, so the examples use addresses of internet providers, as samples/
// does. They were picked by organisation and place only; nothing told here happened at any of them.
/** Home lines of four people in and around Tokyo. */
export const HOMES: readonly Client[] = [
  client('219.164.158.82', 'Japan'),
  client('159.28.128.60', 'Japan'),
  client('116.64.248.116', 'Japan'),
  client('118.109.92.48', 'Japan'),
]
export const AMSTERDAM_HOSTING = client('178.62.192.84', 'Netherlands')
export const LONDON_HOSTING = client('51.89.129.33', 'United Kingdom')
export const BUCHAREST_HOME = client('86.121.170.174', 'Romania')
export const CHICAGO_HOME = client('50.240.159.183', 'United States')
/** Home lines in six countries. */
export const HOMES_ABROAD: readonly Client[] = [
  client('117.0.205.149', 'Viet Nam'),
  client('62.248.75.35', 'Turkey'),
  client('187.66.20.96', 'Brazil'),
  client('187.145.133.165', 'Mexico'),
  client('110.136.6.154', 'Indonesia'),
  client('31.50.154.110', 'United Kingdom'),
]

const FIRST_DAY_MS = Date.UTC(2026, 4, 4)
const DAY_MS = 86_400_000
const JAPAN_MS = 9 * 3_600_000

/** Epoch ms of `09:10` or `09:10:30` by the clocks of Japan on the n-th day of an example, from 0 (4 May 2026). */
export function at(day: number, time: string): number {
  const [hours = '0', minutes = '0', seconds = '0'] = time.split(':')
  const secondOfDay = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return FIRST_DAY_MS + day * DAY_MS + secondOfDay * 1000 - JAPAN_MS
}

/** A line and when it was written. */
export interface TimedLine {
  readonly timeMs: number
  readonly line: string
}

/** `2026-05-04 09:10:00` by the clocks of Japan. */
function localTextOf(timeMs: number): readonly [string, string] {
  const [date = '', time = ''] = new Date(timeMs + JAPAN_MS).toISOString().split('T')
  return [date, time.slice(0, 8)]
}

/** A number that stays the same for one session, as gateways count their tunnels. */
function tunnelIdOf(user: string, session: string): number {
  return createHash('sha256').update(`${user}/${session}`).digest().readUInt32BE() >>> 1
}

function fortigate(timeMs: number, logid: string, from: Client, rest: string): TimedLine {
  const [date, time] = localTextOf(timeMs)
  const head = `date=${date} time=${time} devname="fgt-01" devid="FG200FTK26000001" eventtime=${timeMs}000000 tz="+0900"`
  const middle = `logid="${logid}" type="event" subtype="vpn" level="information" vd="root"`
  return {
    timeMs,
    line: `<189>${head} ${middle} remip=${from.address} srccountry="${from.country}" ${rest}`,
  }
}

/** A login at the FortiGate gateway; `session` tells the user's sessions apart. */
export function login(user: string, from: Client, timeMs: number, session = ''): TimedLine {
  const id = tunnelIdOf(user, session === '' ? String(timeMs) : session)
  return fortigate(
    timeMs,
    '0101039424',
    from,
    `action="tunnel-up" tunneltype="ssl-web" tunnelid=${id} user="${user}" group="VPN-Staff" reason="login successfully" msg="SSL tunnel established"`,
  )
}

/** The end of a session that `login` began. */
export function logout(
  user: string,
  from: Client,
  timeMs: number,
  session: string,
  durationS: number,
): TimedLine {
  return fortigate(
    timeMs,
    '0101039425',
    from,
    `action="tunnel-down" tunneltype="ssl-web" tunnelid=${tunnelIdOf(user, session)} user="${user}" group="VPN-Staff" duration=${durationS} reason="N/A" msg="SSL tunnel shutdown"`,
  )
}

/** A wrong password, or a name that the FortiGate gateway does not have. */
export function refused(user: string, from: Client, timeMs: number, isUnknown = false): TimedLine {
  const reason = isUnknown ? 'sslvpn_login_unknown_user' : 'sslvpn_login_permission_denied'
  return fortigate(
    timeMs,
    '0101039426',
    from,
    `action="ssl-login-fail" tunneltype="ssl-web" tunnelid=0 user="${user}" group="N/A" reason="${reason}" msg="SSL user failed to logged in"`,
  )
}

function pulse(timeMs: number, user: string, from: string, shortId: string, text: string) {
  const [date, time] = localTextOf(timeMs)
  const roles = shortId === '' ? '[]' : `[Staff, VPN Full][${shortId}]`
  const body = `${date} ${time} - pcs-01 - [${from}] Default Network::${user}(Employees)${roles} - ${text}`
  return { timeMs, line: `<134>1 ${date}T${time}+09:00 pcs-01 PulseSecure: - - - ${body}` }
}

/** A login at the Pulse gateway, whose session is known by a short id. */
export function pulseLogin(
  user: string,
  { address }: Client,
  timeMs: number,
  shortId: string,
): TimedLine {
  const agent = 'Pulse-Secure/22.7.4.30859 (Windows 11) Pulse/22.7.4.30859'
  const text = `Agent login succeeded for ${user}/Employees from ${address} with ${agent}.`
  return pulse(timeMs, user, address, shortId, text)
}

/** The Pulse gateway sees a session at another address. */
export function pulseMove(
  user: string,
  from: Client,
  to: Client,
  timeMs: number,
  shortId: string,
): TimedLine {
  const text = `Remote address for user ${user}/Employees changed from ${from.address} to ${to.address}.`
  return pulse(timeMs, user, from.address, shortId, text)
}

/** The Pulse gateway took the password and refused the code. */
export function pulseCodeRefused(user: string, { address }: Client, timeMs: number): TimedLine {
  const text = `Login failed for 'Secondary' authentication using auth server 'OTP-1' ('Time based One-Time Password (TOTP) Server'). Reason: 'Failed'`
  return pulse(timeMs, user, address, '', text)
}
