import { expect } from '@jest/globals'
import { DEFAULT_CONFIG, type DetectConfig } from '@sekisho/detect'
import type { Alert, Attempt } from '@sekisho/event'
import { runBatch, withoutSignals } from './run.ts'
import { alertsBy } from './story.ts'

/** Every impossible travel that counts is at least a medium alert. */
export const STRICT: DetectConfig = { ...DEFAULT_CONFIG, travel: { mode: 'strict' } }

/** The impossible travels of a story, where travel alone is enough for an alert. */
export function travelsOf(...attempts: readonly Attempt[]): Alert[] {
  return withoutSignals(alertsBy('T1', runBatch(attempts, STRICT)))
}

/** The one impossible travel of a story. */
export function travelOf(...attempts: readonly Attempt[]): Alert {
  const travels = travelsOf(...attempts)
  expect(travels).toHaveLength(1)
  return travels[0] as Alert
}
