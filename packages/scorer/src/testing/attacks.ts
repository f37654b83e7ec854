import type { Alert, Attempt } from '@sekisho/event'
import { runBatch } from './run.ts'
import { at, type Network, refusals, TODAY, tenDaysOf } from './story.ts'

/** Stuffing and spraying are one family of alerts. */
export function attacksOf(...attempts: readonly Attempt[]): Alert[] {
  return runBatch(attempts).filter(({ family }) => family === 'N')
}

/** The one attack of a story. */
export function attackOf(...attempts: readonly Attempt[]): Alert {
  const [attack, ...others] = attacksOf(...attempts)
  if (attack === undefined || others.length > 0) throw new Error('expected one attack')
  return attack
}

export const NOON = at(TODAY, '12:00')
/** Twelve people who have worked from home for ten days. */
export const staff = Array.from({ length: 12 }, (_, i) => `staff${'abcdefghijkl'[i]}`)
export const history = tenDaysOf(...staff)
export const person = (i: number) => staff[i] as string
export const guess = (i: number) => `guess${'abcdefghijklmnopqrstuvwxyz'[i]}${i}`

/** Names that nobody has, once each from noon, ten seconds apart. */
export function unknowns(
  count: number,
  from: Network,
  startMs = NOON,
  host?: (i: number) => number,
): Attempt[] {
  return refusals(count, guess, from, startMs, 10, (i) => ({ host: host?.(i) ?? 1 }))
}

/** People who fail from where they never were, once each from five past noon. */
export function mistypes(count: number, from: Network, startMs = NOON + 1000): Attempt[] {
  return refusals(count, person, from, startMs, 10)
}
