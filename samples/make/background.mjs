import { SCANNERS } from './addresses.mjs'
import { DAY, END_MS, localTextOf, MINUTE, SECOND, START_MS, weekdayOf } from './clock.mjs'
import { eventLog, fortigateWriter } from './fortigate-line.mjs'
import { fortigateConnect } from './fortigate-vpn.mjs'
import { fail } from './logins.mjs'
import { GATEWAYS, USERS } from './world.mjs'

const FORTIGATES = ['tokyo', 'frankfurt']

/** A host inside an office; nobody logs in to a VPN from there. */
export function insideAddressOf(gatewayKey, random) {
  return `${GATEWAYS[gatewayKey].inside}.${random.integer(2, 9)}.${random.integer(10, 240)}`
}

/** How busy an office is at an instant: its hours on weekdays, little at other times. */
function activityOf(gatewayKey, timeMs) {
  const { date, time } = localTextOf(timeMs, GATEWAYS[gatewayKey].offsetMinutes)
  const hour = Number(time.slice(0, 2))
  const isWeekend = [0, 6].includes(weekdayOf(Number(date.slice(8))))
  return !isWeekend && hour >= 8 && hour < 19 ? 1 : 0.12
}

/** What a FortiGate logs besides the VPN, and what scanners leave at both vendors' doors. */
export function writeBackground(journal, random) {
  for (const gatewayKey of FORTIGATES) {
    const own = random.fork(gatewayKey)
    writeTraffic(journal, gatewayKey, own.fork('traffic'))
    writeSystem(journal, gatewayKey, own.fork('system'))
    writeScans(journal, gatewayKey, own.fork('scans'))
  }
  writeGuesses(journal, random.fork('guesses'))
}

const FORWARD = { logid: '0000000013', type: 'traffic', subtype: 'forward', level: 'notice' }
const WEB_FILTER = { logid: '0316013056', type: 'utm', subtype: 'webfilter', level: 'warning' }
const INTRUSION = { logid: '0419016384', type: 'utm', subtype: 'ips', level: 'alert' }
const SITES = ['www.example.com', 'mail.example.net', 'cdn.example.org', 'docs.example.com']

/** Traffic and security-profile lines: some carry a user, none is a login. */
function writeTraffic(journal, gatewayKey, random) {
  const names = [...USERS.values()].filter((user) => user.site === gatewayKey)
  const write = fortigateWriter(journal, gatewayKey, random)
  for (let timeMs = START_MS; timeMs < END_MS; timeMs += random.integer(60_000, 300_000)) {
    if (!random.chance(activityOf(gatewayKey, timeMs))) continue
    const ends = {
      srcip: insideAddressOf(gatewayKey, random),
      srcport: random.integer(1025, 65_000),
    }
    const there = { dstip: `198.51.100.${random.integer(1, 254)}`, dstport: 443 }
    const who = random.chance(0.3) ? { user: random.pick(names).name } : {}
    const flow = { ...ends, ...there, sessionid: random.integer(1000, 9_999_999), proto: 6 }
    const kind = random.integer(1, 10)
    if (kind <= 8) {
      const end = { action: kind <= 6 ? 'close' : 'deny', policyid: random.integer(1, 40), ...who }
      const bytes = {
        service: 'HTTPS',
        duration: random.integer(1, 600),
        sentbyte: random.integer(300, 90_000),
      }
      write(timeMs, FORWARD, { ...flow, ...end, ...bytes })
    } else if (kind === 9) {
      const hostname = random.pick(SITES)
      const page = { url: `https://${hostname}/?user=admin&remip=192.0.2.99`, catdesc: 'Business' }
      write(timeMs, WEB_FILTER, { ...flow, ...who, action: 'passthrough', hostname, ...page })
    } else {
      const attack = { attack: 'HTTP.URI.SQL.Injection', severity: 'high', action: 'dropped' }
      write(timeMs, INTRUSION, { ...flow, ...attack, msg: 'web_misc: HTTP.URI.SQL.Injection' })
    }
  }
}

const PERFORMANCE = eventLog('system', '0100040704', 'notice', 'System performance statistics')
const LEASE = eventLog('system', '0100026001', 'information', 'DHCP Ack log')

