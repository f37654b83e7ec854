import { expect } from '@jest/globals'
import type { Alert, Attempt } from '@sekisho/event'
import { runBatch } from './run.ts'
import { alertsBy } from './story.ts'

/** The impossible travels of a story. */
export function travelsOf(...attempts: readonly Attempt[]): Alert[] {
  return alertsBy('T1', runBatch(attempts))
}

/** The one impossible travel of a story. */
export function travelOf(...attempts: readonly Attempt[]): Alert {
  const travels = travelsOf(...attempts)
  expect(travels).toHaveLength(1)
  return travels[0] as Alert
}
