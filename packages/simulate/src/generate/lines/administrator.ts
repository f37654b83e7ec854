import { MINUTE_MS, SECOND_MS } from '../clock.ts'
import type { Journal, Origin } from '../delivery/journal.ts'
import type { Gateway } from '../organisation/gateway.ts'
import { eventLog, quoted, writeFortigate } from './fortigate-line.ts'
import { writePulse } from './pulse.ts'

const LOGIN = eventLog('system', '0100032001', 'information', 'Admin login successful')
const LOGOUT = eventLog('system', '0100032003', 'information', 'Admin logout successful')
const CHANGE = eventLog('system', '0100044547', 'information', 'Object attribute configured')

/** A change of the configuration of a FortiGate. */
export interface ConfigurationChange {
  readonly path: string
  readonly object: string
  readonly attribute: string
}

/** An administrator's session. */
export interface AdministratorWork {
  readonly startMs: number
  readonly endMs: number
  readonly user: string
  readonly address: string
  readonly changes: readonly ConfigurationChange[]
}

/** An administrator logs in, changes things, and leaves. */
export function writeAdministrator(
  journal: Journal,
  gateway: Gateway,
  work: AdministratorWork,
  origin: Origin,
): void {
  if (gateway.isPulse) writePulseWork(journal, gateway, work, origin)
  else writeFortigateWork(journal, gateway, work, origin)
}

function writeFortigateWork(
  journal: Journal,
  gateway: Gateway,
  { startMs, endMs, user, address, changes }: AdministratorWork,
  origin: Origin,
): void {
  const ui = `https(${address})`
  const sn = Math.floor(startMs / SECOND_MS)
  const session = `sn="${sn}" user=${quoted(user)} ui="${ui}" method="https" srcip=${address} dstip=${gateway.inside}.1.1`
  const login = `${session} action="login" status="success" reason="none" profile="super_admin" msg="Administrator ${user} logged in successfully from ${ui}"`
  writeFortigate(journal, gateway, startMs, LOGIN, login, origin)
  for (const [index, { path, object, attribute }] of changes.entries()) {
    const what = `cfgtid=${sn % 100_000} cfgpath="${path}" cfgobj="${object}" cfgattr="${attribute}"`
    const fields = `user=${quoted(user)} ui="${ui}" action="Add" ${what} msg="Add ${path} ${object}"`
    writeFortigate(journal, gateway, startMs + (index + 1) * MINUTE_MS, CHANGE, fields, origin)
  }
  const seconds = Math.round((endMs - startMs) / SECOND_MS)
  const logout = `${session} action="logout" status="success" duration=${seconds} reason="exit" msg="Administrator ${user} logged out from ${ui}"`
  writeFortigate(journal, gateway, endMs, LOGOUT, logout, origin)
}

function writePulseWork(
  journal: Journal,
  gateway: Gateway,
  { startMs, endMs, user, address }: AdministratorWork,
  origin: Origin,
): void {
  const realm = 'Admin Users'
  const head = { user, realm, roles: ['.Administrators'], shortId: '', address, agent: '' }
  const write = (timeMs: number, code: string, text: string): void =>
    writePulse(journal, gateway, timeMs, code, text, origin, head)
  write(
    startMs - SECOND_MS,
    'AUT30684',
    `Primary authentication successful for ${user}/Administrators from ${address}`,
  )
  write(
    startMs,
    'ADM22668',
    `Login succeeded for ${user}/${realm} from ${address} via management port.`,
  )
  write(endMs, 'ADM22671', `Logout from ${address} (session:00000000)`)
}
