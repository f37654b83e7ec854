import { WALL_TIME_LENGTH, wallMsAt } from '../time/wall-time.ts'
import { headersOf, NOBODY, type PulseHeader, startsOf } from './header.ts'
import { isAddressText, type PulseReadings, type PulseRecord } from './record.ts'

/**
 * Reads the standard form from where its body begins:
 * `2026-03-14 08:16:55 - pcs-a1 - [203.0.113.50] Default Network::r.haddad(Employees)[Staff][9f3291bdc6] - Agent …`
 *
 * A line without a user, realm and roles (`… - [203.0.113.4] - VPN Tunneling: …`) is nobody's, unless a header follows:
 * then it may be that of a user whose name begins with a dash.
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
  if (addressEnd < 0 || !isAddressText(address)) return null
  const head = { wallMs, node, address, timeAt: at, nodeAt, addressAt: nodeEnd + 4 }
  const rest = text.slice(addressEnd + 1).trimStart()
  const readings = headersOf(rest, isAnything, 0).map((header) =>
    recordOf(head, text, header, rest.slice(header.end)),
  )
  if (rest.startsWith(DASH)) readings.unshift(recordOf(head, text, NOBODY, rest.slice(DASH.length)))
  return readings.length > 0 ? readings : [recordOf(head, text, NOBODY, rest)]
}

/** What is the same in all readings of a line. */
interface Head {
  readonly wallMs: number
  readonly node: string
  readonly address: string
  readonly timeAt: number
  readonly nodeAt: number
  readonly addressAt: number
}

const DASH = '- '

/** Longest name of an appliance; other programs write `TIME - words - [` too. */
const NODE_LENGTH_MAX = 64

/** A header of this form is followed by the message at once, which is free text. */
function isAnything(): boolean {
  return true
}

/** @param message the end of the text */
function recordOf(head: Head, text: string, header: PulseHeader, message: string): PulseRecord {
  const messageAt = text.length - message.length
  return {
    wallMs: head.wallMs,
    node: head.node,
    virtualSystem: header.virtualSystem,
    user: header.user,
    realm: header.realm,
    roles: header.roles,
    sessionId: header.sessionId,
    address: head.address,
    userAgent: '',
    code: '',
    message,
    starts: {
      ...startsOf(header, messageAt - header.end),
      time: head.timeAt,
      node: head.nodeAt,
      address: head.addressAt,
      userAgent: -1,
      code: -1,
      message: messageAt,
    },
  }
}
