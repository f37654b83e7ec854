import { DAY_MS } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { type Flag, isLogin, type Peer, type PeerRun } from './peer.ts'
import { kilometresBetween, kilometresPerHour, type PlacedLogin } from './speed.ts'

const DISTANCE_KM = 100
const SPEED_KMH = 300
const LEARNING_MS = 14 * DAY_MS
/** It runs over the last half hour. */
const BATCH_MS = 30 * 60_000

interface KnownUser {
  firstMs: number
  readonly addresses: Set<string>
  /** The latest login of each country and agent. */
  readonly logins: Map<string, PlacedLogin>
}

/** Which of its filters are on. */
interface Filters {
  readonly ignoresSameCountry: boolean
  readonly learns: boolean
}

class BuffaLogsRun implements PeerRun {
  readonly #users = new Map<string, KnownUser>()
  readonly #filters: Filters

  constructor(filters: Filters) {
    this.#filters = filters
  }

  onAttempt(attempt: Attempt): Flag | null {
    const { event, place } = attempt
    if (!isLogin(attempt) || !place.hasLocation || place.country === '') return null
    const { timestampMs, sourceAddress: address, userKey, userAgent } = event
    const user = this.#userOf(userKey, timestampMs)
    const login = { timestampMs, address, place }
    const isFlagged = !user.addresses.has(address) && this.#isTooFast(user, login)
    user.addresses.add(address)
    user.logins.set(`${place.country}/${userAgent}`, login)
    const saidMs = Math.ceil(timestampMs / BATCH_MS) * BATCH_MS
    return isFlagged ? { userKey, address, saidMs } : null
  }

  #isTooFast({ firstMs, logins }: KnownUser, login: PlacedLogin): boolean {
    if (this.#filters.learns && login.timestampMs - firstMs < LEARNING_MS) return false
    const [first, ...rest] = logins.values()
    if (first === undefined) return false
    const latest = rest.reduce((a, b) => (b.timestampMs > a.timestampMs ? b : a), first)
    const isSame = latest.place.country === login.place.country
    if (this.#filters.ignoresSameCountry && isSame) return false
    return (
      kilometresBetween(latest, login) > DISTANCE_KM && kilometresPerHour(latest, login) > SPEED_KMH
    )
  }

  #userOf(userKey: string, timestampMs: number): KnownUser {
    const known = this.#users.get(userKey)
    if (known !== undefined) return known
    const user: KnownUser = { firstMs: timestampMs, addresses: new Set(), logins: new Map() }
    this.#users.set(userKey, user)
    return user
  }
}

export const BUFFALOGS_RAW: Peer = {
  name: 'BuffaLogs, no filter',
  describe:
    'A new address of a user, over 100 km and 300 km/h from the latest login; all of its filters off.',
  begin: () => new BuffaLogsRun({ ignoresSameCountry: false, learns: false }),
}

export const BUFFALOGS: Peer = {
  name: 'BuffaLogs',
  describe:
    'The same between countries only, after a user’s first 14 days. Its filter by the risk of a user is left out: it would drop the first alerts of each user, right or wrong.',
  begin: () => new BuffaLogsRun({ ignoresSameCountry: true, learns: true }),
}
