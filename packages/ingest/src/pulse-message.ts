import { canonicalAddressOf } from '@sekisho/event'

/** Whom a message names, and from where; `''` where it does not. */
export interface MessageSubject {
  readonly user: string
  readonly realm: string
}

/** The text between two marks, `''` when either is missing. */
export function between(text: string, before: string, after: string): string {
  const at = text.indexOf(before)
  if (at < 0) return ''
  const start = at + before.length
  const end = text.indexOf(after, start)
  return end < 0 ? '' : text.slice(start, end)
}

/**
 * The person of a message: `for U/REALM … from`, `for user: [U/REALM]`, `for user:[U]`, `for user U/REALM changed`,
 * `U/REALM logged out from IP`, `User U denied access`.
 */
export function subjectOf(message: string): MessageSubject {
  const bracketed = between(message, ' for user: [', ']') || between(message, ' for user:[', ']')
  if (bracketed !== '')
    return bracketed.includes('/') ? subjectFrom(bracketed) : { user: bracketed, realm: '' }
  const moved = between(message, ' for user ', ' changed from ')
  if (moved !== '') return subjectFrom(moved)
  const replaced = message.indexOf(' logged out from IP')
  if (replaced > 0) return subjectFrom(message.slice(0, replaced))
  const denied = message.startsWith('User ') ? between(message, 'User ', ' denied access') : ''
  if (denied !== '') return { user: denied, realm: '' }
  const named = between(message, ' for ', ' from ')
  const session = named.indexOf('(session:')
  return subjectFrom((session < 0 ? named : named.slice(0, session)).trim())
}

/** Splits at the last slash: realms hardly ever have one, names of machines do (`host/pc-17`). */
function subjectFrom(text: string): MessageSubject {
  const slash = text.lastIndexOf('/')
  if (slash < 0) return { user: '', realm: '' }
  return { user: text.slice(0, slash), realm: text.slice(slash + 1) }
}

/**
 * The address after `from`, `from IP` or `from [`, `''` when there is none.
 *
 * @param isLast take the last one: names of failed logins are typed by strangers and stand before the address; what
 *   follows the address of a login that succeeded is the client's own text, so there the first counts.
 */
export function clientIn(message: string, isLast: boolean): string {
  let found = ''
  let at = message.indexOf('from ')
  while (at >= 0) {
    const address = addressAt(message, at + 5)
    if (address !== '') {
      found = address
      if (!isLast) return found
    }
    at = message.indexOf('from ', at + 5)
  }
  return found
}

/** Longest text of an address with brackets. */
const ADDRESS_LENGTH_MAX = 48

/** The address at a position, after `IP ` and an opening bracket if there are such. */
export function addressAt(message: string, from: number): string {
  let start = from
  if (message.startsWith('IP ', start)) start += 3
  const open = message.charCodeAt(start)
  if (open === 40 || open === 91) start++
  let end = start
  while (end < start + ADDRESS_LENGTH_MAX && isAddressCode(message.charCodeAt(end))) end++
  if (message.charCodeAt(end - 1) === 46) end--
  return end > start ? canonicalAddressOf(message.slice(start, end)) : ''
}

function isAddressCode(code: number): boolean {
  if (code >= 48 && code <= 58) return true
  return code === 46 || (code >= 97 && code <= 102) || (code >= 65 && code <= 70)
}

const ASSIGNED_MARKS = ['IPv4 address ', 'IP address ', 'with IP ', 'User with IP ', 'NCIP ']

/** The address that the client was given inside the tunnel, `''` when the message has none. */
export function assignedIn(message: string): string {
  for (const mark of ASSIGNED_MARKS) {
    const at = message.indexOf(mark)
    if (at < 0) continue
    const address = addressAt(message, at + mark.length)
    if (address !== '') return address
  }
  return ''
}

/** `sid1c85…` of `(session:sid1c85…)` or `(session: sid…)`, `''` without one or for a row of zeros. */
export function sessionIn(message: string): string {
  const at = message.indexOf('session:')
  if (at < 0) return ''
  let start = at + 8
  while (message.charCodeAt(start) === 32) start++
  let end = start
  while (end < start + 64 && isWordCode(message.charCodeAt(end))) end++
  const session = message.slice(start, end)
  return /^0*$/.test(session) ? '' : session
}

function isWordCode(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

/** The program a client says it is: ` with AGENT.` after a login, `from user agent 'AGENT'`. */
export function userAgentIn(message: string): string {
  const quoted = between(message, "from user agent '", "'")
  if (quoted !== '') return quoted
  const from = message.indexOf(' from ')
  const at = from < 0 ? -1 : message.indexOf(' with ', from)
  if (at < 0) return ''
  const agent = message.slice(at + 6).trim()
  return agent.endsWith('.') ? agent.slice(0, -1) : agent
}

/** An id of the client's device: its MAC address, else its host name. */
export function deviceIn(message: string): string {
  const mac = between(message, 'mac-address: [', ']') || between(message, "address '", "'")
  if (mac !== '') return mac
  const at = message.indexOf(', hostname ')
  if (at < 0) return ''
  const start = at + 11
  let end = start
  while (end < message.length && message.charCodeAt(end) > 32 && message[end] !== ',') end++
  return message.slice(start, end)
}

/** Seconds of `after 120 seconds`, -1 without it. */
export function durationIn(message: string): number {
  const seconds = between(message, ' after ', ' seconds')
  return /^\d{1,10}$/.test(seconds) ? Number(seconds) : -1
}
