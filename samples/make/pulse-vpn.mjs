import { END_MS, MINUTE, SECOND } from './clock.mjs'
import { pulseLine } from './pulse-line.mjs'
import { Random } from './random.mjs'
import { GATEWAYS } from './world.mjs'

const REALM = 'Employees'
const ROLES = ['Staff', 'VPN Full']
const SERVER = 'AD-Main'
const LAPTOP_AGENT = 'Pulse-Secure/22.7.4.30859 (Windows 11) Pulse/22.7.4.30859'
const KEY_EXCHANGE_MS = 20 * MINUTE
const PHONE_AGENT = 'Pulse-Secure/9.16.0 (iPhone; iOS 18.3) Pulse/9.16.0'

function write(journal, gatewayKey, timeMs, message) {
  journal.add(gatewayKey, timeMs, pulseLine(gatewayKey, timeMs, message))
}

/** A failed login: the failed factor and the line that gives the reason, which counts. */
export function pulseFailure(journal, gatewayKey, attempt) {
  const { user, line, timeMs } = attempt
  const who = { user, realm: REALM, address: line.address }
  const factor = `Primary authentication failed for ${user}/${SERVER} from ${line.address}`
  const reason = `Login failed using auth server ${SERVER} (Active Directory).  Reason: Failed`
  write(journal, gatewayKey, timeMs, { ...who, code: 'AUT24327', text: factor })
  write(journal, gatewayKey, timeMs, { ...who, code: 'AUT23457', text: reason })
}

/** A login (six lines by laptop, five by phone), a change of keys every 20 minutes, and its end (four lines). */
export function pulseSession(journal, gatewayKey, session, random) {
  const { user, line, startMs, endMs, isPhone } = session
  const id = {
    user,
    address: line.address,
    sid: `sid${random.hex(48)}`,
    shortId: random.hex(10),
    agent: isPhone ? PHONE_AGENT : LAPTOP_AGENT,
    assigned: `${GATEWAYS[gatewayKey].pool}.${random.integer(10, 240)}`,
    host: hostOf(user, isPhone),
  }
  writeLogin(journal, gatewayKey, startMs, id, isPhone)
  const header = sessionHeaderOf(id)
  const renewals = Math.floor((Math.min(endMs, END_MS) - MINUTE - startMs) / KEY_EXCHANGE_MS)
  for (let n = 1; n <= renewals; n++) {
    const text = `VPN Tunneling: Key Exchange number ${n} occurred for user with NCIP ${id.assigned}`
    write(journal, gatewayKey, startMs + n * KEY_EXCHANGE_MS, { ...header, code: 'NWC23508', text })
  }
  writeEnd(journal, gatewayKey, { startMs, endMs }, id, random)
}

function sessionHeaderOf({ user, address, shortId, agent }) {
  return { user, address, realm: REALM, roles: ROLES, shortId, agent }
}

function writeLogin(journal, gatewayKey, startMs, id, isPhone) {
  const { user, address, sid, agent, assigned, host } = id
  const header = sessionHeaderOf(id)
  const before = { user, address, realm: REALM, agent, code: 'AUT24326' }
  const factor = `Primary authentication successful for ${user}/${SERVER} from ${address}`
  write(journal, gatewayKey, startMs - SECOND, { ...before, text: factor })
  const types = `primary auth-server type: [Active Directory], primary auth-server name: [${SERVER}]`
  const second = `secondary auth-server type: [Time based One-Time Password (TOTP) Server], secondary auth-servername: [OTP-1], secondary auth-server user: [${user}]`
  const steps = [
    [
      0,
      'AUT24414',
      `Agent login succeeded for ${user}/${REALM} (session:${sid}) from ${address} with ${agent}.`,
    ],
    [
      1,
      'AUT32033',
      `Session created for user: [${user}/${REALM}] from [${address}] with ${types}, ${second}, mac-address: [${host.mac}].`,
    ],
    [
      2,
      'NWC23464',
      `VPN Tunneling: Session started for user  (session: ${sid}) with IPv4 address ${assigned}, hostname ${host.name}`,
    ],
    [
      3,
      'NWC30477',
      `VPN Tunneling: User with IP ${assigned} connected with ${isPhone ? 'SSL' : 'ESP'} transport mode.`,
    ],
    ...(isPhone ? [] : [[3, 'AUT32051', 'Established connection with type: [ESP]']]),
  ]
  for (const [seconds, code, text] of steps) {
    write(journal, gatewayKey, startMs + seconds * SECOND, { ...header, code, text })
  }
}

function writeEnd(journal, gatewayKey, { startMs, endMs }, id, random) {
  const { address, sid, assigned, user, shortId } = id
  const header = sessionHeaderOf(id)
  const seconds = Math.round((endMs - startMs) / SECOND)
  const read = 20_000 + seconds * random.integer(150, 3_000)
  const written = 60_000 + seconds * random.integer(900, 24_000)
  const steps = [
    [
      'NWC30993',
      `Closed connection to ${assigned} after ${seconds} seconds, with ${read} bytes read and ${written} bytes written (session:${sid})`,
    ],
    [
      'NWC23465',
      `VPN Tunneling: Session ended for user (session: ${sid}) with IPv4 address ${assigned}`,
    ],
    ['AUT22673', `Logout from ${address} (session:${sid})`],
    [
      'AUT31829',
      `Session:[${shortId}] for user:[${user}] with roles:[${ROLES.join(', ')}] deleted. Bandwidth consumed [${read + written}] bytes`,
    ],
  ]
  for (const [code, text] of steps) {
    const realm = code === 'AUT22673' ? '' : REALM
    write(journal, gatewayKey, endMs, { ...header, realm, code, text })
  }
}

/** One laptop and one phone for each user: their names and hardware addresses do not change. */
function hostOf(user, isPhone) {
  const device = new Random(`device/${user.toLowerCase()}/${isPhone}`)
  const mac = ['02', ...Array.from({ length: 5 }, () => device.hex(2))].join('-')
  return { mac, name: `${isPhone ? 'PH' : 'LT'}-${device.digits(4)}` }
}
