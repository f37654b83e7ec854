import type { EventAction, LoggedEvent } from '@sekisho/event'
import { attemptOf } from '../attempt-of.ts'
import { ownCopyOf } from '../text/own-copy.ts'
import { setUser, userIdentityOf } from '../text/user-identity.ts'
import { addressAt, describePulseAddresses } from './addresses.ts'
import { isAdminLine } from './admin.ts'
import {
  between,
  bytesIn,
  durationIn,
  hostNameIn,
  isRowOfZeros,
  macAddressIn,
  sessionIn,
  subjectOf,
  userAgentIn,
} from './message.ts'
import type { PulseMatch } from './outcomes.ts'
import { factorIn, pulseReasonOf, reasonTextIn } from './reasons.ts'
import { isSystemLine, type PulseRecord } from './record.ts'
import { describePulseSign } from './signs.ts'

/** Sets everything but the time: what the record says, and its row if it has one. */
export function describePulseEvent(
  event: LoggedEvent,
  record: PulseRecord,
  match: PulseMatch | null,
): void {
  const { message } = record
  const isAdmin = match !== null && isAdminLine(record, match)
  event.code = ownCopyOf(record.code)
  event.gateway = ownCopyOf(record.node)
  event.virtualSystem = ownCopyOf(record.virtualSystem)
  if (match !== null) describeMeaning(event, match, message, isAdmin)
  event.reasonRaw = reasonRawOf(event, match, message)
  describePerson(event, record)
  describePulseAddresses(event, record)
  event.sessionId = ownCopyOf(sessionOf(event, record))
  event.userAgent = ownCopyOf(record.userAgent || userAgentOf(event, message))
  if (isOfDevice(event)) {
    event.deviceName = ownCopyOf(hostNameIn(message))
    event.deviceId = ownCopyOf(macAddressIn(message)) || event.deviceName
  }
  if (event.action === 'vpn.session.end') describeEnd(event, message)
  const isAdminFactor = isAdmin && event.action === 'auth.factor'
  event.attempt = isAdminFactor ? 'admin' : (match?.row.attempt ?? attemptOf(event))
}

const OF_ADMINISTRATORS: Partial<Record<EventAction, EventAction>> = {
  'vpn.login': 'admin.login',
  'vpn.logout': 'admin.logout',
}

function describeMeaning(
  event: LoggedEvent,
  match: PulseMatch,
  message: string,
  isAdmin: boolean,
): void {
  const { row } = match
  event.action = (isAdmin ? OF_ADMINISTRATORS[row.action] : undefined) ?? row.action
  event.outcome = row.outcome ?? 'unknown'
  event.decides = row.decides ?? 'no'
  const isFailure = event.outcome === 'failure'
  if (row.factor !== undefined) event.factor = row.factor
  // Only refusals and the session's creation name the servers that were asked.
  else if (isFailure || event.decides === 'unless') event.factor = factorIn(message)
  if (isFailure) event.reason = row.reason ?? pulseReasonOf(message, reasonTextIn(message))
  describePulseSign(event, message, row)
}

/** Longest part of a message that stands for a reason. */
const REASON_LENGTH_MAX = 512

/** Lines whose message is the finding itself: the URL that was asked for, the object that was changed. */
const TOLD_WHOLE: ReadonlySet<EventAction> = new Set([
  'indicator',
  'unauthenticated.request',
  'config.change',
  'account.change',
  'risk.vendor',
])

/** The text after `Reason:`, else the words by which the message was told, else the message. */
function reasonRawOf(event: LoggedEvent, match: PulseMatch | null, message: string): string {
  const reasonText = event.outcome === 'success' ? '' : reasonTextIn(message)
  if (reasonText !== '') return ownCopyOf(reasonText.slice(0, REASON_LENGTH_MAX))
  if (match !== null && match.words !== '' && !TOLD_WHOLE.has(match.row.action)) return match.words
  return ownCopyOf(message.slice(0, REASON_LENGTH_MAX))
}

/**
 * The header's person; a line that the device writes as `System` names its person in the message. There the text
 * after the slash of a factor is the server that was asked, not the realm, and a request without a session has nobody.
 */
function describePerson(event: LoggedEvent, record: PulseRecord): void {
  const { message } = record
  if (!isSystemLine(record)) {
    setUser(event, userIdentityOf(ownCopyOf(record.user)))
    event.realm = ownCopyOf(record.realm)
    event.roles = ownCopyOf(record.roles)
    return
  }
  const isOfNobody = event.action === 'unauthenticated.request'
  const subject = isOfNobody ? null : subjectOf(message)
  setUser(event, userIdentityOf(ownCopyOf(subject?.user ?? '')))
  const realm = event.action === 'auth.factor' ? '' : (subject?.realm ?? '')
  event.realm = ownCopyOf(record.realm || realm)
  event.roles = ownCopyOf(record.roles || between(message, ' with roles:[', ']'))
}

/** The header's short id, else the one that the message names; what a stranger typed may look like one as well. */
function sessionOf(event: LoggedEvent, record: PulseRecord): string {
  if (!isRowOfZeros(record.sessionId)) return record.sessionId
  if (event.outcome === 'failure' || !hasSession(event.action)) return ''
  return between(record.message, 'Session:[', ']') || sessionIn(record.message)
}

function hasSession(action: EventAction): boolean {
  return action.startsWith('vpn.') || action.startsWith('admin.') || action === 'other'
}

/** Only lines of sessions and of the host checker name the client's device. */
function isOfDevice({ action }: LoggedEvent): boolean {
  return action.startsWith('vpn.session') || action === 'posture.check' || action === 'other'
}

/** Only lines of a login or a resumed session name the client's program. */
function userAgentOf(event: LoggedEvent, message: string): string {
  const isLogin = event.action === 'vpn.login' || event.action === 'admin.login'
  if (!isLogin && event.action !== 'vpn.session.resume') return ''
  return event.outcome === 'success' ? userAgentIn(message) : ''
}

const CLOSED = 'Closed connection to '

/**
 * How long and how much. A connection that closed is the tunnel's when it names an address without a port, else one
 * access through it. The bandwidth of a session that was deleted is one sum of both directions and is left out.
 */
function describeEnd(event: LoggedEvent, message: string): void {
  event.durationS = durationIn(message)
  if (!message.startsWith(CLOSED)) return
  const { received, sent } = bytesIn(message)
  event.receivedBytes = received
  event.sentBytes = sent
  const address = addressAt(message, CLOSED.length)
  if (address === '' || between(message, CLOSED, ' after ').includes(' port ')) {
    event.action = 'vpn.app'
    event.durationS = -1
  } else {
    event.assignedAddress = ownCopyOf(address)
  }
}
