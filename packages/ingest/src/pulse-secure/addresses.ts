import { canonicalAddressOf, type LoggedEvent } from '@sekisho/event'
import { isLoopback } from '../text/address-in.ts'
import { ownCopyOf } from '../text/own-copy.ts'
import { isSystemLine, type PulseRecord } from './record.ts'

/**
 * Sets the addresses of an event whose action and outcome are set.
 *
 * The client's address is the header's, unless that is the device itself or the line is the device's own; then the
 * message's. A session that moved is at its new address and the other is where it was; one that was replaced ended at
 * its own address and the other is where the new one began.
 */
export function describePulseAddresses(event: LoggedEvent, record: PulseRecord): void {
  const { message } = record
  // Only lines of sessions name more addresses than the client's; so may those whose meaning is not known.
  const isOfSession = event.action.startsWith('vpn.session') || event.action === 'other'
  const pair = isOfSession ? pairIn(message) : null
  const source = pair?.source || canonicalAddressOf(clientOf(record, event.outcome !== 'success'))
  event.sourceAddress = ownCopyOf(source)
  if (!isOfSession) return
  event.otherAddress = ownCopyOf(pair?.other ?? '')
  event.assignedAddress = ownCopyOf(assignedIn(message))
}

interface AddressPair {
  readonly source: string
  readonly other: string
}

const MOVED = 'Remote address for user'
const REPLACED = ' because user started new session from '

/** The addresses of a message that names two: `… changed from A to B`, `… logged out from IP (A) because … IP (B)`. */
function pairIn(message: string): AddressPair | null {
  if (message.startsWith(MOVED)) {
    const before = message.lastIndexOf(' changed from ')
    const after = message.indexOf(' to ', before + 14)
    if (before < 0 || after < 0) return null
    return { source: addressAt(message, after + 4), other: addressAt(message, before + 14) }
  }
  const because = message.lastIndexOf(REPLACED)
  if (because < 0) return null
  const from = message.lastIndexOf('from IP (', because)
  return {
    source: from < 0 ? '' : addressAt(message, from + 5),
    other: addressAt(message, because + REPLACED.length),
  }
}

function clientOf(record: PulseRecord, isLast: boolean): string {
  const isDevice = isLoopback(record.address)
  if (!isDevice && record.address !== '' && !isSystemLine(record)) return record.address
  // The last address of a message stands behind a name that may be longer than what is kept of the message.
  const client = clientIn(record.uncutMessage ?? record.message, isLast)
  return client === '' && !isDevice ? record.address : client
}

/** `Login rejected from …`, `Connection from …`: the client's address stands before anything that somebody typed. */
const BEGINS_WITH_CLIENT = /^[A-Z][a-z]+(?: [a-z]+)? from /

/** The address with which a message begins behind words and `from`, `''` when it does not. */
export function leadingClientIn(message: string): string {
  const words = BEGINS_WITH_CLIENT.exec(message)?.[0] ?? ''
  return words === '' ? '' : addressAt(message, words.length)
}

/**
 * The address after `from`, `from IP` or `from [`, `''` when there is none.
 *
 * @param isLast take the last one, but of a message that begins with one: names of failed logins are typed by strangers
 *   and stand before the address; what follows the address of a login that succeeded is the client's own text, so
 *   there the first counts
 */
export function clientIn(message: string, isLast: boolean): string {
  let found = leadingClientIn(message)
  if (found !== '') return found
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

const ASSIGNED_MARKS = ['IPv4 address ', 'IP address ', 'with IP ', 'NCIP ']

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
