import { WALL_TIME_LENGTH, wallMsAt } from '../time/wall-time.ts'
import { headersOf, NOBODY, type PulseHeader, startsOf } from './header.ts'
import { isAddressText, type PulseReadings, type PulseRecord } from './record.ts'

/**
 * Reads the older export from where its body begins, which has the severity first and the time last:
 * `info - [203.0.113.9] - jdoe(Realm)[Role X,Role Y] - 2012/11/23 18:05:42 - Agent login succeeded …`
 *
 * It names no appliance. Every `] - ` that a time follows may end the header, since the name is typed by strangers.
 *
 * @returns null when the text is not of this form.
 */
export function exportReadingsOf(text: string, at: number): PulseReadings | null {
  const open = text.indexOf(' - [', at)
  const addressEnd = text.indexOf(']', open)
  const address = text.slice(open + 4, addressEnd)
  if (open < 0 || addressEnd < 0 || !isAddressText(address)) return null
  if (!text.startsWith(' - ', addressEnd + 1)) return null
  const restAt = addressEnd + 4
  const rest = text.slice(restAt)
  const addressAt = open + 4
  const headers = headersOf(rest, isTimeAt, MESSAGE_OFFSET)
  const readings = (isTimeAt(rest, 0) ? [NOBODY, ...headers] : headers).map((header) =>
    recordOf(address, addressAt, header, rest, restAt),
  )
  return readings.length === 0 ? null : readings
}

/** How far behind a header the message begins: the time and a dash are between. */
const MESSAGE_OFFSET = WALL_TIME_LENGTH + 3

/** `2012/11/23 18:05:42 - `, with which this form begins its message. */
function isTimeAt(text: string, at: number): boolean {
  return text.startsWith(' - ', at + WALL_TIME_LENGTH) && !Number.isNaN(wallMsAt(text, at))
}

function recordOf(
  address: string,
  addressAt: number,
  header: PulseHeader,
  rest: string,
  restAt: number,
): PulseRecord {
  const messageAt = header.end + MESSAGE_OFFSET
  return {
    wallMs: wallMsAt(rest, header.end),
    node: '',
    virtualSystem: header.virtualSystem,
    user: header.user,
    realm: header.realm,
    roles: header.roles,
    sessionId: header.sessionId,
    address,
    userAgent: '',
    code: '',
    message: rest.slice(messageAt),
    starts: {
      ...startsOf(header, restAt),
      time: restAt + header.end,
      node: -1,
      address: addressAt,
      userAgent: -1,
      code: -1,
      message: restAt + messageAt,
    },
  }
}
