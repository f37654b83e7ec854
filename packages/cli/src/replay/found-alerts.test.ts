import { expect, test } from '@jest/globals'
import type { Alert, Severity } from '@sekisho/event'
import { FoundAlerts } from './found-alerts.ts'

const PERIOD = { fromMs: 100, toMs: 200 }

function alertOf(id: string, severity: Severity, more: Partial<Alert> = {}): Alert {
  return { id, severity, timestampMs: 150, ruleId: 'N1', state: 'provisional', ...more } as Alert
}

test.each<{ said: Severity | null; now: Severity; isNew: boolean; kept: Severity }>([
  { said: null, now: 'medium', isNew: true, kept: 'medium' },
  { said: 'medium', now: 'medium', isNew: false, kept: 'medium' },
  { said: 'medium', now: 'high', isNew: true, kept: 'high' },
  { said: 'high', now: 'medium', isNew: false, kept: 'high' },
])('said $said before and $now now is new: $isNew', ({ said, now, isNew, kept }) => {
  const before = new Map(said === null ? [] : [['a', said] as const])
  const found = new FoundAlerts(PERIOD, false, before)
  found.add(alertOf('a', now))
  expect(found.isNew({ id: 'a', severity: now })).toBe(isNew)
  expect(found.saidBefore).toBe(isNew ? 0 : 1)
  expect([...found.open]).toEqual([['a', kept]])
})

test('only alerts of open days are said again', () => {
  const found = new FoundAlerts(PERIOD, false)
  found.add(alertOf('final', 'high', { state: 'final' }))
  found.add(alertOf('signal', 'low'))
  found.add(alertOf('outside', 'high', { timestampMs: 200 }))
  expect([...found.open]).toEqual([])
})

test('what is outside the period was not said, and what was said before is not forgotten', () => {
  const found = new FoundAlerts(PERIOD, false, new Map([['a', 'medium']]))
  found.add(alertOf('a', 'high', { timestampMs: 99 }))
  expect(found.saidBefore).toBe(0)
  expect([...found.open]).toEqual([['a', 'medium']])
})
