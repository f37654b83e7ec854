import { DAY_MS } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { isLogin, type OnFlag, type PeerRule, type RuleRun } from './peer-rule.ts'
import { Schedule } from './schedule.ts'
import { kilometresBetween, kilometresPerHour, TravelGrid } from './speed.ts'

const LEARNING_MS = 14 * DAY_MS
/** Logins are read half hour by half hour. */
const BATCH_MS = 30 * 60_000
/** What an agent that its filter takes for a phone says of itself. */
const MOBILE_AGENT = /android|iphone|ipad|mobile/i

const GRID = new TravelGrid(300, 100)

/** Which of its filters are on. */
interface Filters {
  readonly ignoresSameCountry: boolean
  readonly ignoresMobile: boolean
  readonly learns: boolean
}

interface KnownUser {
  /** When it was first heard of, by the clock on the wall. */
  readonly createdMs: number
  readonly addresses: Set<string>
  latest: Attempt
}

class BuffaLogsRun implements RuleRun {
  readonly #onFlag: OnFlag
  readonly #filters: Filters
  readonly #users = new Map<string, KnownUser>()
  readonly #schedule = new Schedule(BATCH_MS)
  #waiting: Attempt[] = []

  constructor(onFlag: OnFlag, filters: Filters) {
    this.#onFlag = onFlag
    this.#filters = filters
  }

  onAttempt(attempt: Attempt, deliveredMs: number): void {
    this.#schedule.runUntil(deliveredMs, this.#processBatch)
    const { place } = attempt
    if (isLogin(attempt) && place.hasLocation && place.country !== '') this.#waiting.push(attempt)
  }

  finish(): void {
    this.#schedule.finish(0, this.#processBatch)
  }

  /** Reads the last half hour by event time, sorted; what comes later for it is never read. */
  readonly #processBatch = (atMs: number): void => {
    if (this.#waiting.length === 0) return
    const fromMs = atMs - BATCH_MS
    const batch = this.#waiting.filter(
      ({ event }) => event.timestampMs >= fromMs && event.timestampMs < atMs,
    )
    this.#waiting = this.#waiting.filter(({ event }) => event.timestampMs >= atMs)
    batch.sort((a, b) => a.event.timestampMs - b.event.timestampMs)
    for (const login of batch) this.#read(login, atMs)
  }

  #read(login: Attempt, atMs: number): void {
    const { sourceAddress, userKey } = login.event
    const user = this.#users.get(userKey)
    if (user === undefined) {
      const addresses = new Set([sourceAddress])
      this.#users.set(userKey, { createdMs: atMs, addresses, latest: login })
      return
    }
    const { latest } = user
    user.latest = login
    if (user.addresses.has(sourceAddress)) return
    user.addresses.add(sourceAddress)
    if (this.#isFiltered(user, latest, login, atMs)) return
    const distance = kilometresBetween(latest.place, login.place)
    const gapMs = login.event.timestampMs - latest.event.timestampMs
    GRID.flag(this.#onFlag, login, distance, kilometresPerHour(distance, gapMs), atMs)
  }

  #isFiltered({ createdMs }: KnownUser, latest: Attempt, login: Attempt, atMs: number): boolean {
    const { learns, ignoresSameCountry, ignoresMobile } = this.#filters
    if (learns && atMs - createdMs < LEARNING_MS) return true
    if (ignoresSameCountry && latest.place.country === login.place.country) return true
    return ignoresMobile && MOBILE_AGENT.test(login.event.userAgent)
  }
}

/**
 * Impossible travel of BuffaLogs (certego/BuffaLogs 78cb5bd, 2026: `modules/detection.py`, `alert_filter.py`). Reads
 * logins with country and coordinates in batches of half an hour, sorted; a line that is delivered after its batch is
 * never read. A login from an address that the user ever had is not looked at. Stored logins are collapsed by country
 * and agent, but only the latest is compared, which is the one that was read last. Its loss of whole intervals when it
 * falls behind for a day is left out: it does not fall behind here.
 */
export const BUFFALOGS_RAW: PeerRule = {
  name: 'BuffaLogs, no filter',
  describe:
    'A new address of a user, over 100 km and 300 km/h from the latest login; all of its filters off.',
  ...GRID.rule,
  begin: (onFlag) =>
    new BuffaLogsRun(onFlag, { ignoresSameCountry: false, ignoresMobile: false, learns: false }),
}

/** The same with its filters. The learning period goes by the clock on the wall, as it does there. */
export const BUFFALOGS: PeerRule = {
  name: 'BuffaLogs',
  describe:
    'The same between countries only, after a user’s first 14 days, phones left out by what the agent says. Its filter by the risk of a user is left out: it would drop the first alerts of each user, right or wrong.',
  ...GRID.rule,
  begin: (onFlag) =>
    new BuffaLogsRun(onFlag, { ignoresSameCountry: true, ignoresMobile: true, learns: true }),
}
