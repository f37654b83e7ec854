import type { EventAction, LineRef, LoggedEvent } from './auth-event.ts'
import type { Place } from './place.ts'
import { VENDORS } from './vendors.ts'

/** A JSON object as ECS nests it. */
export type EcsObject = Readonly<Record<string, unknown>>

/** What the document says beside the event itself. */
export interface EcsEventExtra {
  /** `eventIdOf(event)`. */
  readonly id: string
  readonly line: LineRef
  /** True on exactly one line of each login (`login-groups.ts` of detect). */
  readonly decidesLogin: boolean
  /** Where the client was; left out when nobody looked. */
  readonly place?: Place
}

const AUTHENTICATION = ['authentication']
const LOGIN = ['authentication', 'session']
const TUNNEL = ['session', 'network']
const ADMINISTRATION = ['configuration', 'iam']

interface Classification {
  readonly category: readonly string[]
  readonly type: string
}

/**
 * `event.category` and `event.type` of each action (docs/formats.md, fields). A failed login is a `start` too,
 * as ECS has it: what became of it is `event.outcome`. Actions that no category fits have none.
 */
const CLASSIFICATION: Readonly<Record<EventAction, Classification>> = {
  'vpn.connect': { category: TUNNEL, type: 'info' },
  'vpn.negotiate': { category: TUNNEL, type: 'info' },
  'vpn.login': { category: LOGIN, type: 'start' },
  'vpn.logout': { category: LOGIN, type: 'end' },
  'vpn.app': { category: TUNNEL, type: 'info' },
  'vpn.session.start': { category: TUNNEL, type: 'start' },
  'vpn.session.update': { category: TUNNEL, type: 'info' },
  'vpn.session.resume': { category: TUNNEL, type: 'info' },
  'vpn.session.end': { category: TUNNEL, type: 'end' },
  'user.login': { category: AUTHENTICATION, type: 'start' },
  'user.logout': { category: AUTHENTICATION, type: 'end' },
  'user.logon': { category: LOGIN, type: 'start' },
  'user.logoff': { category: LOGIN, type: 'end' },
  'admin.login': { category: LOGIN, type: 'start' },
  'admin.logout': { category: LOGIN, type: 'end' },
  'admin.activity': { category: ADMINISTRATION, type: 'info' },
  'auth.factor': { category: AUTHENTICATION, type: 'info' },
  'auth.factor.sent': { category: AUTHENTICATION, type: 'info' },
  'auth.lockout': { category: AUTHENTICATION, type: 'denied' },
  'auth.denied': { category: AUTHENTICATION, type: 'denied' },
  'policy.check': { category: AUTHENTICATION, type: 'info' },
  'posture.check': { category: AUTHENTICATION, type: 'info' },
  'account.change': { category: ADMINISTRATION, type: 'change' },
  'config.change': { category: ADMINISTRATION, type: 'change' },
  'config.export': { category: ADMINISTRATION, type: 'info' },
  'device.alert': { category: [], type: 'info' },
  'endpoint.state': { category: TUNNEL, type: 'info' },
  'ztna.access': { category: TUNNEL, type: 'start' },
  'risk.vendor': { category: [], type: 'info' },
  indicator: { category: [], type: 'info' },
  'unauthenticated.request': { category: TUNNEL, type: 'info' },
  other: { category: [], type: 'info' },
}

/** A check that fails refuses the client, whether or not a login fails with it. */
const DENIES_ON_FAILURE: ReadonlySet<EventAction> = new Set([
  'policy.check',
  'posture.check',
  'vpn.app',
  'ztna.access',
])

