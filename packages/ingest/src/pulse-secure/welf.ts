import { wallMsAt } from '../time/wall-time.ts'
import { textAt } from './header.ts'
import { weighedPlaces } from './places.ts'
import type { PulseReadings, PulseRecord } from './record.ts'
import { type WelfValue, welfFieldsOf, welfMessageOf } from './welf-fields.ts'

export const PULSE_WELF_NAMES: ReadonlySet<string> = new Set([
  ...['id', 'time', 'pri', 'fw', 'vpn', 'ivs', 'user', 'realm', 'roles', 'sessionID', 'proto'],
  ...['src', 'dst', 'dstname', 'type', 'op', 'arg', 'result', 'sent', 'rcvd', 'agent', 'duration'],
  'msg',
])

/**
 * Reads the WELF form from where its body begins:
 * `id=firewall time="2026-03-14 03:02:11" pri=6 fw=10.80.1.5 vpn=pcs-a1 ivs=Default Network user=jdoe realm="Users" …`
 *
 * The user is unquoted and typed by strangers, who may write ` realm="` into it, and what the client says it is stands
 * before the message as well as in it. So the message may begin at every ` msg="`, and before each of these the user
 * may end at the first ` realm="` or at the last.
 *
 * @returns null when the line is another product's.
 */
export function welfReadingsOf(text: string, at: number): PulseReadings | null {
  const realmAt = text.indexOf(REALM, at)
  if (realmAt < 0) return null
  const userMark = text.indexOf(USER, at)
  const isUserGiven = userMark >= 0 && userMark < realmAt
  const head = welfFieldsOf(text.slice(0, isUserGiven ? userMark : realmAt), PULSE_WELF_NAMES, at)
  if (!head.has('vpn')) return null
  const wallMs = wallMsAt(head.get('time')?.text ?? '', 0)
  if (Number.isNaN(wallMs)) return []
  const userAt = isUserGiven ? userMark + USER.length : -1
  const readings: PulseRecord[] = []
  for (const messageAt of weighedPlaces(text, messagesIn(text, realmAt), CODE_LENGTH)) {
    const fieldsEnd = messageAt - MESSAGE.length
    const lastRealmAt = text.lastIndexOf(REALM, fieldsEnd)
    for (const userEnd of lastRealmAt === realmAt ? [realmAt] : [realmAt, lastRealmAt]) {
      const fields = welfFieldsOf(text.slice(0, fieldsEnd), PULSE_WELF_NAMES, userEnd + 1)
      const user = userAt < 0 ? ABSENT : trimmedOf(text, userAt, userEnd)
      readings.push(recordOf(head, fields, user, welfMessageOf(text, messageAt), wallMs))
    }
  }
  return readings
}

const USER = ' user='
const REALM = ' realm="'
const MESSAGE = ' msg="'

/** Places behind every ` msg="` from a position on. */
function messagesIn(text: string, from: number): readonly number[] {
  const places: number[] = []
  for (let at = text.indexOf(MESSAGE, from); at >= 0; at = text.indexOf(MESSAGE, at + 1))
    places.push(at + MESSAGE.length)
  return places
}

function trimmedOf(text: string, from: number, end: number): WelfValue {
  return { text: text.slice(from, end).trim(), start: textAt(text, from) }
}

const ABSENT: WelfValue = { text: '', start: -1 }

function recordOf(
  head: ReadonlyMap<string, WelfValue>,
  fields: ReadonlyMap<string, WelfValue>,
  user: WelfValue,
  msg: WelfValue,
  wallMs: number,
): PulseRecord {
  const node = head.get('vpn') ?? ABSENT
  const virtualSystem = head.get('ivs') ?? ABSENT
  const realm = fields.get('realm') ?? ABSENT
  const roles = fields.get('roles') ?? ABSENT
  const sessionId = fields.get('sessionID') ?? ABSENT
  const address = fields.get('src') ?? ABSENT
  const userAgent = fields.get('agent') ?? ABSENT
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

/** Length of `AUT24414: `, behind which a message begins. */
const CODE_LENGTH = 10

/** `AUT24414` of `AUT24414: Agent login …`, or `''`. */
function codeOf(msg: string): string {
  return /^[A-Z]{3}\d{5}:/.test(msg) ? msg.slice(0, 8) : ''
}
