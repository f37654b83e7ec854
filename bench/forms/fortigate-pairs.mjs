// The pairs of a FortiOS 7.4 event in the order of its key=value form. Numbers stay numbers: JSON writes them bare.
import { localTimeOf } from './events.mjs'

/** Strings that FortiOS writes without quotes. */
export const BARE = new Set('date time remip locip tunnelip assignip srcip dstip'.split(' '))

const SSL = {
  connect: ['0101039943', 'information', 'SSL VPN new connection', 'ssl-new-con', 'ssl'],
  login: ['0101039424', 'information', 'SSL VPN tunnel up', 'tunnel-up', 'ssl-web'],
  failure: ['0101039426', 'alert', 'SSL VPN login fail', 'ssl-login-fail', 'ssl-web'],
  'tunnel-up': ['0101039947', 'information', 'SSL VPN tunnel up', 'tunnel-up', 'ssl-tunnel'],
  'tunnel-down': ['0101039948', 'information', 'SSL VPN tunnel down', 'tunnel-down', 'ssl-tunnel'],
  statistics: ['0101039949', 'information', 'SSL VPN statistics', 'tunnel-stats', 'ssl-tunnel'],
}

function headOf(event, logid, subtype, level, logdesc) {
  const { date, time } = localTimeOf(event.timestampMs)
  const nanoseconds = String(event.ordinal % 1_000_000).padStart(6, '0')
  return [
    ['date', date],
    ['time', time],
    ['devname', 'edge-fgt-01'],
    ['devid', 'FG100FTK26000001'],
    ['eventtime', BigInt(`${event.timestampMs}${nanoseconds}`)],
    ['tz', '+0100'],
    ['logid', logid],
    ['type', 'event'],
    ['subtype', subtype],
    ['level', level],
    ['vd', 'root'],
    ['logdesc', logdesc],
  ]
}

/** What the kinds of SSL-VPN lines say after the user. */
function sslTailOf({ kind, assigned, bytes }) {
  const traffic = [
    ['duration', bytes % 86_400],
    ['sentbyte', bytes],
    ['rcvdbyte', Math.floor(bytes / 3)],
  ]
  switch (kind) {
    case 'login':
      return [
        ['reason', 'login successfully'],
        ['msg', 'SSL tunnel established'],
      ]
    case 'failure':
      return [
        ['reason', 'sslvpn_login_permission_denied'],
        ['msg', 'SSL user failed to logged in'],
      ]
    case 'tunnel-up':
      return [
        ['tunnelip', assigned],
        ['reason', 'tunnel established'],
        ['msg', 'SSL tunnel established'],
      ]
    case 'tunnel-down':
      return [['tunnelip', assigned], ['reason', 'N/A'], ...traffic, ['msg', 'SSL tunnel shutdown']]
    case 'statistics':
      return [
        ['tunnelip', assigned],
        ['nextstat', 600],
        ...traffic,
        ['msg', 'SSL tunnel statistics'],
      ]
    default:
      return [
        ['reason', 'N/A'],
        ['msg', 'SSL new connection'],
      ]
  }
}

function sslPairsOf(event) {
  const [logid, level, logdesc, action, tunneltype] = SSL[event.kind]
  return [
    ...headOf(event, logid, 'vpn', level, logdesc),
    ['action', action],
    ['tunneltype', tunneltype],
    ['tunnelid', event.kind === 'connect' ? 0 : event.session],
    ['remip', event.address],
    ['srccountry', 'Reserved'],
    ['user', event.kind === 'connect' ? 'N/A' : event.user],
    ['group', 'VPN-Staff'],
    ['dst_host', 'N/A'],
    ...sslTailOf(event),
  ]
}

