import { MINUTE_MS } from '../clock.ts'
import type { Journal, Origin } from '../delivery/journal.ts'
import type { Gateway } from '../organisation/gateway.ts'
import { hashOf } from '../random.ts'
import type { FailureEvent, FailureOutcome, SessionEvent } from './events.ts'
import { eventLog, quoted, writeFortigate } from './fortigate-line.ts'

const CONNECT = eventLog('vpn', '0101039943', 'information', 'SSL VPN new connection')
const USER_UP = eventLog('vpn', '0101039424', 'information', 'SSL VPN tunnel up')
/** A session's tunnel begins. */
export const TUNNEL_UP = eventLog('vpn', '0101039947', 'information', 'SSL VPN tunnel up')
const STATISTICS = eventLog('vpn', '0101039949', 'information', 'SSL VPN statistics')
/** A session's tunnel ends. */
export const TUNNEL_DOWN = eventLog('vpn', '0101039948', 'information', 'SSL VPN tunnel down')
const USER_DOWN = eventLog('vpn', '0101039425', 'information', 'SSL VPN tunnel down')
const LOGIN_FAIL = eventLog('vpn', '0101039426', 'alert', 'SSL VPN login fail')

/** Reason words of 39426; the last two are of older releases and of token servers. */
const REASONS: Record<FailureOutcome, string> = {
  'wrong-password': 'sslvpn_login_permission_denied',
  'unknown-user': 'sslvpn_login_unknown_user',
  'expired-password': 'sslvpn_login_password_expired',
  locked: 'sslvpn_login_exceed_limit',
  'second-factor': 'sslvpn_login_invalid_token',
}

/** A connection before anybody has said who he is: every attempt begins with one, so do scanners. */
export function fortigateConnect(
  journal: Journal,
  gateway: Gateway,
  timeMs: number,
  address: string,
  origin: Origin,
): void {
  const fields = `action="ssl-new-con" tunneltype="ssl" tunnelid=0 remip=${address} user="N/A" group="N/A" dst_host="N/A" reason="N/A" msg="SSL new connection"`
  writeFortigate(journal, gateway, timeMs, CONNECT, fields, origin)
}

/** A failed login: one line that counts. */
export function fortigateFailure(
  journal: Journal,
  gateway: Gateway,
  { timeMs, user, address, outcome }: FailureEvent,
  origin: Origin,
): void {
  const fields = `action="ssl-login-fail" tunneltype="ssl-web" tunnelid=0 remip=${address} user=${quoted(user)} group="N/A" dst_host="N/A" reason="${REASONS[outcome]}" msg="SSL user failed to logged in"`
  writeFortigate(journal, gateway, timeMs, LOGIN_FAIL, fields, origin)
}

/** The number that all lines of a session carry. */
export function tunnelIdOf(sessionKey: string): number {
  return 10_000_000 + (hashOf(sessionKey) % 2_100_000_000)
}

/** A login (three lines), statistics where the gateway sends them, and the end (two lines). */
export function fortigateSession(
  journal: Journal,
  gateway: Gateway,
  session: SessionEvent,
  origin: Origin,
): void {
  const { startMs, endMs, address, device, sessionKey } = session
  const key = hashOf(sessionKey)
  const tunnelMs = startMs + 1200 + (key % 2700)
  const tunnelid = tunnelIdOf(sessionKey)
  const who = `user=${quoted(session.user)} group="VPN-Staff" dst_host="N/A"`
  const assigned = `${gateway.inside}.${(key >>> 8) % 250}.${2 + (key % 250)}`
  const client = gateway.deviceIds ? ` fctuid="${device.clientId}"` : ''
  const at = (from: string) => ({
    web: (action: string) =>
      `action="${action}" tunneltype="ssl-web" tunnelid=${tunnelid} remip=${from} ${who}`,
    tunnel: (action: string) =>
      `action="${action}" tunneltype="ssl-tunnel" tunnelid=${tunnelid} remip=${from} tunnelip=${assigned} ${who}`,
  })
  const home = at(address)
  const write = (timeMs: number, log: typeof CONNECT, fields: string): void =>
    writeFortigate(journal, gateway, timeMs, log, fields, origin)
  const msg = 'msg="SSL tunnel established"'
  fortigateConnect(journal, gateway, startMs - 1500 - (key % 6000), address, origin)
  write(startMs, USER_UP, `${home.web('tunnel-up')} reason="login successfully"${client} ${msg}`)
  write(
    tunnelMs,
    TUNNEL_UP,
    `${home.tunnel('tunnel-up')} reason="tunnel established"${client} ${msg}`,
  )
  const rate = 900 + (key % 23_000)
  const traffic = (seconds: number): string =>
    `duration=${seconds} sentbyte=${40_000 + seconds * rate} rcvdbyte=${9000 + seconds * (rate >>> 3)}`
  const statistics = (timeMs: number, from: string): void => {
    const seconds = Math.max(0, Math.round((timeMs - tunnelMs) / 1000))
    const fields = `${at(from).tunnel('tunnel-stats')} reason="N/A" nextstat=600 ${traffic(seconds)} msg="SSL tunnel statistics"`
    write(timeMs, STATISTICS, fields)
  }
  const stepMs = gateway.statisticsMinutes * MINUTE_MS
  for (let timeMs = tunnelMs + stepMs; stepMs > 0 && timeMs < endMs - MINUTE_MS; timeMs += stepMs) {
    statistics(timeMs, address)
  }
  for (const move of session.moves) statistics(move.timeMs, move.address)
  const end = `reason="N/A" ${traffic(Math.max(0, Math.round((endMs - tunnelMs) / 1000)))} msg="SSL tunnel shutdown"`
  const last = at(session.moves.at(-1)?.address ?? address)
  write(endMs, TUNNEL_DOWN, `${last.tunnel('tunnel-down')} ${end}`)
  write(endMs + 5 + (key % 80), USER_DOWN, `${last.web('tunnel-down')} ${end}`)
}
