import { hash } from 'node:crypto'
import {
  type Attempt,
  type AttemptOutcome,
  type AuthEvent,
  type EventAction,
  eventIdOf,
  type NetworkClass,
  newLoggedEvent,
  type Place,
  prefixOf,
} from '@sekisho/event'

/** Places of the test world; the numbers are made up, the distances are not. */
const PLACES: readonly (readonly [string, NetworkClass, string, number, number, number, number])[] =
  [
    ['198.51.100.', 'residential', 'JP', 35.68, 139.76, 50, 64500],
    ['203.0.113.', 'residential', 'JP', 43.06, 141.35, 50, 64500],
    ['192.0.2.', 'corp_egress', 'JP', 34.69, 135.5, 50, 64501],
    ['100.70.1.', 'mobile', 'JP', 35.0, 137.0, 1100, 64502],
    ['100.70.2.', 'hosting', 'NL', 52.37, 4.9, 50, 64510],
    ['100.70.3.', 'residential', 'US', 40.71, -74.0, 50, 64511],
    ['100.70.4.', 'anon', 'SE', 0, 0, 0, 64512],
    ['100.70.5.', 'residential', 'DE', 50.11, 8.68, 50, 64513],
  ]

/** How many networks the test world has, numbered from 0. */
export const NETWORKS = PLACES.length

/** The place of a test network. */
export function placeOf(network: number): Place {
  const [, networkClass, country, latitude, longitude, radiusKm, asn] = PLACES[
    network
  ] as (typeof PLACES)[number]
  const hasLocation = networkClass !== 'anon'
  const where = { hasLocation, latitude, longitude, radiusKm, country, city: '' }
  return { ...where, asn, asName: `Network ${asn}`, networkClass, why: 'test world' }
}

/** First day of the test world: 2026-03-02. */
export const WORLD_DAY = 20514

/** What a line says, in as few words as tests need. */
export interface Sketch {
  readonly user: string
  readonly network: number
  readonly host: number
  readonly timestampMs: number
  readonly outcome: AttemptOutcome
  readonly gateway: number
  /** 0 for none; a line of session 2 decides a login only where no better line does. */
  readonly session: number
  /** Session id where a number is not enough. */
  readonly sessionId?: string | undefined
  readonly deviceId?: string | undefined
  readonly userAgent?: string | undefined
  readonly realm?: string | undefined
  /** Length of an ended session; two hours unless said. */
  readonly durationS?: number | undefined
  /** A refused second factor that is a login attempt by itself, not a companion of one. */
  readonly isDecidingFactor?: boolean | undefined
}

/** An event with nothing in it; what a line says is laid over it. */
export const EMPTY_EVENT: AuthEvent = {
  ...newLoggedEvent('fortigate'),
  action: 'vpn.login',
  outcome: 'failure',
  attempt: 'bad_credential',
  decides: 'yes',
}

const ACTIONS: Partial<Record<AttemptOutcome, EventAction>> = {
  session_start: 'vpn.session.start',
  session_move: 'vpn.session.update',
  session_end: 'vpn.session.end',
}

function decidesOf({ outcome, session, isDecidingFactor }: Sketch): AuthEvent['decides'] {
  if (outcome.startsWith('session')) return 'no'
  if (outcome === 'mfa_denied') return isDecidingFactor === true ? 'yes' : 'no'
  return session === 2 ? 'unless' : 'yes'
}

/** Turns a sketch into an attempt as ingest and locate would make it. */
export function attemptOf(sketch: Sketch): Attempt {
  const address = `${(PLACES[sketch.network] as (typeof PLACES)[number])[0]}${sketch.host}`
  const isSuccess = sketch.outcome === 'success' || sketch.outcome.startsWith('session')
  const event: AuthEvent = {
    ...EMPTY_EVENT,
    timestampMs: sketch.timestampMs,
    attempt: sketch.outcome,
    outcome: isSuccess ? 'success' : 'failure',
    action: ACTIONS[sketch.outcome] ?? 'vpn.login',
    // Refused for different reasons, two lines of one instant are two events.
    reasonRaw: isSuccess ? '' : sketch.outcome,
    userRaw: sketch.user,
    userName: sketch.user,
    userKey: sketch.user,
    realm: sketch.realm ?? '',
    sourceAddress: address,
    gateway: `gw-${sketch.gateway}`,
    sessionId: sketch.sessionId ?? (sketch.session === 0 ? '' : `${sketch.session}`),
    userAgent: sketch.userAgent ?? '',
    deviceId: sketch.deviceId ?? '',
    decides: decidesOf(sketch),
    durationS: sketch.outcome === 'session_end' ? (sketch.durationS ?? 7200) : -1,
  }
  const id = eventIdOf(event)
  return {
    id,
    event,
    prefix: prefixOf(address),
    place: placeOf(sketch.network),
    line: { path: 'world', number: 1 },
    rawSha256: hash('sha256', id, 'hex'),
  }
}
