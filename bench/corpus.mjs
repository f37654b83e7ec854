// Generates FortiGate lines: a site of 20,000 users over ten days, one gateway, in time order. Mix `vpn` has nothing but
// SSL-VPN lines: 25 % tunnel up, 15 % failed logins, 20 % tunnel down, 25 % statistics, 15 % new connections. Mix
// `archive` is what a firewall's archive looks like: 95 % forward traffic, the rest as above.
// Seeded; no two runs differ.
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

const USERS = 20_000
const START_MS = Date.UTC(2026, 2, 1)
const SPAN_MS = 10 * 86_400_000

/** xorshift32. */
function randomOf(seed) {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 4294967296
  }
}

/** First octets of large access networks, so that most addresses have a place. */
const OCTETS = [
  24, 60, 71, 73, 76, 80, 84, 86, 90, 92, 98, 99, 108, 118, 122, 126, 153, 180, 188, 219,
]

function addressOf(random) {
  const first = OCTETS[Math.floor(random() * OCTETS.length)]
  return `${first}.${Math.floor(random() * 256)}.${Math.floor(random() * 256)}.${1 + Math.floor(random() * 254)}`
}

const KINDS = [
  [
    0.25,
    '0101039424',
    'information',
    'SSL VPN tunnel up',
    'tunnel-up',
    'ssl-web',
    'login successfully',
    'SSL tunnel established',
  ],
  [
    0.4,
    '0101039426',
    'alert',
    'SSL VPN login fail',
    'ssl-login-fail',
    'ssl-web',
    'sslvpn_login_permission_denied',
    'SSL user failed to logged in',
  ],
  [
    0.6,
    '0101039948',
    'information',
    'SSL VPN tunnel down',
    'tunnel-down',
    'ssl-tunnel',
    'N/A',
    'SSL tunnel shutdown',
  ],
  [
    0.85,
    '0101039949',
    'information',
    'SSL VPN statistics',
    'tunnel-stats',
    'ssl-tunnel',
    'N/A',
    'SSL tunnel statistics',
  ],
  [
    1,
    '0101039943',
    'information',
    'SSL VPN new connection',
    'ssl-new-con',
    'ssl',
    'N/A',
    'SSL new connection',
  ],
]

const two = (value) => String(value).padStart(2, '0')

function lineOf(random, users, timestampMs, serial) {
  const roll = random()
  const [, logid, level, logdesc, action, tunneltype, reason, msg] = KINDS.find(
    ([share]) => roll < share,
  )
  const user = users[Math.floor(random() ** 2 * USERS)]
  const address = random() < 0.85 ? user.home : random() < 0.7 ? user.second : addressOf(random)
  const local = new Date(timestampMs + 3_600_000)
  const date = `${local.getUTCFullYear()}-${two(local.getUTCMonth() + 1)}-${two(local.getUTCDate())}`
  const time = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`
  const name = action === 'ssl-new-con' ? 'N/A' : user.name
  const session = action.startsWith('tunnel') ? 800_000_000 + serial : 0
  const ends = action === 'tunnel-down' || action === 'tunnel-stats'
  const traffic = ends
    ? ` duration=${600 + (serial % 20_000)} sentbyte=${serial * 97} rcvdbyte=${serial * 31}`
    : ''
  return `<190>date=${date} time=${time} devname="edge-fgt-01" devid="FG100FTK26000001" eventtime=${timestampMs}${String(serial % 1_000_000).padStart(6, '0')} tz="+0100" logid="${logid}" type="event" subtype="vpn" level="${level}" vd="root" logdesc="${logdesc}" action="${action}" tunneltype="${tunneltype}" tunnelid=${session} remip=${address} srccountry="Reserved" user="${name}" group="VPN-Staff" dst_host="N/A" reason="${reason}"${traffic} msg="${msg}"\n`
}

function trafficLineOf(random, timestampMs, serial) {
  const local = new Date(timestampMs + 3_600_000)
  const date = `${local.getUTCFullYear()}-${two(local.getUTCMonth() + 1)}-${two(local.getUTCDate())}`
  const time = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`
  return `<189>date=${date} time=${time} devname="edge-fgt-01" devid="FG100FTK26000001" eventtime=${timestampMs}${String(serial % 1_000_000).padStart(6, '0')} tz="+0100" logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=10.20.${serial % 250}.${serial % 253} srcport=${1024 + (serial % 60_000)} srcintf="lan" srcintfrole="lan" dstip=${addressOf(random)} dstport=443 dstintf="wan1" dstintfrole="wan" srccountry="Reserved" dstcountry="United States" sessionid=${serial * 7} proto=6 action="close" policyid=12 policytype="policy" poluuid="5e2c1a8e-1f7a-51ee-8f7a-1d2c3b4a5f60" service="HTTPS" trandisp="snat" transip=192.0.2.1 transport=${1024 + (serial % 60_000)} appcat="unscanned" duration=${serial % 600} sentbyte=${serial % 100_000} rcvdbyte=${serial % 900_000} sentpkt=${serial % 900} rcvdpkt=${serial % 1200}\n`
}

/** Writes `lines` lines of a mix (`vpn` or `archive`) to `path`. */
export function writeCorpus(path, lines, mix) {
  mkdirSync(dirname(path), { recursive: true })
  const random = randomOf(20260301)
  const users = Array.from({ length: USERS }, (_, i) => ({
    name: `user.${i.toString(36)}.${(i * 7919) % 1000}`,
    home: addressOf(random),
    second: addressOf(random),
  }))
  const file = openSync(path, 'w')
  let batch = ''
  for (let i = 0; i < lines; i++) {
    const timestampMs = START_MS + Math.floor((i / lines) * SPAN_MS)
    const isTraffic = mix === 'archive' && random() < 0.95
    batch += isTraffic
      ? trafficLineOf(random, timestampMs, i)
      : lineOf(random, users, timestampMs, i)
    if (batch.length > 1 << 20 || i === lines - 1) {
      writeSync(file, batch)
      batch = ''
    }
  }
  closeSync(file)
}
