import { type LoggedEvent, userKeyOf, userPartsOf } from '@sekisho/event'

/** A user in all the forms that an event has. */
export interface UserIdentity {
  readonly raw: string
  readonly name: string
  readonly domain: string
  readonly key: string
}

const NOBODY: UserIdentity = { raw: '', name: '', domain: '', key: '' }

/** @param raw as logged, `''` when nobody is named */
export function userIdentityOf(raw: string): UserIdentity {
  if (raw === '') return NOBODY
  if (isPlain(raw)) return { raw, name: raw, domain: '', key: raw }
  const { name, domain } = userPartsOf(raw)
  return { raw, name, domain, key: userKeyOf(raw) }
}

/** 1 for characters that no domain is split at and no folding changes: lower-case ASCII. */
export const IS_PLAIN = Uint8Array.from({ length: 256 }, (_, code) =>
  code > 32 && code < 127 && !(code >= 64 && code <= 92) ? 1 : 0,
)

/** True for most names: then every form of the name is the same text. */
function isPlain(raw: string): boolean {
  for (let i = 0; i < raw.length; i++) if (IS_PLAIN[raw.charCodeAt(i)] !== 1) return false
  return true
}

/** Sets the user of an event. */
export function setUser(event: LoggedEvent, { raw, name, domain, key }: UserIdentity): void {
  event.userRaw = raw
  event.userName = name
  event.userDomain = domain
  event.userKey = key
}

/** Sets the user of an event from the text as logged; most names are plain, and then no parts are made. */
export function setUserText(event: LoggedEvent, raw: string): void {
  if (raw === '' || !isPlain(raw)) setUser(event, userIdentityOf(raw))
  else setPlainUser(event, raw)
}

/** Sets the user of an event to a name of plain characters, which is its own key. */
export function setPlainUser(event: LoggedEvent, name: string): void {
  event.userRaw = name
  event.userName = name
  event.userDomain = ''
  event.userKey = name
}
