import { END_MS, MINUTE, SECOND } from './clock.mjs'
import { eventLog, fortigateWriter } from './fortigate-line.mjs'
import { GATEWAYS } from './world.mjs'

const CONNECT = eventLog('vpn', '0101039943', 'information', 'SSL VPN new connection')
const USER_UP = eventLog('vpn', '0101039424', 'information', 'SSL VPN tunnel up')
const TUNNEL_UP = eventLog('vpn', '0101039947', 'information', 'SSL VPN tunnel up')
const STATISTICS = eventLog('vpn', '0101039949', 'information', 'SSL VPN statistics')
const TUNNEL_DOWN = eventLog('vpn', '0101039948', 'information', 'SSL VPN tunnel down')
const USER_DOWN = eventLog('vpn', '0101039425', 'information', 'SSL VPN tunnel down')
const LOGIN_FAIL = eventLog('vpn', '0101039426', 'alert', 'SSL VPN login fail')

const REASONS = {
  'wrong-password': 'sslvpn_login_permission_denied',
  'unknown-user': 'sslvpn_login_unknown_user',
  'expired-password': 'sslvpn_login_password_expired',
}

/** The gateway reports a session's bytes every so many seconds (`nextstat`). */
const STATISTICS_S = 600

function connectFields(line) {
  return {
    action: 'ssl-new-con',
    tunneltype: 'ssl',
    tunnelid: 0,
    remip: line.address,
    srccountry: line.countryName,
    user: 'N/A',
    group: 'N/A',
    dst_host: 'N/A',
    reason: 'N/A',
    msg: 'SSL new connection',
  }
}

/** A new connection before anybody has said who he is; every attempt begins with one, so do scanners. */
export function fortigateConnect(journal, gatewayKey, timeMs, line, random) {
  fortigateWriter(journal, gatewayKey, random)(timeMs, CONNECT, connectFields(line))
}

/** A failed login: two lines, of which the second counts. */
export function fortigateFailure(journal, gatewayKey, attempt, random) {
  const { user, line, reason } = attempt
  const timeMs = attempt.timeMs + random.integer(0, 999)
  fortigateConnect(journal, gatewayKey, timeMs - random.integer(2, 7) * SECOND, line, random)
  fortigateWriter(journal, gatewayKey, random)(timeMs, LOGIN_FAIL, {
    action: 'ssl-login-fail',
    tunneltype: 'ssl-web',
    tunnelid: 0,
    remip: line.address,
    srccountry: line.countryName,
    user,
    group: 'N/A',
    dst_host: 'N/A',
    reason: REASONS[reason],
    msg: 'SSL user failed to logged in',
  })
}

/** A login (three lines), its session's statistics, and its end (two lines). */
export function fortigateSession(journal, gatewayKey, session, random) {
  const { user, line } = session
  const startMs = session.startMs + random.integer(0, 999)
  const endMs = session.endMs + random.integer(0, 999)
  const tunnelMs = startMs + random.integer(1200, 3900)
  const write = fortigateWriter(journal, gatewayKey, random)
  const id = { tunnelid: random.integer(10_000_000, 2_147_483_647), remip: line.address }
  const inside = { ...id, tunnelip: `${GATEWAYS[gatewayKey].pool}.${random.integer(10, 240)}` }
  const from = { srccountry: line.countryName }
  const who = { user, group: 'VPN-Staff', dst_host: 'N/A' }
  const web = (action) => ({ action, tunneltype: 'ssl-web', ...id, ...from, ...who })
  const tunnel = (action) => ({ action, tunneltype: 'ssl-tunnel', ...inside, ...from, ...who })
  const msg = 'SSL tunnel established'
  fortigateConnect(journal, gatewayKey, startMs - random.integer(2, 9) * SECOND, line, random)
  write(startMs, USER_UP, { ...web('tunnel-up'), reason: 'login successfully', msg })
  write(tunnelMs, TUNNEL_UP, { ...tunnel('tunnel-up'), reason: 'tunnel established', msg })
  const trafficAt = trafficOf(random)
  const lastMs = Math.min(endMs - MINUTE, END_MS)
  for (let s = STATISTICS_S; tunnelMs + s * SECOND < lastMs; s += STATISTICS_S) {
    const head = { action: 'tunnel-stats', tunneltype: 'ssl-tunnel', ...inside, ...who }
    const bytes = { nextstat: STATISTICS_S, duration: s, ...trafficAt(s) }
    const timeMs = tunnelMs + s * SECOND + random.integer(0, 900)
    write(timeMs, STATISTICS, { ...head, ...bytes, msg: 'SSL tunnel statistics' })
  }
  const durationS = Math.round((endMs - tunnelMs) / SECOND)
  const bytes = { duration: durationS, ...trafficAt(durationS) }
  const end = { reason: 'N/A', ...bytes, msg: 'SSL tunnel shutdown' }
  write(endMs, TUNNEL_DOWN, { ...tunnel('tunnel-down'), ...end })
  write(endMs + random.integer(5, 90), USER_DOWN, { ...web('tunnel-down'), ...end })
}

/** Bytes so far, growing with time at a rate that stays the same in a session. */
function trafficOf(random) {
  const sentPerSecond = random.integer(900, 24_000)
  const receivedPerSecond = random.integer(150, 3_000)
  return (seconds) => ({
    sentbyte: 40_000 + seconds * sentPerSecond,
    rcvdbyte: 9_000 + seconds * receivedPerSecond,
  })
}
