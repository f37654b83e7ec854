/** Whom a message names; `''` where it does not. */
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
 * The person of a message: `for U/REALM … from`, `for U/REALM (session:`, `for user: [U/REALM]`, `for user:[U]`,
 * `for user U/REALM changed`, `U/REALM logged out from IP`, `User U denied access`.
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
  const named = between(message, ' for ', ' from ') || between(message, ' for ', ' (session:')
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
 * `sid1c85…` of `(session:sid1c85…)`, `(session: sid…)` or `connection done for sid…`, `''` without one or for a row of
 * zeros.
 */
export function sessionIn(message: string): string {
  const at = message.indexOf('session:')
  let start = at < 0 ? endOf(message, 'connection done for ') : at + 'session:'.length
  if (start < 0) return ''
  while (message.charCodeAt(start) === 32) start++
  let end = start
  while (end < start + 64 && isWordCode(message.charCodeAt(end))) end++
  const session = message.slice(start, end)
  return isRowOfZeros(session) ? '' : session
}

/** Where the text after a mark begins, or -1. */
function endOf(text: string, mark: string): number {
  const at = text.indexOf(mark)
  return at < 0 ? -1 : at + mark.length
}

/** True for the id of no session, `00000000` or none. */
export function isRowOfZeros(session: string): boolean {
  return /^0*$/.test(session)
}

function isWordCode(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

/** The program a client says it is: ` with AGENT.` after a login, `from user agent 'AGENT'`. */
export function userAgentIn(message: string): string {
  const quoteAt = endOf(message, "from user agent '")
  if (quoteAt >= 0) {
    const end = message.lastIndexOf("'")
    return message.slice(quoteAt, end < quoteAt ? undefined : end)
  }
  const from = message.indexOf(' from ')
  const at = from < 0 ? -1 : message.indexOf(' with ', from)
  if (at < 0) return ''
  const agent = message.slice(at + 6).trim()
  return agent.endsWith('.') ? agent.slice(0, -1).trimEnd() : agent
}

/** The MAC address of the client's device: `mac-address: [00-00-5e-00-53-2b]`, `address '00-00-5e-00-53-2b'`. */
export function macAddressIn(message: string): string {
  return between(message, 'mac-address: [', ']') || between(message, "address '", "'")
}

/** The name that the client's device says it has: `, hostname LT-0417`. */
export function hostNameIn(message: string): string {
  const start = endOf(message, ', hostname ')
  if (start < 0) return ''
  let end = start
  while (end < message.length && message.charCodeAt(end) > 32 && message[end] !== ',') end++
  return message.slice(start, end)
}

/** Seconds of `after 120 seconds`, -1 without it. */
export function durationIn(message: string): number {
  return countOf(between(message, ' after ', ' seconds'))
}

/** Bytes from the client (`with 6236 bytes read`) and to it (`and 3542 bytes written`), -1 where a message tells none. */
export function bytesIn(message: string): { received: number; sent: number } {
  return {
    received: countOf(between(message, ', with ', ' bytes read')),
    sent: countOf(between(message, ' and ', ' bytes written')),
  }
}

/** The number of a text of at most 15 digits, which a double holds exactly, or -1. */
function countOf(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : -1
}
