import { CONSTANTS, type Constant, type ConstantUnit } from './constants.ts'
import { MINUTE_MS } from './time.ts'

/** Scores are integers in this fraction of a nat (or of a rule's own point). */
export const UNITS_PER_NAT = 1024

/** Length of a pane, in which evidence is counted, ms. Part of what the state means, so not configurable. */
export const PANE_MS = 5 * MINUTE_MS

/** The organisation profile that day d reads is that of day d minus this: complete whatever arrives late (C.3). */
export const PROFILE_LAG_DAYS = 3

type Groups = typeof CONSTANTS

/**
 * The numbers in force, by the names of `CONSTANTS`. Nats and points are integers in 1/1024, so that a sum over a set
 * does not depend on the order of the set.
 */
export type Limits = {
  readonly [G in keyof Groups]: { readonly [K in keyof Groups[G]]: number }
}

/** Some of the constants with other values, in the units of `CONSTANTS`. */
export type LimitOverrides = {
  readonly [G in keyof Groups]?:
    | { readonly [K in keyof Groups[G]]?: number | undefined }
    | undefined
}

/** Converts nats (or points) to the integer unit. */
export function units(nats: number): number {
  return Math.round(nats * UNITS_PER_NAT)
}

function isInUnits(unit: ConstantUnit): boolean {
  return unit === 'nats' || unit === 'points'
}

/** The defaults with some values changed; values must have been checked against each constant's range. */
export function limitsOf(overrides: LimitOverrides): Limits {
  const groups = Object.entries(CONSTANTS).map(([group, constants]) => {
    const changed: Readonly<Record<string, number | undefined>> =
      overrides[group as keyof Groups] ?? {}
    const values = Object.entries<Constant>(constants).map(([name, { value, unit }]) => {
      const used = changed[name] ?? value
      return [name, isInUnits(unit) ? units(used) : used]
    })
    return [group, Object.fromEntries(values)]
  })
  return Object.fromEntries(groups) as Limits
}

/** The numbers of a configuration that changes none of them. */
export const DEFAULT_LIMITS: Limits = limitsOf({})

/** Most days that a session reaches back or a presence looks ahead; `travel.sessionMsMax` cannot be longer. */
export const SESSION_DAYS_MAX = 1

/** How far an instant is from the pane that starts at `paneStartMs`, ms; 0 inside it. */
export function distanceToPaneMs(timestampMs: number, paneStartMs: number): number {
  const endMs = paneStartMs + PANE_MS
  return Math.max(0, paneStartMs - timestampMs, timestampMs - endMs)
}
