import { describe, expect, test } from '@jest/globals'
import type { AlertRun } from './alert-sink.ts'
import { ecsOfAlert } from './ecs-alert.ts'
import { SAMPLE_ALERT } from './testing/sample-alert.ts'

const RUN: AlertRun = {
  id: 'run-1',
  mode: 'batch',
  createdMs: Date.UTC(2026, 10, 22),
  emittedAtMs: Date.UTC(2026, 10, 22, 0, 0, 1),
  ingestedMs: Date.UTC(2026, 10, 22, 0, 0, 2),
}

const TRAVEL_DOCUMENT = {
  '@timestamp': '2026-03-11T11:28:00.000Z',
  ecs: { version: '9.0.0' },
  event: {
    kind: 'alert',
    module: 'sekisho',
    dataset: 'sekisho.alert',
    category: ['authentication', 'intrusion_detection'],
    type: ['info'],
    action: 'impossible-travel',
    outcome: 'success',
    id: '0123456789abcdef0123456789abcdef',
    severity: 47,
    risk_score: 47,
    start: '2026-03-11T10:36:00.000Z',
    end: '2026-03-11T11:28:00.000Z',
    created: '2026-11-22T00:00:00.000Z',
    ingested: '2026-11-22T00:00:02.000Z',
    reason: 'watanabe.yui logged in from Tunari, RO 30 min after being active in Tokyo, JP',
  },
  message: 'watanabe.yui logged in from Tunari, RO 30 min after being active in Tokyo, JP',
  rule: {
    id: 'T1',
    name: 'Impossible travel',
    version: '2.0.0',
    ruleset: 'sekisho',
    category: 'initial-access',
    reference: 'docs/rules/T1.md',
    uuid: '00112233',
  },
  threat: {
    framework: 'MITRE ATT&CK',
    tactic: { id: ['TA0001'], name: ['Initial Access'] },
    technique: { id: ['T1078'], name: ['Valid Accounts'] },
  },
  user: { name: 'watanabe.yui', domain: 'HOSHIKAWA', id: 'watanabe.yui' },
  source: {
    ip: '203.0.113.7',
    address: '203.0.113.7',
    as: { number: 64511, organization: { name: 'Example Cable' } },
    geo: {
      country_iso_code: 'RO',
      city_name: 'Tunari',
      location: { lat: 44.55, lon: 26.14 },
    },
  },
  observer: {
    vendor: 'Fortinet',
    product: 'FortiGate',
    type: 'vpn',
    name: 'fgt-fra-01',
    serial_number: 'FGT60F0000000002',
  },
  related: {
    ip: ['198.51.100.23', '203.0.113.7'],
    user: ['watanabe.yui'],
    hosts: ['fgt-fra-01', 'fgt-tyo-01'],
  },
  organization: { id: 'default' },
  sekisho: {
    alert: {
      id: '0123456789abcdef0123456789abcdef',
      entity: 'user:watanabe.yui',
      day: '2026-03-11',
      discriminator: '203.0.113.0/24',
      version: 2 ** 44 + 3,
      is_material: true,
      is_fresh: true,
      reopened: 0,
    },
    state: 'final',
    severity: 'medium',
    revision: 1,
    material_revision: 1,
    late_beyond_horizon: false,
    source: { prefix: '203.0.113.0/24', network_class: 'residential', radius_km: 50 },
    term_names: ['impossible_travel'],
    score: {
      log_odds: 2.2998046875,
      posterior: 0.000101,
      threshold: 2.2998046875,
      terms: [
        {
          name: 'impossible_travel',
          value: 2.2998046875,
          why: '8,950 km/h, limit 1000',
          quantities: { nats: 2.2998046875 },
          evidence: [0],
        },
      ],
      considered: [
        { name: 'learnt_pair', applied: false, why: '0 earlier UTC days in AS64511/RO' },
      ],
    },
    travel: {
      from: {
        prefix: '198.51.100.0/24',
        ip: '198.51.100.23',
        country_iso_code: 'JP',
        city_name: 'Tokyo',
        location: { lat: 35.69, lon: 139.69 },
        radius_km: 50,
        asn: 64500,
        as_name: 'Example Fibre',
        network_class: 'residential',
        first: '2026-03-11T10:36:00.000Z',
        last: '2026-03-11T10:58:00.000Z',
        new_for_user: false,
      },
      to: {
        prefix: '203.0.113.0/24',
        ip: '203.0.113.7',
        country_iso_code: 'RO',
        city_name: 'Tunari',
        location: { lat: 44.55, lon: 26.14 },
        radius_km: 50,
        asn: 64511,
        as_name: 'Example Cable',
        network_class: 'residential',
        first: '2026-03-11T11:28:00.000Z',
        last: '2026-03-11T11:28:00.000Z',
        new_for_user: true,
      },
      distance_km: 8900.5,
      distance_lower_km: 8800.5,
      gap_s: 1800,
      elapsed_upper_s: 2041,
      speed_lower_kmh: 15522.7,
    },
    evidence: [
      {
        event_id: 'fedcba9876543210fedcba9876543210',
        time: '2026-03-11T11:28:00.000Z',
        role: 'decisive',
        gateway: 'fgt-fra-01',
        user: 'HOSHIKAWA\\watanabe.yui',
        ip: '203.0.113.7',
        outcome: 'success',
        raw_ref: 'frankfurt.log:812',
        raw_sha256: 'a'.repeat(64),
      },
    ],
    evidence_total: 1,
    inputs: {
      config: '00112233',
      geo: 'test 2026-11',
      profile_day: '2026-03-08',
      profile: 'cafe',
    },
    run: { id: 'run-1', mode: 'batch', emitted_at: '2026-11-22T00:00:01.000Z' },
  },
}

