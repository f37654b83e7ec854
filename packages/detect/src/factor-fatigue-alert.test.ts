import { describe, expect, test } from '@jest/globals'
import { DEFAULT_CONFIG } from './config.ts'
import { limitsOf } from './limits.ts'
import { at, CAFE, HOME, HOSTING, type Known, NEW_YORK } from './testing/fake-user-view.ts'

import {
  fatigueAlertOf as alertOf,
  denied,
  deniedTimes,
  login,
  severityOf,
} from './testing/fatigued-user.ts'

const THREE = deniedTimes(3)

describe('the document', () => {
  test('of a login tells of it first, and counts lines', () => {
    const lines = [...THREE, denied('9:03', NEW_YORK), login('9:10', HOSTING)]
    expect(alertOf({ lines })).toMatchObject({
      family: 'M1',
      ruleId: 'M1',
      entity: 'user:alice',
      discriminator: '',
      day: '2024-10-04',
      timestampMs: at('9:10'),
      startMs: at('9:00'),
      endMs: at('9:10'),
      severity: 'critical',
      riskScore: 99,
      outcome: 'success',
      reason:
        'alice logged in from 100.70.2.1, AS64510 Network 64510 (NL, hosting), 7 min after the last of 4 refused second factors within 3 min from 2 networks',
      source: { address: '100.70.2.1', prefix: '100.70.2.0/24' },
      score: 5,
      posterior: null,
      threshold: 4,
      terms: [
        {
          name: 'denied_second_factors',
          value: 4,
          quantities: { denials: 4, networks: 2, span_s: 180 },
          evidence: [1, 2, 3, 4],
        },
        {
          name: 'login_after_denials',
          value: 1,
          quantities: { logins: 1, gap_s: 420 },
          evidence: [0],
        },
      ],
      evidenceTotal: 5,
      counts: { denials: 4, networks: 2, firings: 1 },
    })
    expect(
      alertOf({ lines })?.evidence.map(({ timestampMs, outcome }) => [timestampMs, outcome]),
    ).toEqual([
      [at('9:10'), 'success'],
      [at('9:00'), 'mfa_denied'],
      [at('9:01'), 'mfa_denied'],
      [at('9:02'), 'mfa_denied'],
      [at('9:03'), 'mfa_denied'],
    ])
  })

  test('of refusals alone is about no source, and is dated by the first line of its pane', () => {
    expect(alertOf({ lines: [...deniedTimes(5), denied('9:05')] })).toMatchObject({
      timestampMs: at('9:00'),
      severity: 'medium',
      riskScore: 47,
      outcome: 'failure',
      source: null,
      reason:
        '6 refused second factors within 5 min from 1 network for alice: somebody who knows the password asks again and again',
      score: 6,
      threshold: 5,
      counts: { denials: 6, networks: 1, firings: 2 },
    })
    // The fifth comes in the next pane.
    expect(alertOf({ lines: [...deniedTimes(4), denied('9:06')] })?.timestampMs).toBe(at('9:06'))
  })

  test('is dated by the first firing that is no mere signal, and tells of the worst', () => {
    const home = ['7:00', '7:01', '7:02', '7:03', '7:04'].map((time) => denied(time, HOME))
    const lines = [...home, ...deniedTimes(5), login('9:20', HOSTING)]
    expect(alertOf({ lines })).toMatchObject({
      timestampMs: at('9:00'),
      severity: 'critical',
      counts: { firings: 3 },
    })
    expect(alertOf({ lines: home })).toMatchObject({ timestampMs: at('7:00'), severity: 'low' })
  })

  test('is dated by all refusals where they and the login fire at once', () => {
    const strangers = ['9:01', '9:02', '9:03', '9:04'].map((time) => denied(time))
    const lines = [denied('9:00', HOME), ...strangers, login('9:04', HOSTING)]
    expect(alertOf({ lines })).toMatchObject({
      timestampMs: at('9:00'),
      severity: 'critical',
      counts: { denials: 4, firings: 2 },
    })
  })

  test('names what was weighed', () => {
    const names = alertOf({ lines: deniedTimes(5, HOME) })?.considered.map(({ name, applied }) => [
      name,
      applied,
    ])
    expect(names).toEqual([
      ['own_networks', true],
      ['ordinary_network', false],
      ['known_device', false],
      ['cold_start', false],
    ])
  })

  test('says of an ordinary login and of a known device that they are', () => {
    const laptop = { deviceId: 'laptop-1' }
    const lines = [...THREE, login('9:10', CAFE, laptop)]
    const names = alertOf({ devices: ['laptop-1'], lines })?.considered.map(({ name, applied }) => [
      name,
      applied,
    ])
    expect(names).toEqual([
      ['own_networks', false],
      ['ordinary_network', true],
      ['known_device', true],
      ['cold_start', false],
    ])
  })

  const OWN = deniedTimes(5, HOME)
  const laptop = { deviceId: 'laptop-1' }
  test.each<{ name: string; known: Known; applied: boolean; why: string }>([
    {
      name: 'own_networks',
      known: { lines: OWN },
      applied: true,
      why: 'every refusal came from a network of the user’s own: a signal',
    },
    {
      name: 'own_networks',
      known: { lines: deniedTimes(5) },
      applied: false,
      why: 'at least one refusal came from a network that does not vouch for the user',
    },
    {
      name: 'ordinary_network',
      known: { lines: OWN },
      applied: false,
      why: 'no login from another network followed',
    },
    {
      name: 'ordinary_network',
      known: { lines: [...THREE, login('9:10', CAFE)] },
      applied: true,
      why: 'AS64506 Network 64506 (JP, residential) is ordinary for this user: a signal',
    },
    {
      name: 'ordinary_network',
      known: { lines: [...THREE, login('9:10', HOSTING)] },
      applied: false,
      why: 'AS64510 Network 64510 (NL, hosting) is not ordinary for this user',
    },
    {
      name: 'known_device',
      known: { lines: [...THREE, login('9:10', HOSTING)] },
      applied: false,
      why: 'no line of a login names a device',
    },
    {
      name: 'known_device',
      known: { lines: [...THREE, login('9:10', HOSTING, laptop)] },
      applied: false,
      why: 'device laptop-1 is not known for the user',
    },
    {
      name: 'known_device',
      known: { devices: ['laptop-1'], lines: [...THREE, login('9:10', HOSTING, laptop)] },
      applied: true,
      why: 'device laptop-1 is the user’s own',
    },
  ])('says of $name: $why', ({ name, known, applied, why }) => {
    const alert = alertOf(known)
    expect(alert?.considered.find((each) => each.name === name)).toEqual({ name, applied, why })
  })

  test('shows as many lines as an alert may, and counts all', () => {
    const lines = Array.from({ length: 30 }, (_, i) => denied(`9:${String(i).padStart(2, '0')}`))
    const alert = alertOf({ lines: [...lines, login('9:35', HOSTING)] })
    expect(alert?.evidence).toHaveLength(20)
    expect(alert?.evidence[0]?.outcome).toBe('success')
    expect(alert).toMatchObject({ evidenceTotal: 31, score: 31 })
  })

  test('follows the configuration’s numbers', () => {
    const limits = limitsOf({
      fatigue: { deniedMin: 6, windowMs: 60_000, deniedBeforeSuccessMin: 4 },
    })
    const config = { ...DEFAULT_CONFIG, limits }
    expect(severityOf({ config, lines: deniedTimes(5) })).toBe('none')
    expect(severityOf({ config, lines: [...THREE, login('9:02:30', HOSTING)] })).toBe('none')
  })
})
