import { describe, expect, test } from '@jest/globals'
import type { Alert, EvidenceLine } from '@sekisho/event'
import { styleOf } from '../terminal/style.ts'
import { keptOutput } from '../testing/fake-io.ts'
import { alertText } from './alert-text.ts'

const PLAIN = styleOf(keptOutput(), {})

function evidence(path: string, number: number, role: EvidenceLine['role']): EvidenceLine {
  return {
    eventId: String(number),
    timestampMs: 0,
    role,
    gateway: 'gw',
    user: 'alice',
    address: '203.0.113.7',
    outcome: 'success',
    line: { path, number },
    rawSha256: '',
  }
}

const ALERT: Alert = {
  id: 'a',
  tenant: 'default',
  family: 'X1',
  ruleId: 'X1',
  entity: 'user:alice',
  day: '2026-03-10',
  discriminator: '203.0.113.0/24',
  timestampMs: Date.UTC(2026, 2, 10, 2, 24, 28),
  startMs: 0,
  endMs: 0,
  severity: 'critical',
  riskScore: 100,
  outcome: 'success',
  reason:
    'alice logged in from 203.0.113.7 41 s after 23 other users failed there, which nothing vouches for',
  userName: 'alice',
  userDomain: 'CORP',
  userKey: 'alice',
  source: {
    address: '203.0.113.7',
    prefix: '203.0.113.0/24',
    asn: 64500,
    asName: 'Example Hosting',
    networkClass: 'hosting',
    country: 'NL',
    city: 'Amsterdam',
    hasLocation: true,
    latitude: 52.4,
    longitude: 4.9,
    radiusKm: 50,
  },
  gateway: { vendor: 'fortigate', name: 'gw', serial: '' },
  relatedAddresses: ['203.0.113.7'],
  relatedUsers: ['alice'],
  relatedGateways: ['gw'],
  score: 13.94,
  posterior: null,
  threshold: 10.2988,
  terms: [],
  considered: [],
  travel: null,
  evidence: [
    evidence('b.log', 9, 'context'),
    evidence('a.log', 3, 'decisive'),
    evidence('a.log', 7, 'decisive'),
  ],
  evidenceTotal: 30,
  counts: {},
  inputs: { config: '', geo: '', profileDay: '', profile: '' },
  state: 'final',
  revision: 1,
  materialRevision: 1,
  isMaterial: true,
  isFresh: true,
  reopened: 0,
  joinedEvents: 3,
  lateBeyondHorizon: false,
}

function factOf(alert: Partial<Alert>, name: string): string {
  const lines = alertText({ ...ALERT, ...alert }, 200, PLAIN).split('\n')
  return lines.find((line) => line.startsWith(name.padEnd(10)))?.slice(10) ?? ''
}

describe('alertText', () => {
  test('is a block that says all an analyst asks, wrapped, worst evidence first', () => {
    expect(alertText(ALERT, 72, PLAIN)).toBe(
      `
CRITICAL  Success inside an attack (X1)
who       alice (CORP)
from      203.0.113.7, AS64500 Example Hosting (Amsterdam, NL, hosting)
when      2026-03-10 02:24 UTC
how sure  risk 100 of 100; score 13.9, an alert from 10.3
why       alice logged in from 203.0.113.7 41 s after 23 other users
          failed there, which nothing vouches for
lines     a.log 3, 7; b.log 9; and 27 more lines
`.trim(),
    )
  })

  test('a source is many users at one network', () => {
    const source = {
      userName: '',
      userDomain: '',
      userKey: '',
      relatedUsers: ['anna', 'ben', 'cem', 'dora'],
      counts: { users_failed: 39 },
    }
    expect(factOf(source, 'who')).toBe(
      '39 users, among them anna, ben, cem and 1 more; 35 masked, as the names never succeeded',
    )
    expect(factOf({ ...source, relatedUsers: [] }, 'who')).toBe(
      '39 users; 39 masked, as the names never succeeded',
    )
    expect(factOf({ ...source, counts: { users_failed: 4 } }, 'who')).toMatch(/^4 users.* 1 more$/)
    const gotIn = {
      name: 'other_success',
      value: 0,
      why: '',
      quantities: { users: 1 },
      evidence: [],
    }
    expect(factOf({ ...source, terms: [gotIn] }, 'who')).toMatch(/; 36 masked, /)
    const many = Array.from({ length: 100 }, (_, i) => `name${i}`)
    const counts = { users_failed: 500, users_unknown: 7 }
    expect(factOf({ ...source, relatedUsers: many, counts }, 'who')).toMatch(/; 7 masked, /)
    const network = ALERT.source === null ? null : { ...ALERT.source, address: '' }
    expect(factOf({ source: network }, 'from')).toMatch(/^203\.0\.113\.0\/24, AS64500/)
  })

  test('a user under attack has many addresses, or none', () => {
    const relatedAddresses = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4', '192.0.2.5']
    expect(factOf({ source: null, relatedAddresses }, 'from')).toBe(
      '5 addresses: 192.0.2.1, 192.0.2.2, 192.0.2.3 and 2 more',
    )
    expect(factOf({ source: null, relatedAddresses: [] }, 'from')).toBe('no address is known')
  })

  test('what attackers typed is escaped before it is wrapped', () => {
    const text = alertText(
      { ...ALERT, userName: 'a\u001b[2Jb\nHIGH  fake', reason: 'x\u202ey\r\nz' },
      80,
      PLAIN,
    )
    expect(text).toContain('who       a\\u{1b}[2Jb\\u{a}HIGH  fake (CORP)')
    expect(text).toContain('why       x\\u{202e}y\\u{d}\\u{a}z')
    expect(text.split('\n')).toHaveLength(7)
  })

  test('colours only on a terminal, and not against the user’s wish', () => {
    const terminal = keptOutput({ isTerminal: true })
    const sgr = '\u001b['
    expect(alertText(ALERT, 80, styleOf(terminal, {}))).toContain(`${sgr}1;97;41mCRITICAL`)
    for (const environment of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      expect(alertText(ALERT, 80, styleOf(terminal, environment))).not.toContain(sgr)
    }
    expect(alertText(ALERT, 80, styleOf(terminal, { NO_COLOR: '' }))).toContain(sgr)
  })
})
