// Lines per CPU second that the adapters read, on one thread: `tsc -b && node bench/parse.mjs [lines]`.
// The lines are generated (seeded) in memory, so that no disk is measured.
import { LineParser } from '../packages/ingest/dist/index.js'

const LINES = Number(process.argv[2] ?? 200_000)
const ROUNDS = 5

/** xorshift32: the same lines on every run. */
function randomOf(seed) {
  let state = seed
  return (limit) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % limit
  }
}

const random = randomOf(20_260_314)
const pad = (value, length = 2) => String(value).padStart(length, '0')
const addressOf = () => `${['198.51.100', '203.0.113', '192.0.2'][random(3)]}.${1 + random(254)}`
const userOf = () => `user${random(20_000)}.${['smith', 'mueller', 'tanaka'][random(3)]}`

function fortigateHead(second, logid, type, subtype) {
  const day = 1_773_446_400 + second
  const time = `${pad(Math.floor(second / 3600) % 24)}:${pad(Math.floor(second / 60) % 60)}:${pad(second % 60)}`
  return (
    `<190>date=2026-03-14 time=${time} devname="edge-fgt-01" devid="FG100FTK26000001" ` +
    `eventtime=${day}${pad(random(1_000_000_000), 9)} tz="+0000" logid="${logid}" type="${type}" subtype="${subtype}"`
  )
}

function sslVpnLine(second) {
  const user = userOf()
  const [logid, action, rest] = [
    ['0101039424', 'tunnel-up', 'reason="login successfully" msg="SSL tunnel established"'],
    [
      '0101039426',
      'ssl-login-fail',
      'reason="sslvpn_login_permission_denied" msg="SSL user failed to logged in"',
    ],
    [
      '0101039948',
      'tunnel-down',
      'reason="N/A" duration=3080 sentbyte=98211044 rcvdbyte=5120331 msg="SSL tunnel shutdown"',
    ],
    [
      '0101039949',
      'tunnel-stats',
      'nextstat=600 duration=600 sentbyte=1048576 rcvdbyte=90210 msg="SSL tunnel statistics"',
    ],
    ['0101039943', 'ssl-new-con', 'reason="N/A" msg="SSL new connection"'],
  ][random(5)]
  return (
    `${fortigateHead(second, logid, 'event', 'vpn')} level="information" vd="root" logdesc="SSL VPN event" ` +
    `action="${action}" tunneltype="ssl-tunnel" tunnelid=${random(4_000_000_000)} remip=${addressOf()} ` +
    `srccountry="Reserved" user="${user}" group="VPN-Staff" dst_host="N/A" ${rest}`
  )
}

function trafficLine(second) {
  return (
    `${fortigateHead(second, '0000000013', 'traffic', 'forward')} level="notice" vd="root" srcip=10.1.2.${random(255)} ` +
    `srcport=${random(65_535)} srcintf="lan" srcintfrole="lan" dstip=${addressOf()} dstport=443 dstintf="wan1" ` +
    `dstintfrole="wan" srccountry="Reserved" dstcountry="Japan" sessionid=${random(1e9)} proto=6 action="close" ` +
    `policyid=12 policytype="policy" poluuid="0b2f5a5e-5a2e-51ed-7d3a-000000000001" policyname="internet" ` +
    `service="HTTPS" trandisp="snat" transip=192.0.2.1 transport=${random(65_535)} duration=12 sentbyte=2310 ` +
    `rcvdbyte=9021 sentpkt=14 rcvdpkt=16 appcat="unscanned" sentdelta=2310 rcvddelta=9021`
  )
}

function pulseLine(second) {
  const user = userOf()
  const time = `${pad(Math.floor(second / 3600) % 24)}:${pad(Math.floor(second / 60) % 60)}:${pad(second % 60)}`
  const address = addressOf()
  const message = [
    `Primary authentication successful for ${user}/AD-Main from ${address}`,
    `Agent login succeeded for ${user}/Employees (session:sid1c850d898df0d4b958fe065b4127e61c219eaec44b017f79) from ${address} with Pulse-Secure/22.7.4.30859 (Windows 10) Pulse/22.7.4.30859.`,
    'Login failed using auth server AD-Main (Active Directory).  Reason: Failed',
    `VPN Tunneling: Session started for user  (session: sid1c850d898df0d4b958fe065b4127e61c219eaec44b017f79) with IPv4 address 10.60.4.${random(255)}, hostname LT-0417`,
  ][random(4)]
  return (
    `<134>1 2026-03-14T${time}+00:00 pcs-a1 PulseSecure: - - - 2026-03-14 ${time} - pcs-a1 - [${address}] ` +
    `Default Network::${user}(Employees)[Staff, VPN Full][9f3291bdc6] - ${message}`
  )
}

function measure(name, lineOf) {
  const lines = Array.from({ length: LINES }, (_, index) => lineOf(Math.floor(index / 40)))
  const bytes = Buffer.from(lines.join('\n'), 'latin1')
  const parser = new LineParser()
  let best = 0
  let counts = {}
  for (let round = 0; round < ROUNDS; round++) {
    counts = { event: 0, ignored: 0, rejected: 0 }
    const before = process.cpuUsage()
    let start = 0
    while (start < bytes.length) {
      const newline = bytes.indexOf(10, start)
      const end = newline < 0 ? bytes.length : newline
      counts[parser.parse(bytes, start, end).kind]++
      start = end + 1
    }
    const { user, system } = process.cpuUsage(before)
    best = Math.max(best, (LINES * 1e6) / (user + system))
  }
  const bytesPerLine = Math.round(bytes.length / LINES)
  console.log(
    `${name.padEnd(34)} ${Math.round(best).toLocaleString('en').padStart(10)} lines per CPU s, ` +
      `${bytesPerLine} bytes a line, ${counts.event} events, ${counts.ignored} ignored, ${counts.rejected} rejected`,
  )
}

console.log(`Best of ${ROUNDS} rounds of ${LINES} lines, one thread, splitting included.`)
measure('FortiGate SSL-VPN events', sslVpnLine)
measure('FortiGate traffic only', trafficLine)
measure('FortiGate 95 % traffic', (second) =>
  random(20) === 0 ? sslVpnLine(second) : trafficLine(second),
)
measure('Pulse Secure standard form', pulseLine)
