import { describe, expect, test } from '@jest/globals'
import type { EventAction, EventOutcome, LoggedEvent } from './auth-event.ts'
import { ecsOfEvent, withoutAbsent } from './ecs-event.ts'
import type { Place } from './place.ts'

const LOGIN: LoggedEvent = {
  timestampMs: Date.UTC(2026, 10, 20, 9, 14, 7, 112),
  resolutionMs: 1,
  subMillisecondNs: 0,
  vendor: 'fortigate',
  code: '0101039424',
  action: 'vpn.login',
  outcome: 'success',
  attempt: 'success',
  reason: '',
  reasonRaw: 'login successfully',
  userRaw: 'CORP\\alice',
  userName: 'alice',
  userDomain: 'CORP',
  userKey: 'alice',
  realm: 'staff',
  sourceAddress: '203.0.113.7',
  assignedAddress: '10.212.134.200',
  gateway: 'fgt-tyo-01',
  gatewaySerial: 'FGT60F0000000001',
  virtualSystem: 'root',
  sessionId: '1234567',
  factor: 'password',
  userAgent: 'FortiClient 7.2',
  deviceId: '0123456789ABCDEF',
  decides: 'yes',
  durationS: 610,
  recovered: false,
  group: 'VPN-Staff',
  roles: 'Staff, VPN Full',
  deviceName: 'LT-0417',
  certificateSubject: 'C = JP, CN = alice',
  otherAddress: '198.51.100.9',
  sentBytes: 1048576,
  receivedBytes: 0,
  configAction: 'Add',
  configPath: 'user.local',
  configObject: 'qzx7',
  configAttribute: 'type[password]',
  indicator: 'account-changed',
  timeSkewS: 0,
}

const PLACE: Place = {
  hasLocation: true,
  latitude: 35.69,
  longitude: 139.69,
  radiusKm: 50,
  country: 'JP',
  city: 'Tokyo',
  asn: 4713,
  asName: 'NTT Communications',
  networkClass: 'residential',
  why: '',
}

const EXTRA = { id: 'ab'.repeat(16), line: { path: 'a.log', number: 3 }, decidesLogin: true }

describe('ecsOfEvent', () => {
  test('a located login, every field', () => {
    const document = ecsOfEvent(LOGIN, { ...EXTRA, place: PLACE })
    expect(document).toStrictEqual({
      '@timestamp': '2026-11-20T09:14:07.112Z',
      event: {
        id: 'ab'.repeat(16),
        kind: 'event',
        category: ['authentication', 'session'],
        type: ['start'],
        action: 'vpn.login',
        outcome: 'success',
        code: '0101039424',
        reason: 'login successfully',
        dataset: 'fortinet_fortigate.log',
      },
      user: {
        name: 'alice',
        domain: 'CORP',
        roles: ['Staff', 'VPN Full'],
        group: { name: 'VPN-Staff' },
      },
      source: {
        ip: '203.0.113.7',
        bytes: 0,
        geo: {
          country_iso_code: 'JP',
          city_name: 'Tokyo',
          location: { lat: 35.69, lon: 139.69 },
        },
        as: { number: 4713, organization: { name: 'NTT Communications' } },
      },
      destination: { bytes: 1048576 },
      tls: { client: { subject: 'C = JP, CN = alice' } },
      user_agent: { original: 'FortiClient 7.2' },
      observer: {
        vendor: 'Fortinet',
        product: 'FortiGate',
        name: 'fgt-tyo-01',
        serial_number: 'FGT60F0000000001',
      },
      sekisho: {
        line: { kind: 'event', path: 'a.log', number: 3 },
        session_id: '1234567',
        assigned_ip: '10.212.134.200',
        auth_method: 'password',
        user_raw: 'CORP\\alice',
        user_key: 'alice',
        realm: 'staff',
        vsys: 'root',
        device_id: '0123456789ABCDEF',
        device_name: 'LT-0417',
        other_ip: '198.51.100.9',
        duration_s: 610,
        config: {
          action: 'Add',
          path: 'user.local',
          object: 'qzx7',
          attribute: 'type[password]',
        },
        indicator: 'account-changed',
        decides_login: true,
      },
    })
  })

  test('what a line does not say is left out, never null or empty', () => {
    const bare = { ...LOGIN, vendor: 'pulse-secure', action: 'other', outcome: 'unknown' } as const
    const empty = Object.fromEntries(
      Object.entries(bare).map(([name, value]) => [
        name,
        value === '' || ['vendor', 'action', 'outcome', 'decides'].includes(name)
          ? value
          : typeof value === 'string'
            ? ''
            : name === 'durationS' || name.endsWith('Bytes')
              ? -1
              : value,
      ]),
    ) as unknown as LoggedEvent
    expect(ecsOfEvent(empty, { ...EXTRA, decidesLogin: false })).toStrictEqual({
      '@timestamp': '2026-11-20T09:14:07.112Z',
      event: {
        id: 'ab'.repeat(16),
        kind: 'event',
        type: ['info'],
        action: 'other',
        outcome: 'unknown',
        dataset: 'pulse_connect_secure.log',
      },
      observer: { vendor: 'Pulse Secure', product: 'Connect Secure' },
      sekisho: { line: { kind: 'event', path: 'a.log', number: 3 }, decides_login: false },
    })
  })

  test('the raw user is given only when it says more than the name', () => {
    const plain = ecsOfEvent(
      { ...LOGIN, userRaw: 'alice', userDomain: '', group: '', roles: '' },
      EXTRA,
    )
    expect(plain.user).toStrictEqual({ name: 'alice' })
    expect(plain.sekisho).not.toHaveProperty('user_raw')
  })

  test('a place without a location has no coordinates', () => {
    const place = { ...PLACE, hasLocation: false, latitude: 0, longitude: 0, city: '', asn: 0 }
    const document = ecsOfEvent({ ...LOGIN, receivedBytes: -1 }, { ...EXTRA, place })
    expect(document.source).toStrictEqual({ ip: '203.0.113.7', geo: { country_iso_code: 'JP' } })
  })

  test('zero is a value: a session that lasted no second says so', () => {
    const document = ecsOfEvent({ ...LOGIN, durationS: 0, recovered: true }, EXTRA)
    expect(document.sekisho).toMatchObject({ duration_s: 0, recovered: true })
  })

  const kinds: [EventAction, EventOutcome, string[] | undefined, string][] = [
    ['vpn.login', 'success', ['authentication', 'session'], 'start'],
    ['vpn.login', 'failure', ['authentication'], 'start'],
    ['vpn.session.end', 'success', ['session', 'network'], 'end'],
    ['policy.check', 'success', ['authentication'], 'info'],
    ['policy.check', 'failure', ['authentication'], 'denied'],
    ['auth.factor', 'failure', ['authentication'], 'info'],
    ['config.change', 'unknown', ['configuration', 'iam'], 'change'],
    ['indicator', 'unknown', undefined, 'info'],
  ]
  test.each(kinds)('%s, %s: category %j, type %s', (action, outcome, category, type) => {
    const { event } = ecsOfEvent({ ...LOGIN, action, outcome }, EXTRA) as {
      event: Record<string, unknown>
    }
    expect([event.category, event.type, event.outcome]).toStrictEqual([category, [type], outcome])
  })
})

test('withoutAbsent keeps 0 and false and drops what says nothing', () => {
  const fields = { zero: 0, no: false, text: '', none: null, un: undefined, list: [], map: {} }
  expect(withoutAbsent(fields)).toStrictEqual({ zero: 0, no: false })
})
