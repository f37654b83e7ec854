import { SCANNERS } from './addresses.mjs'
import { END_MS, HOUR, instantOf, MINUTE, SECOND, START_MS, weekdayOf } from './clock.mjs'
import { eventLog, fortigateWriter } from './fortigate-line.mjs'
import { pulseLine } from './pulse-line.mjs'
import { GATEWAYS } from './world.mjs'

const LOGIN = eventLog('system', '0100032001', 'information', 'Admin login successful')
const LOGIN_FAIL = eventLog('system', '0100032002', 'alert', 'Admin login failed')
const LOGOUT = eventLog('system', '0100032003', 'information', 'Admin logout successful')
const ATTRIBUTE = eventLog('system', '0100044546', 'information', 'Attribute configured')
const OBJECT = eventLog('system', '0100044547', 'information', 'Object attribute configured')

const CHANGES = [
  ['firewall.address', 'srv-print-02', 'subnet[10.11.2.31 255.255.255.255]'],
  ['firewall.address', 'srv-files-01', 'comment[moved to rack 4]'],
  ['router.static', '12', 'gateway[10.11.0.1->10.11.0.2]'],
  ['system.ntp', '', 'syncinterval[60->30]'],
]

/** Two or three sessions of administrators on a weekday, always from inside. */
export function writeAdministration(journal, random) {
  for (let day = 1; day <= 15; day++) {
    if ([0, 6].includes(weekdayOf(day))) continue
    for (const [gatewayKey, gateway] of Object.entries(GATEWAYS)) {
      const own = random.fork(`${gatewayKey}/${day}`)
      for (let i = 0; i < own.integer(1, 3); i++) {
        const startMs =
          instantOf(gateway.offsetMinutes, day, '09:20') +
          i * 3 * HOUR +
          own.integer(0, 90 * MINUTE)
        const write = gateway.vendor === 'fortigate' ? fortigateAdmin : pulseAdmin
        write(journal, gatewayKey, startMs, own)
      }
    }
  }
}

function fortigateAdmin(journal, gatewayKey, startMs, random) {
  const gateway = GATEWAYS[gatewayKey]
  const srcip = `${gateway.inside}.1.${random.integer(20, 24)}`
  const user = random.pick(['netops', 'k.admin'])
  const ui = `https(${srcip})`
  const session = { sn: String(Math.floor(startMs / SECOND)), user, ui, method: 'https', srcip }
  const access = { ...session, dstip: `${gateway.inside}.1.1` }
  const write = fortigateWriter(journal, gatewayKey, random)
  if (random.chance(0.2)) {
    const failed = {
      ...access,
      sn: '0',
      action: 'login',
      status: 'failed',
      reason: 'passwd_invalid',
    }
    const msg = `Administrator ${user} login failed from ${ui} because of invalid password`
    write(startMs - 14 * SECOND, LOGIN_FAIL, { ...failed, msg })
  }
  const login = {
    ...access,
    action: 'login',
    status: 'success',
    reason: 'none',
    profile: 'super_admin',
  }
  write(startMs, LOGIN, {
    ...login,
    msg: `Administrator ${user} logged in successfully from ${ui}`,
  })
  const minutes = random.integer(6, 50)
  if (random.chance(0.6)) {
    const [cfgpath, cfgobj, cfgattr] = random.pick(CHANGES)
    const change = { user, ui, action: 'Edit', cfgtid: random.integer(1e7, 9e7), cfgpath }
    const object = cfgobj === '' ? {} : { cfgobj }
    const msg = `Edit ${cfgpath}${cfgobj === '' ? '' : ` ${cfgobj}`}`
    const log = cfgobj === '' ? ATTRIBUTE : OBJECT
    write(startMs + 4 * MINUTE, log, { ...change, ...object, cfgattr, msg })
  }
  const logout = {
    ...access,
    action: 'logout',
    status: 'success',
    duration: minutes * 60,
    reason: 'exit',
  }
  write(startMs + minutes * MINUTE, LOGOUT, {
    ...logout,
    msg: `Administrator ${user} logged out from ${ui}`,
  })
}

function pulseAdmin(journal, gatewayKey, startMs, random) {
  const address = `${GATEWAYS[gatewayKey].inside}.1.${random.integer(20, 24)}`
  const header = {
    user: 'vpnadm',
    realm: 'Admin Users',
    roles: ['.Administrators'],
    isManagement: true,
  }
  const write = (timeMs, code, text, realm = header.realm) =>
    journal.add(
      gatewayKey,
      timeMs,
      pulseLine(gatewayKey, timeMs, { ...header, realm, address, code, text }),
    )
  const { user, realm } = header
  const factor = `Primary authentication successful for ${user}/Administrators from ${address}`
  write(startMs - SECOND, 'AUT30684', factor)
  write(startMs, 'ADM22668', `Login succeeded for ${user}/${realm} from ${address}.`)
  const endMs = startMs + random.integer(5, 40) * MINUTE
  write(endMs, 'ADM22671', `Logout from ${address} (session:00000000)`)
}

/** Lines of the Pulse appliance about itself, and knocks of scanners without a name. */
export function writePulseSystem(journal, gatewayKey, random) {
  const write = (timeMs, message) =>
    journal.add(gatewayKey, timeMs, pulseLine(gatewayKey, timeMs, message))
  const node = GATEWAYS[gatewayKey].address
  for (let timeMs = START_MS + 9 * SECOND; timeMs < END_MS; timeMs += 20 * MINUTE) {
    const text = `Number of concurrent users logged in to the device: ${random.integer(0, 19)}`
    write(timeMs, { code: 'STS20641', text })
  }
  for (let timeMs = START_MS; timeMs < END_MS; timeMs += random.integer(300, 5400) * SECOND) {
    const { address } = random.pick(SCANNERS)
    const requested = `Connection from IP ${address} not authenticated yet (URL=/dana-na/auth/url_default/welcome.cgi)`
    const negotiation = `SSL negotiation failed while client at source IP '${address}' was trying to connect to '${node}'. Reason: 'no shared cipher'`
    if (random.chance(0.6)) write(timeMs, { address, code: 'AUT20920', text: requested })
    else write(timeMs, { address, code: 'AUT24604', text: negotiation })
  }
}
