import { MINUTE_MS, SECOND_MS } from '../clock.ts'
import type { Journal, Origin } from '../delivery/journal.ts'
import type { Gateway } from '../organisation/gateway.ts'
import { hashOf, Random } from '../random.ts'
import { quoted, writeFortigate } from './fortigate-line.ts'
import { TUNNEL_DOWN, TUNNEL_UP, tunnelIdOf } from './fortigate-ssl.ts'
import { pulseIdsOf, pulseSessionHead, writePulse } from './pulse.ts'

/** Somebody else's use of a running session: which one, from where, and where its owner is. */
export interface SessionTheft {
  readonly timeMs: number
  readonly user: string
  readonly address: string
  readonly homeAddress: string
  readonly sessionKey: string
}

/** FortiGate: a second tunnel of the session from the thief's address, for a while. */
export function fortigateTheft(
  journal: Journal,
  gateway: Gateway,
  { timeMs, user, address, sessionKey }: SessionTheft,
  origin: Origin,
): void {
  const assigned = `${gateway.inside}.${hashOf(address) % 250}.77`
  const fields = (action: string): string =>
    `action="${action}" tunneltype="ssl-tunnel" tunnelid=${tunnelIdOf(sessionKey)} remip=${address} tunnelip=${assigned} user=${quoted(user)} group="VPN-Staff" dst_host="N/A"`
  const up = `${fields('tunnel-up')} reason="tunnel established" msg="SSL tunnel established"`
  writeFortigate(journal, gateway, timeMs, TUNNEL_UP, up, origin)
  const down = `${fields('tunnel-down')} reason="N/A" duration=540 sentbyte=9100000 rcvdbyte=410000 msg="SSL tunnel shutdown"`
  writeFortigate(journal, gateway, timeMs + 9 * MINUTE_MS, TUNNEL_DOWN, down, origin)
}

/** Pulse Secure: the session's address changes to the thief's, and back when its owner's client reconnects. */
export function pulseTheft(
  journal: Journal,
  gateway: Gateway,
  { timeMs, user, address, homeAddress, sessionKey }: SessionTheft,
  origin: Origin,
): void {
  const ids = pulseIdsOf(sessionKey)
  const minutes = new Random('theft', hashOf(sessionKey)).integer(3, 25)
  const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'
  const write = (ms: number, code: string, text: string, from: string): void =>
    writePulse(journal, gateway, ms, code, text, origin, pulseSessionHead(user, ids, from, agent))
  const moved = (from: string, to: string): string =>
    `Remote address for user ${user}/Employees changed from ${from} to ${to}`
  write(timeMs, 'AUT20919', moved(homeAddress, address), address)
  const resumed = `Session resumed from user agent '${agent}' (session:${ids.sid})`
  write(timeMs + SECOND_MS, 'EAM24460', resumed, address)
  write(timeMs + minutes * MINUTE_MS, 'AUT20919', moved(address, homeAddress), homeAddress)
}
