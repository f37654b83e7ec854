import { hash } from 'node:crypto'
import { DAY_MS } from '@sekisho/detect'
import {
  type Alert,
  type Attempt,
  type AuthEvent,
  eventIdOf,
  type Place,
  prefixOf,
  type RuleId,
} from '@sekisho/event'
import { EMPTY_EVENT, WORLD_DAY } from './world.ts'

/** A network of a story: the addresses of one /24 (`198.51.100.` and a host) and where they are. */
export interface Network {
  readonly base: string
  readonly place: Place
}

function network(
  base: string,
  networkClass: Place['networkClass'],
  country: string,
  [latitude, longitude]: readonly [number, number],
  asn: number,
  radiusKm = 50,
): Network {
  const hasLocation = networkClass !== 'anon' && networkClass !== 'internal'
  const where = { hasLocation, latitude, longitude, radiusKm, country, city: '' }
  return { base, place: { ...where, asn, asName: `Network ${asn}`, networkClass, why: 'a story' } }
}

const TOKYO_AT = [35.68, 139.76] as const
const AMSTERDAM_AT = [52.37, 4.9] as const

/** A home line in Tokyo. */
export const TOKYO = network('198.51.100.', 'residential', 'JP', TOKYO_AT, 64500)
/** Another /24 of the same provider in Tokyo. */
export const TOKYO_TOO = network('198.51.101.', 'residential', 'JP', TOKYO_AT, 64500)
/** A home line of another provider in Sapporo, 831 km from Tokyo. */
export const SAPPORO = network('203.0.113.', 'residential', 'JP', [43.06, 141.35], 64505)
/** The organisation's office in Osaka, on the administrator's list. */
export const OFFICE = network('192.0.2.', 'corp_egress', 'JP', [34.69, 135.5], 64501)
/** A network in Osaka that nobody has listed. */
export const UNLISTED_OFFICE = network('192.0.3.', 'residential', 'JP', [34.69, 135.5], 64506)
/** A Japanese mobile carrier. */
export const CARRIER = network('100.70.1.', 'mobile', 'JP', [35, 137], 64502, 1100)
/** A hosting company in Amsterdam, 9,300 km from Tokyo. */
export const HOSTING = network('100.70.2.', 'hosting', 'NL', AMSTERDAM_AT, 64510)
/** A home line in New York. */
export const NEW_YORK = network('100.70.3.', 'residential', 'US', [40.71, -74], 64511)
/** A relay whose exit is anywhere. */
export const RELAY = network('100.70.4.', 'anon', 'SE', [0, 0], 64512)
/** A home line in Frankfurt. */
export const FRANKFURT = network('100.70.5.', 'residential', 'DE', [50.11, 8.68], 64513)
/** A hotel in Kyoto. */
export const HOTEL = network('100.70.6.', 'residential', 'JP', [35.01, 135.77], 64514)

/** The same network with some of its place changed. */
export function changed(of: Network, base: string, place: Partial<Place>): Network {
  return { base, place: { ...of.place, ...place } }
}

/** UTC day number of the story's n-th day, from 0. */
export function day(n: number): number {
  return WORLD_DAY + n
}

/** Epoch ms of `08:10`, `08:10:30` or `08:10:30.250` UTC on a day. */
export function at(onDay: number, time: string): number {
  const [hours = '0', minutes = '0', seconds = '0'] = time.split(':')
  return (
    onDay * DAY_MS +
    (Number(hours) * 3600 + Number(minutes) * 60) * 1000 +
    Math.round(Number(seconds) * 1000)
  )
}

/** What a line of a story may say beside who, where and when. */
export interface Said extends Partial<AuthEvent> {
  /** Last octet of the client's address; 1 unless said. */
  readonly host?: number
}

/** A line at an instant: who, where, when and what it says. */
export function lineAt(
  user: string,
  from: Network,
  timestampMs: number,
  { host = 1, ...said }: Said,
): Attempt {
  const sourceAddress = `${from.base}${host}`
  const event: AuthEvent = {
    ...EMPTY_EVENT,
    timestampMs,
    resolutionMs: 1000,
    userRaw: user,
    userName: user,
    userKey: user,
    sourceAddress,
    gateway: 'gw-1',
    ...said,
  }
  const id = eventIdOf(event)
  const line = { path: 'story', number: 1 }
  return {
    id,
    event,
    prefix: prefixOf(sourceAddress),
    place: from.place,
    line,
    rawSha256: hash('sha256', id, 'hex'),
  }
}

const SUCCESS = { attempt: 'success', outcome: 'success', action: 'vpn.login' } as const
const REFUSED = { attempt: 'bad_credential', outcome: 'failure', action: 'vpn.login' } as const

/** A successful login. */
export function login(
  user: string,
  from: Network,
  onDay: number,
  time: string,
  said: Said = {},
): Attempt {
  return lineAt(user, from, at(onDay, time), { ...SUCCESS, ...said })
}

/** A refused login: a wrong password unless said otherwise. */
export function refused(
  user: string,
  from: Network,
  onDay: number,
  time: string,
  said: Said = {},
): Attempt {
  return lineAt(user, from, at(onDay, time), { ...REFUSED, ...said })
}

/** A line that ends a session after `durationS` seconds. */
export function sessionEnd(
  user: string,
  from: Network,
  onDay: number,
  time: string,
  durationS: number,
  said: Said = {},
): Attempt {
  const ended = {
    attempt: 'session_end',
    outcome: 'success',
    action: 'vpn.session.end',
    decides: 'no',
  } as const
  return lineAt(user, from, at(onDay, time), { ...ended, durationS, ...said })
}

/** A login a day at one time, from day `first` to day `last`. */
export function habit(
  user: string,
  from: Network,
  first: number,
  last: number,
  time = '08:00',
  said: Said = {},
): Attempt[] {
  return Array.from({ length: last - first + 1 }, (_, i) =>
    login(user, from, day(first + i), time, said),
  )
}

/** Refused logins one after the other, `stepS` seconds apart; `said` may differ for each. */
export function refusals(
  count: number,
  user: (i: number) => string,
  from: Network | ((i: number) => Network),
  startMs: number,
  stepS: number,
  said: (i: number) => Said = () => ({}),
): Attempt[] {
  const networkOf = typeof from === 'function' ? from : () => from
  return Array.from({ length: count }, (_, i) =>
    lineAt(user(i), networkOf(i), startMs + i * stepS * 1000, { ...REFUSED, ...said(i) }),
  )
}

/** The day on which things happen: ten days after the story's first. */
export const TODAY = day(10)

/** Ten days of the life of people at home in Tokyo: long enough for the cold start to be over on `TODAY`. */
export function tenDaysOf(...users: string[]): Attempt[] {
  return users.flatMap((user, i) => habit(user, TOKYO, 0, 9, '08:00', { host: 1 + i }))
}

/** Alerts of one rule. */
export function alertsBy(rule: RuleId, alerts: readonly Alert[]): Alert[] {
  return alerts.filter((alert) => alert.ruleId === rule)
}
