import { textAt } from './pulse-header.ts'
import { type PulseReadings, type PulseRecord, READINGS_MAX } from './pulse-record.ts'
import { wallMsAt } from './wall-time.ts'
import { type WelfValue, welfFieldsOf } from './welf.ts'

export const PULSE_WELF_NAMES: ReadonlySet<string> = new Set([
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
  const userMark = text.indexOf(USER, at)
  const isUserGiven = userMark >= 0 && userMark < realmAt
  const head = welfFieldsOf(text.slice(0, isUserGiven ? userMark : realmAt), PULSE_WELF_NAMES, at)
  if (!head.has('vpn')) return null
  const wallMs = wallMsAt(head.get('time')?.text ?? '', 0)
  if (Number.isNaN(wallMs)) return []
  const readings: PulseRecord[] = []
  for (let tried = 0; realmAt >= 0; tried++) {
    if (tried === READINGS_MAX) return []
    const userAt = userMark + USER.length
    const user = isUserGiven
      ? { text: text.slice(userAt, realmAt).trim(), start: textAt(text, userAt) }
      : ABSENT
    const fields = welfFieldsOf(text, PULSE_WELF_NAMES, realmAt + 1)
    if (fields.has('msg')) readings.push(recordOf(head, fields, user, wallMs))
    realmAt = text.indexOf(' realm="', realmAt + 1)
  }
  return readings
}

const USER = ' user='

const ABSENT: WelfValue = { text: '', start: -1 }

function recordOf(
  head: ReadonlyMap<string, WelfValue>,
  fields: ReadonlyMap<string, WelfValue>,
  user: WelfValue,
  wallMs: number,
): PulseRecord {
  const node = head.get('vpn') ?? ABSENT
  const virtualSystem = head.get('ivs') ?? ABSENT
  const realm = fields.get('realm') ?? ABSENT
  const roles = fields.get('roles') ?? ABSENT
  const sessionId = fields.get('sessionID') ?? ABSENT
  const address = fields.get('src') ?? ABSENT
  const userAgent = fields.get('agent') ?? ABSENT
  const msg = fields.get('msg') ?? ABSENT
  const code = codeOf(msg.text)
  const messageAt = code === '' ? 0 : textAt(msg.text, code.length + 1)
  return {
    wallMs,
    node: node.text,
    virtualSystem: virtualSystem.text,
    user: user.text,
    realm: realm.text,
    roles: roles.text,
    sessionId: sessionId.text,
    address: address.text,
    userAgent: userAgent.text,
    code,
    message: msg.text.slice(messageAt),
    starts: {
      time: head.get('time')?.start ?? -1,
      node: node.start,
      virtualSystem: virtualSystem.start,
      user: user.start,
      realm: realm.start,
      roles: roles.start,
      sessionId: sessionId.start,
      address: address.start,
      userAgent: userAgent.start,
      code: code === '' ? -1 : msg.start,
      message: msg.start + messageAt,
    },
  }
}

/** `AUT24414` of `AUT24414: Agent login …`, or `''`. */
function codeOf(msg: string): string {
  return /^[A-Z]{3}\d{5}:/.test(msg) ? msg.slice(0, 8) : ''
}
