import { canonicalAddressOf, type EventOutcome, type LoggedEvent } from '@sekisho/event'
import { attemptOf } from '../attempt-of.ts'
import { HeaderHosts } from '../header/header-hosts.ts'
import type { PairFields } from '../pairs/pair-fields.ts'
import type { RawLine } from '../raw-line.ts'
import { ownCopyOf } from '../text/own-copy.ts'
import { setPlainUser, setUser, type UserIdentity, userIdentityOf } from '../text/user-identity.ts'
import { ValueCache } from '../text/value-cache.ts'
import { FIELD } from './fields.ts'
import { configIndicatorOf, isConsoleLogin } from './indicators.ts'
import type { FortigateOutcome } from './outcomes.ts'
import { givenText, ikePersonOf, isNullWord } from './person.ts'
import { fortigateReasonOf } from './reasons.ts'

const USERS = new ValueCache((text) => userIdentityOf(isNullWord(text) ? '' : text))
const NOBODY = userIdentityOf('')

const HOSTS = new HeaderHosts()

/** Sets everything but the time and the code: what the line says by its fields and its row. */
export function describeFortigateEvent(
  event: LoggedEvent,
  line: RawLine,
  fields: PairFields,
  row: FortigateOutcome,
): void {
  event.gateway = gatewayOf(line, fields)
  event.gatewaySerial = givenText(fields, FIELD.devid)
  event.virtualSystem = givenText(fields, FIELD.vd)
  event.sourceAddress = clientOf(fields, row)
  event.assignedAddress = assignedOf(fields)
  event.sessionId = sessionOf(fields, row)
  event.deviceId = deviceOf(fields)
  event.group = groupOf(fields)
  event.sentBytes = countOf(fields, FIELD.sentbyte)
  event.receivedBytes = countOf(fields, FIELD.rcvdbyte)
  describeUser(event, fields)
  judgeFortigateEvent(event, fields, row)
}

/** Sets what several fields decide together: what happened, how it ended and why, and to whom in IKE lines. */
export function judgeFortigateEvent(
  event: LoggedEvent,
  fields: PairFields,
  row: FortigateOutcome,
): void {
  event.action = row.action
  event.outcome = outcomeOf(row, fields)
  event.decides = row.decides
  event.factor = row.factor
  const reasonText = reasonTextOf(fields, FIELD.reason) || reasonTextOf(fields, FIELD.result)
  event.reasonRaw = reasonText || givenText(fields, FIELD.msg)
  event.reason = event.outcome === 'failure' ? fortigateReasonOf(reasonText) : ''
  if (!row.isIke && row.isUserInMessage && userOf(fields).raw === '')
    setUser(event, userInMessage(fields))
  judgeFortigatePerson(event, fields, row)
  describeConfiguration(event, fields)
}

/** Sets what hangs on whom the line names, when its outcome and reason are set. */
export function judgeFortigatePerson(
  event: LoggedEvent,
  fields: PairFields,
  row: FortigateOutcome,
): void {
  if (row.isIke) {
    event.action = row.action
    event.decides = row.decides
    describeIke(event, fields)
  }
  event.attempt = row.attempt ?? attemptOf(event)
  if (row.isIke && event.userRaw === '') event.attempt = 'none'
  event.durationS = isEnd(event) ? countOf(fields, FIELD.duration) : -1
}

/**
 * IKE lines: without a person the tunnel joins two sites, and nobody logged in. The success of phase 1 decides a
 * login where XAUTH or EAP is told to have succeeded; other successes of phase 1 only when no such line exists.
 */
