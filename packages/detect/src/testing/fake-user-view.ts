import {
  type Attempt,
  type AuthEvent,
  type NetworkClass,
  newLoggedEvent,
  type Place,
} from '@sekisho/event'
import { DEFAULT_CONFIG } from '../config.ts'
import type { NameMask } from '../evidence.ts'
import type { UserView } from '../user-view.ts'
import { profileOf } from './annotated.ts'

/** A source network: the addresses of one /24 and where they are. */
export interface TestNetwork {
  readonly base: string
  readonly place: Place
}

function network(
  base: string,
  [networkClass, country, asn]: readonly [NetworkClass, string, number],
  at: readonly [number, number] | null,
  radiusKm = 50,
): TestNetwork {
  const [latitude, longitude] = at ?? [0, 0]
  const where = { hasLocation: at !== null, latitude, longitude, radiusKm, country, city: '' }
  const place = { ...where, asn, asName: `Network ${asn}`, networkClass, why: 'a test' }
  return { base, place }
}

const OSAKA_AT = [34.69, 135.5] as const

/** A home line in Tokyo. */
export const HOME = network('198.51.100.', ['residential', 'JP', 64500], [35.68, 139.76])
/** A café's line in Osaka, 400 km from Tokyo. */
export const CAFE = network('192.0.3.', ['residential', 'JP', 64506], OSAKA_AT)
/** A Japanese mobile carrier. */
export const CARRIER = network('100.70.1.', ['mobile', 'JP', 64502], [35, 137], 1100)
/** The organisation's office in Osaka, on the administrator's list. */
export const OFFICE = network('192.0.2.', ['corp_egress', 'JP', 64501], OSAKA_AT)
/** A customer's office in Osaka, of a class that no list knows. */
export const CUSTOMER = network('192.0.4.', ['unknown', 'JP', 64507], OSAKA_AT)
/** A private address. */
export const INTERNAL = network('10.0.0.', ['internal', '', 0], null)
/** A secure web gateway somewhere. */
export const WEB_GATEWAY = network('100.70.8.', ['swg', 'SG', 64515], null)
/** A satellite operator of the United States. */
export const SATELLITE = network('100.70.9.', ['satellite', 'US', 64516], null)
/** A hosting company in Amsterdam, 9,300 km from Tokyo. */
export const HOSTING = network('100.70.2.', ['hosting', 'NL', 64510], [52.37, 4.9])
/** A hosting company in Tokyo. */
export const HOSTING_HERE = network('100.70.12.', ['hosting', 'JP', 64517], [35.68, 139.76])
/** A home line in New York. */
export const NEW_YORK = network('100.70.3.', ['residential', 'US', 64511], [40.71, -74])
/** A hotel in Frankfurt. */
export const FRANKFURT = network('100.70.5.', ['residential', 'DE', 64513], [50.11, 8.68])

export const DAY = 20_000
const DAY_START_MS = DAY * 86_400_000

/** Epoch ms of `08:10`, `08:10:30` or `08:10:30.250` on the test's day; hours below 0 and over 23 are its neighbours'. */
export function at(time: string): number {
  const [hours = '0', minutes = '0', seconds = '0'] = time.split(':')
  return (
    DAY_START_MS +
    Number(hours) * 3_600_000 +
    Number(minutes) * 60_000 +
    Math.round(Number(seconds) * 1000)
  )
}

const NO_EVENT: AuthEvent = {
  ...newLoggedEvent('fortigate'),
  action: 'vpn.login',
  outcome: 'success',
  attempt: 'success',
  decides: 'yes',
  userRaw: 'alice',
  userName: 'alice',
  userKey: 'alice',
  gateway: 'gw-1',
}

/** A line of alice at a time, a login unless it says something else. The id begins with the time. */
export function lineAt(
  time: string,
  { base, place }: TestNetwork,
  said: Partial<AuthEvent> = {},
): Attempt {
  const sourceAddress = `${base}1`
  const event = { ...NO_EVENT, timestampMs: at(time), sourceAddress, ...said }
  const id = `${time}/${event.attempt}/${sourceAddress}/${event.sessionId}`
  const line = { path: 'test', number: 1 }
  return { id, event, prefix: `${base}0/24`, place, line, rawSha256: id }
}

/** Of whom everybody is a person. */
export const EVERYBODY: NameMask = { hashKey: '', isPerson: () => true }

/** What is known of a user; everything else is not. Lines may be given in any order. */
export interface Known extends Partial<UserView> {
  readonly lines?: readonly Attempt[]
  /** Networks whose source network vouches for the user. */
  readonly vouched?: readonly TestNetwork[]
  /** Active days in the networks (number, country) of these. */
  readonly days?: readonly (readonly [TestNetwork, number])[]
  readonly countries?: readonly string[]
  readonly devices?: readonly string[]
}

const IS_SESSION_LINE = new Set(['success', 'session_start', 'session_move', 'session_end'])

/** A user of whom this is known, and whose lines these are; a failure is what its line says. */
export function fakeUserView(known: Known): UserView {
  const { lines = [], vouched = [], days = [], countries = [], devices = [], ...said } = known
  const sorted = [...lines].sort(
    (a, b) => a.event.timestampMs - b.event.timestampMs || (a.id < b.id ? -1 : 1),
  )
  const logins = sorted.filter(({ event }) => event.attempt === 'success')
  const isOnDay = ({ event }: Attempt, day: number): boolean =>
    Math.floor(event.timestampMs / 86_400_000) === day
  return {
    userKey: 'alice',
    config: DEFAULT_CONFIG,
    profile: profileOf(),
    isCold: false,
    isInSeveralNetworks: () =>
      new Set(sorted.map(({ place }) => `${place.asn}|${place.country}`)).size > 1,
    logins: (day) => logins.filter((line) => isOnDay(line, day)),
    presences: () => [],
    sessions: () => [],
    sessionLines: () =>
      sorted.filter(({ event }) => event.sessionId !== '' && IS_SESSION_LINE.has(event.attempt)),
    failures: (fromMs, toMs) =>
      sorted
        .filter(({ event }) => event.outcome === 'failure')
        .filter(({ event }) => event.timestampMs >= fromMs && event.timestampMs <= toMs)
        .map((attempt) => ({ attempt, outcome: attempt.event.attempt })),
    isVouched: (prefix) => vouched.some(({ base }) => prefix === `${base}0/24`),
    knowsAsn: () => false,
    knowsCountry: (country) => countries.includes(country),
    knowsDevice: (deviceId) => devices.includes(deviceId),
    knowsClient: () => false,
    knowsGateway: () => false,
    knowsRealm: () => false,
    isKnown: () => true,
    networkDaysBefore: (asn, country) =>
      days.find(([{ place }]) => place.asn === asn && place.country === country)?.[1] ?? 0,
    activeDaysBefore: () => 0,
    lastActiveDayBefore: () => null,
    firstActiveDayBefore: () => null,
    alwaysNamesDevice: () => false,
    loginHours: () => Array.from({ length: 24 }, () => 0),
    vouchedPrefixes: () => [],
    homeCountry: () => 'JP',
    ...said,
  }
}
