import { localTextOf, rfc3339Of } from './clock.mjs'
import { FORMAT_CHANGE_MS, GATEWAYS } from './world.mjs'

const VSYS = 'Default Network'

/** WELF priorities: 4 warning, 6 information. */
const WARNINGS = new Set(['AUT23457', 'AUT24327', 'AUT24604', 'AUT20920'])

/**
 * A line of Ivanti Connect Secure 22.x: the standard form, and WELF from the second week.
 *
 * @param message `code` (shown by WELF only), `text`, and the header's `user`, `realm`, `roles`, `shortId`,
 *   `address`, `agent`, `isManagement`; each may be left out
 */
export function pulseLine(gatewayKey, timeMs, message) {
  const gateway = GATEWAYS[gatewayKey]
  const { date, time } = localTextOf(timeMs, gateway.offsetMinutes)
  const stamp = rfc3339Of(timeMs, gateway.offsetMinutes)
  const { user = 'System', realm = '', roles = [], shortId = '', address = '127.0.0.1' } = message
  if (timeMs < FORMAT_CHANGE_MS[gatewayKey]) {
    const who = `[${address}] ${VSYS}::${user}(${realm})[${roles.join(', ')}][${shortId}]`
    const body = `${date} ${time} - ${gateway.name} - ${who} - ${message.text}`
    return `<134>1 ${stamp} ${gateway.name} PulseSecure: - - - ${body}`
  }
  const welf = welfOf(gateway, `${date} ${time}`, {
    ...message,
    user,
    realm,
    roles,
    shortId,
    address,
  })
  return `<134>1 ${stamp} ${gateway.address} PulseSecure: - - - ${welf}`
}

function welfOf(gateway, time, message) {
  const { code, user, realm, roles, shortId, address, agent = '', text } = message
  const priority = WARNINGS.has(code) ? 4 : 6
  const head = `id=firewall time="${time}" pri=${priority} fw=${gateway.address} vpn=${gateway.name} ivs=${VSYS}`
  const who = `user=${user} realm="${realm}" roles="${roles.join(',')}"`
  if (message.isManagement) return `${head} ${who} type=mgmt msg="${code}: ${text}"`
  const session = shortId === '' ? '' : ` sessionID="${shortId}"`
  const proto = code.startsWith('AUT') ? 'auth' : ''
  const middle = `proto=${proto} src=${address} dst= dstname= type=vpn op= arg="" result= sent= rcvd=`
  return `${head} ${who}${session} ${middle} agent="${agent}" duration= msg="${code}: ${text}"`
}