function writeSystem(journal, gatewayKey, random) {
  const write = fortigateWriter(journal, gatewayKey, random)
  for (let timeMs = START_MS + 4 * SECOND; timeMs < END_MS; timeMs += 30 * MINUTE) {
    const [cpu, mem] = [random.integer(2, 35), random.integer(38, 52)]
    const load = { cpu, mem, totalsession: random.integer(200, 9000) }
    const msg = `Performance statistics: average CPU: ${cpu}, memory: ${mem}`
    write(timeMs, PERFORMANCE, { action: 'perf-stats', ...load, msg })
  }
  for (
    let timeMs = START_MS;
    timeMs < END_MS;
    timeMs += random.integer(20 * MINUTE, 240 * MINUTE)
  ) {
    const ip = insideAddressOf(gatewayKey, random)
    const lease = { interface: 'port3', dhcp_msg: 'Ack', lease: 86_400, ip }
    write(timeMs, LEASE, { ...lease, msg: 'DHCP server sends a DHCPACK' })
  }
}

const ALERT = eventLog('vpn', '0101039944', 'error', 'SSL VPN alert')
const EXIT = eventLog('vpn', '0101039946', 'error', 'SSL VPN exit error')
const IKE_ERROR = eventLog('vpn', '0101037124', 'error', 'IPsec phase 1 error')

/** Knocks without a name: connections, broken handshakes, IKE proposals. */
function writeScans(journal, gatewayKey, random) {
  const write = fortigateWriter(journal, gatewayKey, random)
  for (let timeMs = START_MS; timeMs < END_MS; timeMs += random.integer(5 * MINUTE, 110 * MINUTE)) {
    const line = random.pick(SCANNERS)
    const from = { remip: line.address, srccountry: line.countryName, user: 'N/A', group: 'N/A' }
    const kind = random.integer(1, 4)
    if (kind === 1) fortigateConnect(journal, gatewayKey, timeMs, line, random)
    if (kind === 2) {
      const alert = {
        action: 'ssl-alert',
        tunneltype: 'ssl',
        tunnelid: 0,
        ...from,
        dst_host: 'N/A',
      }
      write(timeMs, ALERT, {
        ...alert,
        reason: 'SSL_accept failed',
        desc: 'unexpected message',
        msg: 'SSL alerts',
      })
    }
    if (kind === 3) {
      const exit = {
        action: 'ssl-exit-error',
        tunneltype: 'ssl',
        tunnelid: 0,
        ...from,
        dst_host: 'N/A',
      }
      write(timeMs, EXIT, { ...exit, reason: 'N/A', msg: 'SSL exit error' })
    }
    if (kind === 4) {
      const ports = {
        remport: 500,
        locport: 500,
        locip: GATEWAYS[gatewayKey].address,
        outintf: 'wan1',
      }
      const ike = {
        cookies: `${random.hex(16)}/0000000000000000`,
        xauthuser: 'N/A',
        vpntunnel: 'N/A',
      }
      const end = { status: 'negotiate_error', reason: 'peer SA proposal not match local policy' }
      write(timeMs, IKE_ERROR, {
        msg: 'IPsec phase 1 error',
        action: 'negotiate',
        ...ports,
        ...from,
        ...ike,
        ...end,
      })
    }
  }
}

const COMMON_NAMES = ['admin', 'test', 'user', 'root', 'vpn', 'guest', 'oracle', 'cisco']

/**
 * A few guesses a day at names that everybody tries; a scanner gives up after one or two, and comes back
 * on the second day at the earliest.
 */
function writeGuesses(journal, random) {
  const half = SCANNERS.length / 2
  for (let day = 0; START_MS + day * DAY < END_MS; day++) {
    const awake = random.shuffled(SCANNERS.slice((day % 2) * half, (day % 2) * half + half))
    for (const line of awake.slice(0, random.integer(2, half))) {
      const gatewayKey = random.pick(Object.keys(GATEWAYS))
      let timeMs = START_MS + day * DAY + random.integer(60, 86_000) * SECOND
      for (const user of random.shuffled(COMMON_NAMES).slice(0, random.integer(1, 2))) {
        fail(journal, gatewayKey, { user, line, timeMs, reason: 'unknown-user' }, random)
        timeMs += random.integer(5, 15) * SECOND
      }
    }
  }
}
