import { eventLog } from '../../make/fortigate-line.mjs'
import { localTextOf, offsetTextOf, SECOND } from './time.mjs'

const USER_UP = eventLog('vpn', '0101039424', 'information', 'SSL VPN tunnel up')
const TUNNEL_UP = eventLog('vpn', '0101039947', 'information', 'SSL VPN tunnel up')
const TUNNEL_DOWN = eventLog('vpn', '0101039948', 'information', 'SSL VPN tunnel down')
const LOGIN_FAIL = eventLog('vpn', '0101039426', 'alert', 'SSL VPN login fail')
const ADMIN_LOGIN = eventLog('system', '0100032001', 'information', 'Admin login successful')
const OBJECT = eventLog('system', '0100044547', 'information', 'Object attribute configured')
const ATTRIBUTE = eventLog('system', '0100044546', 'information', 'Attribute configured')

/** Values that FortiOS writes without quotes. */
const BARE = new Set('remip tunnelip tunnelid duration srcip dstip cfgtid sentbyte rcvdbyte'.split(' '))
const PRIORITIES = { information: 190, alert: 185 }
const COUNTRIES = new Intl.DisplayNames(['en'], { type: 'region' })

function write(archive, gateway, timeMs, log, fields) {
  const { date, time } = localTextOf(timeMs, gateway.offsetMinutes)
  const tz = offsetTextOf(gateway.offsetMinutes)
  const head = `date=${date} time=${time} devname="${gateway.name}" devid="${gateway.serial}" eventtime=${timeMs}000000 tz="${tz}"`
  const kind = `logid="${log.logid}" type="${log.type}" subtype="${log.subtype}" level="${log.level}" vd="root" logdesc="${log.logdesc}"`
  const body = Object.entries(fields)
    .map(([key, value]) => (BARE.has(key) ? `${key}=${value}` : `${key}="${value}"`))
    .join(' ')
  archive.add(gateway, timeMs, `<${PRIORITIES[log.level]}>${head} ${kind} ${body}`)
}

const from = (line) => ({ remip: line.address, srccountry: COUNTRIES.of(line.country) })

/** A failed login; `reason` is FortiOS's word after `sslvpn_login_`. */
export function fortigateFailure(archive, gateway, { user, line, timeMs, reason }) {
  write(archive, gateway, timeMs, LOGIN_FAIL, {
    action: 'ssl-login-fail',
    tunneltype: 'ssl-web',
    tunnelid: 0,
    ...from(line),
    user,
    group: 'N/A',
    dst_host: 'N/A',
    reason: `sslvpn_login_${reason}`,
    msg: 'SSL user failed to logged in',
  })
}

/** A login of two lines, and the end of its session where `endMs` tells one. */
export function fortigateSession(archive, gateway, { user, line, startMs, endMs }, random) {
  const id = { tunnelid: random.integer(10_000_000, 2_147_483_647), ...from(line) }
  const who = { user, group: 'VPN-Staff', dst_host: 'N/A' }
  const inside = { tunnelip: `${gateway.pool}.${random.integer(10, 240)}` }
  const up = { action: 'tunnel-up', msg: 'SSL tunnel established' }
  write(archive, gateway, startMs, USER_UP, {
    ...up,
    tunneltype: 'ssl-web',
    ...id,
    ...who,
    reason: 'login successfully',
  })
  if (endMs === undefined) return
  const tunnel = { tunneltype: 'ssl-tunnel', ...id, ...inside, ...who }
  write(archive, gateway, startMs + 2 * SECOND, TUNNEL_UP, {
    ...up,
    ...tunnel,
    reason: 'tunnel established',
  })
  const duration = Math.round((endMs - startMs) / SECOND) - 2
  write(archive, gateway, endMs, TUNNEL_DOWN, {
    action: 'tunnel-down',
    ...tunnel,
    reason: 'N/A',
    duration,
    sentbyte: 60_000 + duration * 4100,
    rcvdbyte: 9000 + duration * 700,
    msg: 'SSL tunnel shutdown',
  })
}

/** An administrator's login; `ui` is `https(address)` or `jsconsole`. */
export function administratorLogin(archive, gateway, { user, ui, method, address, timeMs }) {
  write(archive, gateway, timeMs, ADMIN_LOGIN, {
    sn: String(Math.floor(timeMs / SECOND)),
    user,
    ui,
    method,
    srcip: address,
    dstip: address,
    action: 'login',
    status: 'success',
    reason: 'none',
    profile: 'super_admin',
    msg: `Administrator ${user} logged in successfully from ${ui}`,
  })
}

/** A change of the configuration; without `object` it is one of a single setting. */
export function configurationChange(archive, gateway, change) {
  const { user, ui, timeMs, action, path, object, attributes } = change
  const what = object === undefined ? path : `${path} ${object}`
  write(archive, gateway, timeMs, object === undefined ? ATTRIBUTE : OBJECT, {
    user,
    ui,
    action,
    cfgtid: Math.floor(timeMs / SECOND) % 100_000_000,
    cfgpath: path,
    ...(object === undefined ? {} : { cfgobj: object }),
    cfgattr: attributes,
    msg: `${action} ${what}`,
  })
}