describe('ecsOfAlert', () => {
  test('an impossible travel, every field and the order of the fields', () => {
    const document = JSON.stringify(ecsOfAlert(SAMPLE_ALERT, RUN), null, 1)
    expect(document).toBe(JSON.stringify(TRAVEL_DOCUMENT, null, 1))
  })

  test('an alert about a network has its range as address, no ip and no user', () => {
    const { source } = SAMPLE_ALERT
    if (source === null) throw new Error('the sample has a source')
    const document = ecsOfAlert(
      {
        ...SAMPLE_ALERT,
        ruleId: 'N1',
        userName: '',
        userDomain: '',
        userKey: '',
        travel: null,
        source: { ...source, address: '', hasLocation: false },
        counts: { users_failed: 23 },
      },
      RUN,
    )
    expect(document).not.toHaveProperty('user')
    expect(document.source).toStrictEqual({
      address: '203.0.113.0/24',
      as: { number: 64511, organization: { name: 'Example Cable' } },
      geo: { country_iso_code: 'RO', city_name: 'Tunari' },
    })
    expect(document.sekisho).not.toHaveProperty('travel')
    expect(document.sekisho).toMatchObject({
      source: { prefix: '203.0.113.0/24', network_class: 'residential' },
      counts: { users_failed: 23 },
    })
    expect(document.threat).toMatchObject({
      technique: {
        id: ['T1110', 'T1589'],
        subtechnique: {
          id: ['T1110.004', 'T1589.001'],
          name: ['Credential Stuffing', 'Credentials'],
        },
      },
    })
  })

  test('a rule that sums no log odds of a login has no posterior', () => {
    const document = ecsOfAlert({ ...SAMPLE_ALERT, ruleId: 'U1', posterior: null }, RUN)
    expect(Object.keys((document.sekisho as { score: object }).score)).toStrictEqual([
      'log_odds',
      'threshold',
      'terms',
      'considered',
    ])
  })

  test.each([
    { severity: 'low', kind: 'event', score: 21 },
    { severity: 'medium', kind: 'alert', score: 47 },
    { severity: 'high', kind: 'alert', score: 73 },
    { severity: 'critical', kind: 'alert', score: 99 },
  ] as const)('severity $severity is of kind $kind', ({ severity, kind, score }) => {
    const document = ecsOfAlert({ ...SAMPLE_ALERT, severity }, RUN)
    expect(document).toMatchObject({ event: { kind, severity: score }, sekisho: { severity } })
  })

  test('quantities of a term stand in one order, and a zero is shown', () => {
    const quantitiesOf = (quantities: Record<string, number>): string => {
      const terms = SAMPLE_ALERT.terms.map((term) => ({ ...term, quantities }))
      return JSON.stringify(ecsOfAlert({ ...SAMPLE_ALERT, terms }, RUN).sekisho)
    }
    const text = quantitiesOf({ network_days: 0, active_days: 60 })
    expect(text).toContain('"quantities":{"active_days":60,"network_days":0}')
    expect(quantitiesOf({ active_days: 60, network_days: 0 })).toBe(text)
  })

  test('only the run differs between two deliveries of one alert', () => {
    const again = { ...RUN, id: 'run-2', createdMs: 1, emittedAtMs: 2, ingestedMs: 3 }
    const strip = (document: object): object => {
      const { event, sekisho, ...rest } = structuredClone(document) as {
        event: Record<string, unknown>
        sekisho: Record<string, unknown>
      }
      delete event.created
      delete event.ingested
      delete sekisho.run
      return { event, sekisho, ...rest }
    }
    const first = ecsOfAlert(SAMPLE_ALERT, RUN)
    const second = ecsOfAlert(SAMPLE_ALERT, again)
    expect(second).not.toStrictEqual(first)
    expect(strip(second)).toStrictEqual(strip(first))
  })
})
