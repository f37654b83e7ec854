import { canonicalAddressOf, userKeyOf, userPartsOf } from '@sekisho/event'

/** The user of an event in the forms that an event holds. */
export interface UserTexts {
  readonly raw: string
  readonly name: string
  readonly domain: string
  readonly key: string
}

export const NOBODY: UserTexts = { raw: '', name: '', domain: '', key: '' }

/** Entries of each cache; a flood of invented names empties it and costs time only, never memory. */
const ENTRIES_MAX = 65_536

/**
 * V8 keeps a substring of this length or more as a view of its parent, so that one kept name would keep its
 * whole line in memory; shorter ones are copies.
 */
const VIEW_LENGTH_MIN = 13

/**
 * Texts of events: the same user, address or gateway on a thousand lines is one text in memory, and its
 * normalisation is done once. Results do not depend on what the caches hold.
 */
export class EventTexts {
  readonly #texts = new Map<string, string>()
  readonly #users = new Map<string, UserTexts>()
  readonly #addresses = new Map<string, string>()

  /** The same text, free of the line it was cut from. */
  of(text: string): string {
    if (text.length < VIEW_LENGTH_MIN) return text
    const known = this.#texts.get(text)
    if (known !== undefined) return known
    const own = ownCopyOf(text)
    remember(this.#texts, own, own)
    return own
  }

  userOf(raw: string): UserTexts {
    if (raw === '') return NOBODY
    const known = this.#users.get(raw)
    if (known !== undefined) return known
    const own = ownCopyOf(raw)
    const { name, domain } = userPartsOf(own)
    const user = { raw: own, name, domain, key: userKeyOf(own) }
    remember(this.#users, own, user)
    return user
  }

  /** Canonical text of an address as logged, `''` when it is none. */
  addressOf(raw: string): string {
    if (raw === '') return ''
    const known = this.#addresses.get(raw)
    if (known !== undefined) return known
    const own = ownCopyOf(raw)
    const address = canonicalAddressOf(own)
    remember(this.#addresses, own, address)
    return address
  }
}

function remember<Value>(cache: Map<string, Value>, key: string, value: Value): void {
  if (cache.size >= ENTRIES_MAX) cache.clear()
  cache.set(key, value)
}

/** A copy with characters of its own: to cut a text from a joined one, V8 first has to write it out. */
export function ownCopyOf(text: string): string {
  return text.length < VIEW_LENGTH_MIN ? text : ` ${text}`.slice(1)
}
