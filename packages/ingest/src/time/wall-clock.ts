import { IANAZone } from 'luxon'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** Zones change their offset on a quarter of an hour of UTC (Lord Howe: half past), so it is constant inside. */
const QUARTER_MS = 900_000

/** Quarters remembered: nearly two years of a busy gateway. */
const QUARTERS_MAX = 65_536

/**
 * Turns local times of one zone into instants.
 *
 * A local time that occurs twice (clocks go back) is the earlier of the two instants; one that does not occur
 * (clocks go forward) is shifted forward by the length of the gap.
 */
export class WallClock {
  readonly #offsetMs: (wallMs: number) => number

  private constructor(offsetMs: (wallMs: number) => number) {
    this.#offsetMs = offsetMs
  }

  /**
   * @param zone IANA name (`Asia/Tokyo`) or offset (`+09:00`, `UTC+9`).
   * @throws Error with one sentence for the user when the zone is neither.
   */
  static of(zone: string): WallClock {
    const offsetMinutes = offsetMinutesOf(zone)
    if (offsetMinutes !== null) return new WallClock(() => offsetMinutes * MINUTE_MS)
    if (!IANAZone.isValidZone(zone)) {
      throw new Error(
        `Unknown time zone ${JSON.stringify(zone)}: use an IANA name such as Asia/Tokyo or an offset such as +09:00.`,
      )
    }
    return new WallClock(cachedOffsetOf(IANAZone.create(zone)))
  }

  /**
   * @param wallMs the local time as milliseconds since 1970-01-01 00:00 on the same clock.
   * @returns epoch milliseconds, UTC.
   */
  instantOf(wallMs: number): number {
    return wallMs - this.#offsetMs(wallMs)
  }
}

function cachedOffsetOf(zone: IANAZone): (wallMs: number) => number {
  const offsets = new Map<number, number>()
  return (wallMs) => {
    const quarter = Math.floor(wallMs / QUARTER_MS)
    const known = offsets.get(quarter)
    if (known !== undefined) return known
    const offsetMs = offsetAt(zone, quarter * QUARTER_MS)
    if (offsets.size >= QUARTERS_MAX) offsets.clear()
    offsets.set(quarter, offsetMs)
    return offsetMs
  }
}

/** The offset to take off a local time, by the rule of `WallClock` for overlaps and gaps. */
function offsetAt(zone: IANAZone, wallMs: number): number {
  // No zone changes twice within two days, so these are the offsets before and after any change near by.
  const before = zone.offset(wallMs - DAY_MS) * MINUTE_MS
  const after = zone.offset(wallMs + DAY_MS) * MINUTE_MS
  if (before === after) return before
  const occursBefore = zone.offset(wallMs - before) * MINUTE_MS === before
  const occursAfter = zone.offset(wallMs - after) * MINUTE_MS === after
  if (occursBefore && occursAfter) return Math.max(before, after)
  return occursAfter ? after : before
}

/**
 * Minutes east of UTC of `+09:00`, `-0500`, `+9`, `UTC+2`, `GMT-5:00`, `Z`, or null when the text is not an offset
 * of at most 14 hours.
 */
export function offsetMinutesOf(text: string): number | null {
  if (text === 'Z' || text === 'z' || text === 'UTC' || text === 'GMT') return 0
  const parts = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(text)
  if (parts === null) return null
  const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0)
  if (minutes > 14 * 60 || Number(parts[3] ?? 0) > 59) return null
  return parts[1] === '-' ? -minutes : minutes
}
