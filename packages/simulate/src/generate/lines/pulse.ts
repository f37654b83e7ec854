import { MINUTE_MS, SECOND_MS, timeText } from '../clock.ts'
import type { Journal, Origin } from '../delivery/journal.ts'
import type { Gateway } from '../organisation/gateway.ts'
import { hashOf, Random } from '../random.ts'
import type { FailureEvent, FailureOutcome, SessionEvent } from './events.ts'

const REALM = 'Employees'
const ROLES = ['Staff', 'VPN Full']
const SERVER = 'AD-Main'
const TOKENS = 'OTP-1'

/** Codes that WELF gives priority 4, warning. */
const WARNINGS = new Set(['AUT23457', 'AUT24327', 'AUT24604', 'AUT20920'])

/** What stands before a message. */
export interface PulseHead {
  readonly user: string
  readonly realm: string
  readonly roles: readonly string[]
  readonly shortId: string
  readonly address: string
  readonly agent: string
}

const NOBODY: PulseHead = {
  ...{ user: 'System', realm: '', roles: [], shortId: '', address: '127.0.0.1', agent: '' },
}

/** Adds a line of Ivanti Connect Secure 22 in the form of its gateway. */
export function writePulse(
  journal: Journal,
  gateway: Gateway,
  timeMs: number,
  code: string,
  message: string,
  origin: Origin,
  head: PulseHead = NOBODY,
): void {
  const believedMs = gateway.believedMs(timeMs)
  const offset = gateway.offsetMinutes(timeMs)
  const time = timeText(believedMs, offset)
  const local = `${gateway.zone.dateText(believedMs, offset)} ${time}`
  const envelope =
    gateway.form === 'pulse-bsd'
      ? `<134>${gateway.zone.bsdDateText(believedMs, offset)} ${time} ${gateway.name} PulseSecure: `
      : `<134>1 ${gateway.rfc3339Text(believedMs, offset)} ${gateway.address} PulseSecure: - - - `
  const body =
    gateway.form === 'pulse-welf'
      ? welfOf(gateway, local, code, message, head)
      : standardOf(gateway, local, message, head)
  journal.add(gateway, timeMs, envelope + body, origin)
}

function standardOf({ name }: Gateway, local: string, message: string, head: PulseHead): string {
  const who = `[${head.address}] Default Network::${head.user}(${head.realm})[${head.roles.join(', ')}][${head.shortId}]`
  return `${local} - ${name} - ${who} - ${message}`
}

function welfOf(
  gateway: Gateway,
  local: string,
  code: string,
  message: string,
  head: PulseHead,
): string {
  const priority = WARNINGS.has(code) ? 4 : 6
  const start = `id=firewall time="${local}" pri=${priority} fw=${gateway.address} vpn=${gateway.name} ivs=Default Network`
  const who = `user=${head.user} realm="${head.realm}" roles="${head.roles.join(',')}"`
  const session = head.shortId === '' ? '' : ` sessionID="${head.shortId}"`
  const proto = code.startsWith('AUT') ? 'auth' : ''
  const middle = `proto=${proto} src=${head.address} dst= dstname= type=vpn op= arg="" result= sent= rcvd=`
  return `${start} ${who}${session} ${middle} agent="${head.agent}" duration= msg="${code}: ${message}"`
}

const REASONS: Record<FailureOutcome, string> = {
  'wrong-password': 'Failed',
  'unknown-user': 'Failed',
  'expired-password': 'Password expired',
  locked: 'Account locked',
  'second-factor': 'Failed',
}

/** A failed login: the failed factor, and the line with the reason, which counts. */
export function pulseFailure(
  journal: Journal,
  gateway: Gateway,
  { timeMs, user, address, outcome }: FailureEvent,
  origin: Origin,
): void {
  const head = { ...NOBODY, user, realm: REALM, address }
  const write = (code: string, message: string): void =>
    writePulse(journal, gateway, timeMs, code, message, origin, head)
  const first = `Primary authentication`
  if (outcome === 'second-factor') {
    write('AUT24326', `${first} successful for ${user}/${SERVER} from ${address}`)
    write('AUT24327', `Secondary authentication failed for ${user}/${TOKENS} from ${address}`)
    const server = `${TOKENS} (Time based One-Time Password (TOTP) Server)`
    write('AUT23457', `Login failed using auth server ${server}.  Reason: Failed`)
    return
  }
  write('AUT24327', `${first} failed for ${user}/${SERVER} from ${address}`)
  const server = `${SERVER} (Active Directory)`
  write('AUT23457', `Login failed using auth server ${server}.  Reason: ${REASONS[outcome]}`)
}

