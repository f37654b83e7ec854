import { DAY_MS } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { type Flag, isLogin, type Peer, type PeerRun } from './peer.ts'
import { kilometresPerHour, type PlacedLogin } from './speed.ts'

/** What the rules that compare a login with the one before it differ in. */
interface Settings {
  readonly speedKmh: number
  /** Taken for a shorter time between logins. */
  readonly leastGapMs: number
  /** A login before that is forgotten. */
  readonly memoryMs: number
  /** Whether relays and satellites are left out, and not remembered. */
  readonly leavesOutRelays: boolean
}

/** Compares each login with the last that was delivered, whatever its time: the last writer wins. */
class ConsecutiveRun implements PeerRun {
  readonly #settings: Settings
  readonly #last = new Map<string, PlacedLogin>()

  constructor(settings: Settings) {
    this.#settings = settings
  }

  onAttempt(attempt: Attempt): Flag | null {
    const { event, place } = attempt
    if (!isLogin(attempt) || !place.hasLocation) return null
    const { networkClass } = place
    const isRelay = networkClass === 'anon' || networkClass === 'satellite'
    if (this.#settings.leavesOutRelays && isRelay) return null
    const { timestampMs, sourceAddress: address, userKey } = event
    const before = this.#last.get(userKey)
    const login = { timestampMs, address, place }
    this.#last.set(userKey, login)
    return before !== undefined && this.#isTooFast(before, login) ? { userKey, address } : null
  }

  #isTooFast(before: PlacedLogin, login: PlacedLogin): boolean {
    const { speedKmh, leastGapMs, memoryMs } = this.#settings
    if (before.address === login.address) return false
    if (Math.abs(login.timestampMs - before.timestampMs) > memoryMs) return false
    return kilometresPerHour(before, login, leastGapMs) > speedKmh
  }
}

export const PANTHER: Peer = {
  name: 'Panther',
  describe:
    'Over 900 km/h from the login before, of the last day and from another address; relays and satellites are left out.',
  begin: () =>
    new ConsecutiveRun({
      ...{ speedKmh: 900, leastGapMs: 0, memoryMs: DAY_MS, leavesOutRelays: true },
    }),
}

/** 500 miles an hour in km/h: a mile has 1.609344 km. */
const SPLUNK_SPEED_KMH = 500 * 1.609344

export const SPLUNK_TRAVEL: Peer = {
  name: 'Splunk travel',
  describe:
    'Geographically improbable access: over 500 mph from the login before from another address; no least distance, no gap is under a second.',
  begin: () =>
    new ConsecutiveRun({
      speedKmh: SPLUNK_SPEED_KMH,
      leastGapMs: 1000,
      memoryMs: Number.POSITIVE_INFINITY,
      leavesOutRelays: false,
    }),
}