function ipsecPairsOf(event) {
  const isFailure = event.kind === 'ipsec-failure'
  const cookie = event.session.toString(16).padStart(16, '0')
  return [
    ...headOf(
      event,
      isFailure ? '0101037121' : '0101037120',
      'vpn',
      isFailure ? 'error' : 'notice',
      'Negotiate IPsec phase 1',
    ),
    ['msg', 'Negotiate IPsec phase 1'],
    ['action', 'negotiate'],
    ['remip', event.address],
    ['locip', '192.0.2.1'],
    ['remport', 4500],
    ['locport', 4500],
    ['outintf', 'wan1'],
    ['srccountry', 'Reserved'],
    ['cookies', `${cookie}/1d5130d50a8be554`],
    ['user', event.address],
    ['group', 'N/A'],
    ['useralt', 'N/A'],
    ['xauthuser', event.user],
    ['xauthgroup', 'VPN-Staff'],
    ['assignip', 'N/A'],
    ['vpntunnel', 'DIALUP_0'],
    ['status', isFailure ? 'failure' : 'success'],
    ['result', isFailure ? 'XAUTH authentication failed' : 'XAUTH authentication successful'],
    ['peer_notif', 'NOT-APPLICABLE'],
  ]
}

function adminPairsOf(event) {
  const isFailure = event.kind === 'admin-failure'
  const ui = `https(${event.address})`
  return [
    ...headOf(
      event,
      isFailure ? '0100032002' : '0100032001',
      'system',
      isFailure ? 'alert' : 'information',
      isFailure ? 'Admin login failed' : 'Admin login successful',
    ),
    ['sn', String(event.session)],
    ['user', event.user],
    ['ui', ui],
    ['method', 'https'],
    ['srcip', event.address],
    ['dstip', '192.0.2.1'],
    ['action', 'login'],
    ['status', isFailure ? 'failed' : 'success'],
    ['reason', isFailure ? 'passwd_invalid' : 'none'],
    ['profile', 'super_admin'],
    [
      'msg',
      isFailure
        ? `Administrator ${event.user} login failed from ${ui} because of invalid password`
        : `Administrator ${event.user} logged in successfully from ${ui}`,
    ],
  ]
}

/** Pairs of an event; `admin-failure` exists beside the drawn kinds. */
export function fortigatePairsOf(event) {
  if (event.kind.startsWith('ipsec')) return ipsecPairsOf(event)
  if (event.kind.startsWith('admin')) return adminPairsOf(event)
  return sslPairsOf(event)
}

/** A line of forward traffic, which is most of an archive. */
export function trafficPairsOf(event) {
  const { ordinal, address, bytes } = event
  const numbers = (pairs) => Object.entries(pairs)
  return [
    ...headOf(event, '0000000013', 'forward', 'notice', '')
      .filter(([key]) => key !== 'logdesc')
      .map(([key, value]) => (key === 'type' ? [key, 'traffic'] : [key, value])),
    ['srcip', `10.20.${ordinal % 250}.${ordinal % 253}`],
    ...numbers({ srcport: 1024 + (ordinal % 60_000) }),
    ['srcintf', 'lan'],
    ['srcintfrole', 'lan'],
    ['dstip', address],
    ...numbers({ dstport: 443 }),
    ['dstintf', 'wan1'],
    ['dstintfrole', 'wan'],
    ['srccountry', 'Reserved'],
    ['dstcountry', 'United States'],
    ...numbers({ sessionid: ordinal * 7, proto: 6 }),
    ['action', 'close'],
    ...numbers({ policyid: 12 }),
    ['policytype', 'policy'],
    ['poluuid', '5e2c1a8e-1f7a-51ee-8f7a-1d2c3b4a5f60'],
    ['service', 'HTTPS'],
    ['trandisp', 'snat'],
    ...numbers({ duration: ordinal % 600, sentbyte: bytes, rcvdbyte: bytes % 90_000 }),
    ...numbers({ sentpkt: bytes % 900, rcvdpkt: bytes % 1200 }),
    ['appcat', 'unscanned'],
  ]
}
