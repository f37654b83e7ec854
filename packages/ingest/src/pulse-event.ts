import { canonicalAddressOf, type EventAction, type LoggedEvent } from '@sekisho/event'
import { attemptOf } from './attempt-of.ts'
import { ownCopyOf } from './own-copy.ts'
import {
  addressAt,
  assignedIn,
  between,
  clientIn,
  deviceIn,
  durationIn,
  sessionIn,
  subjectOf,
  userAgentIn,
} from './pulse-message.ts'
import type { PulseMatch } from './pulse-outcomes.ts'
import { factorIn, pulseReasonOf, reasonTextIn } from './pulse-reasons.ts'
import type { PulseRecord } from './pulse-record.ts'
import { setUser } from './set-user.ts'

/** Sets everything but the time: what the record says, and its row if it has one. */
export function describePulseEvent(
  event: LoggedEvent,
  record: PulseRecord,
  match: PulseMatch | null,
): void {
  const { message } = record
  event.code = ownCopyOf(record.code)
  event.gateway = ownCopyOf(record.node)
  event.virtualSystem = ownCopyOf(record.virtualSystem)
  describeOutcome(event, record, match, message)
  describePerson(event, record, message)
  event.sourceAddress = ownCopyOf(canonicalAddressOf(sourceOf(event, record, message)))
  if (isOfSession(event)) event.assignedAddress = ownCopyOf(assignedIn(message))
  event.sessionId = ownCopyOf(
    sessionOfHeader(record) || between(message, 'Session:[', ']') || sessionIn(message),
  )
  event.userAgent = ownCopyOf(record.userAgent || userAgentOf(event, message))
  event.deviceId = ownCopyOf(deviceIn(message))
  if (event.action === 'vpn.session.end') describeEnd(event, message)
  event.attempt = match?.row.attempt ?? attemptOf(event)
  if (match?.row.isAdmin === true && event.action === 'auth.factor') event.attempt = 'admin'
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

function describeOutcome(
  event: LoggedEvent,
  record: PulseRecord,
  match: PulseMatch | null,
  message: string,
): void {
  const reasonText = reasonTextIn(message)
  const isWhole = match === null || TOLD_WHOLE.has(match.row.action)
  const words = isWhole ? '' : match.words
  if (reasonText !== '' || words === '')
    event.reasonRaw = ownCopyOf(reasonText || message.slice(0, REASON_LENGTH_MAX))
  else event.reasonRaw = words
  event.factor = match?.row.factor ?? factorIn(message)
  if (match === null) return
  const { row } = match
  event.action = row.isAdmin === true ? row.action : actionFor(row.action, record)
  event.outcome = row.outcome ?? 'unknown'
  event.decides = row.decides ?? 'no'
  if (event.outcome === 'failure') event.reason = row.reason ?? pulseReasonOf(message, reasonText)
  if (row.action === 'indicator' && isCleanScan(message)) event.action = 'other'
}

/** Forms without a code word the logins of administrators as anybody's; their roles or realm tell. */
function actionFor(action: EventAction, record: PulseRecord): EventAction {
  const isAdmin =
    record.code === '' && (record.roles.startsWith('.') || record.realm === 'Admin Users')
  if (isAdmin && action === 'vpn.login') return 'admin.login'
  if (isAdmin && action === 'vpn.logout') return 'admin.logout'
  return action
}

/** An integrity scan that found nothing: `Newly Detected Files 0, Mismatched Files 0`. */
function isCleanScan(message: string): boolean {
  return message.includes('Newly Detected Files 0,') && /Mismatched Files 0\b/.test(message)
}

/** The header's person; a line that the device writes as `System` names its person in the message. */
function describePerson(event: LoggedEvent, record: PulseRecord, message: string): void {
  const isSystem = record.user === '' || record.user === 'System'
  const subject = isSystem ? subjectOf(message) : null
  setUser(event, ownCopyOf(subject === null ? record.user : subject.user))
  event.realm = ownCopyOf(record.realm || (subject?.realm ?? ''))
}

/**
 * The client's address: the header's, unless that is the device itself or the line is the device's own; then the
 * message's. A session that moved is at its new address, one that was replaced ended at its old one.
 */
function sourceOf(event: LoggedEvent, record: PulseRecord, message: string): string {
  if (event.action === 'vpn.session.update' && message.startsWith('Remote address for user')) {
    const to = message.lastIndexOf(' to ')
    return addressAt(message, to + 4) || record.address
  }
  if (message.includes('because user started new session')) {
    return clientIn(message, false) || record.address
  }
  const isDevice = record.address.startsWith('127.') || record.address === '::1'
  const isSystem = record.user === '' || record.user === 'System'
  if (!isDevice && !isSystem && record.address !== '') return record.address
  const client = clientIn(message, event.outcome !== 'success')
  return client === '' && !isDevice ? record.address : client
}

/** Only lines of a login or a resumed session name the client's program. */
function userAgentOf(event: LoggedEvent, message: string): string {
  const isLogin = event.action === 'vpn.login' || event.action === 'admin.login'
  if (!isLogin && event.action !== 'vpn.session.resume') return ''
  return event.outcome === 'success' ? userAgentIn(message) : ''
}

/** Lines of tunnels name the address inside; so do those of codes that are not known. */
function isOfSession({ action }: LoggedEvent): boolean {
  return action.startsWith('vpn.session') || action === 'other'
}

function sessionOfHeader(record: PulseRecord): string {
  return /^0*$/.test(record.sessionId) ? '' : record.sessionId
}

/** A connection that closed is the tunnel's when it names an address without a port, else one access through it. */
function describeEnd(event: LoggedEvent, message: string): void {
  event.durationS = durationIn(message)
  if (!message.startsWith('Closed connection to ')) return
  const address = addressAt(message, 'Closed connection to '.length)
  const target = between(message, 'Closed connection to ', ' after ')
  if (address === '' || target.includes(' port ')) {
    event.action = 'vpn.app'
    event.durationS = -1
  } else {
    event.assignedAddress = ownCopyOf(address)
  }
}
