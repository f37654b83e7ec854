import { type LoggedEvent, userKeyOf, userPartsOf } from '@sekisho/event'

/** Sets the user of an event in all its forms; `''` when nobody is named. */
export function setUser(event: LoggedEvent, raw: string): void {
  if (raw === '') return
  const { name, domain } = userPartsOf(raw)
  event.userRaw = raw
  event.userName = name
  event.userDomain = domain
  event.userKey = userKeyOf(raw)
}
