import { clientFamilyOf, gatewayGroupOf } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import type { AccountDays } from '../account-days.ts'
import type { AccountView } from '../account-view.ts'
import { asnOfKey, countryOfKey, KIND } from '../store/long-term-record.ts'

/** A network of a user: days with a success there. */
export interface KnownNetwork {
  readonly asn: number
  readonly country: string
  readonly days: number
}

/** Something that a line names, and whether the user had it before. Only its hash is remembered. */
export interface KnownThing {
  /** `''` when the line names none. */
  readonly name: string
  readonly isKnown: boolean
  /** How many of the kind are remembered. */
  readonly remembered: number
}

/** What was known of a user before an attempt. */
export interface UserBefore {
  readonly userKey: string
  /** Has succeeded anywhere, long enough ago. */
  readonly isKnown: boolean
  /** UTC day numbers; null without a success before the day. */
  readonly firstDay: number | null
  readonly lastDay: number | null
  /** Days with a success within the time that vouches. */
  readonly activeDays: number
  readonly homeCountry: string
  /** Most days first. */
  readonly networks: readonly KnownNetwork[]
  /** Source networks of the user that vouch, shared ones left out; at most 16. */
  readonly vouchedPrefixes: readonly string[]
  /** The source network of the attempt vouches for the user. */
  readonly isVouched: boolean
  readonly knowsAsn: boolean
  readonly knowsCountry: boolean
  readonly device: KnownThing
  readonly alwaysNamesDevice: boolean
  readonly client: KnownThing
  readonly gateway: KnownThing
  readonly realm: KnownThing
  /** Logins remembered of each hour of the UTC day. */
  readonly loginHours: readonly number[]
}

/** What was known of the user of an attempt before it. */
export function userBefore(
  days: AccountDays,
  view: AccountView,
  { event, place, prefix }: Attempt,
  day: number,
): UserBefore {
  const { timestampMs, deviceId, realm } = event
  const from = day - view.config.limits.common.vouchDays
  const thing = (name: string, isKnown: boolean, kind: number): KnownThing => {
    return { name, isKnown, remembered: days.keys(kind, from, day - 1).size }
  }
  const client = clientFamilyOf(event.userAgent)
  const gateway = gatewayGroupOf(view.config, event)
  const networks = [...days.keys(KIND.network, from, day - 1)].map((key) => ({
    asn: asnOfKey(key),
    country: countryOfKey(key),
    days: days.daysOf(KIND.network, key, from, day - 1),
  }))
  return {
    userKey: view.userKey,
    isKnown: view.isKnown(timestampMs),
    firstDay: view.firstActiveDayBefore(day),
    lastDay: view.lastActiveDayBefore(day),
    activeDays: view.activeDaysBefore(day),
    homeCountry: view.homeCountry(day),
    networks: networks.sort((a, b) => b.days - a.days || a.asn - b.asn),
    vouchedPrefixes: view.vouchedPrefixes(day),
    isVouched: view.isVouched(prefix, timestampMs),
    knowsAsn: view.knowsAsn(place.asn, timestampMs),
    knowsCountry: view.knowsCountry(place.country, timestampMs),
    device: thing(deviceId, view.knowsDevice(deviceId, timestampMs), KIND.device),
    alwaysNamesDevice: view.alwaysNamesDevice(day),
    client: thing(client, view.knowsClient(client, timestampMs), KIND.client),
    gateway: thing(gateway, view.knowsGateway(gateway, timestampMs), KIND.gateway),
    realm: thing(realm, view.knowsRealm(realm, timestampMs), KIND.realm),
    loginHours: view.loginHours(day),
  }
}