/** The document of one authentication event, ECS 9 names, as `sekisho parse` writes it. */
export function ecsOfEvent(event: Readonly<LoggedEvent>, extra: EcsEventExtra): EcsObject {
  const { vendor, product } = VENDORS[event.vendor]
  return withoutAbsent({
    '@timestamp': new Date(event.timestampMs).toISOString(),
    event: eventOf(event, extra.id),
    user: withoutAbsent({
      name: event.userName,
      domain: event.userDomain,
      roles: rolesOf(event.roles),
      group: withoutAbsent({ name: event.group }),
    }),
    source: withoutAbsent({
      ip: event.sourceAddress,
      bytes: countOrAbsent(event.receivedBytes),
      geo: extra.place === undefined ? undefined : ecsGeoOf(extra.place),
      as: extra.place === undefined ? undefined : ecsAsOf(extra.place),
    }),
    destination: withoutAbsent({ bytes: countOrAbsent(event.sentBytes) }),
    tls: withoutAbsent({ client: withoutAbsent({ subject: event.certificateSubject }) }),
    user_agent: withoutAbsent({ original: event.userAgent }),
    observer: withoutAbsent({
      vendor,
      product,
      name: event.gateway,
      serial_number: event.gatewaySerial,
    }),
    sekisho: ownFieldsOf(event, extra),
  })
}

function eventOf(event: LoggedEvent, id: string): EcsObject {
  const { category, type } = CLASSIFICATION[event.action]
  const isFailure = event.outcome === 'failure'
  const isDenied = isFailure && DENIES_ON_FAILURE.has(event.action)
  return withoutAbsent({
    id,
    kind: 'event',
    // A login that failed has begun no session.
    category: isFailure && category === LOGIN ? AUTHENTICATION : category,
    type: [isDenied ? 'denied' : type],
    action: event.action,
    outcome: event.outcome,
    code: event.code,
    reason: event.reasonRaw,
    dataset: VENDORS[event.vendor].dataset,
  })
}

function ownFieldsOf(event: LoggedEvent, { line, decidesLogin }: EcsEventExtra): EcsObject {
  return withoutAbsent({
    line: { kind: 'event', path: line.path, number: line.number },
    session_id: event.sessionId,
    assigned_ip: event.assignedAddress,
    auth_method: event.factor,
    reason: event.reason,
    user_raw: event.userRaw === event.userName ? '' : event.userRaw,
    user_key: event.userKey,
    realm: event.realm,
    vsys: event.virtualSystem,
    device_id: event.deviceId,
    device_name: event.deviceName,
    other_ip: event.otherAddress,
    duration_s: countOrAbsent(event.durationS),
    config: withoutAbsent({
      action: event.configAction,
      path: event.configPath,
      object: event.configObject,
      attribute: event.configAttribute,
    }),
    indicator: event.indicator,
    time_skew_s: event.timeSkewS === 0 ? undefined : event.timeSkewS,
    recovered: event.recovered ? true : undefined,
    decides_login: decidesLogin,
  })
}

/** A count, of which -1 says that it is not known. */
function countOrAbsent(count: number): number | undefined {
  return count < 0 ? undefined : count
}

function rolesOf(roles: string): string[] {
  return roles
    .split(',')
    .map((role) => role.trim())
    .filter((role) => role !== '')
}

/** `geo` of a place: its country and city, and coordinates only where it has a location. */
export function ecsGeoOf(
  place: Pick<Place, 'country' | 'city' | 'hasLocation' | 'latitude' | 'longitude'>,
): EcsObject {
  return withoutAbsent({
    country_iso_code: place.country,
    city_name: place.city,
    location: place.hasLocation ? { lat: place.latitude, lon: place.longitude } : undefined,
  })
}

/** `as` of a place, empty without a network number. */
export function ecsAsOf(place: Pick<Place, 'asn' | 'asName'>): EcsObject {
  if (place.asn === 0) return {}
  return withoutAbsent({
    number: place.asn,
    organization: withoutAbsent({ name: place.asName }),
  })
}

/**
 * The same object without the fields that say nothing (undefined, null, `''`, empty lists and objects): a field
 * that is there has a value, so that "exists" queries mean something.
 */
export function withoutAbsent(fields: EcsObject): EcsObject {
  const present: Record<string, unknown> = {}
  for (const name in fields) {
    const value = fields[name]
    if (!isAbsent(value)) present[name] = value
  }
  return present
}

function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (typeof value !== 'object') return false
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0
}
