import { type PulseReadings, type PulseRecord, READINGS_MAX } from './pulse-record.ts'
import { WALL_TIME_LENGTH, wallMsAt } from './wall-time.ts'

/**
 * Reads the standard form from where its body begins:
 * `2026-03-14 08:16:55 - pcs-a1 - [203.0.113.50] Default Network::r.haddad(Employees)[Staff][9f3291bdc6] - Agent …`
 *
 * Realms hold brackets and parentheses, so a realm ends at the last `)[` before `] - ` and begins at the `(` that
 * belongs to it. A name that a stranger typed may imitate all that; then there are several readings, from left to
 * right.
 *
 * @returns null when the text is not of this form.
 */
export function standardReadingsOf(text: string, at: number): PulseReadings | null {
  const wallMs = wallMsAt(text, at)
  const nodeAt = at + WALL_TIME_LENGTH + 3
  const nodeEnd = text.indexOf(' - [', nodeAt)
  if (Number.isNaN(wallMs) || nodeEnd < 0 || nodeEnd - nodeAt > NODE_LENGTH_MAX) return null
  const node = text.slice(nodeAt, nodeEnd)
  const addressEnd = text.indexOf(']', nodeEnd)
  const address = text.slice(nodeEnd + 4, addressEnd)
  if (addressEnd < 0 || !/^[0-9a-fA-F.:]{0,45}$/.test(address)) return null
  const rest = text.slice(addressEnd + 1).trimStart()
  if (rest.startsWith('- ')) return [recordOf(wallMs, node, address, null, rest.slice(2))]
  const readings: PulseRecord[] = []
  let rolesAt = rest.indexOf(')[')
  while (rolesAt >= 0) {
    const end = rest.indexOf('] - ', rolesAt + 1)
    if (end < 0) break
    if (readings.length === READINGS_MAX) return []
    const header = headerOf(rest.slice(0, end))
    readings.push(recordOf(wallMs, node, address, header, rest.slice(end + 4)))
    rolesAt = rest.indexOf(')[', end)
  }
  return readings.length > 0 ? readings : [recordOf(wallMs, node, address, null, rest)]
}

/** Longest name of an appliance; other programs write `TIME - words - [` too. */
const NODE_LENGTH_MAX = 64

interface Header {
  readonly virtualSystem: string
  readonly user: string
  readonly realm: string
  readonly roles: string
  readonly sessionId: string
}

function recordOf(
  wallMs: number,
  node: string,
  address: string,
  header: Header | null,
  message: string,
): PulseRecord {
  return {
    wallMs,
    node,
    virtualSystem: header?.virtualSystem ?? '',
    user: header?.user ?? '',
    realm: header?.realm ?? '',
    roles: header?.roles ?? '',
    sessionId: header?.sessionId ?? '',
    address,
    userAgent: '',
    code: '',
    message,
  }
}

/** Reads `VSYS::USER(REALM)[ROLES][SID`, in which a realm is closed. */
function headerOf(header: string): Header {
  const realmEnd = header.lastIndexOf(')[')
  const realmAt = openingOf(header, realmEnd)
  const principal = header.slice(0, realmAt < 0 ? realmEnd : realmAt)
  const separator = principal.indexOf('::')
  const groups = header.slice(realmEnd + 2)
  const sessionAt = groups.lastIndexOf('][')
  return {
    virtualSystem: separator < 0 ? '' : principal.slice(0, separator).trim(),
    user: principal.slice(separator < 0 ? 0 : separator + 2).trim(),
    realm: realmAt < 0 ? '' : header.slice(realmAt + 1, realmEnd),
    roles: sessionAt < 0 ? groups : groups.slice(0, sessionAt),
    sessionId: sessionAt < 0 ? '' : groups.slice(sessionAt + 2),
  }
}

/** The `(` that a `)` belongs to, else the first one, or -1. */
function openingOf(text: string, closing: number): number {
  let depth = 0
  for (let at = closing; at >= 0; at--) {
    const code = text.charCodeAt(at)
    if (code === 41) depth++
    else if (code === 40 && --depth === 0) return at
  }
  const first = text.indexOf('(')
  return first < closing ? first : -1
}
