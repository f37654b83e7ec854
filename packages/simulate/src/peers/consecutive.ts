import { DAY_MS } from '@sekisho/detect'
import type { Attempt, Place } from '@sekisho/event'
import { isLogin, type OnFlag, type PeerRule, type RuleRun } from './peer-rule.ts'
import { kilometresBetween, kilometresPerHour, TravelGrid } from './speed.ts'

/** The login of a user that was delivered last. */
interface LastLogin {
  readonly timestampMs: number
  readonly deliveredMs: number
  readonly address: string
  readonly place: Place
}

const LOW_MS = 10 * 60_000
const LOW_KM = 50

const PANTHER_GRID = new TravelGrid(900, 0)

/** One login of each user in a cache: whichever is delivered last is written, whatever its time. */
class PantherRun implements RuleRun {
  readonly #onFlag: OnFlag
  readonly #last = new Map<string, LastLogin>()

  constructor(onFlag: OnFlag) {
    this.#onFlag = onFlag
  }

  onAttempt(attempt: Attempt, deliveredMs: number): void {
    const { event, place } = attempt
    if (!isLogin(attempt) || !place.hasLocation) return
    if (place.networkClass === 'anon' || place.networkClass === 'satellite') return
    const { timestampMs, sourceAddress: address, userKey } = event
    const last = this.#last.get(userKey)
    this.#last.set(userKey, { timestampMs, deliveredMs, address, place })
    if (last === undefined || last.address === address) return
    if (deliveredMs - last.deliveredMs > DAY_MS) return
    const distance = kilometresBetween(last.place, place)
    const gapMs = timestampMs - last.timestampMs
    if (gapMs < LOW_MS && distance < LOW_KM) return
    PANTHER_GRID.flag(this.#onFlag, attempt, distance, kilometresPerHour(distance, gapMs))
  }

  finish(): void {}
}

/**
 * Panther's standard rule `impossible_travel_login` (panther-labs/panther-analysis daa10c8, 2026). Reads logins with a
 * location. Its cache holds one login for each user, for a day by the clock on the wall; a late line has a gap below
 * zero, is silent, and is remembered in place of the newer one. What it grades INFO (relays, named services, a
 * satellite) or LOW (under 10 minutes and 50 km) is no alert here. All gateways are one log source.
 */
export const PANTHER: PeerRule = {
  name: 'Panther',
  describe:
    'Over 900 km/h from the login before, of the last day and from another address; relays and satellites are left out.',
  ...PANTHER_GRID.rule,
  begin: (onFlag) => new PantherRun(onFlag),
}

/** 500 miles an hour in km/h: a mile has 1.609344 km. */
const SPLUNK_SPEED_KMH = 500 * 1.609344

/** Taken for a shorter time between logins. */
const SPLUNK_LEAST_GAP_MS = 1000

const SPLUNK_GRID = new TravelGrid(SPLUNK_SPEED_KMH, 0)

class SplunkTravelRun implements RuleRun {
  readonly #onFlag: OnFlag
  readonly #last = new Map<string, Pick<LastLogin, 'timestampMs' | 'address' | 'place'>>()

  constructor(onFlag: OnFlag) {
    this.#onFlag = onFlag
  }

  onAttempt(attempt: Attempt): void {
    const { event, place } = attempt
    if (!isLogin(attempt) || !place.hasLocation) return
    const { timestampMs, sourceAddress: address, userKey } = event
    const last = this.#last.get(userKey)
    this.#last.set(userKey, { timestampMs, address, place })
    if (last === undefined || last.address === address) return
    const distance = kilometresBetween(last.place, place)
    const gapMs = Math.max(SPLUNK_LEAST_GAP_MS, Math.abs(timestampMs - last.timestampMs))
    SPLUNK_GRID.flag(this.#onFlag, attempt, distance, kilometresPerHour(distance, gapMs))
  }

  finish(): void {}
}

/**
 * Geographically improbable access of Splunk Enterprise Security, after the community's account of it (threads on the
 * correlation search; the ground speed query of gosplunk). Reads logins with a location. The search sorts what it reads
 * by time, so that a gap is never below zero here either; which logins are neighbours depends on the delivery.
 */
export const SPLUNK_TRAVEL: PeerRule = {
  name: 'Splunk travel',
  describe:
    'Geographically improbable access: over 500 mph from the login before from another address; no least distance, no gap is under a second.',
  ...SPLUNK_GRID.rule,
  begin: (onFlag) => new SplunkTravelRun(onFlag),
}
