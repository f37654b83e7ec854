import { canonicalAddressOf } from '@sekisho/event'
import { leadingClientIn } from './addresses.ts'
import type { PulseMatch } from './outcomes.ts'
import type { PulseRecord } from './record.ts'

const BLANK = 32
const OPENING_BRACKET = 91

/** What stands before the name in the message of a login, and behind `USER/REALM` up to the client's program. */
const LOGIN_NAMES = /^[A-Z][A-Za-z ]{1,40} for (?:user: \[)?$/
const LOGIN_GOES_ON =
  /^\]?(?: {1,2}\(session: ?[0-9A-Za-z]{1,64}\))? from \[?([0-9A-Fa-f.:]{2,45})\]? with /

/** Longest text that `LOGIN_GOES_ON` fits. */
const LOGIN_GOES_ON_LENGTH = 160

/**
 * True for a reading whose message is a login from its beginning to the end of the line: the user, realm and address
 * of the header stand in it once more, a program follows, and the dot that the device writes behind that is the last
 * character. (`Agent login succeeded for U/REALM (session:ID) from IP with PROGRAM.`)
 */
export function isWholeLogin({ user, realm, address, message }: PulseRecord): boolean {
  if (user === '' || !message.endsWith('.')) return false
  const person = `${user}/${realm}`
  const at = message.indexOf(person)
  if (at < 0 || !LOGIN_NAMES.test(message.slice(0, at))) return false
  const rest = at + person.length
  const from = LOGIN_GOES_ON.exec(message.slice(rest, rest + LOGIN_GOES_ON_LENGTH))?.[1] ?? ''
  return from !== '' && canonicalAddressOf(from) === canonicalAddressOf(address)
}

/**
 * True when the places where a message might begin behind that of a reading, up to `last`, stand in its user's name
 * that its message repeats: then that name imitates, and this reading is the device's.
 */
export function repeatsName({ user, message, starts }: PulseRecord, last: number): boolean {
  const at = user === '' ? -1 : message.lastIndexOf(user)
  if (at < 0) return false
  const before = at === 0 ? BLANK : message.charCodeAt(at - 1)
  let end = at + user.length
  while (message.charCodeAt(end) <= BLANK) end++
  const isWhole = (before <= BLANK || before === OPENING_BRACKET) && message[end] === '/'
  return isWhole && last <= starts.message + end
}

/** `Login failed from IP after N failed attempts. Subsequent attempts will be blocked for M minutes.` */
const LOCKED_OUT =
  /^Login failed from [0-9A-Fa-f.:]{2,45} after \d{1,6} failed attempts?\. Subsequent attempts will be blocked for \d{1,6} minutes?\.$/

/** Longest text that `LOCKED_OUT` fits. */
const LOCKED_OUT_LENGTH = 160

const REJECTED_FROM = 'Login rejected from '

/** Words of refusals in general, for messages that are in no row; our own list. */
const REFUSAL =
  /\b(?:no\b|(?:can)?not\b|un(?:able|known)|fail|reject|refus|den(?:y|ied)|block|lock|disabl|expir|invalid|incorrect|wrong)/i

/** How far into a message of no row words of a refusal are looked for. */
const REFUSAL_LENGTH = 512

/**
 * True when a reading may be what a device writes where nobody was let in: its words are those of a refusal, the
 * device may end them like that, and an address that they begin with is the header's, if nothing typed stands before
 * that one.
 *
 * @param isRepeated whether the message repeats its user's whole name, in which the other readings stand
 */
export function mayRefuse(
  match: PulseMatch | null,
  { address, message, starts }: PulseRecord,
  isRepeated: boolean,
): boolean {
  if (match === null && !REFUSAL.test(message.slice(0, REFUSAL_LENGTH))) return false
  const client = starts.address < starts.user ? leadingClientIn(message) : ''
  if (client !== '' && client !== canonicalAddressOf(address)) return false
  return !message.endsWith('.') || isRepeated || isEndedByDevice(message)
}

/**
 * True for a refusal that the device itself may end with a dot. The dot behind all others is that of a login, which
 * stands behind the client's program: no reason that was seen ends with one.
 */
function isEndedByDevice(message: string): boolean {
  if (message.startsWith(REJECTED_FROM)) return true
  return message.length <= LOCKED_OUT_LENGTH && LOCKED_OUT.test(message)
}
