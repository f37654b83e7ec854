import { canonicalAddressOf, type EventOutcome, type LoggedEvent } from '@sekisho/event'
import { attemptOf } from './attempt-of.ts'
import { FIELD } from './fortigate-fields.ts'
import type { FortigateOutcome } from './fortigate-outcomes.ts'
import { givenText, ikePersonOf } from './fortigate-person.ts'
import { fortigateReasonOf } from './fortigate-reasons.ts'
import type { KeyValueFields } from './key-value.ts'
import { ownCopyOf } from './own-copy.ts'
import { setUser } from './set-user.ts'

/** Sets everything but the time, the gateway and the code: what the line says by its fields and its row. */
export function describeFortigateEvent(
  event: LoggedEvent,
  fields: KeyValueFields,
  row: FortigateOutcome,
): void {
  event.action = row.action
  event.outcome = outcomeOf(row, fields)
  event.decides = row.decides
  event.factor = row.factor
  event.sourceAddress = canonicalAddressOf(clientOf(fields, row))
  event.assignedAddress = canonicalAddressOf(
    givenText(fields, FIELD.tunnelip) || givenText(fields, FIELD.assignip),
  )
  event.sessionId = sessionOf(fields, row)
  event.deviceId = givenText(fields, FIELD.fctuid) || givenText(fields, FIELD.stamac)
  const reasonText = reasonTextOf(fields, FIELD.reason) || reasonTextOf(fields, FIELD.result)
  event.reasonRaw = reasonText || givenText(fields, FIELD.msg)
  if (event.outcome === 'failure') event.reason = fortigateReasonOf(reasonText)
  if (row.isIke) describeIke(event, fields)
  else setUser(event, givenText(fields, FIELD.user))
  event.attempt = row.attempt ?? attemptOf(event)
  if (row.isIke && event.userRaw === '') event.attempt = 'none'
  if (isEnd(event)) event.durationS = durationOf(fields)
}

/**
 * IKE lines: without a person the tunnel joins two sites, and nobody logged in. The success of phase 1 decides a
 * login where XAUTH or EAP is told to have succeeded; other successes of phase 1 only when no such line exists.
 */
function describeIke(event: LoggedEvent, fields: KeyValueFields): void {
  const person = ikePersonOf(fields)
  setUser(event, person.user)
  event.factor = person.factor
  if (event.action === 'vpn.session.start' && fields.is(FIELD.action, 'tunnel-down')) {
    event.action = 'vpn.session.end'
    event.decides = 'no'
  }
  if (person.user === '') {
    if (event.action === 'vpn.login') event.action = 'vpn.negotiate'
    event.decides = 'no'
  } else if (event.action === 'vpn.login' && event.outcome !== 'failure') {
    const isAuthenticated = event.reasonRaw.includes('authentication successful')
    if (event.outcome === 'unknown') event.decides = 'no'
    else if (!isAuthenticated) event.decides = 'unless'
  }
}

function outcomeOf(row: FortigateOutcome, fields: KeyValueFields): EventOutcome {
  if (row.outcome === 'by-action') return worded(fields.text(FIELD.action)) || 'unknown'
  if (row.outcome !== 'by-status') return row.outcome
  return worded(fields.text(FIELD.status)) || worded(fields.text(FIELD.result)) || 'unknown'
}

function worded(word: string): EventOutcome | '' {
  switch (word.toLowerCase()) {
    case 'success':
    case 'ok':
    case 'done':
    case 'accept':
      return 'success'
    case 'failure':
    case 'failed':
    case 'error':
    case 'negotiate_error':
    case 'deny':
      return 'failure'
    default:
      return ''
  }
}

/** `none` is a reason that says there is none; elsewhere it can be a name. */
function reasonTextOf(fields: KeyValueFields, slot: number): string {
  const text = givenText(fields, slot)
  return text === 'none' ? '' : text
}

/** The client's address as logged. `ui` has it in parentheses (`https(192.0.2.10)`) or bare. */
function clientOf(fields: KeyValueFields, row: FortigateOutcome): string {
  if (row.clientSlot !== null) return fields.text(row.clientSlot)
  const source = givenText(fields, FIELD.srcip)
  if (source !== '') return source
  const ui = fields.text(FIELD.ui)
  const open = ui.indexOf('(')
  const close = ui.indexOf(')', open)
  return open >= 0 && close > open ? ui.slice(open + 1, close) : ui
}

/**
 * The key that lines of one session share. IKE lines have `cookies`, whose first half the client chose and all
 * lines of one negotiation and its tunnel carry; `tunnelid` stands on some of them only, so it comes second there.
 * Zero is no session.
 */
function sessionOf(fields: KeyValueFields, row: FortigateOutcome): string {
  if (row.isIke) {
    const cookies = givenText(fields, FIELD.cookies)
    const slash = cookies.indexOf('/')
    const initiator = slash < 0 ? cookies : cookies.slice(0, slash)
    if (initiator !== '') return ownCopyOf(initiator)
  }
  const tunnel = givenText(fields, FIELD.tunnelid)
  return tunnel === '0' ? '' : tunnel
}

function isEnd(event: LoggedEvent): boolean {
  switch (event.action) {
    case 'vpn.session.end':
    case 'vpn.logout':
    case 'admin.logout':
    case 'user.logout':
    case 'user.logoff':
      return true
    default:
      return false
  }
}

function durationOf(fields: KeyValueFields): number {
  const digits = fields.digitsIn(FIELD.duration)
  return digits > 0 && digits <= 10 ? fields.numberOf(FIELD.duration, digits) : -1
}
