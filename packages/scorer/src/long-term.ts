import { COMMON_LIMITS, compareText } from '@sekisho/detect'
import { addDay, countDays, type DaySet, dropDaysBefore, lastDayOf } from './day-set.ts'
import type { FirstUse } from './first-uses.ts'

/** Long-term entries kept of one user; the least active go first (C.2). */
const NETWORKS_MAX = 32
const PREFIXES_MAX = 64
const DEVICES_MAX = 8

/** What one complete day adds to a user's long-term state. */
export interface DayActivity {
  /** `asn|country` of every successful login of the day. */
  readonly networks: readonly FirstUse[]
  readonly prefixes: readonly FirstUse[]
  readonly devices: readonly FirstUse[]
}

/** The key of a network: asn and country jointly. */
export function networkKeyOf(asn: number, country: string): string {
  return `${asn}|${country}`
}

/**
 * What is known of a user from complete days: on which days each network, prefix and device was used.
 * Folded day by day in order, so that what is dropped over a cap is a function of complete days.
 */
export class LongTerm {
  readonly networks = new Map<string, DaySet>()
  readonly prefixes = new Map<string, DaySet>()
  readonly devices = new Map<string, DaySet>()
  /** Last day with a success, or null. */
  lastDay: number | null = null

  clone(): LongTerm {
    const copy = new LongTerm()
    copyInto(this.networks, copy.networks)
    copyInto(this.prefixes, copy.prefixes)
    copyInto(this.devices, copy.devices)
    copy.lastDay = this.lastDay
    return copy
  }

  fold(day: number, activity: DayActivity): void {
    if (activity.prefixes.length === 0) return
    foldInto(this.networks, activity.networks, day, NETWORKS_MAX)
    foldInto(this.prefixes, activity.prefixes, day, PREFIXES_MAX)
    foldInto(this.devices, activity.devices, day, DEVICES_MAX)
    this.lastDay = Math.max(this.lastDay ?? day, day)
  }
}

function copyInto(from: ReadonlyMap<string, DaySet>, to: Map<string, DaySet>): void {
  for (const [key, days] of from) to.set(key, [...days])
}

function foldInto(
  entries: Map<string, DaySet>,
  used: readonly FirstUse[],
  day: number,
  most: number,
): void {
  for (const { key } of used) {
    const days = entries.get(key)
    if (days === undefined) entries.set(key, newDaySet(day))
    else addDay(days, day)
  }
  const oldest = day - COMMON_LIMITS.vouchDays
  for (const [key, days] of entries) {
    dropDaysBefore(days, oldest)
    if (days.length === 0) entries.delete(key)
  }
  while (entries.size > most) entries.delete(leastActive(entries, day))
}

function newDaySet(day: number): DaySet {
  const days: DaySet = []
  addDay(days, day)
  return days
}

/** Fewest active days, then longest unused, then by key. */
function leastActive(entries: ReadonlyMap<string, DaySet>, day: number): string {
  const from = day - COMMON_LIMITS.vouchDays
  let least: { key: string; days: number; last: number } | null = null
  for (const [key, set] of entries) {
    const rank = { key, days: countDays(set, from, day), last: lastDayOf(set) ?? 0 }
    const order =
      least === null
        ? -1
        : rank.days - least.days || rank.last - least.last || compareText(rank.key, least.key)
    if (order < 0) least = rank
  }
  return least?.key ?? ''
}
