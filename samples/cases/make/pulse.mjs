import { localTextOf, rfc3339Of, SECOND } from './time.mjs'

const REALM = 'Employees'
const ROLES = 'Staff, VPN Full'
const SERVER = 'AD-Main'
const AGENT = 'Pulse-Secure/9.1.4.1955 (Windows 10) Pulse/9.1.4.1955'

function write(archive, gateway, timeMs, { user, address, roles, shortId }, text) {
  const { date, time } = localTextOf(timeMs, gateway.offsetMinutes)
  const stamp = rfc3339Of(timeMs, gateway.offsetMinutes)
  const who = `[${address}] Default Network::${user}(${REALM})[${roles}][${shortId}]`
  const body = `${date} ${time} - ${gateway.name} - ${who} - ${text}`
  archive.add(gateway, timeMs, `<134>1 ${stamp} ${gateway.name} PulseSecure: - - - ${body}`)
}

/** A failed login of two lines, of which the second counts. */
export function pulseFailure(archive, gateway, { user, line, timeMs }) {
  const header = { user, address: line.address, roles: '', shortId: '' }
  const first = `Primary authentication failed for ${user}/${SERVER} from ${line.address}`
  const second = `Login failed using auth server ${SERVER} (Active Directory).  Reason: Failed`
  write(archive, gateway, timeMs, header, first)
  write(archive, gateway, timeMs, header, second)
}

/**
 * A login of two lines and the end of its session; each move of `moves` (`timeMs`, `line`) is an address that the same
 * session goes on from.
 */
export function pulseSession(archive, gateway, session, random) {
  const { user, startMs, endMs, moves = [] } = session
  const shortId = random.hex(10)
  const sid = `sid${random.hex(48)}`
  const assigned = `${gateway.pool}.${random.integer(10, 240)}`
  let { address } = session.line
  const say = (timeMs, text) =>
    write(archive, gateway, timeMs, { user, address, roles: ROLES, shortId }, text)
  say(startMs, `Agent login succeeded for ${user}/${REALM} (session:${sid}) from ${address} with ${AGENT}.`)
  say(
    startMs + 2 * SECOND,
    `VPN Tunneling: Session started for user  (session: ${sid}) with IPv4 address ${assigned}, hostname LT-${random.digits(4)}`,
  )
  for (const { timeMs, line } of moves) {
    say(timeMs, `Remote address for user ${user}/${REALM} changed from ${address} to ${line.address}.`)
    address = line.address
  }
  say(endMs, `VPN Tunneling: Session ended for user (session: ${sid}) with IPv4 address ${assigned}`)
}
