import { describe, expect, test } from '@jest/globals'
import type { Alert } from '@sekisho/event'
import { SaidAlerts } from './said-alerts.ts'

/** What is read of an alert; the rest of it plays no part. */
function word(changes: Partial<Alert>): Alert {
  const alert = {
    id: 'a',
    state: 'provisional',
    severity: 'medium',
    timestampMs: 1000,
    ruleId: 'N1',
    userKey: '',
    source: { prefix: '198.51.100.0/24' },
    relatedAddresses: ['198.51.100.7', '203.0.113.9'],
    ...changes,
  }
  return alert as unknown as Alert
}

function said(words: readonly (readonly [number, Partial<Alert>])[]): SaidAlerts {
  const alerts = new SaidAlerts()
  for (const [streamMs, changes] of words) alerts.add(word(changes), streamMs)
  return alerts
}

describe('SaidAlerts', () => {
  test('each severity has the time of the first word that reached it', () => {
    const { findings } = said([
      [2000, { severity: 'low' }],
      [3000, {}],
      [4000, { severity: 'high' }],
      [5000, { severity: 'medium' }],
      [9000, { severity: 'high', state: 'final' }],
    ])
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({
      rule: 'N1',
      severity: 'high',
      prefixes: ['198.51.100.0/24', '203.0.113.0/24'],
      saidMs: { medium: 3000, high: 4000 },
    })
  })

  test('a severity that the last word does not reach does not count', () => {
    const { findings } = said([
      [2000, { severity: 'critical' }],
      [9000, { state: 'final' }],
    ])
    expect(findings[0]?.saidMs).toEqual({ medium: 2000 })
  })

  test('nothing is said before the time that it is about', () => {
    const { findings } = said([[500, { state: 'final' }]])
    expect(findings[0]?.saidMs).toEqual({ medium: 1000 })
  })

  test('what was taken back is counted, and begins anew when it comes again', () => {
    const alerts = said([
      [2000, {}],
      [3000, { state: 'retracted' }],
      [4000, { state: 'final' }],
    ])
    expect(alerts.takenBack).toBe(1)
    expect(alerts.findings[0]?.saidMs).toEqual({ medium: 4000 })
  })

  test('a signal is no finding, nor is a provisional word', () => {
    expect(said([[2000, { severity: 'low', state: 'final' }]]).findings).toEqual([])
    expect(said([[2000, {}]]).findings).toEqual([])
  })
})
