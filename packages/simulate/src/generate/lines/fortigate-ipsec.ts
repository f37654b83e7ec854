import type { Journal, Origin } from '../delivery/journal.ts'
import type { Gateway } from '../organisation/gateway.ts'
import { hashOf } from '../random.ts'
import type { FailureEvent, SessionEvent } from './events.ts'
import { eventLog, quoted, writeFortigate } from './fortigate-line.ts'
import { tunnelIdOf } from './fortigate-ssl.ts'

const PHASE_1 = eventLog('vpn', '0101037120', 'notice', 'Negotiate IPsec phase 1')
const PHASE_1_ERROR = eventLog('vpn', '0101037121', 'error', 'Negotiate IPsec phase 1')
const STATUS = eventLog('vpn', '0101037138', 'notice', 'IPsec connection status changed')

const TUNNEL = 'DIALUP'

function peerOf(gateway: Gateway, address: string, cookies: string, user: string): string {
  const ends = `remip=${address} locip=${gateway.address} remport=4500 locport=4500 outintf="wan1" cookies="${cookies}"`
  return `${ends} user="${address}" group="N/A" xauthuser=${quoted(user)} xauthgroup="VPN-Staff" vpntunnel="${TUNNEL}_0"`
}

const cookiesOf = (key: string): string => {
  const part = (n: number): string => hashOf(`${key}/${n}`).toString(16).padStart(8, '0')
  return `${part(1)}${part(2)}/${part(3)}${part(4)}`
}

/** A refused dial-up user: one line, whose reason is a wrong password or a wrong token. */
export function ipsecFailure(
  journal: Journal,
  gateway: Gateway,
  { timeMs, user, address, outcome }: FailureEvent,
  origin: Origin,
): void {
  const cookies = cookiesOf(`${timeMs}/${user}/${address}`)
  const token = outcome === 'second-factor' ? ' reason="invalid token"' : ''
  const fields = `msg="progress IPsec phase 1" action="negotiate" ${peerOf(gateway, address, cookies, user)} status="failure"${token} result="XAUTH authentication failed"`
  writeFortigate(journal, gateway, timeMs, PHASE_1_ERROR, fields, origin)
}

/** A dial-up login, its tunnel, and the tunnel's end. */
export function ipsecSession(
  journal: Journal,
  gateway: Gateway,
  session: SessionEvent,
  origin: Origin,
): void {
  const { startMs, endMs, address, user, device, sessionKey } = session
  const key = hashOf(sessionKey)
  const client = gateway.deviceIds ? ` fctuid="${device.clientId}"` : ''
  const peer = peerOf(gateway, address, cookiesOf(sessionKey), user)
  const assigned = `assignip=${gateway.inside}.${(key >>> 8) % 250}.${2 + (key % 250)}`
  const tunnel = `tunnelid=${tunnelIdOf(sessionKey)} tunneltype="ipsec"`
  const write = (timeMs: number, log: typeof PHASE_1, fields: string): void =>
    writeFortigate(journal, gateway, timeMs, log, fields, origin)
  const login = `action="negotiate" ${peer}${client} status="success" result="XAUTH authentication successful"`
  write(startMs, PHASE_1, `msg="progress IPsec phase 1" ${login}`)
  const status = `msg="IPsec connection status change"`
  write(
    startMs + 900,
    STATUS,
    `${status} action="tunnel-up" ${peer} ${assigned} ${tunnel} duration=0`,
  )
  const seconds = Math.max(0, Math.round((endMs - startMs - 900) / 1000))
  const bytes = `sentbyte=${seconds * 9000} rcvdbyte=${seconds * 1200}`
  write(
    endMs,
    STATUS,
    `${status} action="tunnel-down" ${peer} ${assigned} ${tunnel} duration=${seconds} ${bytes}`,
  )
}
