import { expect } from '@jest/globals'
import type { Alert, Attempt } from '@sekisho/event'
import { runBatch } from './run.ts'
import { alertsBy, at, HOSTING, refusals, TODAY, tenDaysOf } from './story.ts'

/** The successes inside attacks of a story. */
export function successesOf(...attempts: readonly Attempt[]): Alert[] {
  return alertsBy('X1', runBatch(attempts))
}

/** The one success inside an attack of a story. */
export function successOf(...attempts: readonly Attempt[]): Alert {
  const alerts = successesOf(...attempts)
  expect(alerts).toHaveLength(1)
  return alerts[0] as Alert
}

/** Names of the terms of each alert. */
export function causesOf(alerts: readonly Alert[]): string[][] {
  return alerts.map(({ terms }) => terms.map(({ name }) => name))
}

export const NOON = at(TODAY, '12:00')
export const staff = ['aoki', 'berg', 'chiba', 'doi', 'endo', 'fuji']
export const history = tenDaysOf(...staff)
export const guess = (i: number) => `guess${i}x${i}`
/** Six unknown names at noon, from 12:00:00 to 12:00:25: enough for N at any source. */
export const stuffing = (from = HOSTING) => refusals(6, guess, from, NOON, 5)
