import { type PulseReadings, type PulseRecord, READINGS_MAX } from './pulse-record.ts'
import { wallMsAt } from './wall-time.ts'
import { welfFieldsOf } from './welf.ts'

const NAMES: ReadonlySet<string> = new Set([
  ...['id', 'time', 'pri', 'fw', 'vpn', 'ivs', 'user', 'realm', 'roles', 'sessionID', 'proto'],
  ...['src', 'dst', 'dstname', 'type', 'op', 'arg', 'result', 'sent', 'rcvd', 'agent', 'duration'],
  'msg',
])

/**
 * Reads the WELF form from where its body begins:
 * `id=firewall time="2026-03-14 03:02:11" pri=6 fw=10.80.1.5 vpn=pcs-a1 ivs=Default Network user=jdoe realm="Users" …`
 *
 * The user is unquoted and typed by strangers, who may write ` realm="` into it; then there are several readings,
 * from left to right.
 *
 * @returns null when the line is another product's.
 */
export function welfReadingsOf(text: string, at: number): PulseReadings | null {
  let realmAt = text.indexOf(' realm="', at)
  if (realmAt < 0) return null
  const userMark = text.indexOf(' user=', at)
  const isUserGiven = userMark >= 0 && userMark < realmAt
  const head = welfFieldsOf(text.slice(at, isUserGiven ? userMark : realmAt), NAMES)
  if (!head.has('vpn')) return null
  const wallMs = wallMsAt(head.get('time') ?? '', 0)
  if (Number.isNaN(wallMs)) return []
  const readings: PulseRecord[] = []
  for (let tried = 0; realmAt >= 0; tried++) {
    if (tried === READINGS_MAX) return []
    const user = isUserGiven ? text.slice(userMark + ' user='.length, realmAt) : ''
    const fields = welfFieldsOf(text.slice(realmAt + 1), NAMES)
    if (fields.has('msg')) readings.push(recordOf(head, fields, user, wallMs))
    realmAt = text.indexOf(' realm="', realmAt + 1)
  }
  return readings
}

function recordOf(
  head: ReadonlyMap<string, string>,
  fields: ReadonlyMap<string, string>,
  user: string,
  wallMs: number,
): PulseRecord {
  const msg = fields.get('msg') ?? ''
  const code = codeOf(msg)
  return {
    wallMs,
    node: head.get('vpn') ?? '',
    virtualSystem: head.get('ivs') ?? '',
    user: user.trim(),
    realm: fields.get('realm') ?? '',
    roles: fields.get('roles') ?? '',
    sessionId: fields.get('sessionID') ?? '',
    address: fields.get('src') ?? '',
    userAgent: fields.get('agent') ?? '',
    code,
    message: code === '' ? msg : msg.slice(code.length + 1).trimStart(),
  }
}

/** `AUT24414` of `AUT24414: Agent login …`, or `''`. */
function codeOf(msg: string): string {
  return /^[A-Z]{3}\d{5}:/.test(msg) ? msg.slice(0, 8) : ''
}
