import { DAY_MS } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { flagOfLogin, isLogin, logGrid, type OnFlag, type PeerRule, type RuleRun } from './peer-rule.ts'

interface KnownValues {
  logins: number
  readonly values: Set<string>
}

/** Flags what a user never had before, as strongly as there are logins of the user that did not have it. */
class NoveltyRun implements RuleRun {
  readonly #onFlag: OnFlag
  readonly #valueOf: (attempt: Attempt) => string
  readonly #users = new Map<string, KnownValues>()

  /** @param valueOf `''` for none, of which nothing is learnt */
  constructor(onFlag: OnFlag, valueOf: (attempt: Attempt) => string) {
    this.#onFlag = onFlag
    this.#valueOf = valueOf
  }

  onAttempt(attempt: Attempt): void {
    if (!isLogin(attempt)) return
    const value = this.#valueOf(attempt)
    if (value === '') return
    const { userKey } = attempt.event
    const user = this.#users.get(userKey)
    if (user === undefined) {
      this.#users.set(userKey, { logins: 1, values: new Set([value]) })
      return
    }
    if (!user.values.has(value)) {
      user.values.add(value)
      this.#onFlag(flagOfLogin(attempt), user.logins, 0)
    }
    user.logins++
  }

  finish(): void {}
}

/** The grid of a rule of what is new: logins that must be known before. */
const NOVELTY_GRID = {
  unit: 'logins before',
  thresholds: logGrid(1, 0, 8),
  shipped: 1,
  settings: [''],
} satisfies Partial<PeerRule>

/**
 * New country, as BuffaLogs, Elastic and others have it. Reads logins with a country, in the order of delivery: of two
 * logins in two countries the one that is delivered second is the new one.
 */
export const NEW_COUNTRY: PeerRule = {
  name: 'new country',
  describe: 'A login from a country that the user never logged in from, but for the first of all.',
  ...NOVELTY_GRID,
  begin: (onFlag) => new NoveltyRun(onFlag, ({ place }) => place.country),
}

/** New device of BuffaLogs (78cb5bd, off as it ships): an agent that the user never had. Reads logins with an agent. */
export const NEW_DEVICE: PeerRule = {
  name: 'new device',
  describe: 'A login with an agent that the user never logged in with, but for the first of all.',
  ...NOVELTY_GRID,
  begin: (onFlag) => new NoveltyRun(onFlag, ({ event }) => event.userAgent),
}

/** When a user was last in each country. */
class AtypicalCountryRun implements RuleRun {
  readonly #onFlag: OnFlag
  readonly #lastMs = new Map<string, Map<string, number>>()

  constructor(onFlag: OnFlag) {
    this.#onFlag = onFlag
  }

  onAttempt(attempt: Attempt): void {
    const { event, place } = attempt
    if (!isLogin(attempt) || place.country === '') return
    const countries = this.#lastMs.get(event.userKey)
    if (countries === undefined) {
      this.#lastMs.set(event.userKey, new Map([[place.country, event.timestampMs]]))
      return
    }
    const lastMs = countries.get(place.country) ?? Number.NEGATIVE_INFINITY
    countries.set(place.country, event.timestampMs)
    const days = (event.timestampMs - lastMs) / DAY_MS
    if (days >= 1) this.#onFlag(flagOfLogin(attempt), days, 0)
  }

  finish(): void {}
}

/**
 * Atypical country of BuffaLogs (78cb5bd): one that the user was not in for 30 days. A country that is new counts too,
 * as in its alert of that name. Reads logins with a country, in the order of delivery; a late line sets the time back.
 */
export const ATYPICAL_COUNTRY: PeerRule = {
  name: 'atypical country',
  describe: 'A login from a country that the user never logged in from, or not for 30 days.',
  unit: 'days',
  thresholds: [...logGrid(30, -4, 1), Number.POSITIVE_INFINITY],
  shipped: 30,
  settings: [''],
  begin: (onFlag) => new AtypicalCountryRun(onFlag),
}