function agentOf({ device, clientVersion }: SessionEvent): string {
  return device.isPhone
    ? 'Pulse-Secure/9.16.0 (iPhone; iOS 18.3) Pulse/9.16.0'
    : `Pulse-Secure/${clientVersion} (Windows 11) Pulse/${clientVersion}`
}

/** The ids of a session: the long one of messages, the short one of headers, and a number to draw by. */
export interface PulseIds {
  readonly sid: string
  readonly shortId: string
  readonly key: number
}

/** Ids by what names the session. */
export function pulseIdsOf(sessionKey: string): PulseIds {
  const ids = new Random('pulse-session', hashOf(sessionKey))
  return { sid: `sid${ids.hex(48)}`, shortId: ids.hex(10), key: ids.bits() }
}

/** What stands before messages of a session. */
export function pulseSessionHead(
  user: string,
  { shortId }: PulseIds,
  address: string,
  agent: string,
): PulseHead {
  return { user, realm: REALM, roles: ROLES, shortId, address, agent }
}

/** A login, a change of keys now and then where the gateway tells of it, moves, and the end. */
export function pulseSession(
  journal: Journal,
  gateway: Gateway,
  session: SessionEvent,
  origin: Origin,
): void {
  const { startMs, endMs, user, device, sessionKey } = session
  const ids = pulseIdsOf(sessionKey)
  const { sid, key } = ids
  const assigned = `${gateway.inside}.${(key >>> 8) % 250}.${2 + (key % 250)}`
  const agent = agentOf(session)
  let address = session.address
  const write = (timeMs: number, code: string, message: string, realm = REALM): void =>
    writePulse(journal, gateway, timeMs, code, message, origin, {
      ...pulseSessionHead(user, ids, address, agent),
      realm,
    })
  const before = { ...NOBODY, user, realm: REALM, address, agent }
  const factor = `Primary authentication successful for ${user}/${SERVER} from ${address}`
  writePulse(journal, gateway, startMs - SECOND_MS, 'AUT24326', factor, origin, before)
  write(
    startMs,
    'AUT24414',
    `Agent login succeeded for ${user}/${REALM} (session:${sid}) from ${address} with ${agent}.`,
  )
  const mac = gateway.deviceIds ? device.mac : ''
  write(
    startMs + SECOND_MS,
    'AUT32033',
    `Session created for user: [${user}/${REALM}] from [${address}] with ${serversOf(gateway, user)}, mac-address: [${mac}].`,
  )
  // The name of the client's computer stands in the line of the tunnel, which the log filter passes or not.
  if (gateway.deviceIds) {
    write(
      startMs + 2 * SECOND_MS,
      'NWC23464',
      `VPN Tunneling: Session started for user  (session: ${sid}) with IPv4 address ${assigned}, hostname ${device.name}`,
    )
  }
  let keys = 0
  const stepMs = gateway.statisticsMinutes * MINUTE_MS
  for (let ms = startMs + stepMs; stepMs > 0 && ms < endMs - MINUTE_MS; ms += stepMs) {
    write(
      ms,
      'NWC23508',
      `VPN Tunneling: Key Exchange number ${++keys} occurred for user with NCIP ${assigned}`,
    )
  }
  for (const move of session.moves) {
    const from = address
    address = move.address
    write(
      move.timeMs,
      'AUT20919',
      `Remote address for user ${user}/${REALM} changed from ${from} to ${address}`,
    )
    write(
      move.timeMs + SECOND_MS,
      'NWC30477',
      `VPN Tunneling: User with IP ${assigned} connected with SSL transport mode.`,
    )
  }
  const seconds = Math.max(0, Math.round((endMs - startMs) / SECOND_MS))
  const bytes = `${seconds * 1200} bytes read and ${seconds * 9000} bytes written`
  write(
    endMs,
    'NWC30993',
    `Closed connection to ${assigned} after ${seconds} seconds, with ${bytes} (session:${sid})`,
  )
  write(endMs, 'AUT22673', `Logout from ${address} (session:${sid})`, '')
}

function serversOf({ secondFactor }: Gateway, user: string): string {
  const primary = `primary auth-server type: [Active Directory], primary auth-server name: [${SERVER}]`
  return secondFactor
    ? `${primary}, secondary auth-server type: [Time based One-Time Password (TOTP) Server], secondary auth-servername: [${TOKENS}], secondary auth-server user: [${user}]`
    : `${primary}, secondary auth-server type: [], secondary auth-servername: [], secondary auth-server user: []`
}
