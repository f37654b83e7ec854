import type { LoggedEvent } from '@sekisho/event'
import { ADDRESS, NAME, NUMBER, TEXT, type TokenKind, WORD } from '../learned/token-kinds.ts'
import type { KnownValue, Token } from '../learned/tokens-in.ts'
import { addressIn, isLoopback } from '../text/address-in.ts'
import { latin1TextOf } from '../text/latin1-text.ts'
import { setUserText } from '../text/user-identity.ts'
import { ValueCache } from '../text/value-cache.ts'

/** Parts of an event that a token can set. */
export type Part =
  | 'sourceAddress'
  | 'assignedAddress'
  | 'user'
  | 'realm'
  | 'roles'
  | 'sessionId'
  | 'deviceName'
  | 'deviceId'
  | 'durationS'
  | 'sentBytes'
  | 'receivedBytes'

/** What a token of a line sets; the same token may be the name and the id of a device. */
export interface Setting {
  readonly token: number
  readonly part: Part
}

/** Values of an event that stand in its line and may change. */
export function valuesOf(event: Readonly<LoggedEvent>): KnownValue[] {
  const values: KnownValue[] = [
    { text: event.sourceAddress, kind: ADDRESS },
    { text: event.assignedAddress, kind: ADDRESS },
    { text: event.sessionId, kind: WORD },
    { text: event.deviceId, kind: WORD },
    { text: event.deviceName, kind: WORD },
    { text: event.userRaw, kind: NAME },
    { text: event.roles, kind: TEXT },
    { text: event.realm, kind: TEXT },
  ]
  return values.filter(({ text }) => text !== '')
}

/** What the tokens of a line set of its event. */
export function settingsOf(tokens: readonly Token[], event: LoggedEvent): Setting[] {
  const parts: readonly (readonly [part: Part, kind: TokenKind, text: string])[] = [
    ['sourceAddress', ADDRESS, event.sourceAddress],
    ['assignedAddress', ADDRESS, event.assignedAddress],
    ['user', NAME, event.userRaw],
    ['realm', TEXT, event.realm],
    ['roles', TEXT, event.roles],
    ['sessionId', WORD, event.sessionId],
    ['deviceName', WORD, event.deviceName],
    ['deviceId', WORD, event.deviceId],
    ['durationS', NUMBER, String(event.durationS)],
    ['sentBytes', NUMBER, String(event.sentBytes)],
    ['receivedBytes', NUMBER, String(event.receivedBytes)],
  ]
  const settings: Setting[] = []
  for (const [part, kind, text] of parts) {
    const token = tokens.findIndex((other) => other.kind === kind && other.text === text)
    if (text !== '' && token >= 0) settings.push({ token, part })
  }
  return settings
}

const ZERO = 48

/** Texts of realms and roles, which many lines share. */
const TEXTS = new ValueCache((text) => text)

/** Sets a part of an event; false when the value is one that only the careful reader may judge. */
export function setPart(
  event: LoggedEvent,
  part: Part,
  bytes: Buffer,
  start: number,
  end: number,
): boolean {
  switch (part) {
    case 'user': {
      const text = latin1TextOf(bytes, start, end)
      setUserText(event, text)
      return text !== 'System'
    }
    case 'sourceAddress':
      event.sourceAddress = addressIn(bytes, start, end)
      return event.sourceAddress !== '' && !isLoopback(event.sourceAddress)
    case 'assignedAddress':
      event.assignedAddress = addressIn(bytes, start, end)
      return event.assignedAddress !== ''
    case 'realm':
      event.realm = TEXTS.get(bytes, start, end)
      return event.realm !== 'Admin Users'
    case 'roles':
      event.roles = TEXTS.get(bytes, start, end)
      return !event.roles.startsWith('.')
    case 'sessionId':
      event.sessionId = latin1TextOf(bytes, start, end)
      return isOtherThanZeros(bytes, start, end)
    case 'deviceName':
    case 'deviceId':
      event[part] = latin1TextOf(bytes, start, end)
      return true
    default:
      event[part] = Number(latin1TextOf(bytes, start, end))
      return true
  }
}

function isOtherThanZeros(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== ZERO) return true
  return false
}
