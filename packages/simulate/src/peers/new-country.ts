import type { Attempt } from '@sekisho/event'
import { type Flag, isLogin, type Peer, type PeerRun } from './peer.ts'

class NewCountryRun implements PeerRun {
  readonly #countries = new Map<string, Set<string>>()

  onAttempt(attempt: Attempt): Flag | null {
    const { event, place } = attempt
    if (!isLogin(attempt) || place.country === '') return null
    const { userKey, sourceAddress: address } = event
    const countries = this.#countries.get(userKey)
    if (countries === undefined) {
      this.#countries.set(userKey, new Set([place.country]))
      return null
    }
    if (countries.has(place.country)) return null
    countries.add(place.country)
    return { userKey, address }
  }
}

export const NEW_COUNTRY: Peer = {
  name: 'new country',
  describe: 'A login from a country that the user never logged in from, but for the first of all.',
  begin: () => new NewCountryRun(),
}