function describeIke(event: LoggedEvent, fields: PairFields): void {
  const person = ikePersonOf(fields)
  setUser(event, userIdentityOf(person.user))
  event.factor = person.factor
  event.certificateSubject = person.distinguishedName
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

/** What was changed in the configuration, and whether that is a sign of compromise. */
function describeConfiguration(event: LoggedEvent, fields: PairFields): void {
  event.indicator = ''
  if (event.action === 'config.change') {
    event.configAction = givenText(fields, FIELD.action)
    event.configPath = givenText(fields, FIELD.cfgpath)
    event.configObject = givenText(fields, FIELD.cfgobj)
    event.configAttribute = givenText(fields, FIELD.cfgattr)
    event.indicator = configIndicatorOf(event)
  } else if (event.action === 'account.change') {
    event.indicator = 'account-changed'
  } else if (event.action === 'admin.login' && event.outcome === 'success') {
    const destination = canonicalAddressOf(fields.text(FIELD.dstip))
    const ui = fields.text(FIELD.ui)
    if (isConsoleLogin(ui, event.sourceAddress || addressInUi(ui), destination))
      event.indicator = 'console-login'
  }
}

function outcomeOf(row: FortigateOutcome, fields: PairFields): EventOutcome {
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
function reasonTextOf(fields: PairFields, slot: number): string {
  const text = givenText(fields, slot)
  return text === 'none' ? '' : text
}

/** The name of the gateway: of the line, else of its header (RFC 5424 form). */
export function gatewayOf(line: RawLine, fields: PairFields): string {
  const { bytes, start, body } = line
  return givenText(fields, FIELD.devname) || HOSTS.hostOf(bytes, start, Math.max(start, body))
}

/** Sets the user, nobody where FortiOS names none. */
export function describeUser(event: LoggedEvent, fields: PairFields): void {
  const plain = fields.plainText(FIELD.user)
  if (plain === null || isNullWord(plain)) setUser(event, userOf(fields))
  else setPlainUser(event, plain)
}

/** The user, nobody where FortiOS names none. */
function userOf(fields: PairFields): UserIdentity {
  return fields.through(FIELD.user, USERS, NOBODY)
}

/** `FTM push … user "jdoe" …`: the few lines that name their user nowhere else. */
function userInMessage(fields: PairFields): UserIdentity {
  const name = /\buser (?:"([^"]{1,256})"|'([^']{1,256})'|(\S{1,256}))/i.exec(
    fields.text(FIELD.msg).slice(0, 512),
  )
  return userIdentityOf(name?.[1] ?? name?.[2] ?? name?.[3] ?? '')
}

/** The client's address, canonical. `ui` has it in parentheses (`https(192.0.2.10)`) or bare. */
export function clientOf(fields: PairFields, row: FortigateOutcome): string {
  if (row.clientSlot !== null) return fields.address(row.clientSlot)
  const source = fields.address(FIELD.srcip)
  if (source !== '') return source
  const ui = fields.text(FIELD.ui)
  return WITHOUT_CLIENT.test(ui) ? '' : addressInUi(ui)
}

/** Ways to work on a firewall that have no client, whatever stands in parentheses behind them. */
const WITHOUT_CLIENT = /^(?:jsconsole|console|fgfm_tunnel|ha_daemon)\b/

function addressInUi(ui: string): string {
  const open = ui.indexOf('(')
  const close = ui.indexOf(')', open)
  return canonicalAddressOf(open >= 0 && close > open ? ui.slice(open + 1, close) : ui)
}

/** The address that the client was given inside the tunnel. */
export function assignedOf(fields: PairFields): string {
  return fields.address(FIELD.tunnelip) || fields.address(FIELD.assignip)
}

/** An id of the client's device: FortiClient's, else a MAC address. */
function deviceOf(fields: PairFields): string {
  return givenText(fields, FIELD.fctuid) || givenText(fields, FIELD.stamac)
}

/** The user's group, by whichever way the user was authenticated. */
export function groupOf(fields: PairFields): string {
  return (
    givenText(fields, FIELD.group) ||
    givenText(fields, FIELD.xauthgroup) ||
    givenText(fields, FIELD.eapauthgroup)
  )
}

/**
 * The key that lines of one session share. IKE lines have `cookies`, whose first half the client chose and all
 * lines of one negotiation and its tunnel carry; `tunnelid` stands on some of them only, so it comes second there.
 * Zero is no session.
 */
export function sessionOf(fields: PairFields, row: FortigateOutcome): string {
  if (row.isIke) {
    const cookies = givenText(fields, FIELD.cookies)
    const slash = cookies.indexOf('/')
    const initiator = slash < 0 ? cookies : cookies.slice(0, slash)
    if (initiator !== '') return ownCopyOf(initiator)
  }
  const tunnel = givenText(fields, FIELD.tunnelid)
  return tunnel === '0' ? '' : tunnel
}

/** True for lines that end something, and tell how long it lasted. */
export function isEnd({ action }: LoggedEvent): boolean {
  switch (action) {
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

/** The whole number of a field (seconds, bytes), -1 without one; at most 13 digits are believed. */
export function countOf(fields: PairFields, slot: number): number {
  const digits = fields.readDigits(slot)
  return digits > 0 && digits <= 13 ? fields.leadingNumber : -1
}
